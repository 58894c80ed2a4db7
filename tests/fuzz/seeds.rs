//! Where inputs start from: the conformance data in place where it is at hand, and our own cases.

use std::path::Path;

use scrapeyard_core::promqltest::{Command, Script};
use serde_json::Value;

use crate::frame::{self, conformance};

/// Longer seeds are left out: mutations should hit what matters.
const LONGEST: usize = 4 * 1024;

/// The expressions of our own cases, good and bad.
#[must_use]
pub fn own_expressions() -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    for (folder, ending) in [("syntax", "cases"), ("problem", "problems")] {
        for path in frame::files(folder, ending) {
            let text = text(&path);
            let cases = text.split("\n\n").filter_map(|case| case.split("\n----").next());
            found.extend(cases.map(|case| case.as_bytes().to_vec()));
        }
    }
    found
}

/// Expressions, good and bad.
pub fn expressions() -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    for (file, field) in [
        ("syntax/parse_expr.jsonl", "input"),
        ("syntax/printer.jsonl", "input"),
        ("syntax/prettier.jsonl", "input"),
        ("syntax/lex.jsonl", "input"),
        ("syntax/parse_series.jsonl", "input"),
        ("syntax/parse_histogram_series.jsonl", "input"),
        ("exprs.jsonl", "expr"),
        ("bench.jsonl", "expr"),
    ] {
        found.extend(fields(file, field));
    }
    for script in scripts() {
        let evals = script.commands.into_iter().filter_map(|(_, command)| match command {
            Command::Eval(eval) => Some(eval.query),
            _ => None,
        });
        found.extend(evals);
    }
    let mut seeds = own_expressions();
    seeds.extend(small(found));
    seeds
}

/// Small scripts, each a load and one query.
pub fn loads_with_queries() -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    for text in script_texts() {
        let mut loads: Vec<&str> = Vec::new();
        for block in text.split("\n\n").map(str::trim) {
            for (head, body) in commands(block) {
                match head.split_whitespace().next() {
                    Some("clear") => loads.clear(),
                    Some("load" | "load_with_nhcb") => loads.push(body),
                    Some("eval") => found.push(format!("{}\n\n{head}\n", loads.join("\n\n"))),
                    _ => {}
                }
            }
        }
    }
    small(found)
}

/// The commands of a block: each line that begins one, with itself and the indented lines below it.
fn commands(block: &str) -> Vec<(&str, &str)> {
    let starts: Vec<usize> = block
        .match_indices(['l', 'e', 'c'])
        .map(|(at, _)| at)
        .filter(|at| *at == 0 || block.as_bytes()[at - 1] == b'\n')
        .collect();
    let ends = starts.iter().skip(1).copied().chain([block.len()]);
    let parts = starts.iter().zip(ends).map(|(start, end)| block[*start..end].trim_end());
    parts.map(|part| (part.lines().next().unwrap_or(""), part)).collect()
}

/// Metrics pages in the text format, or in OpenMetrics.
pub fn pages(is_text: bool) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    for path in frame::files("exposition", "page") {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if name.starts_with("text-") == is_text {
            found.extend(
                text(&path).split("====\n").filter_map(|case| case.split("----\n").next()).map(str::to_owned),
            );
        }
    }
    if let Some(path) = conformance::find("exposition/prometheus.json") {
        let tables: Value = serde_json::from_str(&text(&path)).unwrap_or_default();
        for table in tables.as_array().into_iter().flatten() {
            let format = table["format"].as_str().unwrap_or("");
            if format.contains("openmetrics") == is_text {
                continue;
            }
            let cases = table["error_cases"].as_array().into_iter().flatten();
            let cases = cases.filter_map(|case| case["input"].as_str());
            found.extend(table["input"].as_str().into_iter().chain(cases).map(str::to_owned));
        }
    }
    if !is_text && let Some(folder) = conformance::find("exposition/openmetrics") {
        frame::walk(&folder, &mut |path| {
            if path.file_name().is_some_and(|name| name == "metrics") {
                found.push(text(path));
            }
        });
    }
    small(found)
}

/// Configuration files.
pub fn configurations() -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    for path in frame::files("config", "txt") {
        found.extend(
            text(&path).split("====\n").filter_map(|case| case.split("----\n").next()).map(str::to_owned),
        );
    }
    if let Some(folder) = conformance::find("config") {
        found.extend(files_ending(&folder, "yml"));
    }
    found.extend(files_ending(&frame::root().join("scenarios"), "yml"));
    small(found)
}

/// Compose files and manifests of scenarios.
pub fn scenario_files() -> Vec<Vec<u8>> {
    small(files_ending(&frame::root().join("scenarios"), "yaml"))
}

fn files_ending(folder: &Path, ending: &str) -> Vec<String> {
    let mut paths = Vec::new();
    frame::walk(folder, &mut |path| {
        if path.extension().is_some_and(|extension| extension == ending) {
            paths.push(path.to_owned());
        }
    });
    paths.sort();
    paths.iter().map(|path| text(path)).collect()
}

fn scripts() -> Vec<Script> {
    script_texts().iter().map(|text| Script::read(text)).collect()
}

fn script_texts() -> Vec<String> {
    let mut texts: Vec<String> = frame::files("promql", "test").iter().map(|path| text(path)).collect();
    texts.extend(conformance::find("promql").into_iter().flat_map(|folder| files_ending(&folder, "test")));
    texts
}

fn fields(file: &str, field: &str) -> Vec<String> {
    let Some(path) = conformance::find(file) else { return Vec::new() };
    let lines = text(&path);
    let values = lines.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    values.filter_map(|value| value[field].as_str().map(str::to_owned)).collect()
}

fn small(texts: Vec<String>) -> Vec<Vec<u8>> {
    texts.into_iter().map(String::into_bytes).filter(|text| text.len() <= LONGEST).collect()
}

fn text(path: &Path) -> String {
    std::fs::read(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
}
