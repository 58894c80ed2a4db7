//! Native histograms held against Prometheus's own tables (`histogram/float_histogram.jsonl`).
//!
//! Layouts are compared by what they say: spans of empty buckets and split spans have no counterpart here.

use std::sync::Arc;

use libtest_mimic::{Failed, Trial};
use scrapeyard_core::model::histogram::{
    Bucket, Buckets, CUSTOM_BUCKETS_SCHEMA, CompensatedHistogram, FloatHistogram, ResetHint, Span,
};
use serde_json::Value;

use crate::frame::{conformance, ratchet};

/// The bytes that a value takes in Go's memory: nothing here could be that number.
const NOT_OURS: &str = "TestFloatHistogramSize";

const FILE: &str = "histogram/float_histogram.jsonl";

pub fn trials() -> Vec<Trial> {
    let Some(path) = conformance::find(FILE) else { return Vec::new() };
    vec![Trial::test("histogram/float_histogram", move || {
        let text = std::fs::read_to_string(path)?;
        let mut failures = Vec::new();
        let mut total = 0;
        for (number, line) in text.lines().enumerate() {
            let case: Value = serde_json::from_str(line).map_err(|error| Failed::from(error.to_string()))?;
            if case["func"] == NOT_OURS {
                continue;
            }
            total += 1;
            if let Err(reason) = run(&case) {
                failures.push(format!("{FILE}:{}: {} {reason}", number + 1, case["func"]));
            }
        }
        ratchet::hold("histogram", "float_histogram.jsonl", total - failures.len(), total, &failures)
    })]
}

fn run(case: &Value) -> Result<(), String> {
    let value = |at: usize| &case["value"][at];
    match case["func"].as_str().unwrap_or("") {
        "TestFloatHistogramMul" => same(&read(value(1))?.scaled(number(value(2))?), &read(value(3))?),
        "TestFloatHistogramDiv" => same(&read(value(1))?.divided(number(value(2))?), &read(value(3))?),
        "TestFloatHistogramCopy" | "TestFloatHistogramCopyTo" => {
            same(&read_loosely(&case["orig"])?, &read_loosely(&case["expected"])?)
        }
        "TestFloatHistogramCompact" => same(&read(value(1))?, &read(value(3))?),
        "TestFloatHistogramString" => {
            equal(read(value(1))?.to_string().as_str(), value(2).as_str().unwrap_or(""))
        }
        "TestFloatHistogramCopyToSchema" => {
            same(&read(value(2))?.reduced_to(schema(value(1))?), &read(value(3))?)
        }
        "TestFloatHistogramDetectReset" => {
            let reset = read(value(2))?.is_reset_after(&read(value(1))?);
            equal(reset, value(3).as_bool().unwrap_or(!reset))
        }
        "TestFloatHistogramValidateNegativeHistogram" => equal(read(value(1))?.validate().is_err(), true),
        "TestFloatHistogramReduceResolution" => reduce(&case["case"]),
        "TestFloatHistogramAdd" | "TestFloatHistogramSub" | "TestKahanAddWithCompHistogram" => combine(case),
        "TestAllFloatBucketIterator" | "TestAllReverseFloatBucketIterator" => iterate(case),
        "TestFloatCustomBucketsIterators" => {
            let histogram = read(&case["h"])?;
            buckets(histogram.positive_buckets(), &case["expPositiveBuckets"])
        }
        "TestFloatBucketIteratorTargetSchema" => target_schema(&case["case"]),
        other => Err(format!("no runner for {other}")),
    }
}

fn reduce(case: &Value) -> Result<(), String> {
    match (read(&case["origin"]), case["errorMsg"].as_str()) {
        (Err(error), Some(expected)) => equal(error.as_str(), expected),
        (Ok(origin), None) => {
            same(&origin.reduced_to(schema(&case["targetSchema"])?), &read(&case["target"])?)
        }
        (got, expected) => Err(format!("expected error {expected:?}, got {got:?}")),
    }
}

fn combine(case: &Value) -> Result<(), String> {
    let (first, second) = (read(&case["in1"])?, read(&case["in2"])?);
    let mut sum = CompensatedHistogram::new(first.clone());
    if !case["comp"].is_null() {
        sum.compensation = read(&case["comp"])?;
    }
    let mut plain = first;
    let (outcome, result) = match case["func"].as_str() {
        Some("TestFloatHistogramAdd") => (plain.add(&second), plain),
        Some("TestFloatHistogramSub") => (plain.sub(&second), plain),
        _ => (sum.add(&second), sum.total()),
    };
    let expected_error = case["expErrMsg"].as_str().unwrap_or("");
    match outcome {
        Err(error) => equal(error.to_string().as_str(), expected_error),
        Ok(combined) => {
            equal("", expected_error)?;
            equal(combined.hint_collision, case["expCounterResetCollision"].as_bool().unwrap_or(false))?;
            equal(combined.bounds_reconciled, case["expNHCBBoundsReconciled"].as_bool().unwrap_or(false))?;
            let expected = if case["expected"].is_null() { &case["expectedSum"] } else { &case["expected"] };
            if expected.is_null() { Ok(()) } else { same(&result, &read(expected)?) }
        }
    }
}

/// All buckets are those of the sides chosen, in rising order, and backwards they are the same.
fn iterate(case: &Value) -> Result<(), String> {
    let histogram = read_loosely(&case["h"])?;
    let all: Vec<Bucket> = histogram.all_buckets().collect();
    let mut sides: Vec<Bucket> = Vec::new();
    for (flag, side) in [
        ("includeNeg", histogram.negative_buckets().rev().collect::<Vec<_>>()),
        ("includeZero", histogram.zero_bucket().into_iter().collect()),
        ("includePos", histogram.positive_buckets().collect()),
    ] {
        equal(case[flag].as_bool().unwrap_or(false), !side.is_empty())?;
        sides.extend(side);
    }
    let counts = |buckets: &[Bucket]| buckets.iter().map(|bucket| bucket.count).collect::<Vec<_>>();
    equal(counts(&all), counts(&sides))?;
    let backwards: Vec<Bucket> = histogram.all_buckets().rev().collect();
    let rising = all.windows(2).all(|pair| pair[0].upper <= pair[1].lower);
    equal(rising && all.iter().rev().eq(backwards.iter()), true)
}

fn target_schema(case: &Value) -> Result<(), String> {
    let reduced = read_loosely(&case["h"])?.reduced_to(-1);
    buckets(reduced.positive_buckets(), &case["expPositiveBuckets"])?;
    buckets(reduced.negative_buckets(), &case["expNegativeBuckets"])
}

fn buckets(actual: impl Iterator<Item = Bucket>, expected: &Value) -> Result<(), String> {
    let mut wanted = Vec::new();
    for bucket in expected.as_array().into_iter().flatten() {
        wanted.push(Bucket {
            lower: number(&bucket["Lower"])?,
            upper: number(&bucket["Upper"])?,
            lower_inclusive: bucket["LowerInclusive"].as_bool().unwrap_or(false),
            upper_inclusive: bucket["UpperInclusive"].as_bool().unwrap_or(false),
            count: number(&bucket["Count"])?,
            index: bucket["Index"].as_i64().unwrap_or(0) as i32,
        });
    }
    equal(actual.collect::<Vec<_>>(), wanted)
}

fn equal<T: PartialEq + std::fmt::Debug>(actual: T, expected: T) -> Result<(), String> {
    if actual == expected { Ok(()) } else { Err(format!("got {actual:?}, expected {expected:?}")) }
}

/// Equal but for the last digits of counts.
fn same(actual: &FloatHistogram, expected: &FloatHistogram) -> Result<(), String> {
    let close = |left: f64, right: f64| {
        left == right
            || (left.is_nan() && right.is_nan())
            || (left - right).abs() <= 1e-9 * left.abs().max(right.abs())
    };
    let side = |left: &Buckets, right: &Buckets| {
        left.zip(right).all(|(_, left, right)| close(left, right) || (left - right).abs() < 1e-9)
    };
    let matches = actual.schema == expected.schema
        && actual.zero_threshold == expected.zero_threshold
        && actual.custom_bounds == expected.custom_bounds
        && actual.hint == expected.hint
        && close(actual.zero_count, expected.zero_count)
        && close(actual.count, expected.count)
        && close(actual.sum, expected.sum)
        && side(&actual.positive, &expected.positive)
        && side(&actual.negative, &expected.negative);
    if matches { Ok(()) } else { Err(format!("got {actual:?}, expected {expected:?}")) }
}

fn read(value: &Value) -> Result<FloatHistogram, String> {
    let side = |name: &str| {
        let counts = numbers(&value[format!("{name}Buckets")])?;
        Buckets::from_spans(&spans(&value[format!("{name}Spans")]), &counts)
            .map_err(|error| error.to_string())
    };
    Ok(FloatHistogram { positive: side("Positive")?, negative: side("Negative")?, ..frame(value)? })
}

/// Some tables have more or fewer counts than their spans say, which an iterator there forgives.
fn read_loosely(value: &Value) -> Result<FloatHistogram, String> {
    let side = |name: &str| {
        let counts = numbers(&value[format!("{name}Buckets")])?;
        let spans = spans(&value[format!("{name}Spans")]);
        let mut next = 0;
        let indexes = spans.iter().flat_map(|span| {
            let first = next + span.offset;
            next = first + span.length as i32;
            first..next
        });
        Ok::<_, String>(Buckets::from_pairs(indexes.zip(counts)))
    };
    Ok(FloatHistogram { positive: side("Positive")?, negative: side("Negative")?, ..frame(value)? })
}

fn frame(value: &Value) -> Result<FloatHistogram, String> {
    let field = |name: &str| if value[name].is_null() { Ok(0.0) } else { number(&value[name]) };
    Ok(FloatHistogram {
        schema: schema(&value["Schema"])?,
        zero_threshold: field("ZeroThreshold")?,
        zero_count: field("ZeroCount")?,
        count: field("Count")?,
        sum: field("Sum")?,
        custom_bounds: Arc::from(numbers(&value["CustomValues"])?),
        hint: match value["CounterResetHint"].as_str() {
            Some("CounterReset") => ResetHint::Reset,
            Some("NotCounterReset") => ResetHint::NotReset,
            Some("GaugeType") => ResetHint::Gauge,
            _ => ResetHint::Unknown,
        },
        ..FloatHistogram::default()
    })
}

fn schema(value: &Value) -> Result<i32, String> {
    match value {
        Value::Null => Ok(0),
        Value::String(_) => Ok(CUSTOM_BUCKETS_SCHEMA),
        other => other.as_i64().map(|schema| schema as i32).ok_or_else(|| format!("schema {other}")),
    }
}

fn number(value: &Value) -> Result<f64, String> {
    let spelled = value.as_str().and_then(|text| text.trim_start_matches('+').parse().ok());
    value.as_f64().or(spelled).ok_or_else(|| format!("not a number: {value}"))
}

fn numbers(value: &Value) -> Result<Vec<f64>, String> {
    value.as_array().map_or_else(|| Ok(Vec::new()), |values| values.iter().map(number).collect())
}

fn spans(value: &Value) -> Vec<Span> {
    let whole = |value: &Value| value.as_i64().unwrap_or(0);
    let span = |span: &Value| match span {
        Value::Array(pair) => Span { offset: whole(&pair[0]) as i32, length: whole(&pair[1]) as u32 },
        other => Span { offset: whole(&other["Offset"]) as i32, length: whole(&other["Length"]) as u32 },
    };
    value.as_array().map_or_else(Vec::new, |spans| spans.iter().map(span).collect())
}
