//! Why some characters are no token, in Prometheus's words.

use crate::base::number::quote;

/// What is wrong with a character or a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LexError {
    /// A character that begins nothing.
    Character(char),
    /// `=~` outside braces.
    AfterEquals(char),
    /// `!` and something else than `=` outside braces.
    AfterBang(Option<char>),
    /// `!` and something else than `=` or `~` in braces.
    AfterBangInBraces(Option<char>),
    /// A character that begins nothing in braces.
    CharacterInBraces(char),
    /// A character that is no part of a length of time, behind `[`.
    CharacterInLength(char),
    /// A word in brackets where a colon may stand.
    NotColon(char),
    /// A second colon in brackets.
    Colon,
    /// A second colon right behind an operator in brackets.
    RepeatedColon,
    /// A colon in brackets with nothing before it.
    ColonBeforeLength,
    /// `(` never closed.
    UnclosedParen,
    /// `)` never opened.
    RightParen,
    /// `[` never closed.
    UnclosedBracket,
    /// `[` within brackets.
    LeftBracket,
    /// `]` never opened.
    RightBracket,
    /// `{` within braces.
    LeftBrace,
    /// `{` never closed.
    EndInBraces,
    /// Nothing behind `[`.
    EndInLength,
    /// Neither number nor duration.
    Number,
    /// No number, where a duration may not stand.
    NumberOnly,
    /// A quote never closed.
    UnterminatedString,
    /// A back quote never closed.
    UnterminatedRawString,
    /// The text ends within an escape sequence.
    UnterminatedEscape,
    /// A backslash and a character that means nothing behind it.
    UnknownEscape(char),
    /// A character that is no digit of the escape sequence.
    EscapeDigit(char),
    /// An escape sequence for no character.
    EscapeValue,
    /// Bytes that are no text.
    InvalidUtf8,
    /// A character that begins nothing in the values of a series.
    CharacterInSeries(char),
    /// A character that begins nothing in a histogram.
    CharacterInHistogram(Option<char>),
    /// A character that begins nothing in a histogram's buckets.
    CharacterInBuckets(Option<char>),
    /// A histogram's key without a colon right behind it.
    NoColonAfterKey,
    /// A word that is no key of a histogram.
    HistogramKey,
}

impl LexError {
    /// The message; `written` is what the token has taken.
    #[must_use]
    pub fn message(self, written: &str) -> String {
        let fixed = match self {
            Self::Character(c) => return format!("unexpected character: {}", quote_character(c)),
            Self::AfterEquals(c) => return format!("unexpected character after '=': {}", quote_character(c)),
            Self::AfterBang(c) => return format!("unexpected character after '!': {}", or_end(c)),
            Self::AfterBangInBraces(c) => {
                return format!("unexpected character after '!' inside braces: {}", or_end(c));
            }
            Self::CharacterInBraces(c) => {
                return format!("unexpected character inside braces: {}", quote_character(c));
            }
            Self::CharacterInLength(c) => {
                return format!("unexpected character in duration expression: {}", quote_character(c));
            }
            Self::NotColon(c) => {
                return format!("unexpected character: {}, expected ':'", quote_character(c));
            }
            Self::CharacterInSeries(c) => {
                return format!("unexpected character in series sequence: {}", quote_character(c));
            }
            Self::CharacterInHistogram(c) => {
                return format!("histogram description incomplete unexpected: {}", or_end(c));
            }
            Self::CharacterInBuckets(c) => {
                return format!("invalid character in buckets description: {}", or_end(c));
            }
            Self::Number => return format!("bad number or duration syntax: {}", quote(written)),
            Self::NumberOnly => return format!("bad number syntax: {}", quote(written)),
            Self::HistogramKey => return format!("bad histogram descriptor found: {}", quote(written)),
            Self::UnknownEscape(c) => return format!("unknown escape sequence {}", code_point(c)),
            Self::EscapeDigit(c) => {
                return format!("illegal character {} in escape sequence", code_point(c));
            }
            Self::Colon => "unexpected colon ':'",
            Self::RepeatedColon => "unexpected repeated colon in duration expression",
            Self::ColonBeforeLength => "unexpected colon before duration in duration expression",
            Self::UnclosedParen => "unclosed left parenthesis",
            Self::RightParen => "unexpected right parenthesis ')'",
            Self::UnclosedBracket => "unclosed left bracket",
            Self::LeftBracket => "unexpected left bracket '['",
            Self::RightBracket => "unexpected right bracket ']'",
            Self::LeftBrace => "unexpected left brace '{'",
            Self::EndInBraces => "unexpected end of input inside braces",
            Self::EndInLength => "unexpected end of input in duration expression",
            Self::UnterminatedString => "unterminated quoted string",
            Self::UnterminatedRawString => "unterminated raw string",
            Self::UnterminatedEscape => "escape sequence not terminated",
            Self::EscapeValue => "escape sequence is an invalid Unicode code point",
            Self::InvalidUtf8 => "invalid UTF-8 rune",
            Self::NoColonAfterKey => "missing `:` for histogram descriptor",
        };
        fixed.to_owned()
    }
}

/// Go's `%q` of a character.
pub fn quote_character(c: char) -> String {
    match c {
        '\'' => "'\\''".to_owned(),
        '"' => "'\"'".to_owned(),
        _ => {
            let quoted = quote(c.encode_utf8(&mut [0; 4]));
            format!("'{}'", &quoted[1..quoted.len() - 1])
        }
    }
}

/// The end of the text prints as the replacement character.
fn or_end(c: Option<char>) -> String {
    quote_character(c.unwrap_or(char::REPLACEMENT_CHARACTER))
}

/// Go's `%#U`: `U+002E '.'`, the character itself only where it can be seen.
fn code_point(c: char) -> String {
    let quoted = quote(c.encode_utf8(&mut [0; 4]));
    let seen = c == '"' || c == '\\' || !quoted.starts_with("\"\\");
    if seen { format!("U+{:04X} '{c}'", c as u32) } else { format!("U+{:04X}", c as u32) }
}
