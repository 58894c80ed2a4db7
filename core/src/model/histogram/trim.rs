//! Cutting a histogram off at a number: what `</` and `>/` in PromQL leave of it.

use super::{Bucket, Buckets, FloatHistogram};

/// Which observations stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// Those below the number.
    Below,
    /// Those above it.
    Above,
}

/// What stays of a bucket: its count, and the bounds between which it is taken to lie.
struct Part {
    count: f64,
    lower: f64,
    upper: f64,
}

/// How observations are taken to lie within a bucket.
#[derive(Clone, Copy)]
enum Spread {
    /// Evenly.
    Linear,
    /// Evenly in their logarithms.
    Exponential,
}

/// The count and sum of what is kept, and whether anything was cut off.
#[derive(Default)]
struct Kept {
    count: f64,
    sum: f64,
    is_cut: bool,
}

impl FloatHistogram {
    /// The histogram without the observations on the other side of `limit`. A bucket that `limit` lies in is divided
    /// by interpolation: logarithmic in exponential buckets, linear in the zero bucket and in custom ones. The sum is
    /// estimated from the middles of the buckets once anything was cut off.
    #[must_use]
    pub fn trimmed(&self, limit: f64, keep: Keep) -> Self {
        let mut trimmed = self.clone();
        let mut kept = Kept::default();
        let spread = if self.uses_custom_buckets() { Spread::Linear } else { Spread::Exponential };
        let mut side = |buckets: &mut dyn Iterator<Item = Bucket>| {
            Buckets::from_pairs(buckets.map(|bucket| (bucket.index, kept.take(bucket, limit, keep, spread))))
        };
        trimmed.positive = side(&mut self.positive_buckets());
        trimmed.negative = side(&mut self.negative_buckets());
        if let Some(mut zero) = self.zero_bucket() {
            // With observations on one side alone, those about zero are taken to be on that side too.
            match (self.positive.is_empty(), self.negative.is_empty()) {
                (false, true) => zero.lower = 0.0,
                (true, false) => zero.upper = 0.0,
                _ => {}
            }
            trimmed.zero_count = kept.take(zero, limit, keep, Spread::Linear);
        }
        if kept.is_cut {
            (trimmed.count, trimmed.sum) = (kept.count, kept.sum);
        }
        trimmed
    }
}

impl Kept {
    /// Takes in what stays of a bucket; gives its count.
    fn take(&mut self, bucket: Bucket, limit: f64, keep: Keep, spread: Spread) -> f64 {
        let part = part(&bucket, limit, keep, spread);
        self.is_cut |= part.count != bucket.count;
        if part.count != 0.0 {
            self.count += part.count;
            self.sum += middle(part.lower, part.upper, spread) * part.count;
        }
        part.count
    }
}

fn part(bucket: &Bucket, limit: f64, keep: Keep, spread: Spread) -> Part {
    let Bucket { mut lower, upper, count, .. } = *bucket;
    let (inside, outside) = match keep {
        Keep::Below => (upper <= limit, lower >= limit),
        Keep::Above => (lower >= limit, upper <= limit),
    };
    // A bucket that reaches down to -Inf and up above zero is taken to begin at zero.
    let begins_at_zero = lower == f64::NEG_INFINITY && upper > 0.0 && upper.is_finite();
    if begins_at_zero {
        lower = 0.0;
    }
    let whole = Part { count, lower, upper };
    let nothing = Part { count: 0.0, lower, upper };
    if inside {
        return whole;
    }
    // Of a bucket that begins at zero Prometheus keeps nothing, on either side of a number below zero.
    if outside || limit.is_nan() || (begins_at_zero && limit < 0.0) {
        return nothing;
    }
    // A bucket without an end cannot be divided: it is kept as a whole where its end is on the side that stays.
    match (lower == f64::NEG_INFINITY, upper == f64::INFINITY, keep) {
        (true, false, Keep::Below) => return Part { upper: limit, ..whole },
        (false, true, Keep::Above) => return Part { lower: limit, ..whole },
        (true, _, _) | (_, true, _) => return nothing,
        (false, false, _) => {}
    }
    let below = share_below(lower, upper, limit, spread);
    match keep {
        Keep::Below => Part { count: count * below, lower, upper: limit },
        Keep::Above => Part { count: count * (1.0 - below), lower: limit, upper },
    }
}

/// The share of a bucket's observations below a number in it.
fn share_below(lower: f64, upper: f64, limit: f64, spread: Spread) -> f64 {
    match spread {
        Spread::Linear => (limit - lower) / (upper - lower),
        Spread::Exponential => {
            let log = |bound: f64| libm::log2(bound.abs());
            if lower < 0.0 {
                (log(lower) - log(limit)) / (log(lower) - log(upper))
            } else {
                (log(limit) - log(lower)) / (log(upper) - log(lower))
            }
        }
    }
}

/// The number that stands for the observations between two bounds.
fn middle(lower: f64, upper: f64, spread: Spread) -> f64 {
    match (lower.is_infinite(), upper.is_infinite(), spread) {
        (true, true, _) => 0.0,
        (true, false, _) => upper,
        (false, true, _) => lower,
        (false, false, Spread::Linear) => (lower + upper) / 2.0,
        (false, false, Spread::Exponential) => {
            let middle = libm::sqrt(lower * upper);
            if lower < 0.0 { -middle } else { middle }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::histogram::CUSTOM_BUCKETS_SCHEMA;

    fn custom(bounds: &[f64], counts: &[f64]) -> FloatHistogram {
        FloatHistogram {
            schema: CUSTOM_BUCKETS_SCHEMA,
            count: counts.iter().sum(),
            sum: 33.0,
            positive: Buckets::from_pairs((0..).zip(counts.iter().copied())),
            custom_bounds: bounds.into(),
            ..FloatHistogram::default()
        }
    }

    #[test]
    fn both_sides_together_are_the_whole() {
        let histogram = FloatHistogram {
            schema: 1,
            zero_threshold: 0.25,
            zero_count: 3.0,
            count: 16.0,
            positive: Buckets::from_pairs([(1, 4.0), (3, 2.0)]),
            negative: Buckets::from_pairs([(0, 5.0), (2, 2.0)]),
            ..FloatHistogram::default()
        };
        for limit in [-9.0, -1.7, -0.9, -0.1, 0.0, 0.2, 1.1, 2.5, 9.0] {
            let (below, above) =
                (histogram.trimmed(limit, Keep::Below), histogram.trimmed(limit, Keep::Above));
            assert!((below.count + above.count - 16.0).abs() < 1e-12, "{limit}: {below} {above}");
        }
    }

    #[test]
    fn what_is_not_cut_keeps_its_sum() {
        let histogram = custom(&[5.0], &[1.0, 100.0]);
        assert_eq!(histogram.trimmed(f64::INFINITY, Keep::Below), histogram);
        assert_eq!(histogram.trimmed(0.0, Keep::Above), histogram);
        assert_eq!(histogram.trimmed(f64::NAN, Keep::Above).count, 0.0);
    }

    #[test]
    fn buckets_without_an_end_are_kept_or_dropped_whole() {
        let histogram = custom(&[-5.0], &[1.0, 100.0]);
        let of = |limit, keep| {
            let trimmed = histogram.trimmed(limit, keep);
            (trimmed.count, trimmed.sum)
        };
        assert_eq!(of(10.0, Keep::Below), (1.0, -5.0));
        assert_eq!(of(-10.0, Keep::Below), (1.0, -10.0));
        assert_eq!(of(-10.0, Keep::Above), (100.0, -500.0));
        assert_eq!(of(10.0, Keep::Above), (100.0, 1000.0));
        assert_eq!(custom(&[], &[7.0]).trimmed(1.0, Keep::Above).count, 0.0);
        assert_eq!(custom(&[5.0], &[1.0, 100.0]).trimmed(-10.0, Keep::Above).sum, 500.0);
    }
}
