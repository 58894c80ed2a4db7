//! Bytes that are no UTF-8 within a text. Go's texts hold any bytes and Rust's do not, so a byte that belongs to no
//! character is kept as a private character that stands for it, the last 128 of Unicode: nobody types them.

/// Where the stand-ins begin: that of byte `b` is `FIRST + b`.
const FIRST: u32 = 0x10_ff00;

/// A text from bytes; those that are no UTF-8 become their stand-ins.
#[must_use]
pub fn text_of(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|byte| stand_in(*byte)));
    }
    text
}

/// The character that stands for a byte of 0x80 and above.
#[must_use]
pub fn stand_in(byte: u8) -> char {
    char::from_u32(FIRST + u32::from(byte)).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// The byte that a character stands for.
#[must_use]
pub fn byte_of(character: char) -> Option<u8> {
    let byte = u8::try_from((character as u32).checked_sub(FIRST)?).ok()?;
    (byte >= 0x80).then_some(byte)
}

/// Whether a text is UTF-8 throughout.
#[must_use]
pub fn is_utf8(text: &str) -> bool {
    // All stand-ins begin with this byte.
    !text.as_bytes().contains(&0xf4) || text.chars().all(|character| byte_of(character).is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_are_no_text_are_kept() {
        let text = text_of(b"a\xc5z\xe2\x98\xba\xff");
        let bytes: Vec<u8> = text.chars().filter_map(byte_of).collect();
        assert_eq!(bytes, [0xc5, 0xff]);
        assert!(text.contains('☺') && !is_utf8(&text));
        assert!(is_utf8("a☺\u{fffd}\u{10ff00}") && byte_of('a').is_none());
    }
}
