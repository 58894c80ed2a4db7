//! Metrics pages, good and bad: our own with the entries or the error under its place, Prometheus's by its tables.

use std::fmt::Write as _;
use std::path::Path;

use libtest_mimic::{Failed, Trial};
use scrapeyard_core::base::number::{print_general, quote};
use scrapeyard_core::exposition::{Entry, Format, ParseError, ParseOptions, Parser, Sample};
use serde_json::{Value, json};

use crate::frame::{self, conformance, golden, ratchet};

const FILE: &str = "exposition/prometheus.json";

/// Our files in `tests/exposition/`, then the conformance tables.
pub fn trials() -> Vec<Trial> {
    let mut trials: Vec<Trial> = frame::files("exposition", "page")
        .into_iter()
        .map(|path| Trial::test(frame::short(&path), move || own(&path)))
        .collect();
    if let Some(path) = conformance::find(FILE) {
        trials.push(Trial::test("exposition/conformance", move || prometheus(&path)));
    }
    trials
}

/// A file of cases parted by `====`, each a page, a line `----` and what became of it. The file's name says the
/// format: `text-…` or `openmetrics-…`. In a page `‹ff›` stands for the byte 0xff, `‹end›` for a page that ends
/// without a newline.
fn own(path: &Path) -> Result<(), Failed> {
    let is_text = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("text-"));
    let format = if is_text { Format::Text } else { Format::OpenMetrics };
    let created_as_start = path.to_string_lossy().contains("created");
    let text = std::fs::read_to_string(path)?;
    let mut actual = String::new();
    for case in text.split("====\n") {
        let page = case.split("----\n").next().unwrap_or("");
        if !actual.is_empty() {
            actual.push_str("====\n");
        }
        let options = ParseOptions { created_as_start, ..ParseOptions::default() };
        let _ = write!(actual, "{page}----\n{}", outcome(&bytes_of(page), format, options));
    }
    golden::compare(path, &actual)
}

fn bytes_of(page: &str) -> Vec<u8> {
    let page = page.replace("‹end›\n", "");
    let mut bytes = Vec::new();
    for (index, part) in page.split('‹').enumerate() {
        let byte = part.get(..2).and_then(|code| u8::from_str_radix(code, 16).ok()).filter(|_| index > 0);
        let rest = if byte.is_some() { part[2..].trim_start_matches('›') } else { part };
        bytes.extend(byte);
        bytes.extend_from_slice(rest.as_bytes());
    }
    bytes
}

/// The entries, a line each, and the error with its line of the page.
fn outcome(page: &[u8], format: Format, options: ParseOptions) -> String {
    let mut parser = Parser::with_options(page, format, options);
    let mut shown = String::new();
    loop {
        match parser.next_entry() {
            Ok(Some(entry)) => shown.push_str(&show(&entry)),
            Ok(None) => return shown,
            Err(error) => {
                shown.push_str(&point_at(page, &error));
                return shown;
            }
        }
    }
}

fn show(entry: &Entry<'_, '_>) -> String {
    match entry {
        Entry::Help { name, text } => format!("help {} {}\n", quote(name), quote(text)),
        Entry::Type { name, metric_type } => format!("type {} {}\n", quote(name), metric_type.name()),
        Entry::Unit { name, unit } => format!("unit {} {}\n", quote(name), quote(unit)),
        Entry::Comment(text) => format!("comment {}\n", quote(&String::from_utf8_lossy(text))),
        Entry::Sample(sample) => show_sample(sample),
    }
}

fn show_sample(sample: &Sample<'_, '_>) -> String {
    let mut line = format!("sample {} {}", sample.labels(), print_general(sample.value()));
    if let Some(at) = sample.at() {
        let _ = write!(line, " at {}", at.0);
    }
    if let Some(start) = sample.start() {
        let _ = write!(line, " since {}", start.0);
    }
    if let Some(exemplar) = sample.exemplar() {
        let _ = write!(line, " exemplar {} {}", exemplar.labels, print_general(exemplar.value));
        if let Some(at) = exemplar.at {
            let _ = write!(line, " at {}", at.0);
        }
    }
    if let Some(name) = sample.duplicate_label() {
        let _ = write!(line, " (label {} twice)", quote(&name));
    }
    line + "\n"
}

fn point_at(page: &[u8], error: &ParseError) -> String {
    let line = page.split(|byte| *byte == b'\n').nth(error.place.line as usize - 1).unwrap_or_default();
    let before = &line[..(error.place.column as usize - 1).min(line.len())];
    let blanks = " ".repeat(String::from_utf8_lossy(before).chars().count());
    format!("error at {}\n{}\n{blanks}^\n{error}\n", error.place, String::from_utf8_lossy(line))
}

/// Prometheus's parser tests. The tables for native histograms out of classic ones are not ours yet.
fn prometheus(path: &Path) -> Result<(), Failed> {
    let text = std::fs::read_to_string(path)?;
    let tables: Vec<Value> = serde_json::from_str(&text).map_err(|error| Failed::from(error.to_string()))?;
    let mut failures = Vec::new();
    let mut total = 0;
    for table in &tables {
        let name = table["func"].as_str().unwrap_or("");
        let format = match table["format"].as_str() {
            Some("text") => Format::Text,
            _ => Format::OpenMetrics,
        };
        let mut note = |case: usize, outcome: Result<(), String>| {
            total += 1;
            failures.extend(outcome.err().map(|reason| format!("{name} {case}: {reason}")));
        };
        if table["input"].is_string() {
            let hidden = table["format"] == "openmetrics+nhcb";
            let outcome =
                if hidden { Err("not yet read".to_owned()) } else { entries(table, format, "entries") };
            note(0, outcome);
        }
        for (number, case) in table["error_cases"].as_array().into_iter().flatten().enumerate() {
            let is_good = case["expected"].is_array();
            note(number, if is_good { entries(case, format, "expected") } else { message(case, format) });
        }
    }
    ratchet::hold("exposition", "prometheus.json", total - failures.len(), total, &failures)
}

fn page_of(case: &Value) -> Vec<u8> {
    if let Some(text) = case["input"].as_str() {
        // The Go tests add the last line themselves.
        return text.as_bytes().to_vec();
    }
    let hex = case["input"]["_bytes_hex"].as_str().unwrap_or("").as_bytes().to_vec();
    let digit = |byte: u8| (byte as char).to_digit(16).unwrap_or(0) as u8;
    hex.chunks(2).map(|pair| digit(pair[0]) * 16 + digit(pair[1])).collect()
}

fn message(case: &Value, format: Format) -> Result<(), String> {
    let page = page_of(case);
    let mut parser = Parser::new(&page, format);
    let wanted = case["err"].as_str().unwrap_or("");
    loop {
        let got = match parser.next_entry() {
            Ok(Some(_)) => continue,
            // Where the Go test wants no error, and where it wants the one that says that the page is over.
            Ok(None) if wanted.is_empty() || wanted == "EOF" => return Ok(()),
            Ok(None) => "no error".to_owned(),
            Err(error) => error.message,
        };
        return if got == wanted { Ok(()) } else { Err(format!("{got}, expected {wanted}")) };
    }
}

fn entries(case: &Value, format: Format, field: &str) -> Result<(), String> {
    let page = page_of(case);
    let options = ParseOptions { created_as_start: true, ..ParseOptions::default() };
    let mut parser = Parser::with_options(&page, format, options);
    for wanted in case[field].as_array().into_iter().flatten() {
        let entry = parser.next_entry().map_err(|error| format!("{error}, expected {wanted}"))?;
        let Some(entry) = entry else { return Err(format!("the page is over, expected {wanted}")) };
        let got = describe(&entry, wanted);
        let wanted = normal_form(wanted);
        if got != wanted {
            return Err(format!("{got}, expected {wanted}"));
        }
    }
    match parser.next_entry() {
        Ok(None) => Ok(()),
        other => Err(format!("goes on with {other:?}")),
    }
}

/// An entry with the fields of Prometheus's table that the expected one has, and those it would have to have.
fn describe(entry: &Entry<'_, '_>, wanted: &Value) -> Value {
    match entry {
        Entry::Help { name, text } => json!({"m": name, "help": text}),
        Entry::Type { name, metric_type } => json!({"m": name, "typ": metric_type.name()}),
        Entry::Unit { name, unit } => json!({"m": name, "unit": unit}),
        Entry::Comment(text) => json!({"comment": String::from_utf8_lossy(text)}),
        Entry::Sample(sample) => {
            let mut shown = json!({"m": String::from_utf8_lossy(sample.series())});
            if !wanted["v"].is_null() {
                shown["v"] = json!(sample.value());
            }
            if !wanted["lset"].is_null() {
                shown["lset"] = labels_json(&sample.labels());
            }
            if let Some(at) = sample.at() {
                shown["t"] = json!(at.0);
            }
            if let Some(start) = sample.start() {
                shown["st"] = json!(start.0);
            }
            if let Some(exemplar) = sample.exemplar() {
                let at = exemplar.at.map(|at| at.0);
                shown["es"] = json!([[labels_json(&exemplar.labels), exemplar.value, at]]);
            }
            shown
        }
    }
}

fn labels_json(labels: &scrapeyard_core::model::labels::Labels) -> Value {
    labels
        .iter()
        .map(|label| (label.name.to_string(), json!(&*label.value)))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

/// The expected entry with the notations of its table resolved.
fn normal_form(wanted: &Value) -> Value {
    let mut plain = wanted.clone();
    if !wanted["v"].is_null() {
        plain["v"] = json!(wanted["v"].as_f64());
    }
    if !wanted["lset"].is_null() {
        plain["lset"] = plain_labels(&wanted["lset"]);
    }
    if wanted["st"] == 0 {
        plain.as_object_mut().map(|fields| fields.remove("st"));
    }
    if let Some(exemplar) = wanted["es"].get(0) {
        let at = if exemplar["HasTs"] == true { exemplar["Ts"].clone() } else { Value::Null };
        plain["es"] = json!([[plain_labels(&exemplar["Labels"]), exemplar["Value"].as_f64(), at]]);
    }
    plain
}

fn plain_labels(labels: &Value) -> Value {
    let note = labels["_note"].as_str().and_then(|note| serde_json::from_str::<Value>(note).ok());
    let call = note.as_ref().unwrap_or(labels);
    let Some(arguments) = call["args"].as_array() else { return labels["_labels"].clone() };
    let pairs = arguments.chunks(2).filter_map(|pair| Some((pair[0].as_str()?.to_owned(), pair[1].clone())));
    pairs.collect::<serde_json::Map<_, _>>().into()
}
