//! How `histogram_quantile` makes a number of a native histogram: the bucket that the rank falls into, counted from below
//! or from above, and the place in it.
//!
//! Source: as `model/histogram/quantile.rs`; here every number on the way is kept.

use serde::{Deserialize, Serialize};

use super::buckets::{BucketCount, Interpolation, QuantileCase};
use crate::model::histogram::{Bucket, FloatHistogram};

/// How the buckets of a native histogram are counted and filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NativeBuckets {
    /// Counted from the highest bucket downwards: the rank is `1 - φ` times the observations then, and `below` of
    /// [`QuantileCase::Inside`] the observations from above, the bucket's own among them.
    pub from_above: bool,
    /// Within a bucket observations lie so that finer buckets would be filled alike, not evenly.
    pub is_exponential: bool,
}

impl Interpolation {
    /// Takes a native histogram apart. `None` where the quantile lies among observations that are no number.
    #[must_use]
    pub fn of_native(wanted: f64, histogram: &FloatHistogram) -> Option<Self> {
        let from_above = !histogram.sum.is_nan() && wanted >= 0.5;
        let rank = (if from_above { 1.0 - wanted } else { wanted }) * histogram.count;
        let mut passed = 0.0;
        let buckets = histogram.all_buckets().map(|bucket| {
            passed += bucket.count;
            BucketCount { bound: bucket.upper, count: passed, raised_from: None }
        });
        let buckets = buckets.collect();
        let (case, is_exponential) = native_case(wanted, rank, from_above, histogram)?;
        let native = Some(NativeBuckets { from_above, is_exponential });
        let mut made = Self { quantile: wanted, buckets, rank, case, native, result: 0.0 };
        made.result = made.replay();
        Some(made)
    }
}

/// The value that has the share `share` of an exponential bucket's observations below it.
pub(super) fn exponential(lower: f64, upper: f64, share: f64) -> f64 {
    let (from, to) = (libm::log2(lower.abs()), libm::log2(upper.abs()));
    if lower > 0.0 {
        libm::exp2(from + (to - from) * share)
    } else {
        -libm::exp2(to + (from - to) * (1.0 - share))
    }
}

/// What decides, and whether the bucket is an exponential one.
fn native_case(
    wanted: f64,
    rank: f64,
    from_above: bool,
    histogram: &FloatHistogram,
) -> Option<(QuantileCase, bool)> {
    let plain = |case| Some((case, false));
    if wanted < 0.0 {
        return plain(QuantileCase::BelowZero);
    } else if wanted > 1.0 {
        return plain(QuantileCase::AboveOne);
    } else if wanted.is_nan() {
        return plain(QuantileCase::NoQuantile);
    } else if histogram.count == 0.0 {
        return plain(QuantileCase::NoObservations);
    }
    let all: Vec<Bucket> = histogram.all_buckets().collect();
    let places: Vec<usize> =
        if from_above { (0..all.len()).rev().collect() } else { (0..all.len()).collect() };
    let (mut at, mut passed) = (*places.last()?, 0.0);
    for place in places {
        passed += all[place].count;
        at = place;
        if passed >= rank {
            break;
        }
    }
    let (Bucket { mut lower, mut upper, count, .. }, is_custom) = (all[at], histogram.uses_custom_buckets());
    if is_custom && lower == f64::NEG_INFINITY {
        if upper <= 0.0 {
            return plain(QuantileCase::FirstNotPositive { bound: upper });
        }
        lower = 0.0;
    } else if is_custom && upper == f64::INFINITY {
        return plain(QuantileCase::BeyondBounds { highest: lower });
    } else if !is_custom && lower < 0.0 && upper > 0.0 {
        // The zero bucket reaches only to where there are observations.
        match (histogram.negative.is_empty(), histogram.positive.is_empty()) {
            (true, false) => lower = 0.0,
            (false, true) => upper = 0.0,
            _ => {}
        }
    }
    let passed = passed.min(histogram.count);
    if passed < rank {
        return if histogram.sum.is_nan() {
            None
        } else {
            plain(QuantileCase::BeyondBounds { highest: upper })
        };
    }
    let is_exponential = !(is_custom || (lower <= 0.0 && upper >= 0.0));
    let below = if from_above { passed } else { passed - count };
    Some((QuantileCase::Inside { bucket: at as u32, lower, upper, below, inside: count }, is_exponential))
}
