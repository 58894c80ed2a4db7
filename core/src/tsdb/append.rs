//! Taking samples in, and why one is not taken.

use std::fmt;
use std::sync::Arc;

use super::series::Series;
use super::{Encoding, Head, HeadOptions, SeriesId};
use crate::base::number::{NORMAL_NAN_BITS, canonical, is_stale};
use crate::base::time::{Millis, Timestamp};
use crate::model::histogram::{FloatHistogram, HistogramError};
use crate::model::labels::Labels;

/// Why a sample was not taken. Displays in Prometheus's words.
#[derive(Clone, Debug, PartialEq)]
pub enum AppendError {
    /// Older than the newest sample of its series.
    OutOfOrder,
    /// At the same instant as the newest sample, with another value.
    DuplicateTimestamp,
    /// Further behind the head's newest sample than half a chunk range ([`HeadOptions::is_bounded`]).
    OutOfBounds,
    /// Further behind than late samples may be ([`HeadOptions::out_of_order_window`]).
    TooOld,
    /// A histogram that contradicts itself.
    InvalidHistogram(HistogramError),
}

impl fmt::Display for AppendError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OutOfOrder => f.write_str("out of order sample"),
            Self::DuplicateTimestamp => f.write_str("duplicate sample for timestamp"),
            Self::OutOfBounds => f.write_str("out of bounds"),
            Self::TooOld => f.write_str("too old sample"),
            Self::InvalidHistogram(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for AppendError {}

impl Head {
    /// The series with these labels, made where there is none. Later appends by id skip the look-up.
    pub fn series_id(&mut self, labels: &Labels) -> SeriesId {
        if let Some(id) = self.index.id(labels) {
            return id;
        }
        let id = SeriesId(self.series.len() as u32);
        let labels = Arc::make_mut(&mut self.index).add_new(id, labels, &self.series);
        self.series.push(Series::new(labels));
        id
    }

    /// Appends a sample to a series of this head. A NaN is stored in its canonical form, the stale marker as it is.
    /// The newest sample once more, bit for bit, is taken without effect.
    ///
    /// # Errors
    /// When the sample is older than the newest one, at its instant with another value, or out of the head's bounds.
    #[inline]
    pub fn append(&mut self, id: SeriesId, at: Timestamp, value: f64) -> Result<(), AppendError> {
        let series = &mut self.series[id.0 as usize];
        let outcome = if is_in_bounds(at, self.max_time, &self.options) {
            series.append(at.0, value, &self.options)
        } else {
            Err(AppendError::OutOfBounds)
        };
        match outcome {
            Ok(true) => self.count_in(id, at),
            Ok(false) => {}
            Err(error) => self.take_late(id, at, canonical(value), None, error)?,
        }
        Ok(())
    }

    /// Appends a native histogram, as [`Head::append`] does a float. It comes back with the hint that its place in a
    /// chunk gives: of its own hint "gauge" stays, and "reset" begins a chunk. One whose sum is the stale marker is
    /// that marker.
    ///
    /// # Errors
    /// As with floats, and when the histogram contradicts itself.
    pub fn append_histogram(
        &mut self,
        id: SeriesId,
        at: Timestamp,
        histogram: impl Into<Arc<FloatHistogram>>,
    ) -> Result<(), AppendError> {
        self.take_histogram(id, at, histogram.into(), Encoding::FloatHistogram)
    }

    /// Appends a native histogram whose counts are whole numbers, as scraped ones are: they take less room then. One
    /// with other counts goes the way of [`Head::append_histogram`].
    ///
    /// # Errors
    /// As there.
    pub fn append_whole_histogram(
        &mut self,
        id: SeriesId,
        at: Timestamp,
        histogram: impl Into<Arc<FloatHistogram>>,
    ) -> Result<(), AppendError> {
        let histogram = histogram.into();
        let encoding = if is_whole(&histogram) { Encoding::Histogram } else { Encoding::FloatHistogram };
        self.take_histogram(id, at, histogram, encoding)
    }

    fn take_histogram(
        &mut self,
        id: SeriesId,
        at: Timestamp,
        mut histogram: Arc<FloatHistogram>,
        encoding: Encoding,
    ) -> Result<(), AppendError> {
        if is_stale(histogram.sum) {
            return self.append(id, at, histogram.sum);
        }
        histogram.validate().map_err(AppendError::InvalidHistogram)?;
        if histogram.sum.is_nan() {
            let sum = canonical(histogram.sum);
            Arc::make_mut(&mut histogram).sum = sum;
        }
        let series = &mut self.series[id.0 as usize];
        let outcome = if is_in_bounds(at, self.max_time, &self.options) {
            series.append_histogram(at.0, Arc::clone(&histogram), encoding, &self.options)
        } else {
            Err(AppendError::OutOfBounds)
        };
        match outcome {
            Ok(true) => self.count_in(id, at),
            Ok(false) => {}
            Err(error) => self.take_late(id, at, f64::from_bits(NORMAL_NAN_BITS), Some(histogram), error)?,
        }
        Ok(())
    }

    /// A sample that could not be appended for `error`: taken all the same where late ones are. As in Prometheus, one
    /// at the instant of another late one is dropped without a word.
    ///
    /// Differs: late samples lie uncompressed beside the chunks, not in chunks of their own.
    #[cold]
    fn take_late(
        &mut self,
        id: SeriesId,
        at: Timestamp,
        value: f64,
        histogram: Option<Arc<FloatHistogram>>,
        error: AppendError,
    ) -> Result<(), AppendError> {
        let window = self.options.out_of_order_window;
        if window <= Millis::ZERO || !matches!(error, AppendError::OutOfOrder | AppendError::OutOfBounds) {
            return Err(error);
        }
        if at.0 < self.max_time.saturating_sub(window.0) {
            return Err(AppendError::TooOld);
        }
        let series = &mut self.series[id.0 as usize];
        let is_new = match (series.newest(), histogram) {
            // In a series without newer samples nothing is out of order, however late it is.
            (Some(newest), histogram) if at <= newest.at => {
                Arc::make_mut(series.amendments.get_or_insert_default()).insert(at.0, value, histogram)
            }
            (_, None) => series.append(at.0, value, &self.options)?,
            (_, Some(histogram)) => {
                let encoding =
                    if is_whole(&histogram) { Encoding::Histogram } else { Encoding::FloatHistogram };
                series.append_histogram(at.0, histogram, encoding, &self.options)?
            }
        };
        if is_new {
            self.count_in(id, at);
        }
        Ok(())
    }

    /// Says since when the newest sample of a series has been counted (its start timestamp). Nothing happens where the
    /// series has no sample.
    pub fn set_newest_start(&mut self, id: SeriesId, start: Timestamp) {
        let series = &mut self.series[id.0 as usize];
        if !series.is_empty() && (start.0 != 0 || series.starts.is_some()) {
            series.starts.get_or_insert_default().set_newest(series.open.time(), start.0);
        }
    }

    /// Counts a sample that was new.
    #[inline]
    fn count_in(&mut self, id: SeriesId, at: Timestamp) {
        self.appended += 1;
        self.max_time = self.max_time.max(at.0);
        if !self.series[id.0 as usize].is_indexed {
            self.revive(id);
        }
    }

    /// Whether this head gave out the id.
    #[must_use]
    pub fn has(&self, id: SeriesId) -> bool {
        (id.0 as usize) < self.series.len()
    }

    /// Puts a series back that had lost its last sample.
    #[cold]
    pub(super) fn revive(&mut self, id: SeriesId) {
        Arc::make_mut(&mut self.index).add(id, &self.series);
        self.series[id.0 as usize].is_indexed = true;
    }
}

/// Whether a sample is not too far behind the newest one of the head.
#[inline]
fn is_in_bounds(at: Timestamp, max_time: i64, options: &HeadOptions) -> bool {
    !options.is_bounded || at.0 >= max_time.saturating_sub(options.chunk_range.0 / 2)
}

/// Whether all counts are whole numbers that a float holds exactly.
pub(super) fn is_whole(histogram: &FloatHistogram) -> bool {
    let mut buckets = histogram.positive.iter().chain(histogram.negative.iter()).map(|(_, count)| count);
    let is_whole = |count: f64| (0.0..=MOST_WHOLE).contains(&count) && libm::floor(count) == count;
    is_whole(histogram.count) && is_whole(histogram.zero_count) && buckets.all(is_whole)
}

/// Up to here every whole number is a float.
const MOST_WHOLE: f64 = 9_007_199_254_740_992.0;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tsdb::Samples;

    const HOUR: i64 = 3_600_000;

    fn head(window: i64) -> (Head, [SeriesId; 2]) {
        let options =
            HeadOptions { is_bounded: true, out_of_order_window: Millis(window), ..HeadOptions::default() };
        let mut head = Head::with_options(options);
        let ids = ["a", "b"].map(|name| head.series_id(&Labels::from_pairs([("__name__", name)])));
        head.append(ids[0], Timestamp(10 * HOUR), 1.0).unwrap();
        head.append(ids[1], Timestamp(10 * HOUR - 5), 1.0).unwrap();
        (head, ids)
    }

    fn said(outcome: Result<(), AppendError>) -> String {
        outcome.map_or_else(|error| error.to_string(), |()| "taken".to_owned())
    }

    fn times(head: &Head, id: SeriesId) -> Vec<i64> {
        let mut samples = Samples::default();
        head.read(id, Timestamp::MIN, Timestamp::MAX, &mut samples);
        samples.times
    }

    #[test]
    fn without_a_window_what_comes_late_is_refused() {
        let (mut head, [a, b]) = head(0);
        let mut at = |id, time, value| said(head.append(id, Timestamp(time), value));
        assert_eq!(at(a, 10 * HOUR - 1, 1.0), "out of order sample");
        assert_eq!(at(a, 10 * HOUR, 2.0), "duplicate sample for timestamp");
        assert_eq!(at(a, 10 * HOUR, 1.0), "taken");
        assert_eq!(at(b, 9 * HOUR - 1, 1.0), "out of bounds");
        assert_eq!(at(b, 10 * HOUR, 1.0), "taken");
        assert_eq!(head.samples_appended(), 3);
    }

    #[test]
    fn within_the_window_it_is_taken_and_read_in_its_place() {
        let (mut head, [a, b]) = head(2 * HOUR);
        let mut at = |id, time, value| said(head.append(id, Timestamp(time), value));
        assert_eq!(at(a, 10 * HOUR - 1, 5.0), "taken");
        assert_eq!(at(a, 8 * HOUR, 6.0), "taken");
        assert_eq!(at(a, 8 * HOUR, 7.0), "taken");
        assert_eq!(at(a, 8 * HOUR - 1, 5.0), "too old sample");
        assert_eq!(at(a, 10 * HOUR, 2.0), "duplicate sample for timestamp");
        assert_eq!(at(b, 10 * HOUR + 1, 2.0), "taken");
        assert_eq!(times(&head, a), [8 * HOUR, 10 * HOUR - 1, 10 * HOUR]);
        assert_eq!(head.time_range(a), Some((Timestamp(8 * HOUR), Timestamp(10 * HOUR))));
        assert_eq!(head.select(&[], Timestamp(8 * HOUR), Timestamp(8 * HOUR)), [a]);
        let held = head.size();
        assert_eq!((held.samples, held.late_samples, head.samples_appended()), (3, 2, 5));
        let one = FloatHistogram { count: 1.0, zero_count: 1.0, ..FloatHistogram::default() };
        head.append_histogram(b, Timestamp(9 * HOUR), one.clone()).unwrap();
        assert_eq!(head.append_histogram(b, Timestamp(7 * HOUR), one), Err(AppendError::TooOld));
        let saved = postcard::to_allocvec(&head).unwrap();
        let again: Head = postcard::from_bytes(&saved).unwrap();
        assert_eq!(
            (again.digest(), times(&again, b)),
            (head.digest(), vec![9 * HOUR, 10 * HOUR - 5, 10 * HOUR + 1])
        );
        head.truncate(Timestamp(9 * HOUR));
        assert_eq!(times(&head, a), [10 * HOUR - 1, 10 * HOUR]);
    }
}
