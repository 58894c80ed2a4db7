//! What neighbouring histograms of a series have in common: everything but their counts.

use std::sync::Arc;

use super::{Buckets, FloatHistogram};

/// The buckets of a run of histograms. A histogram of the run need not populate all of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    /// As [`FloatHistogram::schema`].
    pub schema: i32,
    /// As [`FloatHistogram::zero_threshold`].
    pub zero_threshold: f64,
    /// The indexes of the positive buckets, rising.
    pub positive: Vec<i32>,
    /// The indexes of the negative buckets, rising.
    pub negative: Vec<i32>,
    /// As [`FloatHistogram::custom_bounds`].
    pub custom_bounds: Arc<[f64]>,
}

impl Layout {
    /// The layout of one histogram.
    #[must_use]
    pub fn of(histogram: &FloatHistogram) -> Self {
        Self {
            schema: histogram.schema,
            zero_threshold: histogram.zero_threshold,
            positive: indexes(&histogram.positive).collect(),
            negative: indexes(&histogram.negative).collect(),
            custom_bounds: Arc::clone(&histogram.custom_bounds),
        }
    }

    /// Whether a histogram populates exactly the buckets of this layout.
    pub(super) fn is_of(&self, histogram: &FloatHistogram) -> bool {
        self.schema == histogram.schema
            && self.zero_threshold == histogram.zero_threshold
            && indexes(&histogram.positive).eq(self.positive.iter().copied())
            && indexes(&histogram.negative).eq(self.negative.iter().copied())
            && self.custom_bounds == histogram.custom_bounds
    }

    /// Whether buckets of the same index have the same bounds.
    pub(super) fn has_bounds_of(&self, other: &Self) -> bool {
        self.schema == other.schema
            && self.zero_threshold == other.zero_threshold
            && self.custom_bounds == other.custom_bounds
    }

    /// This layout with the buckets of another one.
    pub(super) fn joined(&self, other: &Self) -> Self {
        let side = |own: &[i32], others: &[i32]| {
            let mut all = [own, others].concat();
            all.sort_unstable();
            all.dedup();
            all
        };
        let positive = side(&self.positive, &other.positive);
        Self { positive, negative: side(&self.negative, &other.negative), ..self.clone() }
    }

    /// How many buckets there are on both sides.
    #[must_use]
    pub fn buckets(&self) -> usize {
        self.positive.len() + self.negative.len()
    }
}

fn indexes(buckets: &Buckets) -> impl Iterator<Item = i32> + '_ {
    buckets.iter().map(|(index, _)| index)
}
