//! `exprs.jsonl`: what people write on dashboards must read, print, and read again as the same tree.

use scrapeyard_core::promql::syntax::{Options, parse};
use serde_json::Value;

use super::tree::render;
use super::{Verdict, text_of};

pub fn run(case: &Value) -> Verdict {
    Verdict::of(round_trip(&text_of(&case["expr"])))
}

fn round_trip(text: &str) -> Result<(), String> {
    let read = |text: &str| {
        parse(text, &Options::all()).map_err(|errors| format!("{text}: {}", errors[0].located(text)))
    };
    let expr = read(text)?;
    let printed = expr.to_string();
    let again = read(&printed)?;
    if render(&expr) != render(&again) {
        return Err(format!("{text}: another tree after printing {printed}"));
    }
    if again.to_string() != printed {
        return Err(format!("{text}: prints {printed}, then {again}"));
    }
    Ok(())
}
