//! Reads what `histogram` writes.

use std::sync::Arc;

use super::bits::BitReader;
use super::layout::Layout;
use super::varbit::{read_signed, read_unsigned};
use super::xor_decode::{count, read_xor};
use super::{Encoding, ResetHeader};
use crate::base::number::{canonical, is_stale, stale_nan};
use crate::model::histogram::{Buckets, FloatHistogram};
use crate::tsdb::Samples;

/// The bytes before the bits: count and header.
const HEADER_LENGTH: usize = 3;

/// Adds the chunk's samples with `from <= time <= to` to `into`. Bytes that are no chunk give samples that mean nothing,
/// or none.
pub(super) fn decode(encoding: Encoding, bytes: &[u8], from: i64, to: i64, into: &mut Samples) {
    let count = count(bytes);
    let Some(rest) = bytes.get(HEADER_LENGTH..).filter(|_| count > 0) else { return };
    let Some(mut decoder) = Decoder::new(encoding, rest) else { return };
    let header = ResetHeader::of(bytes[2]);
    for number in 0..count {
        decoder.next(number == 0);
        // Broken bytes must not ask for more work than they are.
        if decoder.reader.is_past_end() || decoder.time > to {
            return;
        }
        if decoder.time < from {
            continue;
        }
        if is_stale(f64::from_bits(decoder.sum.value)) {
            into.push(decoder.time, stale_nan());
        } else {
            let mut histogram = decoder.histogram();
            histogram.hint = header.hint(number);
            into.push_histogram(decoder.time, Arc::new(histogram));
        }
    }
}

struct Decoder<'a> {
    reader: BitReader<'a>,
    is_whole: bool,
    layout: Layout,
    time: i64,
    delta: i64,
    sum: Float,
    /// The overall count, the zero bucket's, then the buckets' of the layout.
    numbers: Vec<Number>,
}

/// A float and the window of its last change.
#[derive(Clone, Copy, Debug, Default)]
struct Float {
    value: u64,
    leading: u32,
    significant: u32,
}

/// A number of the histogram: one of the two is in use.
#[derive(Clone, Copy, Debug, Default)]
struct Number {
    float: Float,
    whole: i64,
    delta: i64,
}

impl<'a> Decoder<'a> {
    fn new(encoding: Encoding, bytes: &'a [u8]) -> Option<Self> {
        let mut reader = BitReader::new(bytes);
        let layout = Layout::read(&mut reader, bytes.len() as u64 * 8)?;
        let numbers = vec![Number::default(); 2 + layout.positive.len() + layout.negative.len()];
        let is_whole = encoding == Encoding::Histogram;
        Some(Self { reader, is_whole, layout, time: 0, delta: 0, sum: Float::default(), numbers })
    }

    /// Reads the next sample.
    fn next(&mut self, is_first: bool) {
        let time = read_signed(&mut self.reader);
        if is_first {
            self.time = time;
        } else {
            self.delta = self.delta.wrapping_add(time);
            self.time = self.time.wrapping_add(self.delta);
        }
        self.read_numbers(0..2, is_first);
        if is_first {
            self.sum.value = self.reader.read(64);
        } else {
            self.sum.read(&mut self.reader);
        }
        // A stale marker has no buckets, and as the first of its chunk there is none in the layout either.
        if !is_stale(f64::from_bits(self.sum.value)) {
            self.read_numbers(2..self.numbers.len(), is_first);
        }
    }

    fn read_numbers(&mut self, places: std::ops::Range<usize>, is_first: bool) {
        for place in places {
            let number = &mut self.numbers[place];
            match (self.is_whole, is_first) {
                (false, true) => number.float.value = self.reader.read(64),
                (false, false) => number.float.read(&mut self.reader),
                (true, true) if place < 2 => number.whole = read_unsigned(&mut self.reader) as i64,
                (true, true) => number.whole = read_signed(&mut self.reader),
                (true, false) => {
                    number.delta = number.delta.wrapping_add(read_signed(&mut self.reader));
                    number.whole = number.whole.wrapping_add(number.delta);
                }
            }
        }
    }

    /// The sample read last.
    fn histogram(&self) -> FloatHistogram {
        let layout = &self.layout;
        let (overall, buckets) = self.numbers.split_at(2);
        let (positive, negative) = buckets.split_at(layout.positive.len());
        FloatHistogram {
            schema: layout.schema,
            zero_threshold: layout.zero_threshold,
            zero_count: self.count(overall[1]),
            count: self.count(overall[0]),
            sum: canonical(f64::from_bits(self.sum.value)),
            positive: self.buckets(&layout.positive, positive),
            negative: self.buckets(&layout.negative, negative),
            custom_bounds: Arc::clone(&layout.custom_bounds),
            ..FloatHistogram::default()
        }
    }

    fn count(&self, number: Number) -> f64 {
        if self.is_whole { number.whole as u64 as f64 } else { f64::from_bits(number.float.value) }
    }

    /// The buckets of one side. Whole counts are told as differences to the bucket before.
    fn buckets(&self, indexes: &[i32], numbers: &[Number]) -> Buckets {
        let mut whole = 0_i64;
        let counts = numbers.iter().map(|number| {
            whole = whole.wrapping_add(number.whole);
            if self.is_whole { whole as f64 } else { f64::from_bits(number.float.value) }
        });
        Buckets::from_pairs(indexes.iter().copied().zip(counts))
    }
}

impl Float {
    fn read(&mut self, reader: &mut BitReader<'_>) {
        reader.peek();
        read_xor(reader, &mut self.value, &mut self.leading, &mut self.significant);
    }
}
