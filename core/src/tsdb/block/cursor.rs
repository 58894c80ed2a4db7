//! Reads the bytes of a block's file, never past their end: every error says which file and which byte.

use std::fmt;

use super::checksum::checksum;

/// Why a block cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockError {
    /// The file, relative to the block's folder.
    pub file: String,
    /// The byte it is about, where it is about one.
    pub offset: Option<u64>,
    /// What is wrong.
    pub reason: String,
}

impl fmt::Display for BlockError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.offset {
            Some(offset) => write!(f, "{}: byte {offset}: {}", self.file, self.reason),
            None => write!(f, "{}: {}", self.file, self.reason),
        }
    }
}

impl std::error::Error for BlockError {}

/// What reading gives.
pub(super) type Read<T> = Result<T, BlockError>;

/// A place in a file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cursor<'a> {
    file: &'a str,
    bytes: &'a [u8],
    /// Where `bytes` begins in the file.
    base: usize,
    at: usize,
}

impl<'a> Cursor<'a> {
    /// The beginning of a file.
    pub(super) const fn new(file: &'a str, bytes: &'a [u8]) -> Self {
        Self { file, bytes, base: 0, at: 0 }
    }

    /// The same file at another byte.
    pub(super) fn seek(mut self, offset: u64) -> Read<Self> {
        match usize::try_from(offset).ok().filter(|offset| *offset <= self.bytes.len()) {
            Some(at) => {
                self.at = at;
                Ok(self)
            }
            None => Err(self.error_at(offset, "lies behind the end of the file")),
        }
    }

    /// The present byte of the file.
    pub(super) const fn offset(&self) -> u64 {
        (self.base + self.at) as u64
    }

    /// How many bytes are left.
    pub(super) const fn left(&self) -> usize {
        self.bytes.len() - self.at
    }

    /// A fault at the present byte.
    pub(super) fn error(&self, reason: impl Into<String>) -> BlockError {
        self.error_at(self.offset(), reason)
    }

    /// A fault at a byte of the file.
    pub(super) fn error_at(&self, offset: u64, reason: impl Into<String>) -> BlockError {
        BlockError { file: self.file.to_owned(), offset: Some(offset), reason: reason.into() }
    }

    /// The next `length` bytes.
    pub(super) fn take(&mut self, length: u64) -> Read<&'a [u8]> {
        match usize::try_from(length).ok().filter(|length| *length <= self.left()) {
            Some(length) => {
                self.at += length;
                Ok(&self.bytes[self.at - length..self.at])
            }
            None => Err(self.error(format!("{length} bytes are told, {} are left", self.left()))),
        }
    }

    /// The next `length` bytes as a file of their own that keeps its offsets.
    fn part(&mut self, length: u64) -> Read<Self> {
        let base = self.base + self.at;
        Ok(Self { file: self.file, bytes: self.take(length)?, base, at: 0 })
    }

    fn array<const N: usize>(&mut self) -> Read<[u8; N]> {
        let mut array = [0; N];
        array.copy_from_slice(self.take(N as u64)?);
        Ok(array)
    }

    /// One byte.
    pub(super) fn byte(&mut self) -> Read<u8> {
        Ok(self.array::<1>()?[0])
    }

    /// Four bytes, the highest first.
    pub(super) fn word(&mut self) -> Read<u32> {
        Ok(u32::from_be_bytes(self.array()?))
    }

    /// Eight bytes, the highest first.
    pub(super) fn long(&mut self) -> Read<u64> {
        Ok(u64::from_be_bytes(self.array()?))
    }

    /// A whole number in groups of seven bits, the lowest first (Go's `Uvarint`).
    pub(super) fn unsigned(&mut self) -> Read<u64> {
        let begin = self.offset();
        let mut value = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            let group = u64::from(byte & 0x7f);
            if shift == 63 && group > 1 {
                break;
            }
            value |= group << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(self.error_at(begin, "a number of more than 64 bits"))
    }

    /// A whole number that may be negative (Go's `Varint`).
    pub(super) fn signed(&mut self) -> Read<i64> {
        let value = self.unsigned()?;
        Ok((value >> 1) as i64 ^ -((value & 1) as i64))
    }

    /// A text behind its length.
    pub(super) fn text(&mut self) -> Read<&'a str> {
        let begin = self.offset();
        let length = self.unsigned()?;
        let bytes = self.take(length)?;
        std::str::from_utf8(bytes).map_err(|_| self.error_at(begin, "a text that is no UTF-8"))
    }

    /// Checks that what comes is `magic`.
    pub(super) fn magic(&mut self, magic: u32) -> Read<()> {
        let found = self.word()?;
        if found == magic { Ok(()) } else { Err(self.error_at(0, format!("invalid magic number {found:x}"))) }
    }

    /// What stands between a length of four bytes and the checksum over it.
    pub(super) fn section(&mut self) -> Read<Self> {
        let length = self.word()?;
        self.checked(u64::from(length))
    }

    /// The next `length` bytes, and the checksum behind them.
    pub(super) fn checked(&mut self, length: u64) -> Read<Self> {
        let part = self.part(length)?;
        let told = self.word()?;
        let found = checksum(part.bytes);
        if told == found {
            return Ok(part);
        }
        Err(part.error(format!("invalid checksum: told {told:08x}, found {found:08x} over {length} bytes")))
    }

    /// Checks that nothing is left of a section.
    pub(super) fn end(&self) -> Read<()> {
        match self.left() {
            0 => Ok(()),
            left => Err(self.error(format!("{left} bytes more than told"))),
        }
    }
}
