//! The value of a sample: a float or a native histogram.

use std::sync::Arc;

use crate::model::histogram::{Buckets, FloatHistogram};

/// A float or a native histogram.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A number.
    Float(f64),
    /// A native histogram.
    Histogram(Arc<FloatHistogram>),
}

impl Value {
    /// The number, where it is one.
    #[must_use]
    pub const fn float(&self) -> Option<f64> {
        match self {
            Self::Float(value) => Some(*value),
            Self::Histogram(_) => None,
        }
    }

    /// The histogram, where it is one.
    #[must_use]
    pub const fn histogram(&self) -> Option<&Arc<FloatHistogram>> {
        match self {
            Self::Float(_) => None,
            Self::Histogram(histogram) => Some(histogram),
        }
    }
}

impl From<f64> for Value {
    fn from(value: f64) -> Self {
        Self::Float(value)
    }
}

impl From<FloatHistogram> for Value {
    fn from(histogram: FloatHistogram) -> Self {
        Self::Histogram(Arc::new(histogram))
    }
}

/// How many runs of neighbouring buckets there are.
fn runs(buckets: &Buckets) -> usize {
    let mut next = None;
    let starts = buckets.iter().filter(|(index, _)| next.replace(index + 1) != Some(*index));
    starts.count()
}

/// How many float samples a histogram counts as where samples in memory are counted: its size over that of a float
/// with its time, as Prometheus counts.
#[must_use]
pub fn weight(histogram: &FloatHistogram) -> usize {
    // Prometheus's record, then 8 bytes a count and a custom bound, 8 a span, and the time.
    let buckets = histogram.positive.len() + histogram.negative.len();
    let spans = runs(&histogram.positive) + runs(&histogram.negative);
    (168 + 8 * (buckets + spans + histogram.custom_bounds.len()) + 8) / 16
}
