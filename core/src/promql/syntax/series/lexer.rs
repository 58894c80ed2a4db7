//! Splits a line of series notation into tokens. The series in front is an expression's; behind it blanks count, and
//! the words are others.

use super::super::lexer::{Characters, LexError, Lexer, is_digit, is_space, is_word, is_word_start, number};
use super::super::token::TokenKind;
use crate::base::span::Span;
use crate::model::histogram::ResetHint;

/// A token of series notation and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeriesToken {
    /// What it is.
    pub kind: SeriesTokenKind,
    /// Its bytes; of blanks only the first.
    pub span: Span,
}

/// The kinds of token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeriesTokenKind {
    /// What expressions know too: names, braces, quoted texts, numbers, `=`, `,`, the end, errors.
    Plain(TokenKind),
    /// Blanks
    Space,
    /// `+`
    Plus,
    /// `-`
    Minus,
    /// `x`
    Times,
    /// `_`
    Blank,
    /// `{{`
    OpenHistogram,
    /// `}}`
    CloseHistogram,
    /// `schema`, `sum`, … before a colon
    Key(HistogramKey),
    /// `gauge`, `reset`, …
    Hint(ResetHint),
}

/// The keys of a histogram.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)] // each is the key of its name
pub enum HistogramKey {
    Sum,
    Count,
    Schema,
    Offset,
    NegativeOffset,
    Buckets,
    NegativeBuckets,
    ZeroBucket,
    ZeroBucketWidth,
    CustomValues,
    CounterResetHint,
}

/// The keys as written, in the order in which Prometheus numbers their tokens.
const KEYS: &[(HistogramKey, &str)] = &[
    (HistogramKey::Sum, "sum"),
    (HistogramKey::Count, "count"),
    (HistogramKey::Schema, "schema"),
    (HistogramKey::Offset, "offset"),
    (HistogramKey::NegativeOffset, "n_offset"),
    (HistogramKey::Buckets, "buckets"),
    (HistogramKey::NegativeBuckets, "n_buckets"),
    (HistogramKey::ZeroBucket, "z_bucket"),
    (HistogramKey::ZeroBucketWidth, "z_bucket_w"),
    (HistogramKey::CustomValues, "custom_values"),
    (HistogramKey::CounterResetHint, "counter_reset_hint"),
];

const HINTS: &[(ResetHint, &str)] = &[
    (ResetHint::Unknown, "unknown"),
    (ResetHint::Reset, "reset"),
    (ResetHint::NotReset, "not_reset"),
    (ResetHint::Gauge, "gauge"),
];

impl HistogramKey {
    /// The number by which Prometheus's errors name the token.
    pub(super) fn token_number(self) -> usize {
        57_370 + self as usize
    }

    /// The key as written.
    #[must_use]
    pub fn word(self) -> &'static str {
        KEYS[self as usize].1
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    /// The series in front.
    Series,
    Values,
    Histogram,
    /// `[…]` in a histogram.
    Buckets,
}

/// Reads the tokens of a line, up to the end or the first error; from then on it repeats the last token.
#[derive(Clone, Debug)]
pub struct SeriesLexer<'t> {
    front: Lexer<'t>,
    characters: Characters<'t>,
    mode: Mode,
    in_braces: bool,
    last: Option<SeriesToken>,
}

impl<'t> SeriesLexer<'t> {
    /// A lexer at the start of `text`.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        let characters = Characters::new(text);
        Self { front: Lexer::new(text), characters, mode: Mode::Series, in_braces: false, last: None }
    }

    /// The next token, without comments.
    pub fn next_token(&mut self) -> SeriesToken {
        if let Some(last) = self.last {
            return last;
        }
        let token = if self.mode == Mode::Series { self.series() } else { self.behind_series() };
        if matches!(token.kind, SeriesTokenKind::Plain(kind) if kind.is_last()) {
            self.last = Some(token);
        }
        token
    }

    fn series(&mut self) -> SeriesToken {
        let token = self.front.next_token();
        let rest = self.front.characters();
        let ends = match token.kind {
            TokenKind::Comment => return self.series(),
            TokenKind::LeftBrace => {
                self.in_braces = true;
                false
            }
            TokenKind::RightBrace => true,
            kind => !self.in_braces && kind.can_name_metric() && rest.peek() != Some('{'),
        };
        if ends {
            self.mode = Mode::Values;
            self.characters = rest;
        }
        SeriesToken { kind: SeriesTokenKind::Plain(token.kind), span: token.span }
    }

    fn behind_series(&mut self) -> SeriesToken {
        self.characters.start_token();
        let kind = match self.mode {
            Mode::Histogram => self.histogram(),
            Mode::Buckets => self.buckets(),
            Mode::Series | Mode::Values => self.value(),
        };
        let kind = kind.unwrap_or_else(|error| SeriesTokenKind::Plain(TokenKind::Error(error)));
        let span = self.characters.token_span();
        if kind == SeriesTokenKind::Space {
            self.characters.skip_spaces();
        }
        SeriesToken { kind, span }
    }

    fn value(&mut self) -> Result<SeriesTokenKind, LexError> {
        let Some(first) = self.characters.next() else {
            return Ok(SeriesTokenKind::Plain(TokenKind::EndOfInput));
        };
        Ok(match first {
            '{' if self.characters.accept('{') => {
                self.mode = Mode::Histogram;
                SeriesTokenKind::OpenHistogram
            }
            '+' => SeriesTokenKind::Plus,
            '-' => SeriesTokenKind::Minus,
            'x' => SeriesTokenKind::Times,
            '_' => SeriesTokenKind::Blank,
            c if is_space(c) => SeriesTokenKind::Space,
            c if is_digit(c) || (c == '.' && self.characters.peek().is_some_and(is_digit)) => {
                self.number()?
            }
            c if is_word_start(c) => {
                self.characters.skip_while(|c| is_word(c) || c == ':');
                let word = self.characters.token_text();
                SeriesTokenKind::Plain(match word.contains(':') {
                    true => TokenKind::MetricIdentifier,
                    false => TokenKind::of_word(word),
                })
            }
            c => return Err(LexError::CharacterInSeries(c)),
        })
    }

    fn number(&mut self) -> Result<SeriesTokenKind, LexError> {
        self.characters.back_to_token_start();
        number::number(&mut self.characters).map(SeriesTokenKind::Plain)
    }

    fn histogram(&mut self) -> Result<SeriesTokenKind, LexError> {
        let first = self.characters.next();
        Ok(match first {
            Some(':') => SeriesTokenKind::Plain(TokenKind::Colon),
            Some('-') => SeriesTokenKind::Minus,
            Some('[') => {
                self.mode = Mode::Buckets;
                SeriesTokenKind::Plain(TokenKind::LeftBracket)
            }
            Some('}') if self.characters.accept('}') => {
                self.mode = Mode::Values;
                SeriesTokenKind::CloseHistogram
            }
            Some(c) if is_space(c) => SeriesTokenKind::Space,
            Some(c) if is_digit(c) => self.number()?,
            Some(c) if is_word_start(c) => return self.histogram_word(),
            other => return Err(LexError::CharacterInHistogram(other)),
        })
    }

    fn histogram_word(&mut self) -> Result<SeriesTokenKind, LexError> {
        self.characters.skip_while(is_word_start);
        let word = self.characters.token_text();
        if let Some((key, _)) = KEYS.iter().find(|(_, name)| name.eq_ignore_ascii_case(word)) {
            let colon = self.characters.peek() == Some(':');
            return if colon { Ok(SeriesTokenKind::Key(*key)) } else { Err(LexError::NoColonAfterKey) };
        }
        if TokenKind::of_word(word) == TokenKind::Number {
            return Ok(SeriesTokenKind::Plain(TokenKind::Number));
        }
        let hint = HINTS.iter().find(|(_, name)| name.eq_ignore_ascii_case(word));
        hint.map(|(hint, _)| SeriesTokenKind::Hint(*hint)).ok_or(LexError::HistogramKey)
    }

    fn buckets(&mut self) -> Result<SeriesTokenKind, LexError> {
        let first = self.characters.next();
        Ok(match first {
            Some('-') => SeriesTokenKind::Minus,
            Some(']') => {
                self.mode = Mode::Histogram;
                SeriesTokenKind::Plain(TokenKind::RightBracket)
            }
            Some(c) if is_space(c) => SeriesTokenKind::Space,
            Some(c) if is_digit(c) => self.number()?,
            Some(c) if is_word_start(c) => {
                self.characters.skip_while(is_word_start);
                match TokenKind::of_word(self.characters.token_text()) {
                    TokenKind::Number => SeriesTokenKind::Plain(TokenKind::Number),
                    _ => return Err(LexError::CharacterInBuckets(Some(c))),
                }
            }
            other => return Err(LexError::CharacterInBuckets(other)),
        })
    }
}
