//! Writes native histograms in Prometheus's layouts, bit for bit: a count of two bytes, a byte that says why the chunk was
//! begun, what the histograms have in common, then each in turn. Counts are floats (each against the one before by
//! exclusive or) or whole numbers (the change of their change).
//!
//! Source: tsdb/chunkenc/{histogram,float_histogram}.go. Differs: buckets that are empty in every histogram of the chunk
//! are not written.

use std::sync::Arc;

use super::bits::BitWriter;
use super::histogram_decode::decode;
use super::varbit::{write_signed, write_unsigned};
use super::xor::{NO_WINDOW, write_xor};
use super::{Chunk, Encoding, ResetHeader};
use crate::base::number::stale_nan;
use crate::model::histogram::{Buckets, FloatHistogram, Layout};
use crate::tsdb::Samples;

/// Writes a chunk sample by sample. That times rise and that the histograms belong into one chunk is the caller's rule.
#[derive(Clone, Debug)]
pub(in crate::tsdb) struct HistogramAppender {
    bits: BitWriter,
    encoding: Encoding,
    header: ResetHeader,
    layout: Layout,
    count: u16,
    time: i64,
    /// The time between the last two samples, modulo 2^64.
    delta: i64,
    sum: Float,
    /// The overall count, the zero bucket's, then the buckets' of the layout.
    numbers: Vec<Number>,
    /// The last sample; `None` for a stale marker.
    last: Option<Arc<FloatHistogram>>,
}

/// A float and the window of significant bits that the next one may reuse.
#[derive(Clone, Copy, Debug)]
struct Float {
    value: u64,
    leading: u8,
    trailing: u8,
}

/// The last state of a number of the histogram.
#[derive(Clone, Copy, Debug)]
enum Number {
    Float(Float),
    Whole { value: i64, delta: i64 },
}

impl HistogramAppender {
    /// An empty chunk.
    pub(in crate::tsdb) fn new(encoding: Encoding, header: ResetHeader) -> Self {
        Self {
            bits: BitWriter::default(),
            encoding,
            header,
            layout: Layout::default(),
            count: 0,
            time: 0,
            delta: 0,
            sum: Float::new(0),
            numbers: Vec::new(),
            last: None,
        }
    }

    /// Goes on with a chunk that holds `samples`; `None` where it would be written otherwise.
    pub(in crate::tsdb) fn resume(chunk: &Chunk, samples: &Samples) -> Option<Self> {
        let mut open = Self::new(chunk.encoding, ResetHeader::of(*chunk.bytes.get(2)?));
        open.append_all(samples);
        (*open.to_bytes() == *chunk.bytes).then_some(open)
    }

    /// How the bytes are to be read.
    pub(in crate::tsdb) fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// Why the chunk was begun.
    pub(in crate::tsdb) fn header(&self) -> ResetHeader {
        self.header
    }

    /// How many samples the chunk has.
    pub(in crate::tsdb) fn count(&self) -> u16 {
        self.count
    }

    /// The last sample's time.
    pub(in crate::tsdb) fn time(&self) -> i64 {
        self.time
    }

    /// The last sample; `None` where it is a stale marker.
    pub(in crate::tsdb) fn last(&self) -> Option<&FloatHistogram> {
        self.last.as_deref()
    }

    /// The chunk's bytes so far, the header among them.
    pub(in crate::tsdb) fn length(&self) -> usize {
        3 + self.bits.length()
    }

    /// The chunk so far.
    pub(in crate::tsdb) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.length());
        bytes.extend_from_slice(&self.count.to_be_bytes());
        bytes.push(self.header as u8);
        self.bits.copy_to(&mut bytes);
        bytes
    }

    /// Adds the samples so far with `from <= time <= to` to `into`.
    pub(in crate::tsdb) fn read(&self, from: i64, to: i64, into: &mut Samples) {
        decode(self.encoding, &self.to_bytes(), from, to, into);
    }

    /// Adds a sample, at most 65,535 in all; `None` is a stale marker, behind which there are only stale markers.
    pub(in crate::tsdb) fn append(&mut self, time: i64, histogram: Option<Arc<FloatHistogram>>) {
        if self.count == 0 {
            self.layout = histogram.as_deref().map(Layout::of).unwrap_or_default();
        } else if let Some(wider) = histogram.as_deref().and_then(|one| self.layout.widened(one)) {
            self.recode(wider);
        }
        self.push(time, histogram);
    }

    /// Writes the samples so far again, with room for more buckets.
    fn recode(&mut self, layout: Layout) {
        let mut samples = Samples::default();
        self.read(i64::MIN, i64::MAX, &mut samples);
        *self = Self { layout, ..Self::new(self.encoding, self.header) };
        self.push_all(&samples);
    }

    fn append_all(&mut self, samples: &Samples) {
        for (place, time) in samples.times.iter().enumerate() {
            self.append(*time, samples.histograms.get(place));
        }
    }

    fn push_all(&mut self, samples: &Samples) {
        for (place, time) in samples.times.iter().enumerate() {
            self.push(*time, samples.histograms.get(place));
        }
    }

    /// Writes a sample in the chunk's layout.
    fn push(&mut self, time: i64, histogram: Option<Arc<FloatHistogram>>) {
        if self.count == 0 {
            self.layout.write(&mut self.bits);
            self.push_first(time, histogram.as_deref());
        } else {
            self.push_next(time, histogram.as_deref());
        }
        self.time = time;
        self.count += 1;
        self.last = histogram;
    }

    fn push_first(&mut self, time: i64, histogram: Option<&FloatHistogram>) {
        write_signed(&mut self.bits, time);
        let sum = histogram.map_or_else(stale_nan, |histogram| histogram.sum).to_bits();
        self.sum = Float::new(sum);
        let values = self.values(histogram.unwrap_or(&FloatHistogram::default()));
        self.numbers = Vec::with_capacity(values.len());
        for (place, value) in values.into_iter().enumerate() {
            if place == 2 {
                self.bits.write(sum, 64);
            }
            self.numbers.push(if self.encoding == Encoding::Histogram {
                if place < 2 {
                    write_unsigned(&mut self.bits, value);
                } else {
                    write_signed(&mut self.bits, value as i64);
                }
                Number::Whole { value: value as i64, delta: 0 }
            } else {
                self.bits.write(value, 64);
                Number::Float(Float::new(value))
            });
        }
        if self.numbers.len() == 2 {
            self.bits.write(sum, 64);
        }
    }

    fn push_next(&mut self, time: i64, histogram: Option<&FloatHistogram>) {
        let delta = time.wrapping_sub(self.time);
        write_signed(&mut self.bits, delta.wrapping_sub(self.delta));
        self.delta = delta;
        let sum = histogram.map_or_else(stale_nan, |histogram| histogram.sum).to_bits();
        let Some(histogram) = histogram else {
            self.push_stale();
            return self.sum.write(&mut self.bits, sum);
        };
        let values = self.values(histogram);
        let (overall, buckets) = values.split_at(2);
        let (own_overall, own_buckets) = self.numbers.split_at_mut(2);
        own_overall.iter_mut().zip(overall).for_each(|(own, value)| own.write(&mut self.bits, *value));
        self.sum.write(&mut self.bits, sum);
        own_buckets.iter_mut().zip(buckets).for_each(|(own, value)| own.write(&mut self.bits, *value));
    }

    /// The counts of a stale marker: nothing is counted in it.
    fn push_stale(&mut self) {
        for number in &mut self.numbers[..2] {
            match number {
                Number::Float(float) => float.write(&mut self.bits, 0.0_f64.to_bits()),
                // Told as if they went on as before.
                Number::Whole { .. } => write_signed(&mut self.bits, 0),
            }
        }
    }

    /// The numbers of a histogram as the chunk holds them: floats as bits; whole numbers, buckets among them as the
    /// difference to the bucket before.
    fn values(&self, histogram: &FloatHistogram) -> Vec<u64> {
        let is_whole = self.encoding == Encoding::Histogram;
        let raw = |count: f64| if is_whole { count as i64 as u64 } else { count.to_bits() };
        let mut values = vec![raw(histogram.count), raw(histogram.zero_count)];
        for (indexes, buckets) in
            [(&self.layout.positive, &histogram.positive), (&self.layout.negative, &histogram.negative)]
        {
            let mut before = 0;
            for count in counts(indexes, buckets) {
                let value = raw(count);
                values.push(if is_whole { value.wrapping_sub(before) } else { value });
                before = value;
            }
        }
        values
    }
}

/// The counts of the buckets at `indexes`, which hold all populated ones.
fn counts<'a>(indexes: &'a [i32], buckets: &'a Buckets) -> impl Iterator<Item = f64> + 'a {
    let mut rest = buckets.iter().peekable();
    indexes.iter().map(move |index| rest.next_if(|(at, _)| at == index).map_or(0.0, |(_, count)| count))
}

impl Float {
    const fn new(value: u64) -> Self {
        Self { value, leading: NO_WINDOW, trailing: 0 }
    }

    fn write(&mut self, bits: &mut BitWriter, value: u64) {
        write_xor(bits, value ^ self.value, &mut self.leading, &mut self.trailing);
        self.value = value;
    }
}

impl Number {
    fn write(&mut self, bits: &mut BitWriter, next: u64) {
        match self {
            Self::Float(float) => float.write(bits, next),
            Self::Whole { value, delta } => {
                let change = (next as i64).wrapping_sub(*value);
                write_signed(bits, change.wrapping_sub(*delta));
                (*value, *delta) = (next as i64, change);
            }
        }
    }
}
