//! Metrics pages, good and bad: our own with the entries or the error under its place, Prometheus's by its tables (`upstream`).

use std::fmt::Write as _;
use std::path::Path;

use libtest_mimic::{Failed, Trial};
use scrapeyard_core::base::number::{print_general, quote};
use scrapeyard_core::exposition::{
    Entry, Format, Limits, ParseError, ParseOptions, Parser, Sample, check_openmetrics, lint,
};

use crate::frame::{self, conformance, golden};

mod upstream;

const FILE: &str = "exposition/prometheus.json";

/// Our files in `tests/exposition/`, then the conformance tables.
pub fn trials() -> Vec<Trial> {
    let mut trials: Vec<Trial> = frame::files("exposition", "page")
        .into_iter()
        .map(|path| Trial::test(frame::short(&path), move || own(&path)))
        .collect();
    if let Some(path) = conformance::find(FILE) {
        trials.push(Trial::test("exposition/conformance", move || upstream::prometheus(&path)));
    }
    if let Some(folder) = conformance::find("exposition/openmetrics") {
        trials
            .push(Trial::test("exposition/openmetrics-suite", move || upstream::openmetrics_suite(&folder)));
    }
    trials
}

/// A file of cases parted by `====`, each a page, a line `----` and what became of it. The file's name says the
/// format: `text-…` or `openmetrics-…`, or who reads the page: `strict-…` the standard, `lint-…` promtool. In a page `‹ff›` stands for the byte 0xff, `‹end›` for a page that ends
/// without a newline.
fn own(path: &Path) -> Result<(), Failed> {
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let kind = name.split('-').next().unwrap_or("").to_owned();
    let format = if kind == "text" { Format::Text } else { Format::OpenMetrics };
    let created_as_start = path.to_string_lossy().contains("created");
    let text = std::fs::read_to_string(path)?;
    let mut actual = String::new();
    for case in text.split("====\n") {
        let page = case.split("----\n").next().unwrap_or("");
        if !actual.is_empty() {
            actual.push_str("====\n");
        }
        let options = ParseOptions { created_as_start, ..ParseOptions::default() };
        let bytes = bytes_of(page);
        let outcome = match kind.as_str() {
            "strict" => match check_openmetrics(&bytes, Limits::default()) {
                Ok(()) => "accepted\n".to_owned(),
                Err(error) => point_at(&bytes, &error),
            },
            "lint" => match lint(&bytes) {
                Ok(remarks) => remarks.iter().map(|remark| format!("{remark}\n")).collect(),
                Err(error) => point_at(&bytes, &error),
            },
            _ => outcome(&bytes, format, options),
        };
        let _ = write!(actual, "{page}----\n{outcome}");
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
