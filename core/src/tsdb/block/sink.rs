//! Writes numbers and texts as a block's files hold them.

use super::checksum::checksum;

/// Bytes being written.
#[derive(Clone, Debug, Default)]
pub(super) struct Sink(pub(super) Vec<u8>);

impl Sink {
    /// How many bytes there are.
    pub(super) fn offset(&self) -> u64 {
        self.0.len() as u64
    }

    /// Four bytes, the highest first.
    pub(super) fn word(&mut self, word: u32) {
        self.0.extend_from_slice(&word.to_be_bytes());
    }

    /// Eight bytes, the highest first.
    pub(super) fn long(&mut self, long: u64) {
        self.0.extend_from_slice(&long.to_be_bytes());
    }

    /// Go's `PutUvarint`.
    pub(super) fn unsigned(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.0.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.0.push(value as u8);
    }

    /// Go's `PutVarint`.
    pub(super) fn signed(&mut self, value: i64) {
        self.unsigned(((value << 1) ^ (value >> 63)) as u64);
    }

    /// A text behind its length.
    pub(super) fn text(&mut self, text: &str) {
        self.unsigned(text.len() as u64);
        self.0.extend_from_slice(text.as_bytes());
    }

    /// Zeros up to the next multiple of `size`.
    pub(super) fn align(&mut self, size: usize) {
        self.0.resize(self.0.len().next_multiple_of(size), 0);
    }

    /// A section: its length, what `content` writes, the checksum over that. Gives where it begins.
    pub(super) fn section(&mut self, content: impl FnOnce(&mut Self)) -> u64 {
        let begin = self.0.len();
        self.word(0);
        content(self);
        let length = self.0.len() - begin - 4;
        self.0[begin..begin + 4].copy_from_slice(&(length as u32).to_be_bytes());
        self.word(checksum(&self.0[begin + 4..]));
        begin as u64
    }
}
