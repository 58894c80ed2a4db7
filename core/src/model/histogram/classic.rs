//! A classic histogram's series at one instant, gathered into a native histogram with custom bounds.
//!
//! Source: Prometheus `util/convertnhcb`.

use std::fmt;

use super::{Buckets, CUSTOM_BUCKETS_SCHEMA, FloatHistogram};
use crate::base::number::print_general;

/// Why a classic histogram makes no native one. Displays in Prometheus's words.
#[derive(Clone, Copy, Debug, PartialEq)]
#[allow(missing_docs)] // the fields are the numbers of the message
pub enum ClassicError {
    /// A bucket with a negative count.
    NegativeBucketCount { bound: f64, count: f64 },
    /// The overall count is negative.
    NegativeCount(f64),
    /// Neither a count nor a bucket.
    MissingCount,
    /// A bucket counts less than the one below it, or more than the one above it.
    NotCumulative { count: f64, neighbour: f64, above: bool },
    /// The bucket up to +Inf does not count all observations.
    CountMismatch { count: f64, bound: f64, bucket: f64 },
}

impl fmt::Display for ClassicError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = |value: f64| print_general(value);
        match *self {
            Self::NegativeBucketCount { bound, count } => {
                let (bound, count) = (number(bound), number(count));
                write!(f, "bucket count must be non-negative: le={bound}, count={count}")
            }
            Self::NegativeCount(count) => write!(f, "count must be non-negative: count={}", number(count)),
            Self::MissingCount => f.write_str("count must be provided when no buckets are present"),
            Self::NotCumulative { count, neighbour, above } => {
                let sign = if above { '>' } else { '<' };
                write!(f, "count is not cumulative: {} {sign} {}", number(count), number(neighbour))
            }
            Self::CountMismatch { count, bound, bucket } => {
                let (count, bound, bucket) = (number(count), number(bound), number(bucket));
                write!(f, "count mismatch: count={count} != le={bound} count={bucket}")
            }
        }
    }
}

impl std::error::Error for ClassicError {}

/// What is known so far of a classic histogram at one instant. Its parts may come in any order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ClassicHistogram {
    /// Bounds, rising, with the cumulative counts.
    buckets: Vec<(f64, f64)>,
    count: Option<f64>,
    sum: f64,
}

impl ClassicHistogram {
    /// Takes a `_bucket` sample. A second one for the same bound does not count, nor does a bound that is no number.
    ///
    /// # Errors
    /// When the count is negative, or not between those of its neighbours.
    pub fn set_bucket(&mut self, bound: f64, count: f64) -> Result<(), ClassicError> {
        if bound.is_nan() {
            return Ok(());
        }
        if count < 0.0 {
            return Err(ClassicError::NegativeBucketCount { bound, count });
        }
        let place = self.buckets.partition_point(|(other, _)| *other < bound);
        let above = self.buckets.get(place).copied();
        if above.is_some_and(|(other, _)| other == bound) {
            return Ok(());
        }
        if let Some((_, below)) = place.checked_sub(1).map(|place| self.buckets[place])
            && count < below
        {
            return Err(ClassicError::NotCumulative { count, neighbour: below, above: false });
        }
        if let Some((_, above)) = above
            && count > above
        {
            return Err(ClassicError::NotCumulative { count, neighbour: above, above: true });
        }
        self.buckets.insert(place, (bound, count));
        Ok(())
    }

    /// Takes the `_count` sample.
    ///
    /// # Errors
    /// When it is negative.
    pub fn set_count(&mut self, count: f64) -> Result<(), ClassicError> {
        if count < 0.0 {
            return Err(ClassicError::NegativeCount(count));
        }
        self.count = Some(count);
        Ok(())
    }

    /// Takes the `_sum` sample.
    pub const fn set_sum(&mut self, sum: f64) {
        self.sum = sum;
    }

    /// The native histogram. A missing count is that of the highest bucket; a missing bucket up to +Inf holds the rest.
    ///
    /// # Errors
    /// When there is neither a count nor a bucket, or the two do not agree.
    pub fn convert(&self) -> Result<FloatHistogram, ClassicError> {
        let highest = self.buckets.last().copied();
        let count = self.count.or(highest.map(|(_, count)| count)).ok_or(ClassicError::MissingCount)?;
        let (bound, bucket) =
            highest.filter(|(bound, _)| *bound == f64::INFINITY).unwrap_or((f64::INFINITY, count));
        if count != bucket {
            return Err(ClassicError::CountMismatch { count, bound, bucket });
        }
        let bounds = self.buckets.iter().map(|(bound, _)| *bound).filter(|bound| *bound != f64::INFINITY);
        let custom_bounds = bounds.collect::<Vec<_>>();
        let counts = self.buckets[..custom_bounds.len()].iter().map(|(_, count)| *count).chain([count]);
        let mut before = 0.0;
        let positive = Buckets::from_pairs(counts.enumerate().map(|(index, count)| {
            let own = count - before;
            before = count;
            (index as i32, own)
        }));
        Ok(FloatHistogram {
            schema: CUSTOM_BUCKETS_SCHEMA,
            count,
            sum: self.sum,
            positive,
            custom_bounds: custom_bounds.into(),
            ..FloatHistogram::default()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn classic(buckets: &[(f64, f64)], count: Option<f64>) -> Result<FloatHistogram, String> {
        let mut classic = ClassicHistogram { sum: 7.0, ..ClassicHistogram::default() };
        let taken = buckets.iter().try_for_each(|(bound, count)| classic.set_bucket(*bound, *count));
        taken
            .and_then(|()| count.map_or(Ok(()), |count| classic.set_count(count)))
            .map_err(|e| e.to_string())?;
        classic.convert().map_err(|error| error.to_string())
    }

    #[test]
    fn buckets_become_differences_in_order_of_their_bounds() {
        let found = classic(&[(5.0, 4.0), (1.0, 1.0), (2.0, 1.0), (1.0, 9.0)], Some(6.0)).unwrap();
        assert_eq!(*found.custom_bounds, [1.0, 2.0, 5.0]);
        assert_eq!(found.positive.iter().collect::<Vec<_>>(), [(0, 1.0), (2, 3.0), (3, 2.0)]);
        assert_eq!((found.count, found.sum), (6.0, 7.0));
        assert_eq!(found.validate(), Ok(()));
        let without_count = classic(&[(1.0, 2.0), (f64::INFINITY, 3.5)], None).unwrap();
        assert_eq!(without_count.count, 3.5);
    }

    #[test]
    fn contradictions_are_told_in_prometheus_words() {
        let infinite = f64::INFINITY;
        for (buckets, count, told) in [
            (&[(1.0, -2.0)][..], None, "bucket count must be non-negative: le=1, count=-2"),
            (&[], Some(-1.0), "count must be non-negative: count=-1"),
            (&[], None, "count must be provided when no buckets are present"),
            (&[(1.0, 3.0), (2.0, 2.0)], None, "count is not cumulative: 2 < 3"),
            (&[(2.0, 2.0), (1.0, 3.0)], None, "count is not cumulative: 3 > 2"),
            (&[(infinite, 2.0)], Some(3.0), "count mismatch: count=3 != le=+Inf count=2"),
        ] {
            assert_eq!(classic(buckets, count), Err(told.to_owned()));
        }
    }
}
