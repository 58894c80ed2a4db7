//! The quantile of a native histogram, and the fraction of its observations between two bounds.
//!
//! Source: Prometheus `HistogramQuantile`, `HistogramFraction`. Within an exponential bucket observations are taken to
//! lie so that finer buckets would be filled alike; within a custom and the zero bucket they lie evenly.

use super::{Bucket, FloatHistogram};

/// What observations that are not a number do to a quantile: they are counted, but no bucket holds them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NanObservations {
    /// The quantile lies among them.
    Reached,
    /// It lies lower, and would lie lower still without them.
    Above,
}

impl FloatHistogram {
    /// The value below which the share `quantile` of the observations lies: NaN of none, an infinity where the share
    /// is not between 0 and 1.
    #[must_use]
    pub fn quantile(&self, quantile: f64) -> (f64, Option<NanObservations>) {
        if quantile < 0.0 {
            return (f64::NEG_INFINITY, None);
        }
        if quantile > 1.0 {
            return (f64::INFINITY, None);
        }
        if self.count == 0.0 || quantile.is_nan() {
            return (f64::NAN, None);
        }
        // Observations that are not a number would be in the way of counting from above.
        let rises = self.sum.is_nan() || quantile < 0.5;
        let (rank, found) = if rises {
            let rank = quantile * self.count;
            (rank, reach(self.all_buckets(), rank))
        } else {
            let rank = (1.0 - quantile) * self.count;
            (rank, reach(self.all_buckets().rev(), rank))
        };
        let (mut bucket, passed) = found.unwrap_or((EMPTY, 0.0));
        if self.uses_custom_buckets() {
            if bucket.lower == f64::NEG_INFINITY {
                if bucket.upper <= 0.0 {
                    return (bucket.upper, None);
                }
                bucket.lower = 0.0;
            } else if bucket.upper == f64::INFINITY {
                return (bucket.lower, None);
            }
        } else if bucket.lower < 0.0 && bucket.upper > 0.0 {
            bucket = self.clip_at_zero(bucket);
        }
        // Rounding may have made the buckets' sum larger than the count.
        let passed = passed.min(self.count);
        if passed < rank {
            let is_nan = self.sum.is_nan();
            return if is_nan { (f64::NAN, Some(NanObservations::Reached)) } else { (bucket.upper, None) };
        }
        let below = if rises { rank - (passed - bucket.count) } else { passed - rank };
        let remark = self.has_nan_observations().then_some(NanObservations::Above);
        (self.within(bucket, below / bucket.count), remark)
    }

    /// The value that has the share `share` of a bucket's observations below it.
    fn within(&self, bucket: Bucket, share: f64) -> f64 {
        if self.uses_custom_buckets() || (bucket.lower <= 0.0 && bucket.upper >= 0.0) {
            return bucket.lower + (bucket.upper - bucket.lower) * share;
        }
        let (lower, upper) = (libm::log2(bucket.lower.abs()), libm::log2(bucket.upper.abs()));
        if bucket.lower > 0.0 {
            libm::exp2(lower + (upper - lower) * share)
        } else {
            -libm::exp2(upper + (lower - upper) * (1.0 - share))
        }
    }

    /// The share of the observations between two bounds, and whether some are not a number and so in no share: NaN
    /// of none.
    #[must_use]
    pub fn fraction(&self, lower: f64, upper: f64) -> (f64, bool) {
        if self.count == 0.0 || lower.is_nan() || upper.is_nan() {
            return (f64::NAN, false);
        }
        if lower >= upper {
            return (0.0, false);
        }
        let populated = if self.sum.is_nan() { self.populated() } else { self.count };
        let below = |bound: f64| self.below(bound).filter(|below| *below <= populated).unwrap_or(populated);
        ((below(upper) - below(lower)) / self.count, self.has_nan_observations())
    }

    /// How many observations lie below `bound`; none where it is above all buckets.
    fn below(&self, bound: f64) -> Option<f64> {
        let mut passed = 0.0;
        for bucket in self.all_buckets() {
            let is_zero = bucket.lower <= 0.0 && bucket.upper >= 0.0;
            let bucket = if is_zero { self.clip_at_zero(bucket) } else { bucket };
            if bucket.lower >= bound {
                return Some(passed);
            }
            if bucket.upper > bound {
                // A bucket without an end gives nothing, as in classic histograms.
                return Some(if bucket.lower == f64::NEG_INFINITY {
                    bucket.count
                } else if self.uses_custom_buckets() || is_zero {
                    passed + bucket.count * (bound - bucket.lower) / (bucket.upper - bucket.lower)
                } else {
                    passed + bucket.count * share_below(bound, bucket)
                });
            }
            passed += bucket.count;
        }
        None
    }

    /// A bucket around zero reaches only to where there are observations. Differs: Prometheus also counts a side whose
    /// buckets are all written down as empty; here empty buckets are not kept.
    fn clip_at_zero(&self, mut bucket: Bucket) -> Bucket {
        match (self.negative.is_empty(), self.positive.is_empty()) {
            (true, false) => bucket.lower = 0.0,
            (false, true) => bucket.upper = 0.0,
            _ => {}
        }
        bucket
    }

    /// Whether observations that are not a number were counted. A sum that is none may also come from infinities.
    fn has_nan_observations(&self) -> bool {
        self.sum.is_nan() && self.populated() < self.count
    }

    /// The observations in buckets.
    fn populated(&self) -> f64 {
        self.all_buckets().fold(0.0, |sum, bucket| sum + bucket.count)
    }
}

const EMPTY: Bucket =
    Bucket { lower: 0.0, upper: 0.0, lower_inclusive: false, upper_inclusive: false, count: 0.0, index: 0 };

/// The first bucket up to which there are `rank` observations, else the last one, and how many there are up to it.
fn reach(buckets: impl Iterator<Item = Bucket>, rank: f64) -> Option<(Bucket, f64)> {
    let mut passed = 0.0;
    let mut last = None;
    for bucket in buckets {
        passed += bucket.count;
        last = Some((bucket, passed));
        if passed >= rank {
            break;
        }
    }
    last
}

/// The share of an exponential bucket's observations below a bound inside it.
fn share_below(bound: f64, bucket: Bucket) -> f64 {
    let (lower, upper) = (libm::log2(bucket.lower.abs()), libm::log2(bucket.upper.abs()));
    let at = libm::log2(bound.abs());
    if bound > 0.0 { (at - lower) / (upper - lower) } else { 1.0 - (at - upper) / (lower - upper) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::histogram::{Buckets, CUSTOM_BUCKETS_SCHEMA};

    fn exponential(positive: &[(i32, f64)], negative: &[(i32, f64)], zero_count: f64) -> FloatHistogram {
        let (positive, negative) = (positive.iter().copied(), negative.iter().copied());
        let mut histogram = FloatHistogram {
            zero_threshold: 0.5,
            zero_count,
            positive: Buckets::from_pairs(positive),
            negative: Buckets::from_pairs(negative),
            ..FloatHistogram::default()
        };
        histogram.count = histogram.populated();
        histogram
    }

    #[test]
    fn the_middle_of_an_exponential_bucket_is_the_bound_of_a_finer_one() {
        let histogram = exponential(&[(1, 4.0)], &[], 0.0);
        let (median, remark) = histogram.quantile(0.5);
        assert!((median - libm::sqrt(2.0)).abs() < 1e-15 && remark.is_none());
        assert!((histogram.fraction(0.0, median).0 - 0.5).abs() < 1e-15);
        let mirrored = exponential(&[], &[(1, 4.0)], 0.0);
        assert!((mirrored.quantile(0.25).0 + libm::exp2(0.75)).abs() < 1e-15);
        assert!((mirrored.fraction(f64::NEG_INFINITY, -libm::sqrt(2.0)).0 - 0.5).abs() < 1e-15);
    }

    #[test]
    fn the_zero_bucket_reaches_to_the_side_that_is_populated() {
        assert_eq!(exponential(&[(1, 2.0)], &[], 2.0).quantile(0.25).0, 0.25);
        assert_eq!(exponential(&[], &[(1, 2.0)], 2.0).quantile(0.75).0, -0.25);
        assert_eq!(exponential(&[(1, 2.0)], &[(1, 2.0)], 2.0).quantile(0.5).0, 0.0);
        assert_eq!(exponential(&[(1, 2.0)], &[], 2.0).fraction(0.0, 0.25).0, 0.25);
    }

    #[test]
    fn custom_buckets_count_as_classic_ones() {
        let custom = FloatHistogram {
            schema: CUSTOM_BUCKETS_SCHEMA,
            count: 8.0,
            positive: Buckets::from_pairs([(0, 2.0), (1, 4.0), (2, 2.0)]),
            custom_bounds: [1.0, 3.0].into(),
            ..FloatHistogram::default()
        };
        assert_eq!(custom.quantile(0.125).0, 0.5);
        assert_eq!(custom.quantile(0.5).0, 2.0);
        assert_eq!(custom.quantile(0.99).0, 3.0);
        assert_eq!(custom.fraction(0.0, 2.0).0, 0.5);
        assert_eq!(custom.fraction(4.0, 5.0).0, 0.0);
    }

    #[test]
    fn observations_that_are_no_number_are_told() {
        let mut histogram = exponential(&[(1, 4.0)], &[], 0.0);
        (histogram.count, histogram.sum) = (8.0, f64::NAN);
        assert_eq!(histogram.quantile(0.25).1, Some(NanObservations::Above));
        let (value, remark) = histogram.quantile(0.75);
        assert!(value.is_nan() && remark == Some(NanObservations::Reached));
        assert_eq!(histogram.fraction(0.0, f64::INFINITY), (0.5, true));
    }

    #[test]
    fn a_zero_bucket_below_zero_is_passed_over() {
        let histogram = exponential(&[(1, 4.0)], &[], -2.0);
        assert_eq!(histogram.populated(), 4.0);
        assert_eq!(histogram.to_string(), "{count:4, sum:0, [-0.5,0.5]:-2, (1,2]:4}");
    }

    #[test]
    fn no_observation_has_no_quantile() {
        let empty = FloatHistogram::default();
        assert!(empty.quantile(0.5).0.is_nan() && empty.fraction(0.0, 1.0).0.is_nan());
        assert_eq!(empty.quantile(1.5).0, f64::INFINITY);
        assert_eq!(empty.quantile(-1.0).0, f64::NEG_INFINITY);
    }
}
