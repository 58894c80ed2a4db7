//! Quoted texts: finding their end, and their value.

use super::super::token::TokenKind;
use super::{Characters, LexError};
use crate::base::bytes::text_of;

/// Takes a quoted text whose opening quote is already taken.
pub fn quoted(characters: &mut Characters, quote: char) -> Result<TokenKind, LexError> {
    let mut fault = None;
    loop {
        match characters.next() {
            None => {
                let unterminated = match quote {
                    '`' => LexError::UnterminatedRawString,
                    _ => LexError::UnterminatedString,
                };
                return Err(fault.unwrap_or(unterminated));
            }
            Some(c) if c == quote => return fault.map_or(Ok(TokenKind::String), Err),
            Some('\n') if quote != '`' => return Err(fault.unwrap_or(LexError::UnterminatedString)),
            // Go cannot tell this character from bytes that are no text, and neither can a text read from such bytes.
            Some(char::REPLACEMENT_CHARACTER) => fault = fault.or(Some(LexError::InvalidUtf8)),
            Some('\\') if quote != '`' => fault = fault.or(escape(characters, quote).err()),
            Some(_) => {}
        }
    }
}

/// Takes an escape sequence whose backslash is already taken.
fn escape(characters: &mut Characters, quote: char) -> Result<(), LexError> {
    let (digits, base, largest) = match characters.peek() {
        None => return Err(LexError::UnterminatedEscape),
        Some('a' | 'b' | 'f' | 'n' | 'r' | 't' | 'v' | '\\') => (0, 0, 0),
        Some(c) if c == quote => (0, 0, 0),
        Some('0'..='7') => (3, 8, 255),
        Some('x') => (2, 16, 255),
        Some('u') => (4, 16, 0x10_ffff),
        Some('U') => (8, 16, 0x10_ffff),
        Some(c) => return Err(LexError::UnknownEscape(c)),
    };
    if base != 8 {
        characters.next();
    }
    let mut value: u64 = 0;
    for _ in 0..digits {
        let next = characters.peek().ok_or(LexError::UnterminatedEscape)?;
        let digit = next.to_digit(base).ok_or(LexError::EscapeDigit(next))?;
        value = value * u64::from(base) + u64::from(digit);
        characters.next();
    }
    if value > largest || (0xd800..0xe000).contains(&value) {
        return Err(LexError::EscapeValue);
    }
    Ok(())
}

/// The value of a quoted text that the lexer took without an error. It may hold any bytes (`"\xff"`); those that are no
/// UTF-8 are kept by stand-ins ([`crate::base::bytes`]).
pub fn unquote(written: &str) -> String {
    let inner = written.get(1..written.len().saturating_sub(1)).unwrap_or("");
    if written.starts_with('`') || !inner.contains('\\') {
        return inner.to_owned();
    }
    let mut bytes = Vec::with_capacity(inner.len());
    let mut rest = inner;
    while let Some(at) = rest.find('\\') {
        bytes.extend_from_slice(&rest.as_bytes()[..at]);
        rest = push_escaped(&mut bytes, &rest[at + 1..]);
    }
    bytes.extend_from_slice(rest.as_bytes());
    text_of(&bytes)
}

/// Appends what the escape sequence at the start of `rest` stands for; gives what follows it.
fn push_escaped<'t>(bytes: &mut Vec<u8>, rest: &'t str) -> &'t str {
    let Some(first) = rest.chars().next() else { return rest };
    let digits = |from: usize, count: usize, base| {
        let text = rest.get(from..from + count).unwrap_or("");
        (u32::from_str_radix(text, base).unwrap_or(0), &rest[(from + count).min(rest.len())..])
    };
    let single = match first {
        'a' => 7,
        'b' => 8,
        'f' => 12,
        'n' => b'\n',
        'r' => b'\r',
        't' => b'\t',
        'v' => 11,
        '0'..='7' => {
            let (value, rest) = digits(0, 3, 8);
            bytes.push(value as u8);
            return rest;
        }
        'x' => {
            let (value, rest) = digits(1, 2, 16);
            bytes.push(value as u8);
            return rest;
        }
        'u' | 'U' => {
            let (value, rest) = digits(1, if first == 'u' { 4 } else { 8 }, 16);
            let character = char::from_u32(value).unwrap_or(char::REPLACEMENT_CHARACTER);
            bytes.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
            return rest;
        }
        other => {
            bytes.extend_from_slice(other.encode_utf8(&mut [0; 4]).as_bytes());
            return &rest[other.len_utf8()..];
        }
    };
    bytes.push(single);
    &rest[1..]
}

#[cfg(test)]
mod tests {
    use super::unquote;

    #[test]
    fn values_of_quoted_texts() {
        for (written, value) in [
            (r#""a""#, "a"),
            (r#"'\'\\\t'"#, "'\\\t"),
            (r#""\x41\101\u00e9\U0001f600z""#, "AAé😀z"),
            (r#""\xe2\x98\xba""#, "☺"),
            ("`\\n`", "\\n"),
            (r#""\xff\ufffd""#, "\u{10ffff}\u{fffd}"),
            (r#""""#, ""),
        ] {
            assert_eq!(unquote(written), value, "{written}");
        }
    }
}
