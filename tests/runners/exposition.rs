//! Metrics pages, good and bad: our own with the entries or the error under its place, Prometheus's by its tables.

use std::fmt::Write as _;
use std::path::Path;

use libtest_mimic::{Failed, Trial};
use scrapeyard_core::base::number::{print_general, quote};
use scrapeyard_core::exposition::{
    ClassicGatherer, ConvertedHistogram, Entry, Exemplar, Format, Limits, ParseError, ParseOptions, Parser,
    Sample, check_openmetrics,
};
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
    if let Some(folder) = conformance::find("exposition/openmetrics") {
        trials.push(Trial::test("exposition/openmetrics-suite", move || openmetrics_suite(&folder)));
    }
    trials
}

/// The verdicts of OpenMetrics' own suite: a folder a case, the page beside its verdict.
fn openmetrics_suite(folder: &Path) -> Result<(), Failed> {
    let (mut passed, mut total, mut failures) = (0, 0, Vec::new());
    let mut cases: Vec<_> = std::fs::read_dir(folder)?.flatten().map(|entry| entry.path()).collect();
    cases.sort();
    for case in cases {
        let Ok(verdict) = std::fs::read_to_string(case.join("test.json")) else { continue };
        let verdict: Value = serde_json::from_str(&verdict)?;
        let outcome = check_openmetrics(&std::fs::read(case.join("metrics"))?, Limits::default());
        total += 1;
        if outcome.is_ok() == (verdict["shouldParse"] == true) {
            passed += 1;
        } else {
            failures.push(format!("{}: {outcome:?}", case.display()));
        }
    }
    ratchet::hold("exposition", "openmetrics", passed, total, &failures)
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

/// Prometheus's parser tests.
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
            let is_converted = table["format"] == "openmetrics+nhcb";
            note(0, if is_converted { converted(table) } else { entries(table, format, "entries") });
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

/// A page whose classic histograms become native ones.
fn converted(case: &Value) -> Result<(), String> {
    let page = page_of(case);
    let options = ParseOptions { created_as_start: true, ..ParseOptions::default() };
    let mut parser = Parser::with_options(&page, Format::OpenMetrics, options);
    let mut gatherer = ClassicGatherer::default();
    let mut found: Vec<Value> = Vec::new();
    let wanted: Vec<Value> = case["entries"].as_array().into_iter().flatten().map(normal_form).collect();
    while let Some(entry) = parser.next_entry().map_err(|error| error.to_string())? {
        let (ended, is_part) = match &entry {
            Entry::Sample(sample) => {
                let gathered = gatherer.take(sample);
                (gathered.ended, gathered.is_part)
            }
            metadata => (gatherer.take_metadata(metadata), false),
        };
        found.extend(ended.as_ref().map(describe_histogram));
        if !is_part {
            let beside = wanted.get(found.len()).cloned().unwrap_or_default();
            found.push(describe(&entry, &beside));
        }
    }
    found.extend(gatherer.finish().as_ref().map(describe_histogram));
    match found.iter().zip(&wanted).find(|(found, wanted)| found != wanted) {
        Some((found, wanted)) => Err(format!("{found}, expected {wanted}")),
        None if found.len() == wanted.len() => Ok(()),
        None => Err(format!("{} entries, expected {}", found.len(), wanted.len())),
    }
}

/// A native histogram with its buckets as pairs of index and count.
fn describe_histogram(converted: &ConvertedHistogram) -> Value {
    let labels = converted.labels.iter().filter(|label| &*label.name != "__name__");
    let labels: Vec<String> = labels.map(|label| format!("{}={}", label.name, quote(&label.value))).collect();
    let name = converted.labels.get("__name__").unwrap_or("");
    let labels = if labels.is_empty() { String::new() } else { format!("{{{}}}", labels.join(",")) };
    let histogram = &converted.histogram;
    let buckets: Vec<(i64, f64)> = histogram
        .positive
        .iter()
        .map(|(index, count)| (i64::from(index), count))
        .filter(|(_, count)| *count != 0.0)
        .collect();
    let mut shown = json!({
        "m": format!("{name}{labels}"),
        "lset": labels_json(&converted.labels),
        "shs": [histogram.count, histogram.sum, *histogram.custom_bounds, buckets],
    });
    if let Some(at) = converted.at {
        shown["t"] = json!(at.0);
    }
    if let Some(start) = converted.start {
        shown["st"] = json!(start.0);
    }
    if !converted.exemplars.is_empty() {
        shown["es"] = converted.exemplars.iter().map(exemplar_json).collect();
    }
    shown
}

fn exemplar_json(exemplar: &Exemplar) -> Value {
    json!([labels_json(&exemplar.labels), exemplar.value, exemplar.at.map(|at| at.0)])
}

/// The histogram of a table in the form of [`describe_histogram`].
fn plain_histogram(wanted: &Value) -> Value {
    let list = |name: &str| wanted[name].as_array().cloned().unwrap_or_default();
    let deltas = list("PositiveBuckets");
    let mut deltas = deltas.iter().filter_map(Value::as_f64);
    let (mut index, mut count, mut buckets) = (0, 0.0, Vec::new());
    for span in list("PositiveSpans") {
        index += span["Offset"].as_i64().unwrap_or(0);
        for _ in 0..span["Length"].as_i64().unwrap_or(0) {
            count += deltas.next().unwrap_or(0.0);
            if count != 0.0 {
                buckets.push((index, count));
            }
            index += 1;
        }
    }
    let bounds: Vec<f64> = list("CustomValues").iter().filter_map(Value::as_f64).collect();
    json!([wanted["Count"].as_f64(), wanted["Sum"].as_f64(), bounds, buckets])
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
                shown["es"] = json!([exemplar_json(&exemplar)]);
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
    if let Some(exemplars) = wanted["es"].as_array() {
        let plain_exemplar = |exemplar: &Value| {
            let at = if exemplar["HasTs"] == true { exemplar["Ts"].clone() } else { Value::Null };
            json!([plain_labels(&exemplar["Labels"]), exemplar["Value"].as_f64(), at])
        };
        plain["es"] = exemplars.iter().map(plain_exemplar).collect();
    }
    if !wanted["shs"].is_null() {
        plain["shs"] = plain_histogram(&wanted["shs"]);
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
