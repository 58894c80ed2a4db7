//! Reads a line of series notation. The first fault ends it.

use std::sync::Arc;

use super::super::error::{ParseError, ParseErrorKind};
use super::super::lexer::{number, string};
use super::super::token::{Token, TokenKind, quote_short};
use super::lexer::{SeriesLexer, SeriesToken, SeriesTokenKind as Kind};
use super::{MAX_VALUES, SeriesLine, SeriesValue};
use crate::base::number::{quote, stale_nan};
use crate::base::span::Span;
use crate::model::labels::{Labels, LabelsBuilder, METRIC_NAME};

/// Reads a line of series notation.
///
/// # Errors
/// The first fault.
pub fn parse_series(text: &str) -> Result<SeriesLine, ParseError> {
    let mut parser = SeriesParser { text, lexer: SeriesLexer::new(text), ahead: None, last: None };
    let labels = parser.labels()?;
    let mut values = Vec::new();
    if !matches!(parser.peek()?, Kind::Space | Kind::Plain(TokenKind::EndOfInput)) {
        return Err(parser.unexpected(VALUES, ""));
    }
    while parser.accept(Kind::Space)?.is_some() {
        match parser.peek()? {
            Kind::Plain(kind) if !matches!(kind, TokenKind::Number | TokenKind::Identifier) => break,
            Kind::Times | Kind::CloseHistogram | Kind::Key(_) | Kind::Hint(_) => break,
            _ => parser.item(&mut values)?,
        }
    }
    match parser.peek()? {
        Kind::Plain(TokenKind::EndOfInput) => Ok(SeriesLine { labels, values }),
        _ => Err(parser.unexpected("", "")),
    }
}

pub(super) type Parsed<T> = Result<T, ParseError>;

const VALUES: &str = "series values";
const LABELS: &str = "label set";

pub(super) struct SeriesParser<'t> {
    pub text: &'t str,
    lexer: SeriesLexer<'t>,
    ahead: Option<SeriesToken>,
    last: Option<SeriesToken>,
}

impl SeriesParser<'_> {
    /// The kind of the next token, not taken.
    pub fn peek(&mut self) -> Parsed<Kind> {
        if let Some(token) = self.ahead {
            return Ok(token.kind);
        }
        let token = self.lexer.next_token();
        self.ahead = Some(token);
        self.last = Some(token);
        if let Kind::Plain(TokenKind::Error(error)) = token.kind {
            let span = Span::new(token.span.start, self.text.len() as u32);
            let written = token.span.of(self.text).to_owned();
            return Err(ParseError { kind: ParseErrorKind::Token(error), span, written });
        }
        Ok(token.kind)
    }

    pub fn take(&mut self) -> Parsed<SeriesToken> {
        self.peek()?;
        self.ahead = None;
        Ok(self.last_token())
    }

    pub fn accept(&mut self, kind: Kind) -> Parsed<Option<SeriesToken>> {
        if self.peek()? == kind { self.take().map(Some) } else { Ok(None) }
    }

    /// Takes a token of this kind, or says that another one is unexpected among the values.
    pub fn expect(&mut self, kind: Kind, context: &'static str) -> Parsed<SeriesToken> {
        if self.peek()? == kind { self.take() } else { Err(self.unexpected(context, "")) }
    }

    fn last_token(&self) -> SeriesToken {
        let start = SeriesToken { kind: Kind::Space, span: Span::default() };
        self.last.unwrap_or(start)
    }

    /// The fault that the token read last is.
    pub fn unexpected(&self, context: &'static str, expected: &'static str) -> ParseError {
        let token = self.last_token();
        let written = token.span.of(self.text);
        let described = match token.kind {
            Kind::Plain(kind) => Token { kind, span: token.span }.describe(self.text),
            Kind::Plus | Kind::Minus => format!("<op:{written}>"),
            Kind::Key(key) => format!("\"<Item {}>\" {}", key.token_number(), quote_short(written)),
            _ => quote_short(written),
        };
        let kind = ParseErrorKind::Unexpected { context, expected };
        ParseError { kind, span: token.span, written: described }
    }

    /// A fault at the token read last.
    pub fn fault(&self, kind: ParseErrorKind) -> ParseError {
        ParseError::new(kind, self.last_token().span)
    }

    fn labels(&mut self) -> Parsed<Labels> {
        let mut builder = LabelsBuilder::default();
        if let Kind::Plain(kind) = self.peek()?
            && kind.can_name_metric()
        {
            let name = self.take()?;
            self.braces(&mut builder)?;
            builder.set(METRIC_NAME, name.span.of(self.text));
        } else {
            self.braces(&mut builder)?;
        }
        Ok(builder.build())
    }

    fn braces(&mut self, builder: &mut LabelsBuilder) -> Parsed<()> {
        if self.accept(Kind::Plain(TokenKind::LeftBrace))?.is_none() {
            return Ok(());
        }
        let close = Kind::Plain(TokenKind::RightBrace);
        loop {
            if self.accept(close)?.is_some() {
                return Ok(());
            }
            self.label(builder)?;
            if self.accept(Kind::Plain(TokenKind::Comma))?.is_none() && self.peek()? != close {
                return Err(self.unexpected(LABELS, "\",\" or \"}\""));
            }
        }
    }

    fn label(&mut self, builder: &mut LabelsBuilder) -> Parsed<()> {
        let quoted = match self.peek()? {
            Kind::Plain(TokenKind::Identifier) => false,
            Kind::Plain(TokenKind::String) => true,
            _ => return Err(self.unexpected(LABELS, "identifier or \"}\"")),
        };
        let written = self.take()?.span.of(self.text);
        let name = if quoted { string::unquote(written) } else { written.to_owned() };
        if self.accept(Kind::Plain(TokenKind::Assign))?.is_none() {
            if !quoted {
                return Err(self.unexpected(LABELS, "\"=\""));
            }
            // A quoted text alone is the metric's name.
            builder.set(METRIC_NAME, name);
            return Ok(());
        }
        if self.peek()? != Kind::Plain(TokenKind::String) {
            return Err(self.unexpected(LABELS, "string"));
        }
        let value = self.take()?;
        builder.set(name, string::unquote(value.span.of(self.text)));
        Ok(())
    }

    /// One item of the values: a value, repeated or rising.
    fn item(&mut self, values: &mut Vec<SeriesValue>) -> Parsed<()> {
        match self.peek()? {
            Kind::Blank => {
                self.take()?;
                let times = self.times()?.unwrap_or(1);
                self.push(values, times, |_| SeriesValue::Omitted)
            }
            Kind::OpenHistogram => self.histogram_item(values),
            _ => self.number_item(values),
        }
    }

    fn number_item(&mut self, values: &mut Vec<SeriesValue>) -> Parsed<()> {
        let first = self.value()?;
        if let Some(times) = self.times()? {
            // One more: the value of the first step.
            return self.push(values, times.saturating_add(1), |_| SeriesValue::Float(first));
        }
        if !matches!(self.peek()?, Kind::Plus | Kind::Minus) {
            return self.push(values, 1, |_| SeriesValue::Float(first));
        }
        let step = self.signed_number(VALUES)?;
        let Some(times) = self.times()? else {
            return Err(self.unexpected(VALUES, ""));
        };
        let mut value = first;
        self.push(values, times.saturating_add(1), |_| {
            let current = value;
            value += step;
            SeriesValue::Float(current)
        })
    }

    fn value(&mut self) -> Parsed<f64> {
        if self.peek()? != Kind::Plain(TokenKind::Identifier) {
            return self.signed_number(VALUES);
        }
        let word = self.take()?;
        if word.span.of(self.text) == "stale" {
            return Ok(stale_nan());
        }
        Err(self.unexpected(VALUES, "number or \"stale\""))
    }

    /// A number, with a sign or without.
    pub fn signed_number(&mut self, context: &'static str) -> Parsed<f64> {
        let minus = match self.peek()? {
            Kind::Minus => true,
            Kind::Plus => false,
            _ => return self.number(context),
        };
        self.take()?;
        let value = self.number(context)?;
        Ok(if minus { -value } else { value })
    }

    pub fn number(&mut self, context: &'static str) -> Parsed<f64> {
        let token = self.expect(Kind::Plain(TokenKind::Number), context)?;
        number::value(token.span.of(self.text))
            .map_err(|reason| self.fault(ParseErrorKind::BadNumber { reason }))
    }

    /// A whole number without a sign.
    pub fn whole_number(&mut self, context: &'static str) -> Parsed<u64> {
        let token = self.expect(Kind::Plain(TokenKind::Number), context)?;
        let written = token.span.of(self.text);
        written.parse().map_err(|_| {
            let why = if written.bytes().all(|byte| byte.is_ascii_digit()) {
                "value out of range"
            } else {
                "invalid syntax"
            };
            let reason = format!("strconv.ParseUint: parsing {}: {why}", quote(written));
            self.fault(ParseErrorKind::SeriesRepetition { reason })
        })
    }

    /// `x5`, where it follows.
    pub fn times(&mut self) -> Parsed<Option<u64>> {
        match self.accept(Kind::Times)? {
            None => Ok(None),
            Some(_) => self.whole_number(VALUES).map(Some),
        }
    }

    pub fn push(
        &self,
        values: &mut Vec<SeriesValue>,
        count: u64,
        value: impl FnMut(u64) -> SeriesValue,
    ) -> Parsed<()> {
        let room = u64::from(MAX_VALUES).saturating_sub(values.len() as u64);
        if count > room {
            return Err(self.fault(ParseErrorKind::SeriesTooLong { limit: MAX_VALUES }));
        }
        values.extend((0..count).map(value));
        Ok(())
    }

    fn histogram_item(&mut self, values: &mut Vec<SeriesValue>) -> Parsed<()> {
        let (first, hint_given) = self.histogram()?;
        let sign = self.peek()?;
        if !matches!(sign, Kind::Plus | Kind::Minus) {
            let count = self.times()?.map_or(1, |times| times.saturating_add(1));
            let histogram = Arc::new(first);
            return self.push(values, count, |_| SeriesValue::Histogram {
                histogram: Arc::clone(&histogram),
                hint_given,
            });
        }
        self.take()?;
        if self.peek()? != Kind::OpenHistogram {
            return Err(self.unexpected(VALUES, ""));
        }
        // Whether the hint counts is what the step says, as in Prometheus.
        let (step, hint_given) = self.histogram()?;
        let Some(times) = self.times()? else {
            return Err(self.unexpected(VALUES, ""));
        };
        self.rising_histograms(values, first, &step, times, sign == Kind::Minus, hint_given)
    }
}
