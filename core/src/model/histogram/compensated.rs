//! A sum of many histograms with the low parts of all additions kept (Neumaier).

use super::arithmetic::Combined;
use super::valid::HistogramError;
use super::{Buckets, FloatHistogram};
use crate::base::number::add_compensated;

/// A running sum of histograms.
#[derive(Clone, Debug, PartialEq)]
pub struct CompensatedHistogram {
    /// The sum as plain additions give it.
    pub sum: FloatHistogram,
    /// What they lost. Its buckets are those of the sum, also where nothing is lost.
    pub compensation: FloatHistogram,
}

impl CompensatedHistogram {
    /// A sum of one histogram.
    #[must_use]
    pub fn new(first: FloatHistogram) -> Self {
        let compensation = FloatHistogram {
            schema: first.schema,
            zero_threshold: first.zero_threshold,
            custom_bounds: first.custom_bounds.clone(),
            ..FloatHistogram::default()
        };
        Self { sum: first, compensation }
    }

    /// Adds a histogram.
    ///
    /// # Errors
    /// When one has exponential and the other custom buckets.
    pub fn add(&mut self, other: &FloatHistogram) -> Result<Combined, HistogramError> {
        let (other, combined) = self.sum.aligned(other)?;
        self.align_compensation();
        let (sum, low) = (&mut self.sum, &mut self.compensation);
        add_compensated(other.zero_count, &mut sum.zero_count, &mut low.zero_count);
        add_compensated(other.count, &mut sum.count, &mut low.count);
        add_compensated(other.sum, &mut sum.sum, &mut low.sum);
        add_buckets(&mut sum.positive, &mut low.positive, &other.positive);
        add_buckets(&mut sum.negative, &mut low.negative, &other.negative);
        Ok(combined)
    }

    /// The total: the sum with what was lost.
    #[must_use]
    pub fn total(&self) -> FloatHistogram {
        let mut total = self.sum.clone();
        total.zero_count += self.compensation.zero_count;
        total.count += self.compensation.count;
        total.sum += self.compensation.sum;
        for (sum, low) in [
            (&mut total.positive, &self.compensation.positive),
            (&mut total.negative, &self.compensation.negative),
        ] {
            *sum = Buckets::from_rising(sum.zip(low).map(|(index, sum, low)| (index, sum + low)));
        }
        total
    }

    /// Gives the compensation the layout of the sum.
    fn align_compensation(&mut self) {
        let low = &mut self.compensation;
        if low.has_layout_of(&self.sum) {
            return;
        }
        // A bucket that has lost nothing must not count as populated.
        low.positive.drop_empty();
        low.negative.drop_empty();
        if low.uses_custom_buckets() {
            super::custom::regroup(low, &self.sum.custom_bounds.clone());
        } else {
            if low.zero_threshold != self.sum.zero_threshold {
                low.widen_zero_bucket(self.sum.zero_threshold);
                low.zero_threshold = self.sum.zero_threshold;
            }
            low.reduce_to(self.sum.schema);
        }
    }
}

fn add_buckets(sum: &mut Buckets, low: &mut Buckets, added: &Buckets) {
    if sum.add_compensated(added, low) {
        return;
    }
    let mut sums = Vec::with_capacity(sum.len());
    let mut lows = Vec::with_capacity(sum.len());
    for (index, mut total, value) in sum.zip(added) {
        let mut compensation = low.get(index);
        add_compensated(value, &mut total, &mut compensation);
        sums.push((index, total));
        lows.push((index, compensation));
    }
    *sum = Buckets::from_rising(sums.into_iter());
    *low = Buckets::from_rising(lows.into_iter());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_large_counts_swallow_comes_back() {
        let of = |count: f64| FloatHistogram {
            count,
            sum: count,
            positive: Buckets::from_pairs([(1, count)]),
            ..FloatHistogram::default()
        };
        let mut sum = CompensatedHistogram::new(of(1.0));
        for count in [1e100, 1.0, -1e100] {
            sum.add(&of(count)).unwrap();
        }
        assert_eq!(sum.total(), of(2.0));
    }
}
