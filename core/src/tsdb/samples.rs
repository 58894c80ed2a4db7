//! Samples taken out of chunks.

use crate::base::number::{NORMAL_NAN_BITS, is_stale};
use crate::model::histogram::{FloatHistogram, HistogramColumn, ResetHint};

/// Samples of one series as columns. Plain series have two: `histograms` and `starts` are then empty and take no room.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Samples {
    /// Milliseconds since the Unix epoch, rising.
    pub times: Vec<i64>,
    /// The values, stale markers included; an ordinary NaN where a histogram stands.
    pub values: Vec<f64>,
    /// The native histograms. Empty where there is none, else as long as `times`. A stale marker is a value without a
    /// histogram, also among histograms.
    pub histograms: HistogramColumn,
    /// Since when each sample has been counted, in milliseconds; 0 where that is not known. Empty where it is known of
    /// none, else as long as `times`.
    pub starts: Vec<i64>,
}

impl Samples {
    /// Samples of a plain series: floats, with start times unknown.
    #[must_use]
    pub fn of_floats(times: Vec<i64>, values: Vec<f64>) -> Self {
        Self { times, values, ..Self::default() }
    }

    /// Forgets the samples, keeps the room.
    pub fn clear(&mut self) {
        self.truncate(0);
    }

    /// Adds a float or the stale marker.
    pub fn push(&mut self, time: i64, value: f64) {
        self.times.push(time);
        self.values.push(value);
        self.level();
    }

    /// Adds a histogram.
    pub fn push_histogram(&mut self, time: i64, histogram: &FloatHistogram) {
        // The places of floats that came before.
        self.histograms.grow(self.times.len());
        self.histograms.push(histogram);
        self.push_time(time);
    }

    /// Adds a histogram of the layout that its column has begun, by its numbers.
    #[inline]
    pub(super) fn push_numbers(&mut self, time: i64, hint: ResetHint, numbers: impl Iterator<Item = f64>) {
        self.histograms.grow(self.times.len());
        self.histograms.push_numbers(hint, numbers);
        self.push_time(time);
    }

    fn push_time(&mut self, time: i64) {
        self.times.push(time);
        self.values.push(f64::from_bits(NORMAL_NAN_BITS));
        self.level();
    }

    /// Keeps the first `length` samples.
    pub fn truncate(&mut self, length: usize) {
        self.times.truncate(length);
        self.values.truncate(length);
        self.histograms.truncate(length);
        self.starts.truncate(length);
    }

    /// Drops the first `length` samples.
    pub fn drop_first(&mut self, length: usize) {
        self.times.drain(..length);
        self.values.drain(..length);
        self.histograms.drop_first(length);
        self.starts.drain(..length.min(self.starts.len()));
    }

    /// Removes the stale markers from index `known` on.
    pub fn remove_stale(&mut self, known: usize) {
        let Some(first) = self.values[known..].iter().position(|value| is_stale(*value)) else { return };
        self.keep(known + first, |_, value| !is_stale(value));
    }

    /// Removes the samples from index `known` on whose time is not wanted.
    pub(super) fn retain(&mut self, known: usize, is_wanted: impl Fn(i64) -> bool) {
        self.keep(known, |time, _| is_wanted(time));
    }

    fn keep(&mut self, known: usize, is_kept: impl Fn(i64, f64) -> bool) {
        let mut kept = known;
        for index in known..self.times.len() {
            if !is_kept(self.times[index], self.values[index]) {
                continue;
            }
            self.times[kept] = self.times[index];
            self.values[kept] = self.values[index];
            if !self.histograms.is_empty() {
                self.histograms.move_down(index, kept);
            }
            if !self.starts.is_empty() {
                self.starts[kept] = self.starts[index];
            }
            kept += 1;
        }
        self.truncate(kept);
    }

    /// Gives the columns that are in use the length of `times`.
    pub(super) fn level(&mut self) {
        if !self.histograms.is_empty() {
            self.histograms.grow(self.times.len());
        }
        if !self.starts.is_empty() {
            self.starts.resize(self.times.len(), 0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::number::stale_nan;

    #[test]
    fn columns_stay_of_one_length() {
        let mut samples = Samples::of_floats(vec![1, 2], vec![1.0, stale_nan()]);
        samples.starts = vec![7, 8];
        let histogram = FloatHistogram { count: 4.0, ..FloatHistogram::default() };
        samples.push_histogram(3, &histogram);
        samples.push(4, stale_nan());
        samples.push(5, 2.0);
        assert_eq!(samples.starts, [7, 8, 0, 0, 0]);
        samples.remove_stale(0);
        assert_eq!(samples.times, [1, 3, 5]);
        assert_eq!(samples.histograms.iter().collect::<Vec<_>>(), [None, Some(histogram.into()), None]);
        assert_eq!(samples.starts, [7, 0, 0]);
        samples.drop_first(2);
        assert_eq!((samples.times, samples.values), (vec![5], vec![2.0]));
        assert_eq!(
            (samples.histograms.len(), samples.histograms.has(0), samples.starts),
            (1, false, vec![0])
        );
    }
}
