//! Our own cases: files of `expression`, `----`, tree; empty lines between. `BLESS=1` rewrites the trees.

use libtest_mimic::{Failed, Trial};
use scrapeyard_core::promql::syntax::{Options, parse};

use super::tree::render;
use crate::frame::{files, golden, short};

pub fn trials() -> Vec<Trial> {
    let files = files("syntax", "cases").into_iter();
    files
        .map(|path| Trial::test(short(&path), move || run(&path)))
        .chain([Trial::test("syntax/cases-bite", a_changed_case_fails)])
        .collect()
}

fn run(path: &std::path::Path) -> Result<(), Failed> {
    let text = std::fs::read_to_string(path)?;
    golden::compare(path, &rewritten(&text))
}

/// The file with the outcomes that come out now.
fn rewritten(text: &str) -> String {
    let head: String =
        text.lines().take_while(|line| line.starts_with('#')).map(|line| format!("{line}\n")).collect();
    let cases = text[head.len()..].split("\n\n").filter(|case| !case.trim().is_empty());
    let cases: Vec<String> = cases
        .map(|case| {
            let expression = case.split("\n----").next().unwrap_or(case).trim_matches('\n');
            format!("{expression}\n----\n{}", outcome(expression))
        })
        .collect();
    format!("{head}\n{}", cases.join("\n"))
}

fn outcome(expression: &str) -> String {
    match parse(expression, &Options::all()) {
        Ok(expr) => render(&expr),
        Err(errors) => errors.iter().map(|error| format!("error: {}\n", error.located(expression))).collect(),
    }
}

fn a_changed_case_fails() -> Result<(), Failed> {
    let good = "\n1 + 2\n----\nbinary +\n  number 1.0\n  number 2.0\n";
    if rewritten(good) != good || rewritten("\n1 + 2\n----\nbinary -\n") != good {
        return Err(format!("the runner does not rewrite to what comes out: {}", rewritten(good)).into());
    }
    Ok(())
}
