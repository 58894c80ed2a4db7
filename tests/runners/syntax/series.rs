//! `parse_series.jsonl`, `parse_histogram_series.jsonl`, and the tokens of series notation in `lex.jsonl`.

use scrapeyard_core::model::histogram::{Buckets, FloatHistogram, ResetHint};
use scrapeyard_core::promql::syntax::ast::BinaryOp;
use scrapeyard_core::promql::syntax::series::{HistogramKey, SeriesLexer, SeriesTokenKind};
use scrapeyard_core::promql::syntax::token::TokenKind;
use scrapeyard_core::promql::syntax::{SeriesValue, parse_series};
use serde_json::{Value, json};

use super::{Verdict, same, text_of};

pub fn floats(case: &Value) -> Verdict {
    let text = text_of(&case["input"]);
    let read = parse_series(&text);
    Verdict::of(match (read, case["fail"] == true, case["expectError"].as_str()) {
        (Err(error), false, None) => Err(format!("{text}: {}", error.located(&text))),
        (Err(_), true, _) => Ok(()),
        (Err(error), _, Some(expected)) => {
            let actual = error.located(&text);
            let ends = actual.ends_with(expected);
            if ends {
                Ok(())
            } else {
                Err(format!("{text}\n    expected: {expected}\n    actual:   {actual}"))
            }
        }
        (Ok(line), false, None) => {
            let labels = ["expectedMetric", "expectedLabels"].map(|name| &case[name]["labels"]);
            let expected = labels.into_iter().find(|labels| labels.is_object()).unwrap_or(&Value::Null);
            let actual: serde_json::Map<_, _> =
                line.labels.iter().map(|label| (label.name.to_string(), json!(*label.value))).collect();
            let values: Vec<Value> = line.values.iter().map(value).collect();
            let expected_values: Vec<Value> =
                case["expectedValues"].as_array().into_iter().flatten().map(expected_value).collect();
            same(&text, expected, &Value::Object(actual))
                .and_then(|()| same(&text, &json!(expected_values), &json!(values)))
        }
        (Ok(line), ..) => Err(format!("{text}: read as {line:?}")),
    })
}

fn value(value: &SeriesValue) -> Value {
    match value {
        SeriesValue::Omitted => Value::Null,
        SeriesValue::Float(value) => json!(value),
        SeriesValue::Histogram { .. } => json!("histogram"),
    }
}

fn expected_value(value: &Value) -> Value {
    let plain = if value.is_object() { &value["Value"] } else { value };
    plain.as_f64().map_or(Value::Null, |value| json!(value))
}

pub fn histograms(case: &Value) -> Verdict {
    let text = text_of(&case["input"]);
    let read = parse_series(&text);
    Verdict::of(match (read, case["expectedError"].as_str()) {
        (Ok(line), None) => {
            let actual = line.values.iter().map(|value| match value {
                SeriesValue::Histogram { histogram, .. } => (**histogram).clone(),
                _ => FloatHistogram::default(),
            });
            let actual: Vec<FloatHistogram> = actual.collect();
            let expected: Vec<FloatHistogram> =
                case["expected"].as_array().into_iter().flatten().map(histogram).collect();
            if expected == actual {
                Ok(())
            } else {
                Err(format!("{text}\n    expected: {expected:?}\n    actual:   {actual:?}"))
            }
        }
        (Err(error), Some(expected)) => same(&text, &json!(expected), &json!(error.located(&text))),
        (Ok(line), Some(_)) => Err(format!("{text}: read as {line:?}")),
        (Err(error), None) => Err(format!("{text}: {}", error.located(&text))),
    })
}

fn histogram(fields: &Value) -> FloatHistogram {
    let number = |name: &str| fields[name].as_f64().unwrap_or(0.0);
    let hint = match fields["CounterResetHint"].as_str() {
        Some("CounterReset") => ResetHint::Reset,
        Some("NotCounterReset") => ResetHint::NotReset,
        Some("GaugeType") => ResetHint::Gauge,
        _ => ResetHint::Unknown,
    };
    FloatHistogram {
        schema: fields["Schema"].as_i64().unwrap_or(0) as i32,
        zero_threshold: number("ZeroThreshold"),
        zero_count: number("ZeroCount"),
        count: number("Count"),
        sum: number("Sum"),
        positive: buckets(&fields["PositiveSpans"], &fields["PositiveBuckets"]),
        negative: buckets(&fields["NegativeSpans"], &fields["NegativeBuckets"]),
        hint,
        ..FloatHistogram::default()
    }
}

fn buckets(spans: &Value, counts: &Value) -> Buckets {
    let first = spans[0]["Offset"].as_i64().unwrap_or(0) as i32;
    let counts = counts.as_array().into_iter().flatten().filter_map(Value::as_f64);
    Buckets::from_pairs(counts.enumerate().map(|(at, count)| (first + at as i32, count)))
}

pub fn lex(text: &str, expected: &Value) -> Result<(), String> {
    let mut lexer = SeriesLexer::new(text);
    let mut tokens = Vec::new();
    loop {
        let token = lexer.next_token();
        let name = match token.kind {
            SeriesTokenKind::Plain(TokenKind::EndOfInput) => break,
            SeriesTokenKind::Plain(TokenKind::Error(error)) => return Err(format!("{text}: {error:?}")),
            kind => name(kind),
        };
        tokens.push(json!([name, token.span.start, token.span.of(text)]));
    }
    same(text, expected, &json!(tokens))
}

fn name(kind: SeriesTokenKind) -> &'static str {
    match kind {
        SeriesTokenKind::Space => "SPACE",
        SeriesTokenKind::Plus => "ADD",
        SeriesTokenKind::Minus => "SUB",
        SeriesTokenKind::Times => "TIMES",
        SeriesTokenKind::Blank => "BLANK",
        SeriesTokenKind::OpenHistogram => "OPEN_HIST",
        SeriesTokenKind::CloseHistogram => "CLOSE_HIST",
        SeriesTokenKind::Key(HistogramKey::Buckets) => "BUCKETS_DESC",
        SeriesTokenKind::Key(HistogramKey::Schema) => "SCHEMA_DESC",
        SeriesTokenKind::Key(HistogramKey::Sum) => "SUM_DESC",
        SeriesTokenKind::Key(HistogramKey::Count) => "COUNT_DESC",
        SeriesTokenKind::Key(_) => "another key",
        SeriesTokenKind::Hint(_) => "a hint",
        SeriesTokenKind::Plain(TokenKind::LeftBrace) => "LEFT_BRACE",
        SeriesTokenKind::Plain(TokenKind::RightBrace) => "RIGHT_BRACE",
        SeriesTokenKind::Plain(TokenKind::LeftBracket) => "LEFT_BRACKET",
        SeriesTokenKind::Plain(TokenKind::RightBracket) => "RIGHT_BRACKET",
        SeriesTokenKind::Plain(TokenKind::Colon) => "COLON",
        SeriesTokenKind::Plain(TokenKind::Number) => "NUMBER",
        SeriesTokenKind::Plain(TokenKind::Identifier) => "IDENTIFIER",
        SeriesTokenKind::Plain(TokenKind::Operator(BinaryOp::Equal)) => "EQLC",
        SeriesTokenKind::Plain(_) => "another token",
    }
}
