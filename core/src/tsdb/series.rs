//! One series: finished chunks, the chunk being written, and when a new one is begun. Histograms are taken in by
//! `series_histogram`.

use std::sync::Arc;

use super::amendments::Amendments;
use super::chunk::{Chunk, Open};
use super::starts::Starts;
use super::{AppendError, HeadOptions, Samples};
use crate::base::number::{canonical, is_stale};
use crate::base::time::Timestamp;
use crate::model::labels::Labels;
use crate::model::sample::Sample;

/// Prometheus's `MaxBytesPerXORChunk` less the most that one sample can take.
const FULL_BYTES: usize = 1024 - 19;

/// A series of the head.
#[derive(Clone, Debug)]
pub(super) struct Series {
    pub(super) labels: Labels,
    /// Whether the index knows the series; not so once its last sample has been dropped.
    pub(super) is_indexed: bool,
    /// Whether `next_at` has been estimated for the chunk of histograms being written.
    pub(super) has_estimate: bool,
    /// Finished chunks, oldest first. One allocation shared by all clones until a chunk is finished or dropped.
    pub(super) finished: Arc<Vec<Chunk>>,
    /// The chunk being written; empty where the series has no samples, or none since retention took the last.
    pub(super) open: Open,
    pub(super) open_min_time: i64,
    /// From when on a sample begins a new chunk.
    pub(super) next_at: i64,
    /// Since when the samples have been counted, where that is known of any.
    pub(super) starts: Option<Starts>,
    /// Late samples and deleted spans, where there are any.
    pub(super) amendments: Option<Arc<Amendments>>,
}

impl Series {
    pub(super) fn new(labels: Labels) -> Self {
        Self {
            labels,
            is_indexed: true,
            has_estimate: false,
            finished: Arc::default(),
            open: Open::default(),
            open_min_time: 0,
            next_at: 0,
            starts: None,
            amendments: None,
        }
    }

    /// Whether there is no sample.
    pub(super) fn is_empty(&self) -> bool {
        self.open.count() == 0
    }

    /// The times of the first and the last sample, deleted ones among them.
    pub(super) fn time_range(&self) -> Option<(i64, i64)> {
        let first = self.finished.first().map_or(self.open_min_time, |chunk| chunk.min_time);
        let late = self.amendments.as_ref().and_then(|amendments| amendments.first_late());
        (!self.is_empty()).then(|| (late.map_or(first, |late| late.min(first)), self.open.time()))
    }

    /// The last sample, deleted or not; a histogram as an ordinary NaN.
    pub(super) fn newest(&self) -> Option<Sample> {
        (!self.is_empty()).then(|| Sample { at: Timestamp(self.open.time()), value: self.open.value() })
    }

    /// Adds a sample; says whether it was new (the very same sample again is no error and changes nothing).
    #[inline]
    pub(super) fn append(
        &mut self,
        time: i64,
        value: f64,
        options: &HeadOptions,
    ) -> Result<bool, AppendError> {
        let value = canonical(value);
        let Open::Floats(open) = &self.open else {
            return self.append_after_histogram(time, value, options);
        };
        if open.count() == 0 {
            self.begin_chunk(time, options);
        } else if time <= open.time() {
            return self.refuse(time, open.value_bits() == value.to_bits());
        } else {
            self.cut_if_due(time, options);
        }
        if let Open::Floats(open) = &mut self.open {
            open.append(time, value);
        }
        if let Some(starts) = &mut self.starts {
            starts.append(time);
        }
        Ok(true)
    }

    /// A sample that is not later than the newest one.
    pub(super) fn refuse(&self, time: i64, is_same: bool) -> Result<bool, AppendError> {
        if time < self.open.time() {
            return Err(AppendError::OutOfOrder);
        }
        if is_same { Ok(false) } else { Err(AppendError::DuplicateTimestamp) }
    }

    /// A float where a histogram came last: a stale marker goes into the histograms' chunk, anything else begins one.
    #[cold]
    fn append_after_histogram(
        &mut self,
        time: i64,
        value: f64,
        options: &HeadOptions,
    ) -> Result<bool, AppendError> {
        if is_stale(value) {
            return self.append_stale_histogram(time, options);
        }
        if time <= self.open.time() {
            return self.refuse(time, false);
        }
        self.finish_open();
        self.open = Open::default();
        self.append(time, value, options)
    }

    /// Prometheus's rule: a chunk ends when it is full, or at a time estimated when it is a quarter full, so that the
    /// chunks of a range of two hours are of one size. Source: tsdb/head_append.go, `appendPreprocessor`.
    #[inline]
    fn cut_if_due(&mut self, time: i64, options: &HeadOptions) {
        let (count, wanted) = (self.open.count(), options.samples_per_chunk);
        let is_full = self.open.length() > FULL_BYTES;
        if count == wanted / 4 && !is_full {
            self.next_at = chunk_end(self.open_min_time, self.open.time(), self.next_at, 4.0);
        }
        if is_full || time >= self.next_at || count >= wanted.saturating_mul(2) {
            self.finish_open();
            self.begin_chunk(time, options);
        }
    }

    pub(super) fn begin_chunk(&mut self, time: i64, options: &HeadOptions) {
        self.open_min_time = time;
        self.has_estimate = false;
        let range = options.chunk_range.0.max(1);
        self.next_at = (time / range).saturating_mul(range).saturating_add(range);
    }

    pub(super) fn finish_open(&mut self) {
        let chunk = self.open_chunk();
        Arc::make_mut(&mut self.finished).push(chunk);
        self.open.clear();
    }

    /// The chunk being written as if it were finished.
    pub(super) fn open_chunk(&self) -> Chunk {
        Chunk {
            encoding: self.open.encoding(),
            min_time: self.open_min_time,
            max_time: self.open.time(),
            bytes: self.open.to_bytes().into(),
        }
    }

    /// All chunks, the one being written last.
    pub(super) fn chunks(&self) -> impl Iterator<Item = Chunk> + '_ {
        self.finished.iter().cloned().chain((!self.is_empty()).then(|| self.open_chunk()))
    }

    /// The last time in the chunk that holds `at`; `at` itself where none does.
    pub(super) fn end_of_chunk(&self, at: i64) -> i64 {
        let place = self.finished.partition_point(|chunk| chunk.max_time < at);
        let (first, last) = match self.finished.get(place) {
            Some(chunk) => (chunk.min_time, chunk.max_time),
            None if self.is_empty() => return at,
            None => (self.open_min_time, self.open.time()),
        };
        if first <= at { last.max(at) } else { at }
    }

    /// Adds the samples with `from <= time <= to` to `into`. Chunks outside are not looked into.
    pub(super) fn read(&self, from: i64, to: i64, into: &mut Samples) {
        let known = into.times.len();
        self.read_all(from, to, into);
        if let Some(amendments) = &self.amendments {
            amendments.remove_deleted(known, into);
        }
        if let Some(starts) = &self.starts {
            starts.read(known, into);
        }
        into.level();
    }

    /// Adds the samples of a span, late and deleted ones among them.
    pub(super) fn read_all(&self, from: i64, to: i64, into: &mut Samples) {
        let known = into.times.len();
        self.read_chunks(from, to, into);
        if let Some(amendments) = &self.amendments {
            into.level();
            amendments.merge(known, from, to, into);
        }
    }

    fn read_chunks(&self, from: i64, to: i64, into: &mut Samples) {
        let first = self.finished.partition_point(|chunk| chunk.max_time < from);
        for chunk in &self.finished[first..] {
            if chunk.min_time > to {
                return;
            }
            chunk.decode(from, to, into);
        }
        if self.is_empty() || self.open_min_time > to || self.open.time() < from {
            return;
        }
        self.open.read(from, to, into);
    }
}

/// Where a chunk that began at `start` and has one part of `parts` at `current` should end, so that equal chunks fill the
/// time up to `end`.
pub(super) fn chunk_end(start: i64, current: i64, end: i64, parts: f64) -> i64 {
    let whole = end.wrapping_sub(start) as f64;
    let chunks = whole / ((current.wrapping_sub(start) as f64 + 1.0) * parts);
    if chunks <= 1.0 { end } else { (start as f64 + whole / libm::floor(chunks)) as i64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunk_counts(times: impl Iterator<Item = i64>) -> Vec<u16> {
        let mut series = Series::new(Labels::default());
        for time in times {
            series.append(time, 1.0, &HeadOptions::default()).unwrap();
        }
        series.chunks().map(|chunk| chunk.count()).collect()
    }

    #[test]
    fn chunks_of_two_hours_are_of_one_size() {
        // 480 samples of 15 s fill two hours: four chunks of 120.
        assert_eq!(chunk_counts((0..480).map(|n| n * 15_000)), [120; 4]);
        // From the middle of a range on the rest is divided evenly.
        assert_eq!(chunk_counts((240..480).map(|n| n * 15_000)), [120, 120]);
        // At a minute's distance a range is one chunk.
        assert_eq!(chunk_counts((0..130).map(|n| n * 60_000)), [120, 10]);
    }

    #[test]
    fn a_burst_after_the_estimate_ends_a_chunk_at_twice_its_size() {
        let calm = (0..31).map(|n| n * 15_000);
        let burst = (0..400).map(|n| 31 * 15_000 + n);
        // The burst itself is then cut as its own rate says.
        assert_eq!(chunk_counts(calm.chain(burst)), [240, 120, 71]);
    }
}
