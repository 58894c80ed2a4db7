//! Our own cases: an expression and its tree, or its faults.

use libtest_mimic::{Failed, Trial};
use scrapeyard_core::promql::syntax::{Options, parse};

use super::tree::render;
use crate::frame::{cases, files, golden, short};

pub fn trials() -> Vec<Trial> {
    let files = files("syntax", "cases").into_iter();
    files.map(|path| Trial::test(short(&path), move || run(&path))).collect()
}

fn run(path: &std::path::Path) -> Result<(), Failed> {
    let text = std::fs::read_to_string(path)?;
    golden::compare(path, &cases::rewritten(&text, outcome))
}

fn outcome(expression: &str) -> String {
    match parse(expression, &Options::all()) {
        Ok(expr) => render(&expr),
        Err(errors) => errors.iter().map(|error| format!("error: {}\n", error.located(expression))).collect(),
    }
}
