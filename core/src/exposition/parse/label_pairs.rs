//! The label pairs between braces, kept as places in the page until somebody wants them.

use super::error::{ParseError, quote_bytes};
use super::grammar::span;
use super::lexer::{State, Token};
use super::{Format, Parser};
use crate::base::span::Span;

/// A label's name and value in the page, without quotes, escapes unresolved.
#[derive(Clone, Copy, Debug)]
pub(super) struct LabelSpan {
    pub(super) name: Span,
    pub(super) value: Span,
}

impl Parser<'_> {
    /// The pairs of a sample; a quoted text without `=` is the metric's name.
    pub(super) fn label_pairs(&mut self) -> Result<(), ParseError> {
        let mut pairs = std::mem::take(&mut self.current.labels);
        let outcome = if self.plain_pairs(&mut pairs) { Ok(()) } else { self.pairs_into(&mut pairs, false) };
        self.current.labels = pairs;
        outcome
    }

    /// Takes pairs of the form `name="value"` with nothing between them but a comma, as client libraries write them,
    /// without going token by token. Stops before anything else; says whether the braces closed.
    fn plain_pairs(&mut self, pairs: &mut Vec<LabelSpan>) -> bool {
        let newlines = self.lexer.format == Format::Text;
        loop {
            let start = self.lexer.at;
            let name_end = self.lexer.label_name_end(start);
            let is_pair = name_end > start
                && pairs.len() < self.options.limits.labels
                && self.lexer.bytes.get(name_end..name_end + 2) == Some(b"=\"");
            let Some(Ok(end)) = is_pair.then(|| self.lexer.quoted_end(name_end + 1, newlines, true)) else {
                return false;
            };
            let state = match self.lexer.bytes.get(end) {
                Some(b',') => State::Labels,
                Some(b'}') => State::Value,
                _ => return false,
            };
            let value = span(name_end + 2, end - 1);
            if self.str_of(value).is_none() {
                return false;
            }
            pairs.push(LabelSpan { name: span(start, name_end), value });
            self.lexer.start = end;
            self.lexer.at = end + 1;
            self.lexer.state = state;
            if state == State::Value {
                return true;
            }
        }
    }

    pub(super) fn exemplar_label_pairs(&mut self) -> Result<(), ParseError> {
        let mut pairs = std::mem::take(&mut self.current.exemplar_labels);
        pairs.clear();
        let outcome = self.pairs_into(&mut pairs, true);
        self.current.exemplar_labels = pairs;
        outcome
    }

    fn pairs_into(&mut self, pairs: &mut Vec<LabelSpan>, is_exemplar: bool) -> Result<(), ParseError> {
        let mut token = self.lexer.next();
        loop {
            let quoted = match token {
                Token::BraceClose => return Ok(()),
                Token::LabelName => false,
                Token::QuotedString => true,
                other => return Err(self.unexpected("expected label name", other)),
            };
            let name = self.name_span(quoted)?;
            token = self.lexer.next();
            if quoted && matches!(token, Token::Comma | Token::BraceClose) {
                self.set_metric_name(name, is_exemplar, token)?;
                if token == Token::Comma {
                    token = self.lexer.next();
                }
                continue;
            }
            self.expect(token, Token::Equal, "expected equal")?;
            let value = self.label_value()?;
            pairs.push(LabelSpan { name, value });
            if pairs.len() > self.options.limits.labels {
                let limit = self.options.limits.labels;
                return Err(self.error_here(format!("label_limit exceeded (limit: {limit})")));
            }
            token = self.lexer.next();
            match (token, self.lexer.format) {
                (Token::Comma, _) => token = self.lexer.next(),
                // The text format does not insist on commas.
                (Token::BraceClose, _) | (_, Format::Text) => {}
                (other, Format::OpenMetrics) => {
                    return Err(self.unexpected("expected comma or brace close", other));
                }
            }
        }
    }

    /// The last token as a name, without its quotes. Upstream looks at names later; here a label set is text.
    fn name_span(&self, quoted: bool) -> Result<Span, ParseError> {
        let quote = usize::from(quoted);
        let name = span(self.lexer.start + quote, self.lexer.at - quote);
        match self.str_of(name) {
            Some(_) => Ok(name),
            None => {
                Err(self.error_here(format!("invalid UTF-8 label name: {}", quote_bytes(self.lexer.token()))))
            }
        }
    }

    fn label_value(&mut self) -> Result<Span, ParseError> {
        let token = self.lexer.next();
        self.expect(token, Token::LabelValue, "expected label value")?;
        let value = span(self.lexer.start + 1, self.lexer.at - 1);
        match self.str_of(value) {
            Some(_) => Ok(value),
            None => {
                Err(self
                    .error_here(format!("invalid UTF-8 label value: {}", quote_bytes(self.lexer.token()))))
            }
        }
    }

    fn set_metric_name(&mut self, name: Span, is_exemplar: bool, after: Token) -> Result<(), ParseError> {
        if is_exemplar {
            return Err(self.unexpected("expected label name", after));
        }
        if self.current.name.is_some() {
            return Err(self.failed("metric name already set"));
        }
        self.current.name = Some(name);
        Ok(())
    }
}

impl<'a> Parser<'a> {
    /// The text of a span; `None` where it is not UTF-8.
    pub(super) fn str_of(&self, span: Span) -> Option<&'a str> {
        let (start, end) = (span.start as usize, span.end as usize);
        if end <= self.text.len() {
            return self.text.get(start..end);
        }
        std::str::from_utf8(self.lexer.bytes.get(start..end)?).ok()
    }
}
