//! Why a text is not a regular expression, in the words of Go's `regexp`.

use std::fmt;

/// A fault of a regular expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegexError {
    /// What is wrong.
    pub kind: RegexErrorKind,
    /// The part of the pattern that is.
    pub part: String,
}

/// The kinds of fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // the messages below say what each is
pub enum RegexErrorKind {
    InvalidRange,
    InvalidEscape,
    InvalidGroupName,
    InvalidPerlSyntax,
    NestedRepetition,
    RepeatCount,
    MissingBracket,
    MissingParen,
    MissingRepeatArgument,
    TrailingBackslash,
    UnexpectedParen,
    TooDeep,
    TooLarge,
}

impl RegexErrorKind {
    pub(super) fn at(self, part: &str) -> RegexError {
        RegexError { kind: self, part: part.to_owned() }
    }
}

impl fmt::Display for RegexError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.kind {
            RegexErrorKind::InvalidRange => "invalid character class range",
            RegexErrorKind::InvalidEscape => "invalid escape sequence",
            RegexErrorKind::InvalidGroupName => "invalid named capture",
            RegexErrorKind::InvalidPerlSyntax => "invalid or unsupported Perl syntax",
            RegexErrorKind::NestedRepetition => "invalid nested repetition operator",
            RegexErrorKind::RepeatCount => "invalid repeat count",
            RegexErrorKind::MissingBracket => "missing closing ]",
            RegexErrorKind::MissingParen => "missing closing )",
            RegexErrorKind::MissingRepeatArgument => "missing argument to repetition operator",
            RegexErrorKind::TrailingBackslash => "trailing backslash at end of expression",
            RegexErrorKind::UnexpectedParen => "unexpected )",
            RegexErrorKind::TooDeep => "expression nests too deeply",
            RegexErrorKind::TooLarge => "expression too large",
        };
        write!(f, "error parsing regexp: {what}: `{}`", self.part)
    }
}

impl std::error::Error for RegexError {}
