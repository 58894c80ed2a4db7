//! The file `tombstones`: which spans of which series are deleted.
//!
//! Source: tsdb/docs/format/tombstones.md.

use super::checksum::checksum;
use super::cursor::{Cursor, Read};
use super::sink::Sink;

const MAGIC: u32 = 0x0130_ba30;
const FILE: &str = "tombstones";

/// A deleted span of a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tombstone {
    /// The series, as the postings of the index name it.
    pub(super) series: u64,
    /// The first deleted instant, in milliseconds since the Unix epoch.
    pub(super) from: i64,
    /// The last one.
    pub(super) to: i64,
}

/// Reads the file.
pub(super) fn read(bytes: &[u8]) -> Read<Vec<Tombstone>> {
    let mut file = Cursor::new(FILE, bytes);
    file.magic(MAGIC)?;
    match file.byte()? {
        1 => {}
        version => return Err(file.error_at(4, format!("invalid tombstone format {version:x}"))),
    }
    let length = file.left().checked_sub(4).ok_or_else(|| file.error("the checksum is cut off"))?;
    let mut entries = file.checked(length as u64)?;
    let mut stones = Vec::new();
    while entries.left() > 0 {
        stones.push(Tombstone {
            series: entries.unsigned()?,
            from: entries.signed()?,
            to: entries.signed()?,
        });
    }
    Ok(stones)
}

/// Writes the file.
pub(super) fn write(stones: &[Tombstone]) -> Vec<u8> {
    let mut entries = Sink::default();
    for stone in stones {
        entries.unsigned(stone.series);
        entries.signed(stone.from);
        entries.signed(stone.to);
    }
    let mut file = Sink::default();
    file.word(MAGIC);
    file.0.push(1);
    file.0.extend_from_slice(&entries.0);
    file.word(checksum(&entries.0));
    file.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tombstones_come_back_and_no_bit_may_turn() {
        assert_eq!(write(&[]), [0x01, 0x30, 0xba, 0x30, 1, 0, 0, 0, 0]);
        let stones = [
            Tombstone { series: 4, from: i64::MIN, to: -1 },
            Tombstone { series: 1 << 40, from: 0, to: i64::MAX },
        ];
        let bytes = write(&stones);
        assert_eq!(read(&bytes), Ok(stones.to_vec()));
        for bit in 0..bytes.len() * 8 {
            let mut turned = bytes.clone();
            turned[bit / 8] ^= 1 << (bit % 8);
            assert!(read(&turned).is_err(), "bit {bit}");
        }
        let cut = |length: usize| read(&bytes[..length]).map_err(|error| error.to_string());
        assert!((0..bytes.len()).all(|length| cut(length).is_err()));
        assert_eq!(cut(7), Err("tombstones: byte 5: the checksum is cut off".to_owned()));
    }
}
