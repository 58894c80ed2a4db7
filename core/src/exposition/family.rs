//! The in-memory form of a metrics page: what an instrumented program produces and the writers print.
//! Does not print, parse or store.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::base::time::Timestamp;
use crate::model::histogram::FloatHistogram;
use crate::model::labels::Labels;
use crate::model::metric::MetricType;

/// What is added to a family's name to make the name of one of its samples.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Suffix {
    /// Nothing: counters, gauges, quantiles of a summary, infos, states.
    #[default]
    None,
    /// `_bucket`: the observations up to the label `le`, of a histogram or gauge histogram.
    Bucket,
    /// `_sum` of a histogram or summary.
    Sum,
    /// `_count` of a histogram or summary.
    Count,
    /// `_gsum` of a gauge histogram.
    GaugeSum,
    /// `_gcount` of a gauge histogram.
    GaugeCount,
    /// `_created`: when the series began, in seconds since the Unix epoch. Only OpenMetrics writes it.
    Created,
}

impl Suffix {
    /// The text that is added.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Bucket => "_bucket",
            Self::Sum => "_sum",
            Self::Count => "_count",
            Self::GaugeSum => "_gsum",
            Self::GaugeCount => "_gcount",
            Self::Created => "_created",
        }
    }
}

/// An example of what was counted, with labels of its own (a trace id, mostly).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Exemplar {
    /// The exemplar's own labels; OpenMetrics allows 128 characters of names and values together.
    pub labels: Labels,
    /// The observed value.
    pub value: f64,
    /// When it was observed.
    pub at: Option<Timestamp>,
}

/// One line of a page: a value under a label set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// Which sample of the family this is.
    pub suffix: Suffix,
    /// The labels, without the metric's name. A program that keeps them hands out the same allocation each time,
    /// so a reader may recognise a series by [`Labels::is_same`].
    pub labels: Labels,
    /// The value.
    pub value: f64,
    /// The target's own timestamp; mostly absent, then the scrape's time counts.
    pub at: Option<Timestamp>,
    /// Boxed, since nearly no point has one.
    pub exemplar: Option<Box<Exemplar>>,
}

impl Point {
    /// A point under the family's bare name, without timestamp and exemplar.
    #[must_use]
    pub fn new(labels: Labels, value: f64) -> Self {
        Self::with_suffix(Suffix::None, labels, value)
    }

    /// A point under the family's name and `suffix`, without timestamp and exemplar.
    #[must_use]
    pub fn with_suffix(suffix: Suffix, labels: Labels, value: f64) -> Self {
        Self { suffix, labels, value, at: None, exemplar: None }
    }
}

/// A native histogram as a program hands it over: a value of its own, which no line of a text page can hold. The lines
/// of its classic form stand on the page all the same.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NativeHistogram {
    /// The family's name and the histogram's labels.
    pub labels: Labels,
    /// What it counted.
    pub histogram: Arc<FloatHistogram>,
}

/// A metric family: its metadata and its points, in the order of the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Family {
    /// The name as the text format shows it in its `# TYPE` line: a counter's ends in `_total`, an info's in
    /// `_info` (the OpenMetrics writer takes that off the metadata lines). A histogram's has no suffix.
    pub name: Arc<str>,
    /// The help text; where empty, no `# HELP` line is written.
    pub help: Arc<str>,
    /// The unit, `seconds` say; empty where there is none. Only OpenMetrics writes it, and only where the name
    /// ends in it.
    pub unit: Arc<str>,
    /// Counter, gauge and so on.
    pub metric_type: MetricType,
    /// The samples. Those of one histogram or summary stand together: buckets (rising `le`) or quantiles, sum,
    /// count.
    pub points: Vec<Point>,
}

impl Family {
    /// A family without unit and points.
    pub fn new(name: impl Into<Arc<str>>, metric_type: MetricType, help: impl Into<Arc<str>>) -> Self {
        Self { name: name.into(), help: help.into(), unit: Arc::from(""), metric_type, points: Vec::new() }
    }

    /// The name without the ending that belongs to the sample (`_total` of a counter, `_info` of an info): the
    /// family's name in OpenMetrics.
    #[must_use]
    pub fn base_name(&self) -> &str {
        let ending = match self.metric_type {
            MetricType::Counter => "_total",
            MetricType::Info => "_info",
            _ => return &self.name,
        };
        self.name.strip_suffix(ending).unwrap_or(&self.name)
    }

    /// The two parts that, joined, name the samples with `suffix`: `requests_total` and nothing, `latency_seconds`
    /// and `_bucket`, `requests` and `_created`.
    #[must_use]
    pub fn sample_name(&self, suffix: Suffix) -> (&str, &'static str) {
        let base = if suffix == Suffix::Created { self.base_name() } else { &self.name };
        (base, suffix.text())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_of_a_counter_belongs_to_its_sample() {
        let counter = Family::new("requests_total", MetricType::Counter, "");
        assert_eq!(counter.base_name(), "requests");
        assert_eq!(counter.sample_name(Suffix::None), ("requests_total", ""));
        assert_eq!(counter.sample_name(Suffix::Created), ("requests", "_created"));
        let gauge = Family::new("requests_total", MetricType::Gauge, "");
        assert_eq!(gauge.base_name(), "requests_total");
    }
}
