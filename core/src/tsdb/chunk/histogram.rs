//! Writes histograms. (The layout of the bytes is still our own.)

use std::sync::Arc;

use super::Encoding;
use crate::base::number::stale_nan;
use crate::model::histogram::{FloatHistogram, ResetHint};
use crate::tsdb::Samples;

/// Why a chunk of histograms was begun, as far as its first byte after the count says it. The numbers are Prometheus's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::tsdb) enum ResetHeader {
    /// Nobody looked.
    Unknown = 0b0000_0000,
    /// There was no reset.
    NotReset = 0b0100_0000,
    /// There was a reset.
    Reset = 0b1000_0000,
    /// These are gauges.
    Gauge = 0b1100_0000,
}

impl ResetHeader {
    fn of(byte: u8) -> Self {
        match byte & 0b1100_0000 {
            0b0100_0000 => Self::NotReset,
            0b1000_0000 => Self::Reset,
            0b1100_0000 => Self::Gauge,
            _ => Self::Unknown,
        }
    }

    /// The hint of the sample that is the `number`th of its chunk, from 0. The first one's is unknown whatever the
    /// header says, since the chunk before may be gone.
    fn hint(self, number: usize) -> ResetHint {
        match (self, number) {
            (Self::Gauge, _) => ResetHint::Gauge,
            (_, 0) => ResetHint::Unknown,
            _ => ResetHint::NotReset,
        }
    }
}

/// Whether a histogram may go into a chunk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::tsdb) enum Fit {
    /// It may.
    Fits,
    /// A new chunk is due, with this header.
    NewChunk(ResetHeader),
}

/// Writes a chunk sample by sample.
#[derive(Clone, Debug)]
pub(in crate::tsdb) struct HistogramAppender {
    header: ResetHeader,
    /// `None` for a stale marker.
    samples: Vec<(i64, Option<Arc<FloatHistogram>>)>,
}

impl HistogramAppender {
    pub(in crate::tsdb) fn new(header: ResetHeader) -> Self {
        Self { header, samples: Vec::new() }
    }

    /// Goes on with a chunk that holds `samples`.
    pub(in crate::tsdb) fn resume(chunk: &super::Chunk, samples: &Samples) -> Option<Self> {
        let mut open = Self::new(ResetHeader::of(*chunk.bytes.get(2)?));
        for (place, time) in samples.times.iter().enumerate() {
            open.append(*time, samples.histograms.get(place).cloned().flatten());
        }
        Some(open)
    }

    /// How the bytes are to be read.
    pub(in crate::tsdb) fn encoding(&self) -> Encoding {
        Encoding::FloatHistogram
    }

    pub(in crate::tsdb) fn count(&self) -> u16 {
        self.samples.len() as u16
    }

    pub(in crate::tsdb) fn time(&self) -> i64 {
        self.samples.last().map_or(0, |(time, _)| *time)
    }

    /// Whether the newest sample is a stale marker.
    pub(in crate::tsdb) fn is_stale(&self) -> bool {
        matches!(self.samples.last(), Some((_, None)))
    }

    pub(in crate::tsdb) fn length(&self) -> usize {
        self.to_bytes().len()
    }

    pub(in crate::tsdb) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.count().to_be_bytes().to_vec();
        bytes.push(self.header as u8);
        let samples: Vec<_> =
            self.samples.iter().map(|(time, histogram)| (time, histogram.as_deref())).collect();
        bytes.extend(postcard::to_allocvec(&samples).unwrap_or_default());
        bytes
    }

    /// Whether the newest sample is this histogram.
    pub(in crate::tsdb) fn is_newest(&self, histogram: &FloatHistogram) -> bool {
        matches!(self.samples.last(), Some((_, Some(last))) if **last == *histogram)
    }

    /// Whether a histogram may go into this chunk. Source: `appendable` in tsdb/chunkenc/float_histogram.go.
    pub(in crate::tsdb) fn fit(&self, histogram: &FloatHistogram) -> Fit {
        let is_gauge = histogram.hint == ResetHint::Gauge;
        let new = |header| Fit::NewChunk(if is_gauge { ResetHeader::Gauge } else { header });
        if is_gauge != (self.header == ResetHeader::Gauge) {
            return new(ResetHeader::Unknown);
        }
        let Some((_, Some(last))) = self.samples.last() else {
            return new(ResetHeader::Unknown);
        };
        if !is_gauge && (histogram.hint == ResetHint::Reset || histogram.count < last.count) {
            return new(ResetHeader::Reset);
        }
        if histogram.schema != last.schema || histogram.zero_threshold != last.zero_threshold {
            return new(ResetHeader::Unknown);
        }
        let lost = |(_, now, then): (i32, f64, f64)| now < then;
        let is_reset = histogram.custom_bounds != last.custom_bounds
            || !is_gauge
                && (histogram.zero_count < last.zero_count
                    || histogram.positive.zip(&last.positive).any(lost)
                    || histogram.negative.zip(&last.negative).any(lost));
        if is_reset { new(ResetHeader::Reset) } else { Fit::Fits }
    }

    /// Adds a sample; `None` is a stale marker.
    pub(in crate::tsdb) fn append(&mut self, time: i64, histogram: Option<Arc<FloatHistogram>>) {
        self.samples.push((time, histogram));
    }

    pub(in crate::tsdb) fn read(&self, from: i64, to: i64, into: &mut Samples) {
        decode(&self.to_bytes(), from, to, into);
    }
}

/// How many samples a chunk says it has.
pub(super) fn count(bytes: &[u8]) -> u16 {
    bytes.first_chunk().map_or(0, |count| u16::from_be_bytes(*count))
}

/// Adds the chunk's samples with `from <= time <= to` to `into`.
pub(super) fn decode(bytes: &[u8], from: i64, to: i64, into: &mut Samples) {
    let Some((header, rest)) = bytes.get(2..).and_then(<[u8]>::split_first) else { return };
    let header = ResetHeader::of(*header);
    let samples: Vec<(i64, Option<FloatHistogram>)> = postcard::from_bytes(rest).unwrap_or_default();
    for (number, (time, histogram)) in samples.into_iter().enumerate() {
        if time < from || time > to {
            continue;
        }
        match histogram {
            None => into.push(time, stale_nan()),
            Some(mut histogram) => {
                histogram.hint = header.hint(number);
                into.push_histogram(time, Arc::new(histogram));
            }
        }
    }
}
