//! Values as Prometheus's runner prints them in what it says of a failed case.

use crate::base::number::{print_general, print_plain};
use crate::base::time::Timestamp;
use crate::model::histogram::{Buckets, FloatHistogram, ResetHint};
use crate::promql::eval::{Element, QueryValue, SeriesPoints, Value};
use crate::promql::syntax::series::SeriesValue;

/// A float as Go's `%v`: an exponent below 1e-4 and from 1e21 on.
pub fn float(value: f64) -> String {
    let magnitude = value.abs();
    if value.is_finite() && magnitude != 0.0 && !(1e-4..1e21).contains(&magnitude) {
        print_general(value)
    } else {
        print_plain(value)
    }
}

/// An expected value as Go's `%f`, or as the histogram's own text.
pub fn expected(value: &SeriesValue) -> String {
    match value {
        SeriesValue::Omitted => "_".to_owned(),
        SeriesValue::Float(value) if value.is_finite() => format!("{value:.6}"),
        SeriesValue::Float(value) => print_plain(*value),
        SeriesValue::Histogram { histogram, .. } => histogram.to_string(),
    }
}

/// Expected values in brackets.
pub fn all_expected(values: &[SeriesValue]) -> String {
    bracketed(values.iter().map(expected))
}

fn bracketed(texts: impl Iterator<Item = String>) -> String {
    format!("[{}]", texts.collect::<Vec<_>>().join(" "))
}

/// A histogram in series notation. Buckets between populated ones are written as 0.
pub fn histogram(histogram: &FloatHistogram) -> String {
    let mut parts = Vec::new();
    let mut part = |name: &str, value: String| parts.push(format!("{name}:{value}"));
    if histogram.schema != 0 {
        part("schema", histogram.schema.to_string());
    }
    for (name, value) in [
        ("count", histogram.count),
        ("sum", histogram.sum),
        ("z_bucket", histogram.zero_count),
        ("z_bucket_w", histogram.zero_threshold),
    ] {
        if value != 0.0 {
            part(name, print_general(value));
        }
    }
    if histogram.uses_custom_buckets() {
        part("custom_values", bracketed(histogram.custom_bounds.iter().map(|bound| print_general(*bound))));
    }
    match histogram.hint {
        ResetHint::Unknown => {}
        ResetHint::Reset => part("counter_reset_hint", "reset".to_owned()),
        ResetHint::NotReset => part("counter_reset_hint", "not_reset".to_owned()),
        ResetHint::Gauge => part("counter_reset_hint", "gauge".to_owned()),
    }
    for (prefix, buckets) in [("", &histogram.positive), ("n_", &histogram.negative)] {
        let Some((first, _)) = buckets.iter().next() else { continue };
        if first != 0 {
            part(&format!("{prefix}offset"), first.to_string());
        }
        part(&format!("{prefix}buckets"), dense(buckets));
    }
    format!("{{{{{}}}}}", parts.join(" "))
}

/// The counts from the first populated bucket to the last. Gaps of more than these are cut short.
fn dense(buckets: &Buckets) -> String {
    const WIDEST_GAP: i64 = 1000;
    let mut counts = Vec::new();
    let mut next = None;
    for (index, count) in buckets.iter() {
        let gap = next.map_or(0, |next| i64::from(index) - next);
        counts.extend((0..gap.min(WIDEST_GAP)).map(|_| "0".to_owned()));
        counts.push(print_general(count));
        next = Some(i64::from(index) + 1);
    }
    bracketed(counts.into_iter())
}

/// A value of a vector.
pub fn value(value: &Value) -> String {
    match value {
        Value::Float(value) => float(*value),
        Value::Histogram(one) => histogram(one),
    }
}

fn point(text: &str, at: Timestamp) -> String {
    format!("{text} @[{}]", at.0)
}

/// The points of a series, floats and histograms apart.
pub fn points(series: &SeriesPoints) -> String {
    let (floats, histograms) = (series.points.len(), series.histograms.len());
    let plural = |count: usize| if count == 1 { "" } else { "s" };
    let float_texts = bracketed(series.points.iter().map(|one| point(&print_plain(one.value), one.at)));
    let histogram_texts =
        bracketed(series.histograms.iter().map(|one| point(&histogram(&one.histogram), one.at)));
    format!(
        "{floats} float point{} {float_texts} and {histograms} histogram point{} {histogram_texts}",
        plural(floats),
        plural(histograms)
    )
}

/// A whole result.
pub fn result(value: &QueryValue) -> String {
    match value {
        QueryValue::Scalar(sample) => format!("scalar: {}", point(&print_plain(sample.value), sample.at)),
        QueryValue::Text(_, text) => text.to_string(),
        QueryValue::Vector(elements) => elements.iter().map(element).collect::<Vec<_>>().join("\n"),
        QueryValue::Matrix(series) => series.iter().map(whole_series).collect::<Vec<_>>().join("\n"),
    }
}

fn element(element: &Element) -> String {
    format!("{} => {}", element.labels, point(&shown(&element.value), element.at))
}

fn whole_series(series: &SeriesPoints) -> String {
    let values = series.values();
    let points: Vec<String> = values.iter().map(|(at, value)| point(&shown(value), *at)).collect();
    format!("{} =>\n{}", series.labels, points.join("\n"))
}

fn shown(value: &Value) -> String {
    match value {
        Value::Float(value) => print_plain(*value),
        Value::Histogram(one) => one.to_string(),
    }
}
