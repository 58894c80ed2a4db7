//! Reads what `histogram` writes.

use super::bits::BitReader;
use super::varbit::{read_signed, read_unsigned};
use super::xor_decode::{count, read_xor};
use super::{Encoding, ResetHeader};
use crate::base::number::{canonical, is_stale, stale_nan};
use crate::model::histogram::Layout;
use crate::tsdb::Samples;

/// The bytes before the bits: count and header.
const HEADER_LENGTH: usize = 3;

/// Adds the chunk's samples with `from <= time <= to` to `into`. Bytes that are no chunk give samples that mean nothing,
/// or none.
pub(super) fn decode(encoding: Encoding, bytes: &[u8], from: i64, to: i64, into: &mut Samples) {
    match encoding {
        Encoding::Histogram => decode_as::<Whole>(bytes, from, to, into),
        Encoding::FloatHistogram => decode_as::<Float>(bytes, from, to, into),
        Encoding::Xor => {}
    }
}

fn decode_as<N: Number>(bytes: &[u8], from: i64, to: i64, into: &mut Samples) {
    let count = count(bytes);
    let Some(rest) = bytes.get(HEADER_LENGTH..).filter(|_| count > 0) else { return };
    let mut reader = BitReader::new(rest);
    let Some(layout) = Layout::read(&mut reader, rest.len() as u64 * 8) else { return };
    let mut decoder = Decoder::<N>::new(reader, &layout);
    into.histograms.begin(layout);
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
        let sum = f64::from_bits(decoder.sum.value);
        if is_stale(sum) {
            into.push(decoder.time, stale_nan());
        } else {
            let totals = [decoder.totals[0].total(), decoder.totals[1].total(), canonical(sum)];
            let positive = N::counts(&decoder.positive);
            let numbers = totals.into_iter().chain(positive).chain(N::counts(&decoder.negative));
            into.push_numbers(decoder.time, header.hint(number), numbers);
        }
    }
}

/// How a chunk tells the numbers of its histograms.
trait Number: Copy + Default {
    /// Reads the first one; a count of observations where `is_total`, else a bucket.
    fn first(reader: &mut BitReader<'_>, is_total: bool) -> Self;
    /// Reads the next one.
    fn read(&mut self, reader: &mut BitReader<'_>);
    /// As a count of observations.
    fn total(self) -> f64;
    /// What is in the buckets of one side.
    fn counts(buckets: &[Self]) -> impl Iterator<Item = f64>;
}

/// A float and the window of its last change.
#[derive(Clone, Copy, Debug, Default)]
struct Float {
    value: u64,
    leading: u32,
    significant: u32,
}

impl Number for Float {
    fn first(reader: &mut BitReader<'_>, _is_total: bool) -> Self {
        Self { value: reader.read(64), ..Self::default() }
    }

    #[inline]
    fn read(&mut self, reader: &mut BitReader<'_>) {
        reader.peek();
        read_xor(reader, &mut self.value, &mut self.leading, &mut self.significant);
    }

    fn total(self) -> f64 {
        f64::from_bits(self.value)
    }

    fn counts(buckets: &[Self]) -> impl Iterator<Item = f64> {
        buckets.iter().map(|bucket| bucket.total())
    }
}

/// A whole number and its last change.
#[derive(Clone, Copy, Debug, Default)]
struct Whole {
    value: i64,
    delta: i64,
}

impl Number for Whole {
    fn first(reader: &mut BitReader<'_>, is_total: bool) -> Self {
        let value = if is_total { read_unsigned(reader) as i64 } else { read_signed(reader) };
        Self { value, delta: 0 }
    }

    #[inline]
    fn read(&mut self, reader: &mut BitReader<'_>) {
        self.delta = self.delta.wrapping_add(read_signed(reader));
        self.value = self.value.wrapping_add(self.delta);
    }

    fn total(self) -> f64 {
        self.value as u64 as f64
    }

    /// Each is told as the difference to the bucket before.
    fn counts(buckets: &[Self]) -> impl Iterator<Item = f64> {
        let mut count = 0_i64;
        buckets.iter().map(move |bucket| {
            count = count.wrapping_add(bucket.value);
            count as f64
        })
    }
}

struct Decoder<'a, N> {
    reader: BitReader<'a>,
    time: i64,
    delta: i64,
    sum: Float,
    /// The overall count and the zero bucket's.
    totals: [N; 2],
    /// The buckets of the layout.
    positive: Vec<N>,
    negative: Vec<N>,
}

impl<'a, N: Number> Decoder<'a, N> {
    fn new(reader: BitReader<'a>, layout: &Layout) -> Self {
        let side = |indexes: &[i32]| vec![N::default(); indexes.len()];
        let (positive, negative) = (side(&layout.positive), side(&layout.negative));
        Self {
            reader,
            time: 0,
            delta: 0,
            sum: Float::default(),
            totals: [N::default(); 2],
            positive,
            negative,
        }
    }

    /// Reads the next sample.
    #[inline]
    fn next(&mut self, is_first: bool) {
        if is_first {
            return self.read_first();
        }
        let reader = &mut self.reader;
        self.delta = self.delta.wrapping_add(read_signed(reader));
        self.time = self.time.wrapping_add(self.delta);
        self.totals.iter_mut().for_each(|total| total.read(reader));
        self.sum.read(reader);
        if !is_stale(f64::from_bits(self.sum.value)) {
            self.positive.iter_mut().chain(&mut self.negative).for_each(|bucket| bucket.read(reader));
        }
    }

    fn read_first(&mut self) {
        let reader = &mut self.reader;
        self.time = read_signed(reader);
        self.totals.iter_mut().for_each(|total| *total = N::first(reader, true));
        self.sum = Float::first(reader, true);
        // A stale marker has no buckets, and as the first of its chunk there is none in the layout either.
        if !is_stale(f64::from_bits(self.sum.value)) {
            let buckets = self.positive.iter_mut().chain(&mut self.negative);
            buckets.for_each(|bucket| *bucket = N::first(reader, false));
        }
    }
}
