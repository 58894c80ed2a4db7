//! The syntax of PromQL: our own cases (`tests/syntax/*.cases`: an expression, `----`, its tree or its faults), and
//! the tables of Prometheus's own tests.

mod cases;
mod corpus;
mod durations;
mod label_regexp;
mod lexer;
mod mutation;
mod printers;
mod series;
mod upstream;

use std::path::PathBuf;

use libtest_mimic::{Failed, Trial};
use scrapeyard_tests::tree;
use serde_json::Value;

use crate::frame::{conformance, ratchet};

/// Runs one case of a table.
type Table = fn(&Value) -> Verdict;

pub fn trials() -> Vec<Trial> {
    let tables: [(&str, Table); 9] = [
        ("syntax/parse_expr.jsonl", upstream::parse_expr),
        ("syntax/lex.jsonl", lexer::run),
        ("syntax/printer.jsonl", printers::printer),
        ("syntax/prettier.jsonl", printers::prettier),
        ("syntax/parse_series.jsonl", series::floats),
        ("syntax/parse_histogram_series.jsonl", series::histograms),
        ("exprs.jsonl", corpus::run),
        ("durations.jsonl", durations::run),
        ("label_regexp.jsonl", label_regexp::run),
    ];
    let tables = tables.into_iter().filter_map(|(file, run)| table(file, run));
    cases::trials().into_iter().chain(mutation::trials()).chain(tables).collect()
}

/// What came of a case.
pub enum Verdict {
    Passed,
    Failed(String),
    /// We differ on purpose: the reason. Fails the table when it is no longer true.
    Differs(&'static str),
}

impl Verdict {
    pub fn of(result: Result<(), String>) -> Self {
        result.map_or_else(Self::Failed, |()| Self::Passed)
    }
}

/// A table of cases, one JSON record a line, as one test with counts.
pub fn table(file: &'static str, run: fn(&Value) -> Verdict) -> Option<Trial> {
    let path = conformance::find(file)?;
    Some(Trial::test(format!("conformance/{file}"), move || hold(file, path, run)))
}

fn hold(file: &'static str, path: PathBuf, run: fn(&Value) -> Verdict) -> Result<(), Failed> {
    let text = std::fs::read_to_string(path)?;
    let (mut passed, mut total) = (0, 0);
    let mut failures = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let case: Value = serde_json::from_str(line).map_err(|error| Failed::from(error.to_string()))?;
        total += 1;
        match run(&case) {
            Verdict::Passed => passed += 1,
            Verdict::Failed(reason) => failures.push(format!("{file}:{}: {reason}", number + 1)),
            Verdict::Differs(reason) => {
                failures.push(format!("{file}:{}: differs on purpose: {reason}", number + 1));
            }
        }
    }
    let (corpus, name) = file.split_once('/').unwrap_or(("tables", file));
    ratchet::hold(corpus, name, passed, total, &failures)
}

/// A text of a table; bytes that are none are read as a file of text would be.
pub fn text_of(value: &Value) -> String {
    String::from_utf8_lossy(&bytes_of(value)).into_owned()
}

/// The bytes of a text of a table.
pub fn bytes_of(value: &Value) -> Vec<u8> {
    if let Some(text) = value.as_str() {
        return text.as_bytes().to_vec();
    }
    let hex = value["_bytes_hex"].as_str().unwrap_or("");
    let byte = |at: usize| u8::from_str_radix(hex.get(2 * at..2 * at + 2)?, 16).ok();
    (0..hex.len() / 2).filter_map(byte).collect()
}

/// Two JSON values that should be the same.
pub fn same(what: &str, expected: &Value, actual: &Value) -> Result<(), String> {
    if expected == actual {
        return Ok(());
    }
    Err(format!("{what}\n    expected: {expected}\n    actual:   {actual}"))
}
