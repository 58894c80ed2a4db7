//! How far the observations of a native histogram lie from their mean.

use super::{Bucket, FloatHistogram};
use crate::base::number::add_compensated;

impl FloatHistogram {
    /// The mean of the observations; NaN of none.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.sum / self.count
    }

    /// The variance of the observations, each taken to lie in the middle of its bucket; NaN of none.
    #[must_use]
    pub fn variance(&self) -> f64 {
        let mean = self.mean();
        let (mut squares, mut low) = (0.0, 0.0);
        for bucket in self.all_buckets() {
            let distance = self.middle(bucket) - mean;
            add_compensated(bucket.count * distance * distance, &mut squares, &mut low);
        }
        (squares + low) / self.count
    }

    /// The arithmetic middle of custom buckets, the geometric one of exponential ones, 0 of the zero bucket.
    fn middle(&self, bucket: Bucket) -> f64 {
        if self.uses_custom_buckets() {
            return (bucket.upper + bucket.lower) / 2.0;
        }
        if bucket.lower <= 0.0 && bucket.upper >= 0.0 {
            return 0.0;
        }
        let middle = libm::sqrt(bucket.upper * bucket.lower);
        if bucket.upper < 0.0 { -middle } else { middle }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::histogram::Buckets;

    #[test]
    fn lies_between_the_middles_of_the_buckets() {
        let histogram = FloatHistogram {
            zero_threshold: 0.1,
            zero_count: 2.0,
            count: 4.0,
            sum: 0.0,
            // The geometric middle of (4, 16] is 8.
            schema: -1,
            positive: Buckets::from_pairs([(2, 1.0)]),
            negative: Buckets::from_pairs([(2, 1.0)]),
            ..FloatHistogram::default()
        };
        assert_eq!(histogram.variance(), 2.0 * 64.0 / 4.0);
        assert!(FloatHistogram::default().variance().is_nan());
    }
}
