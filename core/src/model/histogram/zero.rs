//! The zero bucket: widening it, and bringing two histograms to one width.

use super::FloatHistogram;
use crate::base::number::add_compensated;

impl FloatHistogram {
    /// The observations in a zero bucket of at least this threshold, and the threshold it takes: it grows to the bound
    /// of any populated bucket that it would cut.
    pub(super) fn zero_count_within(&self, threshold: f64) -> (f64, f64) {
        let mut threshold = threshold.max(self.zero_threshold);
        loop {
            let (mut count, mut low) = (self.zero_count, 0.0);
            let mut grown = threshold;
            // The bounds of the negative side are the positive ones mirrored.
            for buckets in [&self.positive, &self.negative] {
                for (index, in_bucket) in buckets.iter() {
                    let bucket = self.positive_bucket(index, in_bucket);
                    if bucket.lower >= threshold {
                        break;
                    }
                    add_compensated(in_bucket, &mut count, &mut low);
                    grown = grown.max(bucket.upper);
                }
            }
            if grown == threshold {
                return (count + low, threshold);
            }
            threshold = grown;
        }
    }

    /// Widens the zero bucket; the buckets that it swallows go.
    pub(super) fn widen_zero_bucket(&mut self, threshold: f64) {
        let (count, threshold) = self.zero_count_within(threshold);
        let schema = self.schema;
        let outside = |index: i32, _| super::exponential_bound(index - 1, schema) >= threshold;
        self.positive.retain(outside);
        self.negative.retain(outside);
        self.zero_count = count;
        self.zero_threshold = threshold;
    }

    /// Brings two histograms with exponential buckets to one zero threshold: the larger, or one that cuts no populated
    /// bucket of either.
    pub(super) fn reconcile_zero_buckets(&mut self, other: &mut Self) {
        while self.zero_threshold != other.zero_threshold {
            let larger = self.zero_threshold.max(other.zero_threshold);
            self.widen_zero_bucket(larger);
            other.widen_zero_bucket(larger);
            if self.zero_threshold.is_nan() || other.zero_threshold.is_nan() {
                return; // not a number equals nothing: nothing to bring together
            }
        }
    }
}
