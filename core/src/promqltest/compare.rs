//! Holding a result against the series lines of a script. What is said of a difference are Prometheus's words.

use super::expectation::{Expectation, Grid};
use super::wording;
use crate::base::lookup::Lookup;
use crate::base::number::almost_equal;
use crate::base::time::Timestamp;
use crate::model::histogram::FloatHistogram;
use crate::model::labels::Labels;
use crate::promql::eval::{Element, QueryValue, SeriesPoints, Value};
use crate::promql::syntax::series::SeriesValue;

/// By how much numbers may differ, relative to their magnitude.
const TOLERANCE: f64 = 1e-6;

/// The lines that count: of lines for the same series the last one.
struct Lines<'a> {
    places: Lookup<Labels, usize>,
    /// The labels, the place among all series lines from 1, and the values.
    lines: Vec<(&'a Labels, usize, &'a [SeriesValue])>,
}

impl<'a> Lines<'a> {
    fn of(expectation: &'a Expectation) -> Self {
        let mut found = Self { places: Lookup::default(), lines: Vec::new() };
        for (index, (_, line)) in expectation.series.iter().enumerate() {
            let next = found.lines.len();
            let place = *found.places.get_or_insert_with(line.labels.clone(), || next);
            let entry = (&line.labels, index + 1, &line.values[..]);
            if place == next {
                found.lines.push(entry);
            } else {
                found.lines[place] = entry;
            }
        }
        found
    }

    fn get(&self, labels: &Labels) -> Option<(usize, usize, &'a [SeriesValue])> {
        let place = *self.places.get(labels)?;
        let (_, position, values) = self.lines[place];
        Some((place, position, values))
    }
}

/// Holds a value against an expectation. The points of a matrix are expected on the grid.
///
/// # Errors
/// The first difference.
pub fn compare(value: &QueryValue, expectation: &Expectation, grid: Option<Grid>) -> Result<(), String> {
    match value {
        QueryValue::Text(_, text) => {
            let expected = expectation.text.as_deref().unwrap_or_default();
            if **text == *expected {
                return Ok(());
            }
            Err(format!("expected string \"{expected}\" but got \"{text}\""))
        }
        QueryValue::Scalar(sample) => match expectation.scalar {
            Some(expected) if almost_equal(expected, sample.value, TOLERANCE) => Ok(()),
            Some(expected) => {
                let (expected, got) = (wording::float(expected), wording::float(sample.value));
                Err(format!("expected scalar {expected} but got {got}"))
            }
            None => Err(format!("expected vector or matrix result, but got {}", wording::result(value))),
        },
        QueryValue::Vector(_) if expectation.scalar.is_some() => {
            Err(format!("expected scalar result, but got vector {}", wording::result(value)))
        }
        QueryValue::Vector(elements) => vector(elements, expectation),
        QueryValue::Matrix(_) if expectation.ordered => {
            Err("expected ordered result, but query returned a matrix".to_owned())
        }
        QueryValue::Matrix(_) if expectation.scalar.is_some() => {
            Err(format!("expected scalar result, but got matrix {}", wording::result(value)))
        }
        QueryValue::Matrix(series) => match grid {
            Some(grid) => matrix(series, expectation, grid),
            None => Err("got a range vector, which the script does not expect".to_owned()),
        },
    }
}

fn vector(elements: &[Element], expectation: &Expectation) -> Result<(), String> {
    let lines = Lines::of(expectation);
    let mut seen = vec![false; lines.lines.len()];
    for (index, element) in elements.iter().enumerate() {
        let labels = &element.labels;
        let Some((place, position, values)) = lines.get(labels) else {
            let value = wording::value(&element.value);
            return Err(format!("unexpected metric {labels} in result, has value {value}"));
        };
        if expectation.ordered && position != index + 1 {
            let (values, is_at) = (wording::all_expected(values), index + 1);
            return Err(format!(
                "expected metric {labels} with {values} at position {position} but was at {is_at}"
            ));
        }
        match values.first() {
            Some(expected) => same(expected, &element.value, labels)?,
            None => return Err(format!("{labels}: the script expects no value")),
        }
        seen[place] = true;
    }
    match seen.iter().position(|seen| !seen) {
        None => Ok(()),
        Some(place) => {
            let (labels, position, values) = lines.lines[place];
            let values = wording::all_expected(values);
            Err(format!("expected metric {labels} with {position}: {values} not found"))
        }
    }
}

/// Holds one value against what is expected of an element.
fn same(expected: &SeriesValue, got: &Value, labels: &Labels) -> Result<(), String> {
    match (expected, got) {
        (SeriesValue::Histogram { histogram, .. }, Value::Float(got)) => {
            let (expected, got) = (wording::histogram(histogram), wording::float(*got));
            Err(format!("expected histogram {expected} for {labels} but got float value {got}"))
        }
        (SeriesValue::Histogram { histogram, hint_given }, Value::Histogram(got)) => {
            if is_close(histogram, got, *hint_given) {
                return Ok(());
            }
            let (expected, got) = (wording::histogram(histogram), wording::histogram(got));
            Err(format!("expected {expected} for {labels} but got {got}"))
        }
        (expected, Value::Histogram(got)) => {
            let (expected, got) = (wording::expected(expected), wording::histogram(got));
            Err(format!("expected float value {expected} for {labels} but got histogram {got}"))
        }
        (SeriesValue::Float(expected), Value::Float(got)) if almost_equal(*expected, *got, TOLERANCE) => {
            Ok(())
        }
        (SeriesValue::Float(expected), Value::Float(got)) => {
            let (expected, got) = (wording::float(*expected), wording::float(*got));
            Err(format!("expected {expected} for {labels} but got {got}"))
        }
        (SeriesValue::Omitted, Value::Float(got)) => {
            Err(format!("expected no value for {labels} but got {}", wording::float(*got)))
        }
    }
}

fn matrix(series: &[SeriesPoints], expectation: &Expectation, grid: Grid) -> Result<(), String> {
    if let Some(at) = series.windows(2).position(|pair| pair[0].labels > pair[1].labels) {
        let (first, second) = (&series[at].labels, &series[at + 1].labels);
        return Err(format!(
            "matrix results should always be sorted by labels, but matrix is not sorted: series at index {} with \
             labels {second} sorts before series at index {at} with labels {first}",
            at + 1
        ));
    }
    let lines = Lines::of(expectation);
    let mut seen = vec![false; lines.lines.len()];
    for got in series {
        let Some((place, _, values)) = lines.get(&got.labels) else {
            let points = wording::points(got);
            return Err(format!("unexpected metric {} in result, has {points}", got.labels));
        };
        points(got, values, grid)?;
        seen[place] = true;
    }
    // A line of nothing but missing points expects a series no more than no line does.
    let is_expected = |place: &usize| !seen[*place] && lines.lines[*place].2.iter().any(is_point);
    match (0..seen.len()).find(is_expected) {
        None => Ok(()),
        Some(place) => Err(format!("expected metric {} not found", lines.lines[place].0)),
    }
}

fn is_point(value: &SeriesValue) -> bool {
    *value != SeriesValue::Omitted
}

/// Holds the points of a series against a line, floats and histograms apart.
fn points(got: &SeriesPoints, values: &[SeriesValue], grid: Grid) -> Result<(), String> {
    let labels = &got.labels;
    if values.len() as u64 > grid.count() {
        let count = values.len();
        return Err(format!(
            "expected {count} points for {labels}, but query time range cannot return this many points"
        ));
    }
    let (mut floats, mut histograms) = (Vec::new(), Vec::new());
    for (index, value) in values.iter().enumerate() {
        let at = grid.time(index);
        match value {
            SeriesValue::Omitted => {}
            SeriesValue::Float(value) => floats.push((at, *value)),
            SeriesValue::Histogram { histogram, hint_given } => histograms.push((at, histogram, *hint_given)),
        }
    }
    if floats.len() != got.points.len() || histograms.len() != got.histograms.len() {
        return Err(format!(
            "expected {} float points and {} histogram points for {labels}, but got {}",
            floats.len(),
            histograms.len(),
            wording::points(got)
        ));
    }
    for (index, ((at, expected), point)) in floats.into_iter().zip(&got.points).enumerate() {
        check_time("float", index, at, point.at, got)?;
        if !almost_equal(expected, point.value, TOLERANCE) {
            let (expected, value) = (wording::float(expected), wording::float(point.value));
            return Err(differs("float", index, at, got, &expected, &value));
        }
    }
    for (index, ((at, expected, hint_given), point)) in
        histograms.into_iter().zip(&got.histograms).enumerate()
    {
        check_time("histogram", index, at, point.at, got)?;
        if !is_close(expected, &point.histogram, hint_given) {
            let (expected, value) = (wording::histogram(expected), wording::histogram(&point.histogram));
            return Err(differs("histogram", index, at, got, &expected, &value));
        }
    }
    Ok(())
}

fn check_time(
    kind: &str,
    index: usize,
    expected: Timestamp,
    at: Timestamp,
    got: &SeriesPoints,
) -> Result<(), String> {
    if expected == at {
        return Ok(());
    }
    let (labels, expected, at, points) = (&got.labels, expected.0, at.0, wording::points(got));
    Err(format!(
        "expected {kind} value at index {index} for {labels} to have timestamp {expected}, but it had timestamp {at} \
         (result has {points})"
    ))
}

fn differs(
    kind: &str,
    index: usize,
    at: Timestamp,
    got: &SeriesPoints,
    expected: &str,
    value: &str,
) -> String {
    let (labels, points) = (&got.labels, wording::points(got));
    format!(
        "expected {kind} value at index {index} (t={}) for {labels} to be {expected}, but got {value} \
         (result has {points})",
        at.0
    )
}

/// Whether two histograms have one layout and almost equal counts, and the same hint where the script states one.
fn is_close(expected: &FloatHistogram, got: &FloatHistogram, hint_given: bool) -> bool {
    let almost = |left: f64, right: f64| almost_equal(left, right, TOLERANCE);
    let sides = [(&expected.positive, &got.positive), (&expected.negative, &got.negative)];
    expected.schema == got.schema
        && expected.custom_bounds == got.custom_bounds
        && expected.zero_threshold == got.zero_threshold
        && almost(expected.zero_count, got.zero_count)
        && almost(expected.count, got.count)
        && almost(expected.sum, got.sum)
        && sides.iter().all(|(expected, got)| {
            expected.len() == got.len() && expected.zip(got).all(|(_, left, right)| almost(left, right))
        })
        && (!hint_given || expected.hint == got.hint)
}
