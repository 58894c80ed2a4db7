//! Wrong expressions: where they are wrong, in whose words. Files of `expression`, `----`, and each fault under its
//! place; empty lines between. `BLESS=1` rewrites the faults. In `switched_off.problems` no feature is switched on.

use libtest_mimic::{Failed, Trial};
use scrapeyard_core::base::span::{Place, Span};
use scrapeyard_core::promql::syntax::{Options, ParseError, parse};

use crate::frame::{cases, files, golden, short};

const NOTHING: Options = Options {
    experimental_functions: false,
    length_expressions: false,
    extended_selectors: false,
    fill_modifiers: false,
};

pub fn trials() -> Vec<Trial> {
    let files = files("problem", "problems").into_iter();
    files.map(|path| Trial::test(short(&path), move || run(&path))).collect()
}

fn run(path: &std::path::Path) -> Result<(), Failed> {
    let text = std::fs::read_to_string(path)?;
    let off = path.file_stem().is_some_and(|stem| stem == "switched_off");
    let options = if off { NOTHING } else { Options::all() };
    golden::compare(path, &cases::rewritten(&text, |expression| faults(expression, &options)))
}

fn faults(expression: &str, options: &Options) -> String {
    match parse(expression, options) {
        Ok(expr) => format!("no fault: {expr}\n"),
        Err(errors) => errors.iter().map(|error| shown(expression, error)).collect(),
    }
}

/// The line that the fault begins in, marks under its place, its code and its message.
fn shown(expression: &str, error: &ParseError) -> String {
    let place = Place::of(expression, error.span.start);
    let line = expression.split('\n').nth(place.line as usize - 1).unwrap_or("");
    let before = place.column as usize - 1;
    let inside = error.span.of(expression).split('\n').next().unwrap_or("");
    let indent = line.get(..before).unwrap_or(line).chars().count();
    let marks = "^".repeat(inside.chars().count().max(1));
    let Span { start, end } = error.span;
    format!("{line}\n{}{marks} {error} ({}, {start}..{end})\n", " ".repeat(indent), error.code())
}
