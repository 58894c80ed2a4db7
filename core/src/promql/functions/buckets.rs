//! Classic histograms: cumulative counts with their upper bounds. Quantile and fraction of one.

use crate::base::number::almost_equal;
use crate::promql::eval::annotation::MonotonicityFix;

/// A bucket: everything up to and including its bound.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bucket {
    /// The upper bound.
    pub bound: f64,
    /// How many observations.
    pub count: f64,
}

/// The quantile of a classic histogram, and how its counts had to be raised to be cumulative.
pub fn quantile(quantile: f64, buckets: &mut [Bucket]) -> (f64, Option<MonotonicityFix>) {
    if quantile.is_nan() {
        return (f64::NAN, None);
    }
    if !(0.0..=1.0).contains(&quantile) {
        return (if quantile < 0.0 { f64::NEG_INFINITY } else { f64::INFINITY }, None);
    }
    if buckets.last().is_none_or(|last| last.bound != f64::INFINITY) {
        return (f64::NAN, None);
    }
    let fix = make_monotonic(buckets);
    let [.., before_last, last] = buckets else { return (f64::NAN, fix) };
    if last.count == 0.0 {
        return (f64::NAN, fix);
    }
    let (highest, rank) = (before_last.bound, quantile * last.count);
    let finite = &buckets[..buckets.len() - 1];
    // A count that is NaN is never reached, as in Prometheus.
    let at = finite.partition_point(|bucket| bucket.count < rank || bucket.count.is_nan() || rank.is_nan());
    let Some(bucket) = finite.get(at) else { return (highest, fix) };
    let (lower, below) = match at.checked_sub(1) {
        Some(before) => (finite[before].bound, finite[before].count),
        None if bucket.bound <= 0.0 => return (bucket.bound, fix),
        None => (0.0, 0.0),
    };
    let share = (rank - below) / (bucket.count - below);
    (lower + (bucket.bound - lower) * share, fix)
}

/// Raises counts that are below the one before. Differences that come from rounding are not worth a remark.
fn make_monotonic(buckets: &mut [Bucket]) -> Option<MonotonicityFix> {
    const ROUNDING: f64 = 1e-12;
    let mut previous = buckets.first()?.count;
    let mut fix: Option<MonotonicityFix> = None;
    for bucket in &mut buckets[1..] {
        let count = bucket.count;
        if count == previous {
            continue;
        }
        if almost_equal(previous, count, ROUNDING) {
            bucket.count = previous;
        } else if count < previous {
            bucket.count = previous;
            let fix = fix.get_or_insert(MonotonicityFix {
                lowest: bucket.bound,
                highest: bucket.bound,
                difference: 0.0,
                samples: 1,
                first: 0,
                last: 0,
            });
            fix.lowest = fix.lowest.min(bucket.bound);
            fix.highest = fix.highest.max(bucket.bound);
            fix.difference = fix.difference.max(previous - count);
        } else {
            previous = count;
        }
    }
    fix
}

/// The fraction of observations between two bounds. A bucket without an end contributes nothing where a bound falls
/// inside it.
pub fn fraction(lower: f64, upper: f64, buckets: &[Bucket]) -> f64 {
    let Some(last) = buckets.last().filter(|last| last.bound == f64::INFINITY) else { return f64::NAN };
    if last.count == 0.0 || lower.is_nan() || upper.is_nan() {
        return f64::NAN;
    }
    if lower >= upper {
        return 0.0;
    }
    let below = |value: f64| rank_of(value, buckets).min(last.count);
    (below(upper) - below(lower)) / last.count
}

/// How many observations lie below `value`.
fn rank_of(value: f64, buckets: &[Bucket]) -> f64 {
    let mut rank = 0.0;
    // Buckets that begin above zero are taken to hold nothing negative.
    let starts_at_zero = buckets.first().is_some_and(|first| first.bound > 0.0);
    let mut lower = if starts_at_zero { 0.0 } else { f64::NEG_INFINITY };
    for bucket in buckets {
        if lower >= value {
            return rank;
        }
        if bucket.bound > value {
            if lower == f64::NEG_INFINITY {
                return bucket.count;
            }
            return rank + (bucket.count - rank) * (value - lower) / (bucket.bound - lower);
        }
        (rank, lower) = (bucket.count, bucket.bound);
    }
    f64::INFINITY
}

#[cfg(test)]
mod tests {
    use super::*;

    fn buckets(pairs: &[(f64, f64)]) -> Vec<Bucket> {
        pairs.iter().map(|(bound, count)| Bucket { bound: *bound, count: *count }).collect()
    }

    #[test]
    fn a_quantile_lies_in_its_bucket_in_proportion() {
        let mut histogram = buckets(&[(1.0, 2.0), (3.0, 6.0), (f64::INFINITY, 8.0)]);
        assert_eq!(quantile(0.5, &mut histogram), (2.0, None));
        assert_eq!(quantile(0.99, &mut histogram), (3.0, None));
        assert_eq!(quantile(0.125, &mut histogram), (0.5, None));
        assert!(quantile(0.5, &mut histogram[..2]).0.is_nan());
    }

    #[test]
    fn falling_counts_are_raised_and_reported() {
        let mut histogram = buckets(&[(1.0, 5.0), (2.0, 3.0), (f64::INFINITY, 10.0)]);
        let (_, fix) = quantile(0.5, &mut histogram);
        let fix = fix.unwrap();
        assert_eq!((fix.lowest, fix.highest, fix.difference), (2.0, 2.0, 2.0));
        assert_eq!(histogram[1].count, 5.0);
    }

    #[test]
    fn a_fraction_counts_what_lies_between() {
        let histogram = buckets(&[(1.0, 2.0), (3.0, 6.0), (f64::INFINITY, 8.0)]);
        assert_eq!(fraction(0.0, 2.0, &histogram), 0.5);
        assert_eq!(fraction(2.0, 1.0, &histogram), 0.0);
        assert_eq!(fraction(f64::NEG_INFINITY, f64::INFINITY, &histogram), 1.0);
        assert_eq!(fraction(4.0, 5.0, &histogram), 0.0);
    }
}
