//! The words PromQL is made of, each with its place, and the one table of keywords. Splits no text: see `lexer`.

use super::ast::{AggregateOp, BinaryOp};
use super::lexer::LexError;
use crate::base::span::Span;

/// A word of an expression and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Its bytes.
    pub span: Span,
}

/// The kinds of token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// `(`
    LeftParen,
    /// `)`
    RightParen,
    /// `{`
    LeftBrace,
    /// `}`
    RightBrace,
    /// `[`
    LeftBracket,
    /// `]`
    RightBracket,
    /// `,`
    Comma,
    /// `:` inside `[…]`
    Colon,
    /// A single `=`
    Assign,
    /// `=~`
    RegexMatch,
    /// `!~`
    RegexMismatch,
    /// `@`
    At,
    /// `+ - … and or unless atan2`; `!=` in selectors too
    Operator(BinaryOp),
    /// `sum`, `avg`, …
    Aggregator(AggregateOp),
    /// `by`, `offset`, …
    Keyword(Keyword),
    /// A name without a colon
    Identifier,
    /// A name with a colon
    MetricIdentifier,
    /// `1.5`, `0x1F`, `Inf`
    Number,
    /// `5m`, `1h30m`
    Duration,
    /// `"text"`, with its quotes
    String,
    /// `# …` up to the end of the line
    Comment,
    /// Nothing more
    EndOfInput,
    /// What is no token; nothing follows it
    Error(LexError),
}

/// The words with a meaning of their own that are neither operators nor aggregators.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // each is the keyword of its name
pub enum Keyword {
    Offset,
    Smoothed,
    Anchored,
    By,
    Without,
    On,
    Ignoring,
    GroupLeft,
    GroupRight,
    Fill,
    FillLeft,
    FillRight,
    Bool,
    Start,
    End,
    Step,
    Range,
    MaxOf,
    MinOf,
}

/// The keywords that are neither operators nor aggregators, as written.
pub const KEYWORDS: &[(Keyword, &str)] = &[
    (Keyword::Offset, "offset"),
    (Keyword::Smoothed, "smoothed"),
    (Keyword::Anchored, "anchored"),
    (Keyword::By, "by"),
    (Keyword::Without, "without"),
    (Keyword::On, "on"),
    (Keyword::Ignoring, "ignoring"),
    (Keyword::GroupLeft, "group_left"),
    (Keyword::GroupRight, "group_right"),
    (Keyword::Fill, "fill"),
    (Keyword::FillLeft, "fill_left"),
    (Keyword::FillRight, "fill_right"),
    (Keyword::Bool, "bool"),
    (Keyword::Start, "start"),
    (Keyword::End, "end"),
    (Keyword::Step, "step"),
    (Keyword::Range, "range"),
    (Keyword::MaxOf, "max_of"),
    (Keyword::MinOf, "min_of"),
];

impl Keyword {
    /// The keyword as written.
    #[must_use]
    pub fn word(self) -> &'static str {
        KEYWORDS[self as usize].1
    }

    /// `start end step range max_of min_of`: words that mean something in one place only and are functions or metric
    /// names elsewhere.
    #[must_use]
    pub const fn is_contextual(self) -> bool {
        use Keyword::{End, MaxOf, MinOf, Range, Start, Step};
        matches!(self, Start | End | Step | Range | MaxOf | MinOf)
    }
}

impl TokenKind {
    /// The kind of a word without a colon outside braces. Case does not matter.
    #[must_use]
    pub fn of_word(word: &str) -> Self {
        let same = |name: &str| name.eq_ignore_ascii_case(word);
        if let Some((keyword, _)) = KEYWORDS.iter().find(|(_, name)| same(name)) {
            return Self::Keyword(*keyword);
        }
        if let Some((op, _)) = super::operator::AGGREGATORS.iter().find(|(_, name)| same(name)) {
            return Self::Aggregator(*op);
        }
        if let Some((op, ..)) = super::operator::BINARY_OPERATORS.iter().find(|(_, name, _)| same(name)) {
            return Self::Operator(*op);
        }
        if same("inf") || same("nan") { Self::Number } else { Self::Identifier }
    }

    /// Whether a metric may bear this word as its name, outside braces and quotes.
    #[must_use]
    pub const fn can_name_metric(self) -> bool {
        use Keyword::{Bool, GroupLeft, GroupRight, Ignoring, On};
        match self {
            Self::Identifier | Self::MetricIdentifier | Self::Aggregator(_) => true,
            Self::Operator(op) => op.is_set(),
            Self::Keyword(keyword) => !matches!(keyword, Bool | On | Ignoring | GroupLeft | GroupRight),
            _ => false,
        }
    }

    /// Whether a label may bear this word as its name in `by (…)` and its like.
    #[must_use]
    pub const fn can_name_label(self) -> bool {
        match self {
            Self::Identifier | Self::MetricIdentifier | Self::Aggregator(_) => true,
            Self::Keyword(keyword) => !matches!(keyword, Keyword::Without),
            Self::Operator(op) => op.is_set() || matches!(op, BinaryOp::Atan2),
            _ => false,
        }
    }

    /// Whether an expression may begin with it.
    #[must_use]
    pub const fn can_start_expression(self) -> bool {
        match self {
            Self::LeftParen | Self::LeftBrace | Self::Number | Self::Duration | Self::String => true,
            Self::Operator(BinaryOp::Add | BinaryOp::Sub) => true,
            _ => self.can_name_metric(),
        }
    }

    /// Whether it is an error or the end: nothing can be read past it.
    #[must_use]
    pub const fn is_last(self) -> bool {
        matches!(self, Self::EndOfInput | Self::Error(_))
    }
}

impl Token {
    /// How an error names the token: `identifier "x"`, `<op:*>`, `end of input`.
    #[must_use]
    pub fn describe(self, text: &str) -> String {
        let written = self.span.of(text);
        match self.kind {
            TokenKind::EndOfInput => "end of input".to_owned(),
            TokenKind::Error(_) => "error".to_owned(),
            TokenKind::Operator(_) | TokenKind::RegexMatch | TokenKind::RegexMismatch | TokenKind::At => {
                format!("<op:{written}>")
            }
            TokenKind::Aggregator(_) => format!("<aggr:{written}>"),
            TokenKind::Keyword(keyword) if !keyword.is_contextual() => format!("<{written}>"),
            TokenKind::Identifier => format!("identifier {}", quote(written)),
            TokenKind::MetricIdentifier => format!("metric identifier {}", quote(written)),
            TokenKind::String => format!("string {}", quote_short(written)),
            TokenKind::Number => format!("number {}", quote_short(written)),
            TokenKind::Duration => format!("duration {}", quote_short(written)),
            TokenKind::Comment => format!("comment {}", quote_short(written)),
            _ => quote_short(written),
        }
    }
}

use crate::base::number::quote;

/// Quotes; of a text longer than ten bytes only the first ten characters are shown.
pub(super) fn quote_short(text: &str) -> String {
    if text.len() <= 10 {
        return quote(text);
    }
    let end = text.char_indices().nth(10).map_or(text.len(), |(at, _)| at);
    format!("{}...", quote(&text[..end]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keywords_stand_in_the_order_of_the_enum() {
        for (index, (keyword, word)) in KEYWORDS.iter().enumerate() {
            assert_eq!((*keyword as usize, keyword.word()), (index, *word));
        }
    }

    #[test]
    fn words_are_known_in_any_case() {
        assert_eq!(TokenKind::of_word("OFFSET"), TokenKind::Keyword(Keyword::Offset));
        assert_eq!(TokenKind::of_word("Sum"), TokenKind::Aggregator(AggregateOp::Sum));
        assert_eq!(TokenKind::of_word("ATAN2"), TokenKind::Operator(BinaryOp::Atan2));
        assert_eq!(TokenKind::of_word("nAn"), TokenKind::Number);
        assert_eq!(TokenKind::of_word("summ"), TokenKind::Identifier);
    }

    #[test]
    fn long_values_are_shortened() {
        assert_eq!(quote_short("0123456789"), "\"0123456789\"");
        assert_eq!(quote_short("0123456789a"), "\"0123456789\"...");
    }
}
