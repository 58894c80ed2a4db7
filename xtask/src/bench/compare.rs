//! Whether two answers of the API hold the same numbers.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde::Deserialize;

/// Numbers may differ by this much where the real one fuses a multiplication with an addition or adds up in another order.
const TOLERANCE: f64 = 1e-9;

#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    data: Matrix,
    #[serde(default)]
    error: Option<String>,
}

#[derive(Default, Deserialize)]
struct Matrix {
    #[serde(default)]
    result: Vec<Series>,
    #[serde(default)]
    stats: Stats,
}

#[derive(Default, Deserialize)]
struct Stats {
    #[serde(default)]
    timings: Timings,
}

#[derive(Default, Deserialize)]
struct Timings {
    #[serde(default, rename = "evalTotalTime")]
    evaluation: f64,
}

#[derive(Deserialize)]
struct Series {
    metric: BTreeMap<String, String>,
    #[serde(default)]
    values: Vec<(f64, String)>,
    #[serde(default)]
    histograms: Vec<(f64, Histogram)>,
}

/// A native histogram as the API writes it.
#[derive(Deserialize)]
struct Histogram {
    count: String,
    sum: String,
    /// Which bounds belong to the bucket, the bounds, the count.
    #[serde(default)]
    buckets: Vec<(u8, String, String, String)>,
}

/// How two answers compare.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// Every number has the same digits.
    Same,
    /// The same but for a relative difference of at most this.
    Nearly(f64),
    /// They differ: where first.
    Different(String),
    /// The other program does not know the expression.
    Unknown(String),
}

/// The verdict on our answer and the real one's, and the seconds that the real one says it spent.
///
/// # Errors
/// When one is not an answer of the API.
pub fn compare(ours: &str, theirs: &str) -> Result<(Verdict, f64)> {
    let ours: Answer = serde_json::from_str(ours).context("our answer")?;
    let theirs: Answer = serde_json::from_str(theirs).context("the real answer")?;
    let seconds = theirs.data.stats.timings.evaluation;
    let verdict = match (ours.error, theirs.error) {
        (_, Some(error)) => Verdict::Unknown(error),
        (Some(error), None) => Verdict::Different(format!("ours fails: {error}")),
        (None, None) => compare_series(by_labels(ours.data.result), by_labels(theirs.data.result)),
    };
    Ok((verdict, seconds))
}

fn by_labels(series: Vec<Series>) -> BTreeMap<BTreeMap<String, String>, Series> {
    series.into_iter().map(|series| (series.metric.clone(), series)).collect()
}

fn compare_series(
    ours: BTreeMap<BTreeMap<String, String>, Series>,
    theirs: BTreeMap<BTreeMap<String, String>, Series>,
) -> Verdict {
    if ours.len() != theirs.len() {
        return Verdict::Different(format!("{} series, theirs {}", ours.len(), theirs.len()));
    }
    let mut most = 0.0_f64;
    for ((labels, ours), (their_labels, theirs)) in ours.iter().zip(&theirs) {
        if labels != their_labels {
            return Verdict::Different(format!("series {labels:?}, theirs {their_labels:?}"));
        }
        let (own, other) = (ours.points(), theirs.points());
        if own.len() != other.len() {
            let (own, other) = (own.len(), other.len());
            return Verdict::Different(format!("{own} points of {labels:?}, theirs {other}"));
        }
        for ((at, own), (their_at, other)) in own.iter().zip(&other) {
            let fits = at == their_at && own.len() == other.len();
            let differences = own.iter().zip(other).map(|(own, other)| difference(own, other));
            let difference = if fits { differences.fold(0.0, f64::max) } else { f64::INFINITY };
            if difference > TOLERANCE {
                return Verdict::Different(format!(
                    "{} of {labels:?} at {at}, theirs {} at {their_at}",
                    own.join(" "),
                    other.join(" ")
                ));
            }
            most = most.max(difference);
        }
    }
    if most == 0.0 { Verdict::Same } else { Verdict::Nearly(most) }
}

impl Series {
    /// Every point's instant with the numbers that it consists of; floats first.
    fn points(&self) -> Vec<(f64, Vec<&str>)> {
        let floats = self.values.iter().map(|(at, value)| (*at, vec![value.as_str()]));
        floats.chain(self.histograms.iter().map(|(at, histogram)| (*at, histogram.numbers()))).collect()
    }
}

impl Histogram {
    fn numbers(&self) -> Vec<&str> {
        let mut numbers = vec![self.count.as_str(), self.sum.as_str()];
        for (bounds, lower, upper, count) in &self.buckets {
            let bounds = ["0", "1", "2", "3"].get(usize::from(*bounds)).copied().unwrap_or("?");
            numbers.extend([bounds, lower, upper, count]);
        }
        numbers
    }
}

/// The relative difference of two printed numbers.
fn difference(own: &str, other: &str) -> f64 {
    if own == other {
        return 0.0;
    }
    match (own.parse::<f64>(), other.parse::<f64>()) {
        (Ok(own), Ok(other)) if own.is_finite() && other.is_finite() => {
            (own - other).abs() / own.abs().max(other.abs())
        }
        _ => f64::INFINITY,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(value: &str) -> String {
        let series = format!(r#"{{"metric":{{"a":"b"}},"values":[[1,"{value}"]]}}"#);
        let stats = r#"{"timings":{"evalTotalTime":0.5}}"#;
        format!(
            r#"{{"status":"success","data":{{"resultType":"matrix","result":[{series}],"stats":{stats}}}}}"#
        )
    }

    #[test]
    fn verdicts() {
        let verdict = |ours: &str, theirs: &str| compare(ours, theirs).unwrap();
        assert_eq!(verdict(&answer("1.5"), &answer("1.5")), (Verdict::Same, 0.5));
        assert!(matches!(verdict(&answer("1"), &answer("1.0000000000000002")).0, Verdict::Nearly(_)));
        assert!(matches!(verdict(&answer("1"), &answer("1.001")).0, Verdict::Different(_)));
        assert!(matches!(verdict(&answer("NaN"), &answer("1")).0, Verdict::Different(_)));
        let histograms = |count: &str| {
            let histogram = format!(r#"{{"count":"2","sum":"3","buckets":[[0,"1","2","{count}"]]}}"#);
            format!(r#"{{"data":{{"result":[{{"metric":{{}},"histograms":[[1,{histogram}]]}}]}}}}"#)
        };
        assert_eq!(verdict(&histograms("2"), &histograms("2")).0, Verdict::Same);
        assert!(matches!(verdict(&histograms("2"), &histograms("1")).0, Verdict::Different(_)));
        let error = r#"{"status":"error","error":"unknown function"}"#;
        assert_eq!(verdict(&answer("1"), error).0, Verdict::Unknown("unknown function".to_owned()));
        assert!(matches!(verdict(error, &answer("1")).0, Verdict::Different(_)));
    }
}
