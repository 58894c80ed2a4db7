//! Bits in a stream of bytes, the first bit the highest of its byte.

/// Collects bits; a word at a time goes into the bytes.
#[derive(Clone, Debug, Default)]
pub(super) struct BitWriter {
    bytes: Vec<u8>,
    /// The bits that are not in `bytes` yet, right-aligned.
    pending: u64,
    /// How many they are: below 64.
    pending_bits: u32,
}

impl BitWriter {
    /// Forgets what was written, keeps the room.
    pub(super) fn clear(&mut self) {
        self.bytes.clear();
        self.pending = 0;
        self.pending_bits = 0;
    }

    /// Adds the low `count` bits of `value`, 1 to 64; the bits above must be zero.
    #[inline]
    pub(super) fn write(&mut self, value: u64, count: u32) {
        let room = 64 - self.pending_bits;
        if count < room {
            self.pending = (self.pending << count) | value;
            self.pending_bits += count;
            return;
        }
        let rest = count - room;
        // With nothing pending the value fills the word alone, and the shift by 64 is no shift at all.
        let word = self.pending.checked_shl(room).unwrap_or(0) | (value >> rest);
        self.bytes.extend_from_slice(&word.to_be_bytes());
        self.pending = if rest == 0 { 0 } else { value & (u64::MAX >> (64 - rest)) };
        self.pending_bits = rest;
    }

    /// Adds a whole number in groups of seven bits, the lowest first (Go's `PutUvarint`).
    pub(super) fn write_unsigned(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.write((value & 0x7f) | 0x80, 8);
            value >>= 7;
        }
        self.write(value, 8);
    }

    /// Adds a whole number that may be negative (Go's `PutVarint`).
    pub(super) fn write_signed(&mut self, value: i64) {
        self.write_unsigned(((value << 1) ^ (value >> 63)) as u64);
    }

    /// How many bytes the bits take.
    #[inline]
    pub(super) fn length(&self) -> usize {
        self.bytes.len() + self.pending_bits.div_ceil(8) as usize
    }

    /// How many bits were written.
    #[cfg(test)]
    pub(super) fn bit_length(&self) -> usize {
        self.bytes.len() * 8 + self.pending_bits as usize
    }

    /// Adds the bytes, the last one filled up with zeros, to `bytes`.
    pub(super) fn copy_to(&self, bytes: &mut Vec<u8>) {
        bytes.extend_from_slice(&self.bytes);
        if self.pending_bits > 0 {
            let aligned = self.pending << (64 - self.pending_bits);
            bytes.extend_from_slice(&aligned.to_be_bytes()[..self.pending_bits.div_ceil(8) as usize]);
        }
    }
}

/// Takes bits off a stream. Past its end there are zeros: whoever reads knows how much there is.
#[derive(Clone, Debug)]
pub(super) struct BitReader<'a> {
    bytes: &'a [u8],
    next: usize,
    /// The bits that were taken from `bytes` but not given out, left-aligned.
    ready: u64,
    ready_bits: u32,
}

/// Where a reader is in its bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct BitPlace {
    next: usize,
    ready: u64,
    ready_bits: u32,
}

impl<'a> BitReader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, next: 0, ready: 0, ready_bits: 0 }
    }

    /// A reader of the same bytes that goes on where another one was.
    pub(super) fn resumed(bytes: &'a [u8], place: BitPlace) -> Self {
        let BitPlace { next, ready, ready_bits } = place;
        Self { bytes, next, ready, ready_bits }
    }

    /// Where it is.
    pub(super) fn place(&self) -> BitPlace {
        BitPlace { next: self.next, ready: self.ready, ready_bits: self.ready_bits }
    }

    /// Makes at least 56 bits ready.
    #[inline(always)]
    fn refill(&mut self) {
        if let Some(word) = self.bytes.get(self.next..).and_then(|rest| rest.first_chunk::<8>()) {
            // Bits beyond the counted ones are already right, so the next refill may write them again.
            self.ready |= u64::from_be_bytes(*word) >> self.ready_bits;
            self.next += ((63 - self.ready_bits) >> 3) as usize;
            self.ready_bits |= 56;
            return;
        }
        while self.ready_bits <= 56 {
            let byte = self.bytes.get(self.next).copied().unwrap_or(0);
            self.ready |= u64::from(byte) << (56 - self.ready_bits);
            self.next += 1;
            self.ready_bits += 8;
        }
    }

    #[inline(always)]
    fn drop_bits(&mut self, count: u32) {
        self.ready <<= count;
        self.ready_bits -= count;
    }

    /// The next bits, at least 56 of them, left-aligned, still to be taken.
    #[inline(always)]
    pub(super) fn peek(&mut self) -> u64 {
        if self.ready_bits < 56 {
            self.refill();
        }
        self.ready
    }

    /// The next bits as [`BitReader::peek`], but at least 13 of them.
    #[inline]
    pub(super) fn ready(&mut self) -> u64 {
        if self.ready_bits < 13 {
            self.refill();
        }
        self.ready
    }

    /// Takes bits that were peeked at: no more than 56 since the last peek.
    #[inline]
    pub(super) fn skip(&mut self, count: u32) {
        self.drop_bits(count);
    }

    /// Takes `count` bits, 1 to 64.
    #[inline(always)]
    pub(super) fn read(&mut self, count: u32) -> u64 {
        if count > 56 {
            return self.read_wide(count);
        }
        if self.ready_bits < count {
            self.refill();
        }
        let value = self.ready >> (64 - count);
        self.drop_bits(count);
        value
    }

    /// More bits than one refill surely brings.
    fn read_wide(&mut self, count: u32) -> u64 {
        let mut halves = [count - 32, 32].map(|part| {
            if self.ready_bits < part {
                self.refill();
            }
            let value = self.ready >> (64 - part);
            self.drop_bits(part);
            value
        });
        halves[0] <<= 32;
        halves[0] | halves[1]
    }

    /// Whether more was taken than there was.
    pub(super) fn is_past_end(&self) -> bool {
        self.next * 8 > self.bytes.len() * 8 + self.ready_bits as usize
    }

    /// Takes a number that `write_unsigned` wrote.
    pub(super) fn read_unsigned(&mut self) -> u64 {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.read(8);
            value |= (byte & 0x7f) << shift;
            if byte < 0x80 {
                break;
            }
        }
        value
    }

    /// Takes a number that `write_signed` wrote.
    pub(super) fn read_signed(&mut self) -> i64 {
        let value = self.read_unsigned();
        (value >> 1) as i64 ^ -((value & 1) as i64)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn bits_come_back_as_they_went_in(fields in proptest::collection::vec((any::<u64>(), 1_u32..=64), 0..60)) {
            let mut writer = BitWriter::default();
            let kept = |value: u64, count: u32| value & (u64::MAX >> (64 - count));
            let mut bits = 0;
            for (value, count) in &fields {
                writer.write(kept(*value, *count), *count);
                bits += *count as usize;
                prop_assert_eq!(writer.length(), bits.div_ceil(8));
            }
            let mut bytes = Vec::new();
            writer.copy_to(&mut bytes);
            prop_assert_eq!(bytes.len(), bits.div_ceil(8));
            let mut reader = BitReader::new(&bytes);
            for (value, count) in &fields {
                prop_assert_eq!(reader.read(*count), kept(*value, *count));
            }
        }

        #[test]
        fn numbers_of_any_size_come_back(signed: i64, unsigned: u64, shift in 0_u32..64) {
            let mut writer = BitWriter::default();
            writer.write_signed(signed >> shift);
            writer.write_unsigned(unsigned >> shift);
            let mut bytes = Vec::new();
            writer.copy_to(&mut bytes);
            let mut reader = BitReader::new(&bytes);
            prop_assert_eq!(reader.read_signed(), signed >> shift);
            prop_assert_eq!(reader.read_unsigned(), unsigned >> shift);
        }
    }
}
