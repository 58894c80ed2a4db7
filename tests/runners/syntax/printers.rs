//! `printer.jsonl` and `prettier.jsonl`: one line, and several.

use scrapeyard_core::model::matcher::{MatchOp, Matcher};
use scrapeyard_core::promql::syntax::ast::{TimeShift, VectorSelector};
use scrapeyard_core::promql::syntax::{Options, parse, pretty};
use serde_json::Value;

use super::{Verdict, text_of};

/// Prometheus's own tests set the length of a line to this.
const LINE_BYTES: usize = 10;

pub fn printer(case: &Value) -> Verdict {
    if case["func"] == "TestVectorSelector_String" {
        return Verdict::of(
            selector(&case["vs"]).and_then(|selector| equal(&case["name"], &case["expected"], &selector)),
        );
    }
    let input = if case["in"].is_string() { &case["in"] } else { &case["input"] };
    let expected = [&case["out"], &case["expected"], input].into_iter().find(|text| text.is_string());
    Verdict::of(print(input, |expr| expr.to_string()).and_then(|printed| {
        let expected = expected.unwrap_or(input);
        equal(input, expected, &printed)?;
        let again = print(expected, |expr| expr.to_string())?;
        equal(input, expected, &again)
    }))
}

pub fn prettier(case: &Value) -> Verdict {
    let printed = print(&case["in"], |expr| pretty(expr, LINE_BYTES));
    Verdict::of(printed.and_then(|printed| equal(&case["in"], &case["out"], &printed)))
}

fn print(
    input: &Value,
    print: impl Fn(&scrapeyard_core::promql::syntax::ast::Expr) -> String,
) -> Result<String, String> {
    let text = text_of(input);
    parse(&text, &Options::all())
        .map(|expr| print(&expr))
        .map_err(|errors| format!("{text}: {}", errors[0].located(&text)))
}

fn equal(what: &Value, expected: &Value, actual: &str) -> Result<(), String> {
    let expected = text_of(expected);
    if expected == actual {
        return Ok(());
    }
    Err(format!("{what}\n    expected: {expected:?}\n    actual:   {actual:?}"))
}

fn selector(vs: &Value) -> Result<String, String> {
    let mut matchers = Vec::new();
    for matcher in vs["LabelMatchers"].as_array().into_iter().flatten() {
        let parts = &matcher["matcher"];
        if parts[1] != "=" {
            return Err(format!("a matcher of another kind: {matcher}"));
        }
        let matcher = Matcher::new(text_of(&parts[0]), MatchOp::Equal, text_of(&parts[2]));
        matchers.push(matcher.map_err(|error| error.to_string())?);
    }
    let name = vs["Name"].as_str().map(Into::into);
    Ok(VectorSelector { name, matchers, shift: TimeShift::default(), extension: None }.to_string())
}
