//! Lists of series against the tables of Prometheus's `tsdb/index/postings_test.go`.
//!
//! A record is a row of a Go test's table. `TestIntersect` and `TestMultiIntersect` meet lists, `TestMergedPostings`
//! joins them, `TestRemovedPostings` and `TestWithoutPostings` take one from another; the tests with `Seek` then go on to
//! the first id that is not below `seek` and give what is left. `TestBigEndian` seeks in one list of a thousand ids, a row
//! after the other. `BenchmarkMemPostings_ensureOrder` puts ids in without order and wants them in order: as many labels
//! and values as the row says would only repeat that, so a few lists of its size stand for all.

use libtest_mimic::{Failed, Trial};
use scrapeyard_core::tsdb::SeriesId;
use scrapeyard_core::tsdb::postings::{Postings, difference, insert, intersection, rest_from, union};
use serde_json::Value;

use crate::frame;

/// The corpus as one test.
pub fn trials() -> Vec<Trial> {
    vec![Trial::test("postings/conformance", conformance)]
}

fn conformance() -> Result<(), Failed> {
    let Some(list) = frame::conformance::find("postings.jsonl") else { return Ok(()) };
    let (mut passed, mut total, mut failures) = (0, 0, Vec::new());
    let thousand = thousand();
    let mut rest = &thousand[..];
    for line in std::fs::read_to_string(&list)?.lines() {
        let case: Value = serde_json::from_str(line)?;
        total += 1;
        let outcome = match case["func"].as_str() {
            Some("TestBigEndian") => seek_on(&thousand, &mut rest, &case["value"]),
            _ => check(&case),
        };
        match outcome {
            Ok(()) => passed += 1,
            Err(failure) => failures.push(format!("line {total}: {failure}")),
        }
    }
    frame::ratchet::hold("postings", "postings.jsonl", passed, total, &failures)
}

fn check(case: &Value) -> Result<(), String> {
    let wanted = list(&case["res"]);
    match case["func"].as_str().unwrap_or("") {
        "TestIntersect" => same(intersection(&slices(&lists(&case["in"])?)), wanted?),
        "TestMultiIntersect" => same(intersection(&slices(&lists(&case["p"])?)), wanted?),
        "TestMergedPostings" => same(union(&slices(&lists(&case["in"])?)), wanted?),
        "TestMergedPostingsSeek" => {
            seek(case, union(&slices(&[list(&case["a"])?, list(&case["b"])?])), wanted?)
        }
        "TestRemovedPostings" => same(difference(&list(&case["a"])?, &list(&case["b"])?), wanted?),
        "TestRemovedPostingsSeek" => seek(case, difference(&list(&case["a"])?, &list(&case["b"])?), wanted?),
        "TestWithoutPostings" => same(difference(&list(&case["base"])?, &list(&case["drop"])?), wanted?),
        "BenchmarkMemPostings_ensureOrder" => order(&case["case"]),
        other => Err(format!("unknown table {other}")),
    }
}

fn same(found: Postings, wanted: Postings) -> Result<(), String> {
    if found == wanted { Ok(()) } else { Err(format!("{found:?}, not {wanted:?}")) }
}

fn seek(case: &Value, found: Postings, wanted: Postings) -> Result<(), String> {
    let rest = rest_from(&found, SeriesId(number(&case["seek"])?));
    if Value::Bool(!rest.is_empty()) != case["success"] {
        return Err(format!("{rest:?} is left"));
    }
    same(rest.to_vec(), wanted)
}

fn slices(lists: &[Postings]) -> Vec<&[SeriesId]> {
    lists.iter().map(Vec::as_slice).collect()
}

fn lists(value: &Value) -> Result<Vec<Postings>, String> {
    value.as_array().ok_or_else(|| format!("no lists: {value}"))?.iter().map(list).collect()
}

/// A list as the table writes it: numbers, a call that makes a list, a variable of the test, nothing.
fn list(value: &Value) -> Result<Postings, String> {
    let ids = |items: &Value| {
        let items = items.as_array().ok_or_else(|| format!("no list: {items}"))?;
        items.iter().map(|item| number(item).map(SeriesId)).collect()
    };
    match (value, value["_call"].as_str()) {
        (Value::Null, _) => Ok(Postings::new()),
        // `a` and `b` of TestIntersect.
        (Value::String(name), _) if name == "a" => Ok([1, 2, 3].map(SeriesId).to_vec()),
        (Value::String(name), _) if name == "b" => Ok([2, 3, 4].map(SeriesId).to_vec()),
        (_, Some("EmptyPostings")) => Ok(Postings::new()),
        (_, Some("newListPostings")) => ids(&value["args"]),
        _ => ids(value),
    }
}

fn number(value: &Value) -> Result<u32, String> {
    value.as_u64().and_then(|number| u32::try_from(number).ok()).ok_or_else(|| format!("no number: {value}"))
}

/// Ids put in from both ends and the middle come out rising, each once.
fn order(case: &Value) -> Result<(), String> {
    let (labels, values) = (number(&case["numLabels"])?, number(&case["numValuesPerLabel"])?);
    let count = number(&case["numRefsPerValue"])?;
    for list in 0..(labels * values).min(50) {
        let mut found = Postings::new();
        // Steps of a prime that no count of the table divides walk through all places.
        (0..count).for_each(|step| insert(&mut found, SeriesId((step * 7919 + list) % count)));
        insert(&mut found, SeriesId(list % count));
        same(found, (0..count).map(SeriesId).collect())?;
    }
    Ok(())
}

/// A list of a thousand ids with gaps of two to twenty-six, as the Go test draws it.
fn thousand() -> Postings {
    let gap = |place: u32| 2 + place.wrapping_mul(2_654_435_761) % 25;
    (0..1000).scan(2, |id, place| Some(SeriesId(std::mem::replace(id, *id + gap(place))))).collect()
}

/// A row seeks, tells what it finds, and whether anything.
fn seek_on(all: &[SeriesId], rest: &mut &[SeriesId], row: &Value) -> Result<(), String> {
    let (wanted, found) = (id(all, &row[0])?, row[2] == true);
    *rest = rest_from(rest, wanted);
    match (rest.first(), found) {
        (Some(first), true) if *first == id(all, &row[1])? => Ok(()),
        (None, false) => Ok(()),
        (first, _) => Err(format!("{first:?} for {row}")),
    }
}

/// An id as the table writes it: `ls[i]`, plus or minus something.
fn id(all: &[SeriesId], value: &Value) -> Result<SeriesId, String> {
    if value["_index"] == "ls" {
        return Ok(all[number(&value["i"])? as usize]);
    }
    let (left, right) = (id(all, &value["l"])?.0, number(&value["r"])?);
    match value["_bin"].as_str() {
        Some("+") => Ok(SeriesId(left + right)),
        Some("-") => Ok(SeriesId(left - right)),
        _ => Err(format!("no id: {value}")),
    }
}
