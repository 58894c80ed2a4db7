//! Native histograms: sparse buckets, exponential or with custom bounds, and what can be computed with them. Knows
//! neither the exposition formats nor chunks.
//!
//! Source: Prometheus `model/histogram`. Differs: buckets are kept as pairs of index and count instead of spans; spans
//! exist only where bytes are read or written ([`Buckets::from_spans`], [`Buckets::spans`]).

mod arithmetic;
mod bounds;
mod buckets;
mod classic;
mod column;
mod compare;
mod compensated;
mod custom;
mod layout;
mod mean;
mod packed;
mod print;
mod quantile;
mod reset;
mod trim;
mod valid;
mod variance;
mod zero;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use arithmetic::Combined;
pub use bounds::{
    CUSTOM_BUCKETS_SCHEMA, MAX_EXPONENTIAL_SCHEMA, MIN_EXPONENTIAL_SCHEMA, exponential_bound,
    exponential_index,
};
pub use buckets::{Buckets, Span};
pub use classic::{ClassicError, ClassicHistogram};
pub use column::HistogramColumn;
pub use compensated::CompensatedHistogram;
pub use layout::Layout;
pub use mean::HistogramMean;
pub use packed::{PackedHistogram, PackedSum};
pub use quantile::NanObservations;
pub use trim::Keep;
pub use valid::HistogramError;

/// What is known of a counter reset between a histogram and the one before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ResetHint {
    /// Nothing: compare to find out.
    #[default]
    Unknown,
    /// There was a reset.
    Reset,
    /// There was none.
    NotReset,
    /// It is a gauge: resets mean nothing.
    Gauge,
}

/// A native histogram with float counts.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FloatHistogram {
    /// -4 to 8 for exponential buckets (each next one doubles the resolution), [`CUSTOM_BUCKETS_SCHEMA`] for custom
    /// bounds.
    pub schema: i32,
    /// Half the width of the zero bucket.
    pub zero_threshold: f64,
    /// Observations in the zero bucket.
    pub zero_count: f64,
    /// All observations.
    pub count: f64,
    /// The sum of all observations.
    pub sum: f64,
    /// Buckets of positive observations, or all buckets where the bounds are custom.
    pub positive: Buckets,
    /// Buckets of negative observations, by the absolute values of their bounds.
    pub negative: Buckets,
    /// The upper bounds of custom buckets, rising, without +Inf; empty for exponential ones.
    pub custom_bounds: Arc<[f64]>,
    /// What is known of a counter reset.
    pub hint: ResetHint,
}

/// A bucket with its bounds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bucket {
    /// The lower bound.
    pub lower: f64,
    /// The upper bound.
    pub upper: f64,
    /// Whether an observation at the lower bound is counted here.
    pub lower_inclusive: bool,
    /// Whether an observation at the upper bound is counted here.
    pub upper_inclusive: bool,
    /// The observations in it.
    pub count: f64,
    /// Its index on its side; 0 for the zero bucket.
    pub index: i32,
}

impl FloatHistogram {
    /// Whether the buckets have custom bounds.
    #[must_use]
    pub const fn uses_custom_buckets(&self) -> bool {
        self.schema == CUSTOM_BUCKETS_SCHEMA
    }

    /// The upper bound of the positive bucket `index`.
    fn upper_bound(&self, index: i32) -> f64 {
        if !self.uses_custom_buckets() {
            return exponential_bound(index, self.schema);
        }
        match usize::try_from(index) {
            Err(_) => f64::NEG_INFINITY,
            Ok(index) => self.custom_bounds.get(index).copied().unwrap_or(f64::INFINITY),
        }
    }

    fn positive_bucket(&self, index: i32, count: f64) -> Bucket {
        Bucket {
            lower: self.upper_bound(index.saturating_sub(1)),
            upper: self.upper_bound(index),
            // The first custom bucket reaches down to -Inf and holds it.
            lower_inclusive: self.uses_custom_buckets() && index == 0,
            upper_inclusive: true,
            count,
            index,
        }
    }

    fn negative_bucket(&self, index: i32, count: f64) -> Bucket {
        let mirrored = self.positive_bucket(index, count);
        Bucket {
            lower: -mirrored.upper,
            upper: -mirrored.lower,
            lower_inclusive: true,
            upper_inclusive: false,
            count,
            index,
        }
    }

    /// The positive buckets, from zero away.
    pub fn positive_buckets(&self) -> impl DoubleEndedIterator<Item = Bucket> + '_ {
        self.positive.iter().map(|(index, count)| self.positive_bucket(index, count))
    }

    /// The negative buckets, from zero away.
    pub fn negative_buckets(&self) -> impl DoubleEndedIterator<Item = Bucket> + '_ {
        self.negative.iter().map(|(index, count)| self.negative_bucket(index, count))
    }

    /// The zero bucket, where it holds anything.
    #[must_use]
    pub fn zero_bucket(&self) -> Option<Bucket> {
        (self.zero_count != 0.0).then_some(Bucket {
            lower: -self.zero_threshold,
            upper: self.zero_threshold,
            lower_inclusive: true,
            upper_inclusive: true,
            count: self.zero_count,
            index: 0,
        })
    }

    /// All buckets that hold anything, from the lowest to the highest. One that the zero bucket reaches into begins
    /// where that ends. As in Prometheus a zero bucket that a subtraction left below zero is none of them.
    pub fn all_buckets(&self) -> impl DoubleEndedIterator<Item = Bucket> + '_ {
        let clip = |mut bucket: Bucket| {
            if bucket.upper < 0.0 {
                bucket.upper = bucket.upper.min(-self.zero_threshold);
            } else if bucket.lower > 0.0 {
                bucket.lower = bucket.lower.max(self.zero_threshold);
            }
            bucket
        };
        self.negative_buckets()
            .rev()
            .map(clip)
            .chain(self.zero_bucket().filter(|zero| zero.count > 0.0))
            .chain(self.positive_buckets().map(clip))
    }

    /// The same histogram in buckets of `schema`, which must not be finer than its own; custom buckets stay.
    #[must_use]
    pub fn reduced_to(&self, schema: i32) -> Self {
        let mut reduced = self.clone();
        reduced.reduce_to(schema);
        reduced
    }

    /// See [`Self::reduced_to`].
    pub fn reduce_to(&mut self, schema: i32) {
        if self.uses_custom_buckets() || schema >= self.schema {
            return;
        }
        let steps = self.schema.abs_diff(schema);
        self.positive.reduce(steps);
        self.negative.reduce(steps);
        self.schema = schema;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_come_from_the_lowest_to_the_highest() {
        let histogram = FloatHistogram {
            zero_threshold: 0.5,
            zero_count: 2.0,
            positive: Buckets::from_pairs([(0, 1.0), (2, 3.0)]),
            negative: Buckets::from_pairs([(1, 4.0)]),
            ..FloatHistogram::default()
        };
        let bounds: Vec<(f64, f64)> =
            histogram.all_buckets().map(|bucket| (bucket.lower, bucket.upper)).collect();
        assert_eq!(bounds, [(-2.0, -1.0), (-0.5, 0.5), (0.5, 1.0), (2.0, 4.0)]);
    }

    #[test]
    fn lower_resolution_merges_neighbours() {
        let fine = FloatHistogram {
            schema: 1,
            positive: Buckets::from_pairs([(-4, 1.0), (4, 3.0), (5, 2.0), (6, 2.0)]),
            ..FloatHistogram::default()
        };
        let pairs: Vec<(i32, f64)> = fine.reduced_to(0).positive.iter().collect();
        assert_eq!(pairs, [(-2, 1.0), (2, 3.0), (3, 4.0)]);
    }
}
