//! How `histogram_quantile` makes a number of a classic histogram's buckets: the rank, the bucket it falls into, and
//! the place in it. What is kept of it serves native histograms too ([`super::native`]).

use serde::{Deserialize, Serialize};

use super::cell::Cell;
use super::native::{NativeBuckets, exponential};
use crate::model::labels::Labels;
use crate::promql::eval::names::without_metric;
use crate::promql::functions::buckets::{Bucket, quantile};

/// A bucket as it was used.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct BucketCount {
    /// The upper bound; included.
    pub bound: f64,
    /// How many observations up to there.
    pub count: f64,
    /// The count found, where it was below the one before and was raised.
    pub raised_from: Option<f64>,
}

/// What decides a quantile.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum QuantileCase {
    /// φ is no number.
    NoQuantile,
    /// φ is below 0.
    BelowZero,
    /// φ is above 1.
    AboveOne,
    /// The bucket `+Inf` is missing: how many observations there are is not known.
    NoInfinity,
    /// There is no bucket but `+Inf`.
    OneBucket,
    /// Nothing was observed.
    NoObservations,
    /// The rank falls into the bucket `+Inf`: the largest finite bound is all that is known.
    BeyondBounds {
        /// That bound.
        highest: f64,
    },
    /// The rank falls into the first bucket, which ends at or below zero: nobody knows where it begins.
    FirstNotPositive {
        /// Where it ends.
        bound: f64,
    },
    /// Between the bounds of a bucket, in proportion.
    Inside {
        /// The place of the bucket among all.
        bucket: u32,
        /// Where it begins; zero for the first.
        lower: f64,
        /// Where it ends.
        upper: f64,
        /// Observations below it.
        below: f64,
        /// Observations in it.
        inside: f64,
    },
}

/// The buckets of a histogram and every number between them and the quantile.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Interpolation {
    /// φ.
    pub quantile: f64,
    /// The buckets, bounds rising.
    pub buckets: Vec<BucketCount>,
    /// φ times the observations.
    pub rank: f64,
    /// What decides.
    pub case: QuantileCase,
    /// Of a native histogram; a classic one is counted from below, and its buckets are filled evenly.
    pub native: Option<NativeBuckets>,
    /// What comes out.
    pub result: f64,
}

impl Interpolation {
    /// Takes the histogram apart whose quantile has the labels `wanted`; `None` where there is none.
    #[must_use]
    pub fn of(wanted: f64, cells: &[Cell], labels: &Labels) -> Option<Self> {
        let found = gather(cells, labels);
        if found.is_empty() {
            return None;
        }
        let mut used = found.clone();
        // Raises what falls.
        quantile(wanted, &mut used);
        let buckets = found.iter().zip(&used).map(|(found, used)| BucketCount {
            bound: used.bound,
            count: used.count,
            raised_from: (found.count.to_bits() != used.count.to_bits()).then_some(found.count),
        });
        let buckets: Vec<BucketCount> = buckets.collect();
        let observations = used.last().map_or(f64::NAN, |last| last.count);
        let rank = wanted * observations;
        let case = case(wanted, rank, &used);
        let mut made = Self { quantile: wanted, buckets, rank, case, native: None, result: 0.0 };
        made.result = made.replay();
        Some(made)
    }

    /// The result from the numbers shown.
    #[must_use]
    pub fn replay(&self) -> f64 {
        match self.case {
            QuantileCase::NoQuantile
            | QuantileCase::NoInfinity
            | QuantileCase::OneBucket
            | QuantileCase::NoObservations => f64::NAN,
            QuantileCase::BelowZero => f64::NEG_INFINITY,
            QuantileCase::AboveOne => f64::INFINITY,
            QuantileCase::BeyondBounds { highest: bound } | QuantileCase::FirstNotPositive { bound } => bound,
            QuantileCase::Inside { lower, upper, below, inside, .. } => {
                let is_from_above = self.native.is_some_and(|native| native.from_above);
                let share = if is_from_above { below - self.rank } else { self.rank - below } / inside;
                if self.native.is_some_and(|native| native.is_exponential) {
                    exponential(lower, upper, share)
                } else {
                    lower + (upper - lower) * share
                }
            }
        }
    }
}

/// The buckets whose labels without `le` are those wanted, with the name or without; equal bounds as one.
fn gather(cells: &[Cell], labels: &Labels) -> Vec<Bucket> {
    let mut found: Vec<Bucket> = Vec::new();
    for cell in cells {
        let bound = cell.labels.get("le").and_then(|text| text.parse::<f64>().ok());
        let (Some(bound), Some(count)) = (bound, cell.number()) else { continue };
        let rest = cell.labels.without("le");
        if rest == *labels || without_metric(&rest) == *labels {
            found.push(Bucket { bound, count });
        }
    }
    found.sort_by(|left, right| left.bound.total_cmp(&right.bound));
    let mut joined: Vec<Bucket> = Vec::with_capacity(found.len());
    for bucket in found {
        match joined.last_mut() {
            Some(last) if last.bound == bucket.bound => last.count += bucket.count,
            _ => joined.push(bucket),
        }
    }
    joined
}

fn case(wanted: f64, rank: f64, buckets: &[Bucket]) -> QuantileCase {
    if wanted.is_nan() {
        return QuantileCase::NoQuantile;
    }
    if wanted < 0.0 {
        return QuantileCase::BelowZero;
    }
    if wanted > 1.0 {
        return QuantileCase::AboveOne;
    }
    let Some((last, finite)) = buckets.split_last().filter(|(last, _)| last.bound == f64::INFINITY) else {
        return QuantileCase::NoInfinity;
    };
    let Some(highest) = finite.last() else { return QuantileCase::OneBucket };
    if last.count == 0.0 {
        return QuantileCase::NoObservations;
    }
    let at = finite.partition_point(|bucket| bucket.count < rank || bucket.count.is_nan() || rank.is_nan());
    let Some(bucket) = finite.get(at) else {
        return QuantileCase::BeyondBounds { highest: highest.bound };
    };
    let (lower, below) = match at.checked_sub(1) {
        Some(before) => (finite[before].bound, finite[before].count),
        None if bucket.bound <= 0.0 => return QuantileCase::FirstNotPositive { bound: bucket.bound },
        None => (0.0, 0.0),
    };
    let inside = bucket.count - below;
    QuantileCase::Inside { bucket: at as u32, lower, upper: bucket.bound, below, inside }
}
