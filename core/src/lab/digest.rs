//! A 64-bit digest of bytes that is the same on every machine. Guards against mistakes, not against forgery.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The digest of some bytes; prints as 16 hex digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Digest(pub u64);

impl Digest {
    /// The digest of no bytes, to start a chain with [`Digest::and`].
    pub const EMPTY: Self = Self(0xcbf2_9ce4_8422_2325);

    /// The digest of `bytes`.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self::EMPTY.and(bytes)
    }

    /// The digest of what was digested so far and then of `bytes` with their length, so that the border between two
    /// pieces counts.
    #[must_use]
    pub fn and(self, bytes: &[u8]) -> Self {
        let (words, rest) = bytes.as_chunks::<8>();
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        let mut hash = self.0;
        for word in words.iter().chain([&last, &(bytes.len() as u64).to_le_bytes()]) {
            hash = mix(hash ^ u64::from_le_bytes(*word));
        }
        Self(hash)
    }
}

/// A step of splitmix64's finishing mix: each bit of the input reaches each bit of the output.
fn mix(word: u64) -> u64 {
    let word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (word ^ (word >> 31)).wrapping_add(0x9e37_79b9_7f4a_7c15)
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_and_every_border_counts() {
        let texts: [&[u8]; 6] = [b"", b"\0", b"abc", b"abd", b"abcdefgh", b"abcdefgh\0"];
        for (index, text) in texts.iter().enumerate() {
            for other in &texts[index + 1..] {
                assert_ne!(Digest::of(text), Digest::of(other));
            }
        }
        assert_ne!(Digest::of(b"ab").and(b"c"), Digest::of(b"a").and(b"bc"));
        assert_eq!(Digest::of(b"abc").to_string(), Digest::of(b"abc").to_string());
    }
}
