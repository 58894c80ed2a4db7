//! Whole numbers in as many bits as they need: a prefix of ones says how many.
//!
//! Source: tsdb/chunkenc/varbit.go.

use super::bits::{BitReader, BitWriter};
use super::xor::fits;

/// The widths in bits that a prefix of one, two, … ones stands for; eight ones stand for 64. No one stands for zero.
const WIDTHS: [u32; 7] = [3, 6, 9, 12, 18, 25, 56];

/// Adds a number that may be negative.
pub(super) fn write_signed(bits: &mut BitWriter, value: i64) {
    write(bits, value as u64, &|width| fits(value, width));
}

/// Adds a number.
pub(super) fn write_unsigned(bits: &mut BitWriter, value: u64) {
    write(bits, value, &|width| value >> width == 0);
}

fn write(bits: &mut BitWriter, value: u64, fits: &dyn Fn(u32) -> bool) {
    if value == 0 {
        return bits.write(0, 1);
    }
    match WIDTHS.iter().position(|width| fits(*width)) {
        Some(place) => {
            let ones = place as u32 + 1;
            bits.write(((1 << ones) - 1) << 1, ones + 1);
            let width = WIDTHS[place];
            bits.write(value & (u64::MAX >> (64 - width)), width);
        }
        None => {
            bits.write(0xff, 8);
            bits.write(value, 64);
        }
    }
}

/// Takes a number that `write_signed` wrote.
pub(super) fn read_signed(reader: &mut BitReader<'_>) -> i64 {
    let (value, width) = read(reader);
    // The upper half of a range stands for negative numbers, but for its lowest.
    if (1..64).contains(&width) && value > 1 << (width - 1) {
        value.wrapping_sub(1 << width) as i64
    } else {
        value as i64
    }
}

/// Takes a number that `write_unsigned` wrote.
pub(super) fn read_unsigned(reader: &mut BitReader<'_>) -> u64 {
    read(reader).0
}

/// The next number and its width.
fn read(reader: &mut BitReader<'_>) -> (u64, u32) {
    let ones = reader.peek().leading_ones().min(8);
    match ones {
        0 => {
            reader.skip(1);
            (0, 0)
        }
        8 => {
            reader.skip(8);
            (reader.read(64), 64)
        }
        ones => {
            reader.skip(ones + 1);
            let width = WIDTHS[ones as usize - 1];
            (reader.read(width), width)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back_at_the_edges_of_every_width() {
        let mut numbers = vec![0, i64::MIN, i64::MAX];
        for width in WIDTHS {
            let half = 1_i64 << (width - 1);
            numbers.extend([half - 1, half, half + 1, -half - 1, -half, -half + 1, 2 * half - 1, 2 * half]);
        }
        let (mut bits, mut bytes) = (BitWriter::default(), Vec::new());
        for number in &numbers {
            write_signed(&mut bits, *number);
            write_unsigned(&mut bits, *number as u64);
        }
        bits.copy_to(&mut bytes);
        let mut reader = BitReader::new(&bytes);
        for number in numbers {
            assert_eq!(read_signed(&mut reader), number);
            assert_eq!(read_unsigned(&mut reader), number as u64);
        }
    }

    #[test]
    fn small_numbers_are_short() {
        for (number, length) in
            [(0, 1), (4, 5), (-3, 5), (-4, 9), (32, 9), (33, 13), (2049, 24), (1 << 60, 72)]
        {
            let mut bits = BitWriter::default();
            write_signed(&mut bits, number);
            assert_eq!(bits.bit_length(), length, "{number}");
        }
    }
}
