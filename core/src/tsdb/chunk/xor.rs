//! Writes floats in Prometheus's XOR layout, bit for bit (after Facebook's Gorilla): a count of two bytes, the first time and
//! value whole, then per sample the change of the change of time and the bits in which the value differs.
//!
//! Source: tsdb/chunkenc/xor.go and the format's description in tsdb/docs/format/chunks.md.

use super::bits::BitWriter;
use super::xor_decode::decode;
use crate::tsdb::Samples;

/// No window of significant bits yet.
pub(super) const NO_WINDOW: u8 = 0xff;

/// Writes a chunk sample by sample. Times may be any; that they rise is the caller's rule.
#[derive(Clone, Debug)]
pub(in crate::tsdb) struct XorAppender {
    bits: BitWriter,
    count: u16,
    time: i64,
    /// The time between the last two samples, as upstream modulo 2^64.
    delta: u64,
    value: u64,
    /// Zero bits before and behind the window of significant bits that the next value may reuse.
    leading: u8,
    trailing: u8,
}

impl Default for XorAppender {
    fn default() -> Self {
        Self {
            bits: BitWriter::default(),
            count: 0,
            time: 0,
            delta: 0,
            value: 0,
            leading: NO_WINDOW,
            trailing: 0,
        }
    }
}

impl XorAppender {
    /// Starts an empty chunk, keeping the room of the last one.
    pub(in crate::tsdb) fn clear(&mut self) {
        let mut bits = std::mem::take(&mut self.bits);
        bits.clear();
        *self = Self { bits, ..Self::default() };
    }

    /// How many samples the chunk has.
    pub(in crate::tsdb) fn count(&self) -> u16 {
        self.count
    }

    /// The last sample's time; 0 where there is none.
    pub(in crate::tsdb) fn time(&self) -> i64 {
        self.time
    }

    /// The last sample's value as bits.
    pub(in crate::tsdb) fn value_bits(&self) -> u64 {
        self.value
    }

    /// The chunk's bytes so far, the count among them.
    pub(in crate::tsdb) fn length(&self) -> usize {
        2 + self.bits.length()
    }

    /// The chunk so far.
    pub(in crate::tsdb) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.length());
        bytes.extend_from_slice(&self.count.to_be_bytes());
        self.bits.copy_to(&mut bytes);
        bytes
    }

    /// Adds the samples so far with `from <= time <= to` to `into`.
    pub(in crate::tsdb) fn read(&self, from: i64, to: i64, into: &mut Samples) {
        decode(&self.to_bytes(), from, to, into);
    }

    /// Adds a sample, at most 65,535 in all.
    #[inline]
    pub(in crate::tsdb) fn append(&mut self, time: i64, value: f64) {
        let value = value.to_bits();
        let delta = time.wrapping_sub(self.time) as u64;
        if self.count > 1 {
            let change = delta.wrapping_sub(self.delta) as i64;
            if change == 0 && value == self.value {
                // The commonest sample of all: two zero bits.
                self.bits.write(0, 2);
            } else {
                self.write_change(change);
                self.write_value(value);
            }
            self.delta = delta;
        } else if self.count == 1 {
            self.bits.write_unsigned(delta);
            self.write_value(value);
            self.delta = delta;
        } else {
            self.bits.write_signed(time);
            self.bits.write(value, 64);
        }
        self.time = time;
        self.value = value;
        self.count += 1;
    }

    fn write_change(&mut self, change: i64) {
        let low = |bits: u32| change as u64 & (u64::MAX >> (64 - bits));
        if change == 0 {
            self.bits.write(0, 1);
        } else if fits(change, 14) {
            self.bits.write((0b10 << 14) | low(14), 2 + 14);
        } else if fits(change, 17) {
            self.bits.write((0b110 << 17) | low(17), 3 + 17);
        } else if fits(change, 20) {
            self.bits.write((0b1110 << 20) | low(20), 4 + 20);
        } else {
            self.bits.write(0b1111, 4);
            self.bits.write(change as u64, 64);
        }
    }

    fn write_value(&mut self, value: u64) {
        write_xor(&mut self.bits, value ^ self.value, &mut self.leading, &mut self.trailing);
    }
}

/// Writes the bits in which a float differs from the one before. The last two are the zero bits before and
/// behind the window of significant bits that may be reused, or [`NO_WINDOW`].
#[inline]
pub(super) fn write_xor(bits: &mut BitWriter, difference: u64, old_leading: &mut u8, old_trailing: &mut u8) {
    if difference == 0 {
        bits.write(0, 1);
        return;
    }
    // Five bits hold the number of leading zeros.
    let leading = difference.leading_zeros().min(31) as u8;
    let trailing = difference.trailing_zeros() as u8;
    if *old_leading != NO_WINDOW && leading >= *old_leading && trailing >= *old_trailing {
        let significant = 64 - u32::from(*old_leading) - u32::from(*old_trailing);
        bits.write(0b10, 2);
        bits.write(difference >> *old_trailing, significant);
        return;
    }
    *old_leading = leading;
    *old_trailing = trailing;
    let significant = 64 - u64::from(leading) - u64::from(trailing);
    // Six bits hold the number of significant bits: 64 becomes 0, which no difference needs.
    bits.write((0b11 << 11) | (u64::from(leading) << 6) | (significant & 0x3f), 2 + 5 + 6);
    bits.write(difference >> trailing, significant as u32);
}

/// Upstream's range for `bits`: one more above zero than below.
pub(super) fn fits(change: i64, bits: u32) -> bool {
    let half = 1_i64 << (bits - 1);
    -half < change && change <= half
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::tsdb::chunk::xor_decode::count;

    fn all(bytes: &[u8]) -> Vec<(i64, u64)> {
        let mut samples = Samples::default();
        decode(bytes, i64::MIN, i64::MAX, &mut samples);
        samples.times.into_iter().zip(samples.values.iter().map(|value| value.to_bits())).collect()
    }

    /// Values as they occur: counters, fractions, repeats, and any bits at all.
    fn value() -> impl Strategy<Value = u64> {
        prop_oneof![
            (0_u32..1000).prop_map(|whole| f64::from(whole).to_bits()),
            (0_u32..1000).prop_map(|tenths| (f64::from(tenths) / 10.0).to_bits()),
            Just(f64::INFINITY.to_bits()),
            Just(crate::base::number::STALE_NAN_BITS),
            any::<u64>(),
        ]
    }

    fn gap() -> impl Strategy<Value = i64> {
        prop_oneof![Just(15_000_i64), 14_990_i64..15_010, 1_i64..600_000, any::<i64>()]
    }

    proptest! {
        #[test]
        fn any_samples_come_back(
            start: i64,
            samples in proptest::collection::vec((gap(), value()), 1..150),
        ) {
            let mut appender = XorAppender::default();
            let mut time = start;
            let mut wanted = Vec::new();
            for (gap, bits) in samples {
                appender.append(time, f64::from_bits(bits));
                wanted.push((time, bits));
                time = time.wrapping_add(gap);
            }
            let bytes = appender.to_bytes();
            prop_assert_eq!(bytes.len(), appender.length());
            // Gaps that wrap around go back in time; upstream never writes such, but the bits hold it.
            prop_assert_eq!(all(&bytes), wanted);
        }

        #[test]
        fn bytes_that_are_no_chunk_do_no_harm(bytes: Vec<u8>) {
            prop_assert!(all(&bytes).len() <= usize::from(count(&bytes)));
        }
    }

    #[test]
    fn every_bucket_of_the_change_of_time_comes_back_at_its_edges() {
        for edge in [1_i64 << 13, 1 << 16, 1 << 19] {
            for change in [-edge, -edge + 1, -1, 0, 1, edge - 1, edge, edge + 1] {
                let mut appender = XorAppender::default();
                let times = [0, 1_000_000, 2_000_000 + change, 3_000_000 + 2 * change];
                times.iter().for_each(|time| appender.append(*time, 1.0));
                let read: Vec<i64> = all(&appender.to_bytes()).iter().map(|(time, _)| *time).collect();
                assert_eq!(read, times);
            }
        }
    }

    #[test]
    fn a_range_ends_where_it_should() {
        let mut appender = XorAppender::default();
        (0..10).for_each(|number| appender.append(number * 10, number as f64));
        let mut samples = Samples::default();
        decode(&appender.to_bytes(), 15, 50, &mut samples);
        assert_eq!(samples.times, [20, 30, 40, 50]);
        assert_eq!(samples.values, [2.0, 3.0, 4.0, 5.0]);
    }
}
