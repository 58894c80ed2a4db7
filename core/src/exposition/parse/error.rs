//! What is wrong with a page, and where.

use std::fmt::{self, Write as _};

use crate::base::number::quote;
use crate::base::span::Place;

/// Why a page cannot be read. Displays in Prometheus's words, without the place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    /// Prometheus's wording, as the Targets page shows it.
    pub message: String,
    /// The first byte of what was not understood.
    pub offset: usize,
    /// The same as line and column.
    pub place: Place,
}

impl ParseError {
    pub(in crate::exposition) fn new(page: &[u8], offset: usize, message: String) -> Self {
        Self { message, offset, place: place_of(page, offset) }
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ParseError {}

/// Line and byte column of `offset`; the page need not be UTF-8.
fn place_of(page: &[u8], offset: usize) -> Place {
    let before = &page[..offset.min(page.len())];
    let line = before.iter().filter(|byte| **byte == b'\n').count();
    let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    Place { line: line as u32 + 1, column: (before.len() - line_start) as u32 + 1 }
}

/// Quotes bytes as Go's `%q`: what is not UTF-8 becomes `\xff`.
pub(in crate::exposition) fn quote_bytes(bytes: &[u8]) -> String {
    let mut quoted = String::from("\"");
    for chunk in bytes.utf8_chunks() {
        let valid = quote(chunk.valid());
        quoted.push_str(&valid[1..valid.len() - 1]);
        for byte in chunk.invalid() {
            let _ = write!(quoted, "\\x{byte:02x}");
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_are_not_text_are_quoted_as_numbers() {
        assert_eq!(quote_bytes(b"a\xff\"\n\xed\x95\x9c\xed"), r#""a\xff\"\n한\xed""#);
    }

    #[test]
    fn the_place_counts_lines_and_bytes_from_one() {
        assert_eq!(place_of(b"ab\ncd", 4), Place { line: 2, column: 2 });
        assert_eq!(place_of(b"ab\n", 99), Place { line: 2, column: 1 });
    }
}
