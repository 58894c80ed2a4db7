//! Queries over what their script loads: ranges against instants, slices against one go, budgets.

use scrapeyard_core::base::time::{Millis, Timestamp};
use scrapeyard_core::promql::eval::value::Value;
use scrapeyard_core::promql::eval::{
    Advance, EvalError, Evaluation, Options, QueryRange, QueryResult, QueryValue,
};
use scrapeyard_core::promql::syntax::ast::{Expr, ValueType};
use scrapeyard_core::promql::{api, syntax};
use scrapeyard_core::promqltest::{Command, Script, load};
use scrapeyard_core::tsdb::Head;

/// Most samples of one script: the language of series makes many of few bytes.
const MOST_SAMPLES: u64 = 50_000;
/// What one query may hold and do. Far below a server's, so that running out is among what is tried.
const MAX_SAMPLES: u64 = 200_000;
const MAX_WORK: u64 = 3_000_000;
/// Work in one slice, and how many units beyond its budget a query may go: what one node does to one block at once.
const SLICE: u64 = 400;
const BEYOND: u64 = 40_000_000;
/// What makes a query depend on more than its instant.
const OF_THE_RANGE: [&str; 5] = ["start", "end", "step", "range", "@"];

/// The script's head and its first query; `None` where there is none.
pub fn scene(input: &[u8]) -> Option<(Head, Expr, String)> {
    let script = Script::read(std::str::from_utf8(input).ok()?);
    let mut head = Head::new();
    let mut query = None;
    for (_, command) in script.commands {
        match command {
            Command::Load { step, with_native, lines } => {
                let _ = load::load(&mut head, step, with_native, &lines); // what was loaded before the fault stays
                if head.samples_appended() > MOST_SAMPLES {
                    return None;
                }
            }
            Command::Eval(eval) => query = query.or(Some(eval.query)),
            Command::Clear => head = Head::new(),
        }
    }
    let query = query?;
    let expr = syntax::parse(&query, &syntax::Options::all()).ok()?;
    Some((head, expr, query))
}

/// Understood: a query that gave a result of some points.
pub fn ranges_are_instants(input: &[u8]) -> Result<bool, String> {
    let Some((head, expr, query)) = scene(input) else { return Ok(false) };
    let bits = input.iter().fold(7_u64, |hash, byte| hash.wrapping_mul(31).wrapping_add(u64::from(*byte)));
    let options = Options {
        max_samples: MAX_SAMPLES,
        max_work: MAX_WORK,
        delayed_name_removal: bits & 1 == 1,
        left_open: bits & 6 != 0,
        ..Options::default()
    };
    let instants = instants(&head, bits);
    if !matches!(expr.value_type(), ValueType::Scalar | ValueType::InstantVector) {
        let at = instants.last().copied().unwrap_or_default();
        let whole = finished(&expr, QueryRange::Instant(at), &options, &head);
        sliced(&expr, QueryRange::Instant(at), &options, &head, &whole)?;
        return Ok(whole.is_ok());
    }
    let range = range_of(&instants);
    let whole = finished(&expr, range, &options, &head);
    sliced(&expr, range, &options, &head, &whole)?;
    if let Ok(result) = &whole {
        let _ = api::success(result, &query);
    }
    // `@` alone names an instant, but `@ start()` does not.
    if OF_THE_RANGE.iter().any(|word| query.to_lowercase().contains(word)) {
        return Ok(whole.is_ok());
    }
    held_against_instants(&expr, &instants, &options, &head, &whole)
}

/// A handful of instants in and around the samples.
fn instants(head: &Head, bits: u64) -> Vec<Timestamp> {
    let newest = head.max_time().map_or(0, |at| at.0).clamp(0, 100_000_000);
    let count = 2 + (bits >> 3 & 15) as i64;
    let step = match bits >> 7 & 3 {
        0 => 60_000,
        1 => 17_300,
        2 => 300_000,
        _ => (newest / count).max(1),
    };
    let start = if bits >> 9 & 1 == 0 { 0 } else { newest / 2 - step };
    (0..count).map(|number| Timestamp(start + number * step)).collect()
}

fn range_of(instants: &[Timestamp]) -> QueryRange {
    QueryRange::Range {
        start: instants[0],
        end: instants[instants.len() - 1],
        step: Millis(instants[1].0 - instants[0].0),
    }
}

fn finished(
    expr: &Expr,
    range: QueryRange,
    options: &Options,
    head: &Head,
) -> Result<QueryResult, EvalError> {
    Evaluation::new(expr, range, options.clone()).and_then(|evaluation| evaluation.finish(head))
}

/// The same query in small slices gives the same, and does not go on for ever.
fn sliced(
    expr: &Expr,
    range: QueryRange,
    options: &Options,
    head: &Head,
    whole: &Result<QueryResult, EvalError>,
) -> Result<(), String> {
    let Ok(mut evaluation) = Evaluation::new(expr, range, options.clone()) else { return Ok(()) };
    let outcome = loop {
        match evaluation.advance(head, SLICE) {
            Ok(Advance::Ready(result)) => break Ok(result),
            Ok(Advance::Progress { .. }) if evaluation.work() > MAX_WORK + BEYOND => {
                return Err(format!("goes on after {} units of work", evaluation.work()));
            }
            Ok(Advance::Progress { .. }) => {}
            Err(error) => break Err(error),
        }
    };
    let (whole, outcome) = (shown_result(whole), shown_result(&outcome));
    if whole == outcome { Ok(()) } else { Err(format!("in one go {whole}, in slices {outcome}")) }
}

fn held_against_instants(
    expr: &Expr,
    instants: &[Timestamp],
    options: &Options,
    head: &Head,
    whole: &Result<QueryResult, EvalError>,
) -> Result<bool, String> {
    let mut points = 0;
    let mut failures = Vec::new();
    for at in instants {
        let instant = finished(expr, QueryRange::Instant(*at), options, head);
        match (whole, &instant) {
            (Ok(whole), Ok(instant)) => {
                let (in_range, alone) = (elements_at(&whole.value, *at), elements_at(&instant.value, *at));
                if in_range != alone {
                    return Err(format!("at {}: in a range {in_range:?}, alone {alone:?}", at.0));
                }
                points += alone.len();
            }
            (Ok(_), Err(error)) => return Err(format!("at {}: fails alone: {error}", at.0)),
            (Err(_), Ok(_)) => {}
            (Err(_), Err(error)) => failures.push(error.to_string()),
        }
    }
    if let Err(error) = whole
        && failures.is_empty()
        && !is_out_of_budget(error)
    {
        return Err(format!("fails in a range only: {error}"));
    }
    Ok(points > 0)
}

/// A range does more than an instant, so it may run out alone.
fn is_out_of_budget(error: &EvalError) -> bool {
    let text = error.to_string();
    text.contains("timed out") || text.contains("too many samples")
}

/// The elements at an instant in order of their labels, with the bits of their values.
fn elements_at(value: &QueryValue, at: Timestamp) -> Vec<(String, String)> {
    let mut elements: Vec<(String, String)> = match value {
        QueryValue::Matrix(series) => {
            let values = series.iter().filter_map(|series| Some((series.labels.to_string(), series.at(at)?)));
            values.map(|(labels, value)| (labels, shown(&value))).collect()
        }
        QueryValue::Vector(elements) => {
            elements.iter().map(|element| (element.labels.to_string(), shown(&element.value))).collect()
        }
        QueryValue::Scalar(sample) => vec![("{}".to_owned(), shown(&Value::Float(sample.value)))],
        QueryValue::Text(_, text) => vec![("text".to_owned(), text.to_string())],
    };
    elements.sort();
    elements
}

/// A value to its last bit; which NaN it is depends on the processor.
fn shown(value: &Value) -> String {
    match value {
        Value::Float(value) if value.is_nan() => "NaN".to_owned(),
        Value::Float(value) => format!("{value:?} ({:x})", value.to_bits()),
        Value::Histogram(histogram) => format!("{histogram:?}"),
    }
}

fn shown_result(result: &Result<QueryResult, EvalError>) -> String {
    let result = match result {
        Ok(result) => result,
        Err(error) => return format!("fails: {error}"),
    };
    match &result.value {
        QueryValue::Matrix(series) => {
            let shown = series.iter().map(|series| {
                let values =
                    series.values().into_iter().map(|(at, value)| format!("{}: {}", at.0, shown(&value)));
                format!("{} [{}]", series.labels, values.collect::<Vec<_>>().join(", "))
            });
            shown.collect::<Vec<_>>().join("\n")
        }
        // In their own order: it is part of an instant query's result.
        QueryValue::Vector(elements) => {
            let shown =
                elements.iter().map(|element| format!("{} {}", element.labels, shown(&element.value)));
            shown.collect::<Vec<_>>().join("\n")
        }
        other => format!("{:?}", elements_at(other, Timestamp(0))),
    }
}
