//! What the histograms of a chunk have in common, written at its beginning: schema, zero threshold, which buckets, custom
//! bounds.
//!
//! Source: tsdb/chunkenc/histogram_meta.go.

use std::sync::Arc;

use super::bits::{BitReader, BitWriter};
use super::varbit::{read_signed, read_unsigned, write_signed, write_unsigned};
use crate::model::histogram::{Buckets, CUSTOM_BUCKETS_SCHEMA, FloatHistogram, Layout};

impl Layout {
    /// This layout with the buckets of a histogram that it lacks; `None` where it lacks none.
    pub(super) fn widened(&self, histogram: &FloatHistogram) -> Option<Self> {
        let positive = merged(&self.positive, &histogram.positive);
        let negative = merged(&self.negative, &histogram.negative);
        let is_same = positive.len() == self.positive.len() && negative.len() == self.negative.len();
        (!is_same).then(|| Self { positive, negative, ..self.clone() })
    }

    /// Writes the layout.
    pub(super) fn write(&self, bits: &mut BitWriter) {
        write_zero_threshold(bits, self.zero_threshold);
        write_signed(bits, i64::from(self.schema));
        write_spans(bits, &self.positive);
        write_spans(bits, &self.negative);
        if self.schema == CUSTOM_BUCKETS_SCHEMA {
            write_unsigned(bits, self.custom_bounds.len() as u64);
            self.custom_bounds.iter().for_each(|bound| write_bound(bits, *bound));
        }
    }

    /// Reads a layout; `None` where it asks for more than the `room` bits of its chunk can tell.
    pub(super) fn read(reader: &mut BitReader<'_>, room: u64) -> Option<Self> {
        let zero_threshold = read_zero_threshold(reader);
        let schema = i32::try_from(read_signed(reader)).ok()?;
        let positive = read_spans(reader, room)?;
        let negative = read_spans(reader, room)?;
        let mut custom_bounds = Arc::default();
        if schema == CUSTOM_BUCKETS_SCHEMA {
            let count = Some(read_unsigned(reader)).filter(|count| *count <= room)?;
            custom_bounds = (0..count).map(|_| read_bound(reader)).collect();
        }
        Some(Self { schema, zero_threshold, positive, negative, custom_bounds })
    }
}

fn indexes(buckets: &Buckets) -> impl Iterator<Item = i32> + '_ {
    buckets.iter().map(|(index, _)| index)
}

fn merged(own: &[i32], buckets: &Buckets) -> Vec<i32> {
    let mut all: Vec<i32> = own.iter().copied().chain(indexes(buckets)).collect();
    all.sort_unstable();
    all.dedup();
    all
}

fn write_spans(bits: &mut BitWriter, indexes: &[i32]) {
    let spans = Buckets::from_pairs(indexes.iter().map(|index| (*index, 1.0))).spans();
    write_unsigned(bits, spans.len() as u64);
    for span in spans {
        write_unsigned(bits, u64::from(span.length));
        write_signed(bits, i64::from(span.offset));
    }
}

fn read_spans(reader: &mut BitReader<'_>, room: u64) -> Option<Vec<i32>> {
    let count = Some(read_unsigned(reader)).filter(|count| *count <= room)?;
    let (mut indexes, mut next) = (Vec::new(), 0_i64);
    for _ in 0..count {
        let length = read_unsigned(reader);
        next = next.checked_add(read_signed(reader))?;
        if length.checked_add(indexes.len() as u64)? > room {
            return None;
        }
        for _ in 0..length {
            let index = i32::try_from(next).ok()?;
            if indexes.last().is_some_and(|last| *last >= index) {
                return None;
            }
            indexes.push(index);
            next += 1;
        }
    }
    Some(indexes)
}

/// One byte for zero and for powers of two from 2^-243 to 2^10, else nine.
fn write_zero_threshold(bits: &mut BitWriter, threshold: f64) {
    let (fraction, exponent) = libm::frexp(threshold);
    if threshold == 0.0 {
        bits.write(0, 8);
    } else if fraction == 0.5 && (-242..=11).contains(&exponent) {
        bits.write((exponent + 243) as u64, 8);
    } else {
        bits.write(0xff, 8);
        bits.write(threshold.to_bits(), 64);
    }
}

fn read_zero_threshold(reader: &mut BitReader<'_>) -> f64 {
    match reader.read(8) {
        0 => 0.0,
        0xff => f64::from_bits(reader.read(64)),
        byte => libm::ldexp(0.5, byte as i32 - 243),
    }
}

/// The greatest number of thousandths that is written as a whole number.
const MOST_THOUSANDTHS: f64 = 33_554_430.0;

/// Thousandths as a whole number above zero, anything else behind a zero.
fn write_bound(bits: &mut BitWriter, bound: f64) {
    let thousandths = libm::round(bound * 1000.0);
    let is_whole = (0.0..=MOST_THOUSANDTHS).contains(&(bound * 1000.0)) && thousandths / 1000.0 == bound;
    // The sign of a negative zero would be lost.
    if is_whole && bound.is_sign_positive() {
        write_unsigned(bits, thousandths as u64 + 1);
    } else {
        bits.write(0, 1);
        bits.write(bound.to_bits(), 64);
    }
}

fn read_bound(reader: &mut BitReader<'_>) -> f64 {
    match read_unsigned(reader) {
        0 => f64::from_bits(reader.read(64)),
        thousandths => (thousandths - 1) as f64 / 1000.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round_trip(layout: &Layout) -> Option<Layout> {
        let (mut bits, mut bytes) = (BitWriter::default(), Vec::new());
        layout.write(&mut bits);
        bits.copy_to(&mut bytes);
        Layout::read(&mut BitReader::new(&bytes), bytes.len() as u64 * 8)
    }

    #[test]
    fn layouts_come_back() {
        for zero_threshold in [0.0, libm::ldexp(1.0, -128), libm::ldexp(1.0, -243), 1024.0, 0.001, 2048.0] {
            let layout = Layout {
                schema: 3,
                zero_threshold,
                positive: vec![-5, -4, 0, 7, 8, 9],
                negative: vec![100_000],
                ..Layout::default()
            };
            assert_eq!(round_trip(&layout), Some(layout));
        }
        let custom_bounds = Arc::from([-1.0, -0.0, 0.005, 0.1, 1.0 / 3.0, 33554.43, 33554.431, 1e100]);
        let layout = Layout {
            schema: CUSTOM_BUCKETS_SCHEMA,
            custom_bounds,
            positive: vec![0, 8],
            ..Layout::default()
        };
        assert_eq!(round_trip(&layout), Some(layout));
    }

    #[test]
    fn a_layout_of_more_buckets_than_bits_is_refused() {
        let (mut bits, mut bytes) = (BitWriter::default(), Vec::new());
        bits.write(0, 8);
        write_signed(&mut bits, 0);
        write_unsigned(&mut bits, 1);
        write_unsigned(&mut bits, u64::from(u32::MAX));
        bits.copy_to(&mut bytes);
        assert_eq!(Layout::read(&mut BitReader::new(&bytes), bytes.len() as u64 * 8), None);
    }
}
