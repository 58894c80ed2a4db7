//! The mean of many histograms, also where their sum is beyond the largest float.

use super::arithmetic::Combined;
use super::valid::HistogramError;
use super::{CompensatedHistogram, FloatHistogram};

/// A mean that is added to histogram by histogram. Begins with the first one, so that an empty mean does not exist.
#[derive(Clone, Debug, PartialEq)]
pub struct HistogramMean {
    count: f64,
    /// The sum, or, once a count or the sum of it would have become infinite, the mean so far.
    total: CompensatedHistogram,
    incremental: bool,
}

impl HistogramMean {
    /// The mean of one histogram.
    #[must_use]
    pub fn new(first: FloatHistogram) -> Self {
        Self { count: 1.0, total: CompensatedHistogram::new(first), incremental: false }
    }

    /// Adds a histogram.
    ///
    /// # Errors
    /// When one has exponential and the other custom buckets.
    pub fn add(&mut self, other: &FloatHistogram) -> Result<Combined, HistogramError> {
        self.count += 1.0;
        if !self.incremental {
            let mut total = self.total.clone();
            let combined = total.add(other)?;
            if !total.sum.has_overflow() {
                self.total = total;
                return Ok(combined);
            }
            // As with floats: from here on the mean itself is carried.
            self.incremental = true;
            self.change(FloatHistogram::divided, self.count - 1.0);
        }
        self.change(FloatHistogram::scaled, (self.count - 1.0) / self.count);
        self.total.add(&other.clone().divided(self.count))
    }

    /// The mean of all histograms so far.
    #[must_use]
    pub fn value(&self) -> FloatHistogram {
        let mut mean = self.clone();
        if !mean.incremental {
            mean.change(FloatHistogram::divided, mean.count);
        }
        mean.total.total()
    }

    fn change(&mut self, change: fn(FloatHistogram, f64) -> FloatHistogram, by: f64) {
        for part in [&mut self.total.sum, &mut self.total.compensation] {
            *part = change(std::mem::take(part), by);
        }
    }
}

impl FloatHistogram {
    /// Whether a count or the sum is infinite.
    fn has_overflow(&self) -> bool {
        let mut counts = self.positive.iter().chain(self.negative.iter()).map(|(_, count)| count);
        [self.zero_count, self.count, self.sum].iter().any(|value| value.is_infinite())
            || counts.any(f64::is_infinite)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::histogram::Buckets;

    fn of(count: f64, sum: f64) -> FloatHistogram {
        let positive = Buckets::from_pairs([(1, count)]);
        FloatHistogram { count, sum, positive, ..FloatHistogram::default() }
    }

    #[test]
    fn small_and_large_sums_keep_their_low_parts() {
        let mut mean = HistogramMean::new(of(1.0, 5.3));
        for sum in [1e100, 1.0, -1e100, 2.0, 1e50, -1e50] {
            mean.add(&of(1.0, sum)).unwrap();
        }
        assert_eq!(mean.value(), of(1.0, 8.3 / 7.0));
    }

    #[test]
    fn a_mean_of_counts_whose_sum_is_infinite_is_finite() {
        let mut mean = HistogramMean::new(of(f64::MAX, 1.0));
        for _ in 0..3 {
            mean.add(&of(f64::MAX, 3.0)).unwrap();
        }
        let value = mean.value();
        assert!((value.count / f64::MAX - 1.0).abs() < 1e-15 && value.sum == 2.5, "{value}");
    }
}
