//! Go's escapes inside quotes.

use std::borrow::Cow;

use crate::base::bytes::stand_in;

/// Resolves the escapes that Go's `strconv.Quote` writes; a byte that is no character (`\xff`) becomes its stand-in.
/// What is no escape stays as it is.
pub(in crate::exposition) fn unescape_go(text: &str) -> Cow<'_, str> {
    if !text.as_bytes().contains(&b'\\') {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        plain.push_str(&rest[..at]);
        let (character, length) = escape(&rest[at + 1..]).unwrap_or(('\\', 0));
        plain.push(character);
        rest = &rest[at + 1 + length..];
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

/// The character that the escape after a backslash means, with the length of the escape.
fn escape(text: &str) -> Option<(char, usize)> {
    let simple = |character| Some((character, 1));
    let coded = |digits: usize| {
        let code =
            text.get(1..1 + digits).filter(|code| code.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
        Some((char::from_u32(u32::from_str_radix(code, 16).ok()?)?, 1 + digits))
    };
    match text.as_bytes().first()? {
        b'\\' => simple('\\'),
        b'"' => simple('"'),
        b'n' => simple('\n'),
        b't' => simple('\t'),
        b'r' => simple('\r'),
        b'a' => simple('\u{7}'),
        b'b' => simple('\u{8}'),
        b'f' => simple('\u{c}'),
        b'v' => simple('\u{b}'),
        b'x' => coded(2).map(|(code, length)| match u8::try_from(code as u32) {
            Ok(byte @ 0x80..) => (stand_in(byte), length),
            _ => (code, length),
        }),
        b'u' => coded(4),
        b'U' => coded(8),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::base::number::quote;

    proptest! {
        #[test]
        fn what_go_quotes_is_read_back(text: String) {
            let quoted = quote(&text);
            prop_assert_eq!(unescape_go(&quoted[1..quoted.len() - 1]), text);
        }
    }

    #[test]
    fn what_is_no_escape_stays() {
        assert_eq!(unescape_go(r"\q\xf\u12\"), r"\q\xf\u12\");
    }

    #[test]
    fn a_byte_that_is_no_character_is_kept() {
        assert_eq!(quote(&unescape_go(r"\xff\x41")), r#""\xffA""#);
    }
}
