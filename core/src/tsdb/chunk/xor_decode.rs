//! Reads what `xor` writes. Speed decides here: every query goes through it.

use super::bits::{BitPlace, BitReader};
use crate::tsdb::Samples;

/// How many samples a chunk says it has.
pub(super) fn count(bytes: &[u8]) -> u16 {
    bytes.first_chunk().map_or(0, |count| u16::from_be_bytes(*count))
}

/// Adds the chunk's samples with `from <= time <= to` to `into`. Bytes that are no chunk give samples that mean
/// nothing.
pub(super) fn decode(bytes: &[u8], from: i64, to: i64, into: &mut Samples) {
    let count = usize::from(count(bytes));
    if count == 0 {
        return;
    }
    let mut decoder = Decoder::new(BitReader::new(&bytes[2..]), count - 1);
    decoder.skip_before(from);
    if decoder.time < from || decoder.time > to {
        return;
    }
    // Room for all that may come, filled in place and cut to what came.
    let start = into.times.len();
    let end = start + 1 + decoder.left;
    into.times.resize(end, decoder.time);
    into.values.resize(end, f64::from_bits(decoder.value));
    let taken = decoder.fill(to, &mut into.times[start + 1..], &mut into.values[start + 1..]);
    into.times.truncate(start + 1 + taken);
    into.values.truncate(start + 1 + taken);
}

/// Where a reader of a chunk has stopped: at a sample that it has read but not given out.
#[derive(Clone, Debug)]
pub(in crate::tsdb) struct Paused {
    place: BitPlace,
    left: usize,
    time: i64,
    delta: u64,
    value: u64,
    leading: u32,
    significant: u32,
    is_first: bool,
}

/// Adds the chunk's samples with `from <= time <= to` that come after those given out before `paused`; the chunk's first
/// ones where that is `None`. Says whether the chunk is used up; else `paused` is where to go on.
pub(in crate::tsdb) fn decode_on(
    bytes: &[u8],
    paused: &mut Option<Paused>,
    (from, to): (i64, i64),
    into: &mut Samples,
) -> bool {
    let count = usize::from(count(bytes));
    if count == 0 {
        return true;
    }
    let mut decoder = match paused.take() {
        Some(paused) => Decoder::resumed(&bytes[2..], paused),
        None => Decoder::new(BitReader::new(&bytes[2..]), count - 1),
    };
    decoder.skip_before(from);
    if decoder.time > to {
        *paused = Some(decoder.paused());
        return false;
    }
    if decoder.time >= from {
        into.times.push(decoder.time);
        into.values.push(f64::from_bits(decoder.value));
    }
    let (start, most) = (into.times.len(), decoder.left);
    into.times.resize(start + most, 0);
    into.values.resize(start + most, 0.0);
    let taken = decoder.fill(to, &mut into.times[start..], &mut into.values[start..]);
    into.times.truncate(start + taken);
    into.values.truncate(start + taken);
    if taken < most {
        *paused = Some(decoder.paused());
    }
    taken == most
}

/// Whether the bytes hold as many samples as they say.
pub(super) fn is_complete(bytes: &[u8]) -> bool {
    let count = usize::from(count(bytes));
    if count == 0 {
        return true;
    }
    let mut decoder = Decoder::new(BitReader::new(&bytes[2..]), count - 1);
    while decoder.left > 0 && !decoder.reader.is_past_end() {
        decoder.next();
    }
    !decoder.reader.is_past_end()
}

/// The last sample read and what the next one is told against.
struct Decoder<'a> {
    reader: BitReader<'a>,
    /// How many samples are still to be read.
    left: usize,
    time: i64,
    delta: u64,
    value: u64,
    /// The window of significant bits of the last value that differed.
    leading: u32,
    significant: u32,
    /// The second sample is written otherwise than the later ones.
    is_first: bool,
}

impl<'a> Decoder<'a> {
    /// Reads the first sample; `left` follow.
    fn new(mut reader: BitReader<'a>, left: usize) -> Self {
        let time = reader.read_signed();
        let value = reader.read(64);
        Self { reader, left, time, delta: 0, value, leading: 0, significant: 0, is_first: true }
    }

    /// Goes on in the same bytes.
    fn resumed(bytes: &'a [u8], paused: Paused) -> Self {
        let Paused { place, left, time, delta, value, leading, significant, is_first } = paused;
        let reader = BitReader::resumed(bytes, place);
        Self { reader, left, time, delta, value, leading, significant, is_first }
    }

    fn paused(&self) -> Paused {
        let Self { left, time, delta, value, leading, significant, is_first, .. } = *self;
        Paused { place: self.reader.place(), left, time, delta, value, leading, significant, is_first }
    }

    /// Reads on to the first sample that is not before `from`, or to the last.
    fn skip_before(&mut self, from: i64) {
        while self.time < from && self.left > 0 {
            self.next();
        }
    }

    /// Reads the samples up to `to` into the columns, which have room for all that are left; gives their number.
    #[inline]
    fn fill(&mut self, to: i64, times: &mut [i64], values: &mut [f64]) -> usize {
        let most = self.left;
        for (taken, (time, value)) in times.iter_mut().zip(values).enumerate() {
            self.next();
            if self.time > to {
                return taken;
            }
            (*time, *value) = (self.time, f64::from_bits(self.value));
        }
        most
    }

    /// Reads the next sample.
    #[inline(always)]
    fn next(&mut self) {
        self.left -= 1;
        if self.is_first {
            self.is_first = false;
            self.delta = self.reader.read_unsigned();
        } else {
            let peeked = self.reader.peek();
            if peeked >> 62 == 0 {
                // The commonest sample of all: the same distance and the same value.
                self.reader.skip(2);
                self.time = self.time.wrapping_add(self.delta as i64);
                return;
            }
            self.delta = self.delta.wrapping_add(self.read_change(peeked));
        }
        self.time = self.time.wrapping_add(self.delta as i64);
        self.read_value();
    }

    /// The change of the time between samples, modulo 2^64.
    #[inline(always)]
    fn read_change(&mut self, peeked: u64) -> u64 {
        let prefix = peeked.leading_ones();
        let bits = match prefix {
            0 => {
                self.reader.skip(1);
                return 0;
            }
            1 => 14,
            2 => 17,
            3 => 20,
            _ => {
                self.reader.skip(4);
                return self.reader.read(64);
            }
        };
        let value = (peeked << (prefix + 1)) >> (64 - bits);
        self.reader.skip(prefix + 1 + bits);
        // The upper half of the range stands for negative numbers, but for its lowest.
        if value > 1 << (bits - 1) { value.wrapping_sub(1 << bits) } else { value }
    }

    #[inline(always)]
    fn read_value(&mut self) {
        read_xor(&mut self.reader, &mut self.value, &mut self.leading, &mut self.significant);
    }
}

/// Reads the bits in which a float differs from the one before, and the window they lie in. At most 24 bits may have
/// gone since the last look at 56.
#[inline(always)]
pub(super) fn read_xor(
    reader: &mut BitReader<'_>,
    value: &mut u64,
    leading: &mut u32,
    significant: &mut u32,
) {
    // So 13 are there without another.
    let peeked = reader.ready();
    if peeked >> 63 == 0 {
        reader.skip(1);
        return;
    }
    if peeked >> 62 == 0b10 {
        reader.skip(2);
    } else {
        *leading = (peeked >> 57 & 0x1f) as u32;
        let length = (peeked >> 51 & 0x3f) as u32;
        *significant = if length == 0 { 64 } else { length };
        reader.skip(2 + 5 + 6);
    }
    let trailing = 64_u32.saturating_sub(*leading + *significant);
    if *significant > 0 {
        *value ^= reader.read(*significant) << trailing;
    }
}
