//! Holding a result against the series lines of a script.

use super::expectation::{Expectation, Notes, TextMatch};
use crate::base::number::{almost_equal, print_plain};
use crate::base::time::Timestamp;
use crate::model::histogram::FloatHistogram;
use crate::model::labels::Labels;
use crate::promql::eval::annotation::{Annotations, Severity};
use crate::promql::eval::{Element, QueryValue, SeriesPoints, Value};
use crate::promql::syntax::series::SeriesValue;

/// By how much numbers may differ, relative to their magnitude.
const TOLERANCE: f64 = 1e-6;

/// The instants of expected values: where the first one lies and the distance to the next, in milliseconds.
#[derive(Clone, Copy, Debug)]
pub struct Grid {
    pub start: i64,
    pub step: i64,
}

/// Holds a value against an expectation.
///
/// # Errors
/// The first difference.
pub fn compare(value: &QueryValue, expectation: &Expectation, grid: Option<Grid>) -> Result<(), String> {
    if let Some(expected) = &expectation.text {
        return match value {
            QueryValue::Text(_, text) if **text == **expected => Ok(()),
            other => Err(format!("expected string {expected:?}, got {other:?}")),
        };
    }
    if let Some(expected) = expectation.scalar {
        return match value {
            QueryValue::Scalar(sample) if almost_equal(expected, sample.value, TOLERANCE) => Ok(()),
            QueryValue::Scalar(sample) => Err(format!("expected scalar {expected}, got {}", sample.value)),
            other => Err(format!("expected scalar {expected}, got {}", describe(other))),
        };
    }
    match value {
        QueryValue::Vector(elements) => vector(elements, expectation),
        QueryValue::Matrix(series) => match grid {
            Some(grid) => matrix(series, expectation, grid),
            None => Err("got a range vector, which the script does not expect".to_owned()),
        },
        other => Err(format!("expected series, got {}", describe(other))),
    }
}

fn describe(value: &QueryValue) -> String {
    match value {
        QueryValue::Scalar(sample) => format!("scalar {}", sample.value),
        QueryValue::Text(_, text) => format!("string {text:?}"),
        QueryValue::Vector(elements) => format!("a vector of {} elements", elements.len()),
        QueryValue::Matrix(series) => format!("a matrix of {} series", series.len()),
    }
}

/// The lines that count, in order: of lines for the same series the last one.
fn lines(expectation: &Expectation) -> Vec<(&Labels, &[SeriesValue])> {
    let mut lines: Vec<(&Labels, &[SeriesValue])> = Vec::new();
    for (_, line) in &expectation.series {
        match lines.iter_mut().find(|(labels, _)| **labels == line.labels) {
            Some(known) => known.1 = &line.values,
            None => lines.push((&line.labels, &line.values)),
        }
    }
    lines
}

fn vector(elements: &[Element], expectation: &Expectation) -> Result<(), String> {
    let lines = lines(expectation);
    for (place, element) in elements.iter().enumerate() {
        let found = lines.iter().position(|(labels, _)| **labels == element.labels);
        let Some(found) = found else {
            return Err(format!("unexpected element {} {}", element.labels, shown(&element.value)));
        };
        if expectation.ordered && found != place {
            return Err(format!("{} expected at place {}, is at {}", element.labels, found + 1, place + 1));
        }
        let [expected] = lines[found].1 else {
            return Err(format!("{}: an instant query has one value", element.labels));
        };
        same(expected, &element.value).map_err(|reason| format!("{}: {reason}", element.labels))?;
    }
    let missing = lines.iter().find(|(labels, _)| !elements.iter().any(|element| element.labels == **labels));
    missing.map_or(Ok(()), |(labels, _)| Err(format!("expected element {labels} is missing")))
}

fn matrix(series: &[SeriesPoints], expectation: &Expectation, grid: Grid) -> Result<(), String> {
    if series.windows(2).any(|pair| pair[0].labels >= pair[1].labels) {
        return Err("series are not in order of their labels".to_owned());
    }
    if expectation.ordered {
        return Err("expected ordered result, but query returned a matrix".to_owned());
    }
    let lines = lines(expectation);
    for got in series {
        let Some((labels, values)) = lines.iter().find(|(labels, _)| **labels == got.labels) else {
            return Err(format!("unexpected series {}", got.labels));
        };
        points(&got.values(), values, grid).map_err(|reason| format!("{labels}: {reason}"))?;
    }
    let missing = lines.iter().find(|(labels, values)| {
        let has_points = values.iter().any(|value| *value != SeriesValue::Omitted);
        has_points && !series.iter().any(|series| series.labels == **labels)
    });
    missing.map_or(Ok(()), |(labels, _)| Err(format!("expected series {labels} is missing")))
}

fn points(points: &[(Timestamp, Value)], values: &[SeriesValue], grid: Grid) -> Result<(), String> {
    let expected: Vec<(i64, &SeriesValue)> = values
        .iter()
        .enumerate()
        .filter(|(_, value)| **value != SeriesValue::Omitted)
        .map(|(index, value)| (grid.start + grid.step * index as i64, value))
        .collect();
    if expected.len() != points.len() {
        let got: Vec<String> =
            points.iter().map(|(at, value)| format!("{}@{}", shown(value), at.0)).collect();
        return Err(format!("expected {} points, got {}: {}", expected.len(), points.len(), got.join(" ")));
    }
    for ((at, expected), (got_at, value)) in expected.iter().zip(points) {
        if *got_at != Timestamp(*at) {
            return Err(format!("expected a point at {at}, got one at {}", got_at.0));
        }
        same(expected, value).map_err(|reason| format!("at {at}: {reason}"))?;
    }
    Ok(())
}

fn shown(value: &Value) -> String {
    match value {
        Value::Float(value) => print_plain(*value),
        Value::Histogram(histogram) => histogram.to_string(),
    }
}

fn same(expected: &SeriesValue, got: &Value) -> Result<(), String> {
    match (expected, got) {
        (SeriesValue::Float(expected), Value::Float(got)) if almost_equal(*expected, *got, TOLERANCE) => {
            Ok(())
        }
        (SeriesValue::Histogram { histogram, .. }, Value::Histogram(got)) if close(histogram, got) => Ok(()),
        (SeriesValue::Float(expected), got) => {
            Err(format!("expected {}, got {}", print_plain(*expected), shown(got)))
        }
        (SeriesValue::Omitted, got) => Err(format!("expected nothing, got {}", shown(got))),
        (SeriesValue::Histogram { histogram, .. }, got) => {
            Err(format!("expected {histogram}, got {}", shown(got)))
        }
    }
}

/// Whether two histograms have one layout and almost equal counts.
fn close(expected: &FloatHistogram, got: &FloatHistogram) -> bool {
    let almost = |left: f64, right: f64| almost_equal(left, right, TOLERANCE);
    expected.schema == got.schema
        && expected.custom_bounds == got.custom_bounds
        && expected.zero_threshold == got.zero_threshold
        && almost(expected.zero_count, got.zero_count)
        && almost(expected.count, got.count)
        && almost(expected.sum, got.sum)
        && expected.positive.zip(&got.positive).all(|(_, left, right)| almost(left, right))
        && expected.negative.zip(&got.negative).all(|(_, left, right)| almost(left, right))
}

/// Holds warnings and infos against an expectation.
///
/// # Errors
/// The first one that is missing or too many.
pub fn compare_notes(notes: &Annotations, expectation: &Expectation, query: &str) -> Result<(), String> {
    for (severity, word, expected) in
        [(Severity::Warning, "warning", &expectation.warnings), (Severity::Info, "info", &expectation.infos)]
    {
        let got = notes.render(severity, query);
        match expected {
            Notes::Any => {}
            Notes::None if got.is_empty() => {}
            Notes::None => return Err(format!("unexpected {word}: {}", got.join("; "))),
            Notes::Some if got.is_empty() => return Err(format!("expected a {word}, got none")),
            Notes::Some => {}
            Notes::Exactly(texts) => {
                if let Some(missing) = texts.iter().find(|text| !got.iter().any(|got| text.matches(got))) {
                    return Err(format!("expected {word} {missing:?}, got {got:?}"));
                }
                let known = |got: &&String| !texts.iter().any(|text: &TextMatch| text.matches(got));
                if let Some(extra) = got.iter().find(known) {
                    return Err(format!("unexpected {word}: {extra}"));
                }
            }
        }
    }
    Ok(())
}
