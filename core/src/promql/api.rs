//! Results as the JSON of Prometheus's HTTP API (`/api/v1/query`, `/api/v1/query_range`), byte for byte.

use std::fmt::Write as _;

use super::eval::annotation::Severity;
use super::eval::error::ErrorKind;
use super::eval::{EvalError, QueryResult, QueryValue, Value};
use super::syntax::ParseError;
use crate::base::json::{Object, write_label_text, write_list, write_text};
use crate::base::number::print_api;
use crate::base::time::Timestamp;
use crate::model::histogram::{Bucket, FloatHistogram};
use crate::model::labels::Labels;
use crate::model::sample::Sample;

/// Warnings and infos that one answer names, of each; Prometheus's own number.
const MOST_NOTES: usize = 10;

/// The answer to a query that succeeded.
#[must_use]
pub fn success(result: &QueryResult, query: &str) -> String {
    let write_data = &mut |json: &mut String| {
        let mut object = Object::begin(json);
        write_result(&mut object, &result.value);
        object.end();
    };
    answer(write_data, &notes(result, Severity::Warning, query), &notes(result, Severity::Info, query))
}

/// Adds the fields `resultType` and `result`.
pub fn write_result(object: &mut Object<'_>, value: &QueryValue) {
    object.text("resultType", value.api());
    write_value(object.field("result"), value);
}

/// The warnings or infos of a result as an answer names them: the first few, and how many more there are.
#[must_use]
pub fn notes(result: &QueryResult, severity: Severity, query: &str) -> Vec<String> {
    let mut notes = result.notes.render(severity, query);
    let omitted = notes.len().saturating_sub(MOST_NOTES);
    if omitted > 0 {
        notes.truncate(MOST_NOTES);
        let kind = if severity == Severity::Warning { "warning" } else { "info" };
        notes.push(format!("{omitted} more {kind} annotations omitted"));
    }
    notes
}

/// A successful answer with the data that `write_data` adds, warnings and infos.
#[must_use]
pub fn answer(write_data: &mut dyn FnMut(&mut String), warnings: &[String], infos: &[String]) -> String {
    let mut json = String::new();
    let mut object = Object::begin(&mut json);
    object.text("status", "success");
    write_data(object.field("data"));
    for (name, notes) in [("warnings", warnings), ("infos", infos)] {
        if !notes.is_empty() {
            object.texts(name, notes);
        }
    }
    object.end();
    json
}

/// The answer to a query that failed: its type (`bad_data`, `execution`, `timeout`, …) and text.
#[must_use]
pub fn error(error_type: &str, text: &str) -> String {
    let mut json = String::new();
    let mut object = Object::begin(&mut json);
    object.text("status", "error").text("errorType", error_type).text("error", text);
    object.end();
    json
}

/// The answer to a query that could not be read; the first fault alone, as Prometheus does.
#[must_use]
pub fn parse_error(errors: &[ParseError], query: &str) -> String {
    let text = errors.first().map_or_else(String::new, |error| error.located(query));
    error("bad_data", &format!("invalid parameter \"query\": {text}"))
}

/// The answer to a query that failed while it ran.
#[must_use]
pub fn evaluation_error(failure: &EvalError) -> String {
    error(failure.kind.api(), &evaluation_error_text(failure))
}

/// What the API says of a query that failed while it ran.
#[must_use]
pub fn evaluation_error_text(failure: &EvalError) -> String {
    match &failure.kind {
        // The API checks this together with the syntax.
        ErrorKind::WrongTypeForRange { .. } => format!("invalid parameter \"query\": {failure}"),
        _ => failure.to_string(),
    }
}

fn write_value(json: &mut String, value: &QueryValue) {
    match value {
        QueryValue::Scalar(sample) => write_sample(json, sample),
        QueryValue::Text(at, text) => {
            json.push('[');
            write_time(json, *at);
            json.push(',');
            write_text(json, text);
            json.push(']');
        }
        QueryValue::Vector(elements) => write_list(json, elements, |json, element| {
            json.push_str("{\"metric\":");
            write_labels(json, &element.labels);
            match &element.value {
                Value::Float(value) => {
                    json.push_str(",\"value\":");
                    write_sample(json, &Sample { at: element.at, value: *value });
                }
                Value::Histogram(histogram) => {
                    json.push_str(",\"histogram\":");
                    write_histogram(json, element.at, histogram);
                }
            }
            json.push('}');
        }),
        QueryValue::Matrix(series) => write_list(json, series, |json, series| {
            json.push_str("{\"metric\":");
            write_labels(json, &series.labels);
            if !series.points.is_empty() {
                json.push_str(",\"values\":");
                write_list(json, &series.points, write_sample);
            }
            if !series.histograms.is_empty() {
                json.push_str(",\"histograms\":");
                write_list(json, &series.histograms, |json, point| {
                    write_histogram(json, point.at, &point.histogram);
                });
            }
            json.push('}');
        }),
    }
}

/// A label set as an object.
pub fn write_labels(json: &mut String, labels: &Labels) {
    json.push('{');
    for (index, label) in labels.iter().enumerate() {
        if index > 0 {
            json.push(',');
        }
        write_label_text(json, &label.name);
        json.push(':');
        write_label_text(json, &label.value);
    }
    json.push('}');
}

fn write_sample(json: &mut String, sample: &Sample) {
    json.push('[');
    write_time(json, sample.at);
    let _ = write!(json, ",\"{}\"]", print_api(sample.value));
}

/// A native histogram: its buckets that hold anything, each with a number for which of its bounds belong to it (0
/// the upper, 1 the lower, 2 neither, 3 both), the bounds and the count.
fn write_histogram(json: &mut String, at: Timestamp, histogram: &FloatHistogram) {
    json.push('[');
    write_time(json, at);
    let (count, sum) = (print_api(histogram.count), print_api(histogram.sum));
    let _ = write!(json, ",{{\"count\":\"{count}\",\"sum\":\"{sum}\"");
    let buckets: Vec<Bucket> = histogram.all_buckets().collect();
    if !buckets.is_empty() {
        json.push_str(",\"buckets\":");
        write_list(json, &buckets, |json, bucket| {
            let bounds = match (bucket.lower_inclusive, bucket.upper_inclusive) {
                (false, true) => 0,
                (true, false) => 1,
                (false, false) => 2,
                (true, true) => 3,
            };
            let (lower, upper) = (print_api(bucket.lower), print_api(bucket.upper));
            let _ = write!(json, "[{bounds},\"{lower}\",\"{upper}\",\"{}\"]", print_api(bucket.count));
        });
    }
    json.push_str("}]");
}

/// Seconds, with milliseconds where there are any.
pub fn write_time(json: &mut String, at: Timestamp) {
    let sign = if at.0 < 0 { "-" } else { "" };
    let millis = at.0.unsigned_abs();
    let _ = write!(json, "{sign}{}", millis / 1000);
    if !millis.is_multiple_of(1000) {
        let _ = write!(json, ".{:03}", millis % 1000);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::histogram::Buckets;
    use crate::promql::eval::annotation::Annotations;
    use crate::promql::eval::{Element, HistogramPoint, SeriesPoints};

    fn answer(value: QueryValue) -> String {
        success(&QueryResult { value, notes: Annotations::default() }, "")
    }

    #[test]
    fn answers_look_like_prometheus() {
        let labels = Labels::from_pairs([("__name__", "up"), ("a", "x\"\n")]);
        let sample = |millis, value| Sample { at: Timestamp(millis), value };
        assert_eq!(
            answer(QueryValue::Vector(vec![Element {
                labels: labels.clone(),
                at: Timestamp(1_500),
                value: Value::Float(1.0)
            }])),
            r#"{"status":"success","data":{"resultType":"vector","result":[{"metric":{"__name__":"up","a":"x\"\n"},"value":[1.500,"1"]}]}}"#
        );
        let points = vec![sample(-1, f64::NAN), sample(60_000, 1e21)];
        assert_eq!(
            answer(QueryValue::Matrix(vec![SeriesPoints {
                labels: Labels::default(),
                points,
                histograms: Vec::new()
            }])),
            r#"{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[[-0.001,"NaN"],[60,"1e+21"]]}]}}"#
        );
        assert_eq!(
            answer(QueryValue::Scalar(sample(0, 0.5))),
            r#"{"status":"success","data":{"resultType":"scalar","result":[0,"0.5"]}}"#
        );
        assert_eq!(
            error("execution", "a \"b\""),
            r#"{"status":"error","errorType":"execution","error":"a \"b\""}"#
        );
    }

    #[test]
    fn histograms_stand_apart_from_numbers() {
        let histogram = FloatHistogram {
            count: 6.0,
            sum: 3.5,
            zero_threshold: 0.5,
            zero_count: 2.0,
            positive: Buckets::from_pairs([(1, 3.0)]),
            negative: Buckets::from_pairs([(2, 1.0)]),
            ..FloatHistogram::default()
        };
        let json = concat!(
            r#"[60,{"count":"6","sum":"3.5","buckets":[[1,"-4","-2","1"],[3,"-0.5","0.5","2"],"#,
            r#"[0,"1","2","3"]]}]"#
        );
        let value = Value::from(histogram.clone());
        let (labels, at) = (Labels::default(), Timestamp(60_000));
        assert_eq!(
            answer(QueryValue::Vector(vec![Element { labels: labels.clone(), at, value }])),
            format!(
                r#"{{"status":"success","data":{{"resultType":"vector","result":[{{"metric":{{}},"histogram":{json}}}]}}}}"#
            )
        );
        let histograms = vec![HistogramPoint { at, histogram: histogram.into() }];
        assert_eq!(
            answer(QueryValue::Matrix(vec![SeriesPoints { labels, points: Vec::new(), histograms }])),
            format!(
                r#"{{"status":"success","data":{{"resultType":"matrix","result":[{{"metric":{{}},"histograms":[{json}]}}]}}}}"#
            )
        );
    }
}
