//! Warnings and infos that a query gives beside its result. Codes are stable; the texts are Prometheus's.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use crate::base::number::{print_general, quote};
use crate::base::span::{Place, Span};

/// How much it matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The result is probably not what was meant.
    Warning,
    /// Worth knowing.
    Info,
}

/// What is worth saying.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)] // the fields are the values of the text
pub enum Note {
    /// A quantile outside 0 to 1.
    InvalidQuantile { value: f64 },
    /// A ratio outside -1 to 1.
    InvalidRatio { value: f64, used: f64 },
    /// A bucket series without a readable `le`.
    BadBucketLabel { label: Arc<str>, metric: Arc<str> },
    /// Floats and histograms in one window.
    MixedInWindow { metric: Arc<str> },
    /// Floats and histograms in one group.
    MixedInAggregation,
    /// Classic and native histograms with the same labels.
    MixedClassicNative { metric: Arc<str> },
    /// `rate` of a gauge histogram.
    HistogramNotCounter { metric: Arc<str> },
    /// `delta` of a counter histogram.
    HistogramNotGauge { metric: Arc<str> },
    /// Histograms with exponential and with custom buckets.
    MixedExponentialCustom { metric: Arc<str> },
    /// Histograms of an operation whose buckets do not fit.
    IncompatibleBuckets { op: &'static str },
    /// `sort` in a range query.
    SortInRange,
    /// Histograms that disagree on whether a counter was reset.
    CounterResetCollision { operation: &'static str },
    /// A sample whose start time is before the sample it follows.
    OverlappingStart { metric: Arc<str> },
    /// `rate` of a name without a counter's suffix.
    PossibleNonCounter { metric: Arc<str> },
    /// Classic buckets whose counts fall.
    ForcedMonotonicity { metric: Arc<str>, fix: MonotonicityFix },
    /// Operands that the operator does not take.
    IncompatibleTypes { left: &'static str, op: &'static str, right: &'static str },
    /// A histogram where an aggregation takes only floats.
    HistogramIgnoredInAggregation { aggregation: &'static str },
    /// Histograms left out of a window that has floats too.
    HistogramsIgnoredInWindow { metric: Arc<str> },
    /// Custom buckets brought to common bounds.
    ReconciledBuckets { operation: &'static str },
    /// A quantile that lies among NaN observations.
    NanObservationsResult { metric: Arc<str> },
    /// A quantile above which there are NaN observations.
    NanObservationsSkew { metric: Arc<str> },
    /// A fraction of observations some of which are NaN.
    NanObservationsFraction { metric: Arc<str> },
}

/// Where counts of classic buckets were raised to make them monotonic.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MonotonicityFix {
    /// The lowest bound of a raised bucket.
    pub lowest: f64,
    /// The highest bound of a raised bucket.
    pub highest: f64,
    /// The largest raise.
    pub difference: f64,
    /// At how many instants.
    pub samples: u64,
    /// The first instant, in milliseconds.
    pub first: i64,
    /// The last instant, in milliseconds.
    pub last: i64,
}

impl MonotonicityFix {
    fn merge(&mut self, other: &Self) {
        self.lowest = self.lowest.min(other.lowest);
        self.highest = self.highest.max(other.highest);
        self.difference = self.difference.max(other.difference);
        self.samples += other.samples;
        self.first = self.first.min(other.first);
        self.last = self.last.max(other.last);
    }
}

impl Note {
    /// How much it matters.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        match self {
            Self::PossibleNonCounter { .. }
            | Self::ForcedMonotonicity { .. }
            | Self::IncompatibleTypes { .. }
            | Self::HistogramIgnoredInAggregation { .. }
            | Self::HistogramsIgnoredInWindow { .. }
            | Self::ReconciledBuckets { .. }
            | Self::NanObservationsResult { .. }
            | Self::NanObservationsSkew { .. }
            | Self::NanObservationsFraction { .. } => Severity::Info,
            _ => Severity::Warning,
        }
    }

    /// The stable name by which texts explain it.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::InvalidQuantile { .. } => "invalid-quantile",
            Self::InvalidRatio { .. } => "invalid-ratio",
            Self::BadBucketLabel { .. } => "bad-bucket-label",
            Self::MixedInWindow { .. } => "mixed-in-window",
            Self::MixedInAggregation => "mixed-in-aggregation",
            Self::MixedClassicNative { .. } => "mixed-classic-native",
            Self::HistogramNotCounter { .. } => "histogram-not-counter",
            Self::HistogramNotGauge { .. } => "histogram-not-gauge",
            Self::MixedExponentialCustom { .. } => "mixed-exponential-custom",
            Self::IncompatibleBuckets { .. } => "incompatible-buckets",
            Self::SortInRange => "sort-in-range",
            Self::CounterResetCollision { .. } => "counter-reset-collision",
            Self::OverlappingStart { .. } => "overlapping-start",
            Self::PossibleNonCounter { .. } => "possible-non-counter",
            Self::ForcedMonotonicity { .. } => "forced-monotonicity",
            Self::IncompatibleTypes { .. } => "incompatible-types",
            Self::HistogramIgnoredInAggregation { .. } => "histogram-ignored-in-aggregation",
            Self::HistogramsIgnoredInWindow { .. } => "histograms-ignored-in-window",
            Self::ReconciledBuckets { .. } => "reconciled-buckets",
            Self::NanObservationsResult { .. } => "nan-observations-result",
            Self::NanObservationsSkew { .. } => "nan-observations-skew",
            Self::NanObservationsFraction { .. } => "nan-observations-fraction",
        }
    }

    /// What makes two notes the same one.
    fn identity(&self) -> String {
        match self {
            Self::ForcedMonotonicity { metric, .. } => format!("monotonicity {metric}"),
            other => other.to_string(),
        }
    }
}

/// A note and the part of the query it is about.
#[derive(Clone, Debug, PartialEq)]
pub struct Annotation {
    /// What is worth saying.
    pub note: Note,
    /// The bytes of the expression it is about.
    pub span: Span,
}

impl Annotation {
    /// As the API prints it: `PromQL warning: … (1:5)`.
    #[must_use]
    pub fn render(&self, query: &str) -> String {
        let kind = match self.note.severity() {
            Severity::Warning => "warning",
            Severity::Info => "info",
        };
        format!("PromQL {kind}: {} ({})", self.note, Place::of(query, self.span.start))
    }
}

/// The notes of one query, each once, in order of severity, place and text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Annotations(BTreeMap<(Severity, Span, String), Annotation>);

impl Annotations {
    /// Adds a note, unless the same is there for the same place.
    pub fn add(&mut self, note: Note, span: Span) {
        let key = (note.severity(), span, note.identity());
        match self.0.get_mut(&key) {
            None => {
                self.0.insert(key, Annotation { note, span });
            }
            Some(known) => {
                if let (Note::ForcedMonotonicity { fix, .. }, Note::ForcedMonotonicity { fix: other, .. }) =
                    (&mut known.note, &note)
                {
                    fix.merge(other);
                }
            }
        }
    }

    /// All notes.
    pub fn iter(&self) -> impl Iterator<Item = &Annotation> {
        self.0.values()
    }

    /// The notes of one severity as the API prints them.
    #[must_use]
    pub fn render(&self, severity: Severity, query: &str) -> Vec<String> {
        let wanted = self.iter().filter(|annotation| annotation.note.severity() == severity);
        wanted.map(|annotation| annotation.render(query)).collect()
    }

    /// Whether nothing is worth saying.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// ` for metric name "x"`, or nothing where there is no name.
struct Named<'a>(&'a str);

impl fmt::Display for Named<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() { Ok(()) } else { write!(f, " for metric name {}", quote(self.0)) }
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InvalidQuantile { value } => {
                write!(f, "quantile value should be between 0 and 1, got {}", print_general(*value))
            }
            Self::InvalidRatio { value, used } => write!(
                f,
                "ratio value should be between -1 and 1, got {}, capping to {}",
                print_general(*value),
                print_general(*used)
            ),
            Self::BadBucketLabel { label, metric } => write!(
                f,
                "bucket label \"le\" is missing or has a malformed value of {}{}",
                quote(label),
                Named(metric)
            ),
            Self::MixedInWindow { metric } => {
                write!(f, "encountered a mix of histograms and floats for metric name {}", quote(metric))
            }
            Self::MixedInAggregation => {
                f.write_str("encountered a mix of histograms and floats for aggregation")
            }
            Self::MixedClassicNative { metric } => {
                write!(f, "vector contains a mix of classic and native histograms{}", Named(metric))
            }
            Self::HistogramNotCounter { metric } => {
                write!(f, "this native histogram metric is not a counter: {}", quote(metric))
            }
            Self::HistogramNotGauge { metric } => {
                write!(f, "this native histogram metric is not a gauge: {}", quote(metric))
            }
            Self::MixedExponentialCustom { metric } => write!(
                f,
                "vector contains a mix of histograms with exponential and custom buckets schemas for metric name {}",
                quote(metric)
            ),
            Self::IncompatibleBuckets { op } => {
                write!(f, "incompatible bucket layout encountered for binary operator {op}")
            }
            Self::SortInRange => f.write_str(
                "sort is ineffective for range queries since results are always ordered by labels",
            ),
            Self::CounterResetCollision { operation } => {
                write!(f, "conflicting counter resets during histogram {operation}")
            }
            Self::OverlappingStart { metric } => write!(
                f,
                "sample has start time that overlaps with previous sample timestamp for metric {}",
                quote(metric)
            ),
            other => other.fmt_info(f),
        }
    }
}

impl Note {
    /// The texts of infos.
    fn fmt_info(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PossibleNonCounter { metric } => write!(
                f,
                "metric might not be a counter, name does not end in _total/_sum/_count/_bucket: {}",
                quote(metric)
            ),
            Self::ForcedMonotonicity { metric, fix } => write!(
                f,
                "input to histogram_quantile needed to be fixed for monotonicity (see https://prometheus.io/docs/\
                 prometheus/latest/querying/functions/#histogram_quantile){}, from buckets {} to {}, with a max \
                 diff of {}, over {} samples from {} to {}",
                Named(metric),
                print_general(fix.lowest),
                print_general(fix.highest),
                print_general(fix.difference),
                fix.samples,
                Date(fix.first),
                Date(fix.last)
            ),
            Self::IncompatibleTypes { left, op, right } => write!(
                f,
                "incompatible sample types encountered for binary operator {}: {left} {op} {right}",
                quote(op)
            ),
            Self::HistogramIgnoredInAggregation { aggregation } => {
                write!(f, "ignored histogram in {aggregation} aggregation")
            }
            Self::HistogramsIgnoredInWindow { metric } => write!(
                f,
                "ignored histograms in a range containing both floats and histograms for metric name {}",
                quote(metric)
            ),
            Self::ReconciledBuckets { operation } => {
                write!(f, "mismatched custom buckets were reconciled during {operation}")
            }
            Self::NanObservationsResult { metric } => {
                write!(f, "input to histogram_quantile has NaN observations, result is NaN{}", Named(metric))
            }
            Self::NanObservationsSkew { metric } => write!(
                f,
                "input to histogram_quantile has NaN observations, result is skewed higher{}",
                Named(metric)
            ),
            Self::NanObservationsFraction { metric } => write!(
                f,
                "input to histogram_fraction has NaN observations, which are excluded from all fractions{}",
                Named(metric)
            ),
            _ => Ok(()),
        }
    }
}

/// An instant as `2024-12-25T00:00:00Z`.
struct Date(i64);

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date = crate::promql::functions::date::Date::of_millis(self.0);
        let second = self.0.div_euclid(1000).rem_euclid(86_400);
        let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
        write!(f, "{:04}-{:02}-{:02}T{hour:02}:{minute:02}:{second:02}Z", date.year, date.month, date.day)
    }
}
