//! What can be wrong with an expression: a stable code for the texts, the values, the place, and Prometheus's words.

use std::fmt;

use super::ast::ValueType;
use super::lexer::LexError;
use crate::base::number::{print_plain, quote};
use crate::base::span::{Place, Span};

/// One fault of an expression. Displays in Prometheus's words, without the place.
#[derive(Clone, Debug, PartialEq)]
pub struct ParseError {
    /// What is wrong.
    pub kind: ParseErrorKind,
    /// The bytes it concerns.
    pub span: Span,
    /// What was read there, where the message quotes it.
    pub written: String,
}

/// The kinds of fault, with the values that the message names.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)] // the messages below say what each is
pub enum ParseErrorKind {
    NoExpression,
    TooLong {
        limit_bytes: u32,
    },
    TooDeep {
        limit: u32,
    },
    TooManyOperators {
        limit: u32,
    },
    Token(LexError),
    /// `context` and `expected` may be empty; `written` describes the token.
    Unexpected {
        context: &'static str,
        expected: &'static str,
    },
    BadNumber {
        reason: String,
    },
    BadDuration {
        reason: String,
    },
    BadRegex {
        reason: String,
    },
    UnknownFunction,
    FunctionDisabled,
    AggregatorDisabled,
    FillDisabled,
    LengthExpressionDisabled,
    ExtensionDisabled,
    ExtensionOnSubquery,
    ExtensionElsewhere,
    ExtensionTwice,
    TrailingComma,
    EmptyGroupingLabel,
    NoAggregateArguments,
    AggregateArguments {
        expected: usize,
        got: usize,
    },
    LengthNotPositive,
    LengthOutOfRange,
    DivisionByZero,
    ModuloByZero,
    RangeOnExpression,
    OffsetBeforeRange,
    AtBeforeRange,
    OffsetOnExpression,
    OffsetTwice,
    AtOnExpression,
    AtTwice,
    AtOutOfRange {
        seconds: f64,
    },
    ExpectedType {
        wanted: ValueType,
        context: &'static str,
        got: ValueType,
    },
    ExpectedArgument {
        wanted: ValueType,
        got: ValueType,
    },
    ExpectedArguments {
        count: usize,
        got: usize,
    },
    TooFewArguments {
        least: usize,
        got: usize,
    },
    TooManyArguments {
        most: usize,
        got: usize,
    },
    InfoWithName,
    InfoWithoutSelector,
    BoolOnOperator,
    ComparisonNeedsBool,
    LabelTwice {
        label: String,
    },
    OperandType,
    MatchingOnScalar,
    FillOnScalar,
    FillOnSet,
    GroupingOnSet,
    SetNotManyToMany,
    SetOnScalar,
    UnaryType {
        got: ValueType,
    },
    SubqueryType {
        got: ValueType,
    },
    NameTwice {
        other: String,
    },
    EmptySelector,
    SeriesRepetition {
        reason: String,
    },
    SeriesTooLong {
        limit: u32,
    },
    DuplicateHistogramKey,
    HistogramSchemas {
        from: i32,
        to: i32,
    },
    Histogram {
        reason: String,
    },
}

impl ParseError {
    pub(super) fn new(kind: ParseErrorKind, span: Span) -> Self {
        Self { kind, span, written: String::new() }
    }

    /// The message with its place in `text`, as Prometheus prints a failed parse: `1:5: parse error: …`.
    #[must_use]
    pub fn located(&self, text: &str) -> String {
        if text.is_empty() {
            return format!("unknown position: parse error: {self}");
        }
        format!("{}: parse error: {self}", Place::of(text, self.span.start))
    }

    /// The stable name under which the texts explain the fault.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.kind.code()
    }
}

impl std::error::Error for ParseError {}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use ParseErrorKind as Kind;
        let written = &self.written;
        match &self.kind {
            Kind::Token(error) => f.write_str(&error.message(written)),
            Kind::Unexpected { context, expected } => {
                write!(f, "unexpected {written}")?;
                if !context.is_empty() {
                    write!(f, " in {context}")?;
                }
                if expected.is_empty() { Ok(()) } else { write!(f, ", expected {expected}") }
            }
            Kind::BadDuration { reason } | Kind::BadRegex { reason } | Kind::Histogram { reason } => {
                f.write_str(reason)
            }
            Kind::ExpectedType { wanted, context, got } => {
                write!(f, "expected type {} in {context}, got {}", wanted.documented(), got.documented())
            }
            Kind::ExpectedArgument { wanted, got } => {
                let (wanted, got) = (wanted.documented(), got.documented());
                write!(f, "expected type {wanted} in call to function {}, got {got}", quote(written))
            }
            Kind::ExpectedArguments { count, got } => {
                write!(f, "expected {count} argument(s) in call to {}, got {got}", quote(written))
            }
            Kind::TooFewArguments { least, got } => {
                write!(f, "expected at least {least} argument(s) in call to {}, got {got}", quote(written))
            }
            Kind::TooManyArguments { most, got } => {
                write!(f, "expected at most {most} argument(s) in call to {}, got {got}", quote(written))
            }
            Kind::AtOutOfRange { seconds } => {
                let seconds =
                    if seconds.is_finite() { format!("{seconds:.6}") } else { print_plain(*seconds) };
                write!(f, "timestamp out of bounds for @ modifier: {seconds}")
            }
            kind => super::wording::write(kind, written, f),
        }
    }
}
