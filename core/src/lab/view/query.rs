//! The value of an expression in columns, ready for a table or a chart.

use serde::{Deserialize, Serialize};

use crate::base::span::{Place, Span};
use crate::base::time::{Millis, Timestamp};
use crate::lab::problem::Problem;
use crate::model::histogram::FloatHistogram;
use crate::model::labels::Labels;
use crate::promql::syntax::Mend;

/// The answer to a query.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QueryView {
    /// The value.
    pub value: Value,
    /// What the evaluator had to say beside it.
    pub annotations: Vec<Annotation>,
    /// How much work it was, in units of about one sample read.
    pub work: u64,
}

/// The value of an expression.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Value {
    /// A number, at an instant.
    Scalar(f64),
    /// A text, at an instant.
    String(String),
    /// Series with one value each, at an instant, in the order in which Prometheus gives them.
    Vector(Vec<VectorPoint>),
    /// Series with the samples of a window, at an instant.
    Window(Vec<WindowSeries>),
    /// Series over steps; a scalar over steps is one series without labels.
    Range(RangeView),
}

/// A series with its value at an instant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VectorPoint {
    /// The labels, metric name and all.
    pub labels: Labels,
    /// The number; NaN where a native histogram stands.
    pub value: f64,
    /// The native histogram.
    pub histogram: Option<HistogramView>,
}

/// A native histogram.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HistogramView {
    /// As Prometheus prints it.
    pub text: String,
    /// How many observations there are.
    pub count: f64,
    /// Their sum.
    pub sum: f64,
    /// The buckets that hold something, rising; the first [`HistogramView::MAX_BUCKETS`] of them.
    pub buckets: Vec<BucketView>,
    /// How many buckets hold something.
    pub bucket_count: u32,
}

impl HistogramView {
    /// Buckets that a view carries.
    pub const MAX_BUCKETS: usize = 200;

    /// The view of a histogram.
    #[must_use]
    pub fn of(histogram: &FloatHistogram) -> Self {
        let held = || histogram.all_buckets().filter(|bucket| bucket.count != 0.0);
        let buckets = held().take(Self::MAX_BUCKETS).map(|bucket| BucketView {
            lower: bucket.lower,
            upper: bucket.upper,
            holds_lower: bucket.lower_inclusive,
            holds_upper: bucket.upper_inclusive,
            count: bucket.count,
        });
        Self {
            text: histogram.to_string(),
            count: histogram.count,
            sum: histogram.sum,
            buckets: buckets.collect(),
            bucket_count: held().count() as u32,
        }
    }
}

/// A bucket of a native histogram.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct BucketView {
    /// The lower bound.
    pub lower: f64,
    /// The upper bound.
    pub upper: f64,
    /// Whether the lower bound belongs to it.
    pub holds_lower: bool,
    /// Whether the upper bound belongs to it.
    pub holds_upper: bool,
    /// The observations in it.
    pub count: f64,
}

/// What is wrong with an expression, and how it may be mended.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CheckView {
    /// The faults; none where it can be evaluated.
    pub problems: Vec<Problem>,
    /// The ways to mend it, the likeliest first.
    pub mends: Vec<Mend>,
}

/// A series with the samples of a window.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WindowSeries {
    /// The labels, metric name and all.
    pub labels: Labels,
    /// Milliseconds since the Unix epoch, rising.
    pub times: Vec<i64>,
    /// The values, as many as times.
    pub values: Vec<f64>,
    /// Native histograms, as Prometheus prints them, with their instants, rising.
    pub histograms: Vec<(i64, String)>,
}

/// Series over steps at `start`, `start + step` and so on, `steps` of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RangeView {
    /// The first step.
    pub start: Timestamp,
    /// Between two steps.
    pub step: Millis,
    /// How many steps there are.
    pub steps: u32,
    /// The series, in order of their labels.
    pub series: Vec<PointLanes>,
}

/// One series over the steps of a [`RangeView`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PointLanes {
    /// The labels.
    pub labels: Labels,
    /// One bit a step, the first step lowest in the first word: whether there is a value.
    pub present: Vec<u64>,
    /// The values of the steps that have one, in order.
    pub values: Vec<f64>,
    /// The native histograms of the steps that have one, by step, rising. Exponential buckets are made coarser where a
    /// range would have too many; the counts of whoever looks at them stay right.
    pub histograms: Vec<(u32, Vec<BucketSpan>)>,
}

/// A bucket of a native histogram.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct BucketSpan {
    /// The lower bound.
    pub lower: f64,
    /// The upper bound.
    pub upper: f64,
    /// The observations in it.
    pub count: f64,
}

impl PointLanes {
    /// Whether step `index` has a value.
    #[must_use]
    pub fn is_present(&self, index: u32) -> bool {
        self.present.get(index as usize / 64).is_some_and(|word| word >> (index % 64) & 1 == 1)
    }

    /// The steps that have a value, by index, with the value; rising.
    pub fn points(&self) -> impl Iterator<Item = (u32, f64)> + '_ {
        let steps = self.present.len() as u32 * 64;
        (0..steps).filter(|index| self.is_present(*index)).zip(self.values.iter().copied())
    }
}

/// A remark of the evaluator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Annotation {
    /// How much it matters.
    pub severity: Severity,
    /// What kind of remark: stable, lower case with dashes.
    pub code: String,
    /// Prometheus's words.
    pub text: String,
    /// The bytes of the expression it is about.
    pub span: Option<Span>,
    /// Line and column of their beginning.
    pub place: Option<Place>,
}

/// How much a remark matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Severity {
    /// The result may be wrong.
    Warning,
    /// Worth a thought.
    Info,
}
