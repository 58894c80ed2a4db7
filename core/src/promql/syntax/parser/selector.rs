//! Selectors: a name, matchers in braces, or both.

use super::super::ast::{Expr, ExprKind, TimeShift, VectorSelector};
use super::super::error::ParseErrorKind;
use super::super::token::{Token, TokenKind};
use super::{Parsed, Parser, Stop};
use crate::base::span::Span;
use crate::model::labels::METRIC_NAME;
use crate::model::matcher::{MatchOp, Matcher};

const CONTEXT: &str = "label matching";

impl Parser<'_> {
    /// A selector alone.
    pub(super) fn selector(&mut self) -> Parsed<(VectorSelector, Span)> {
        self.demand(|next| next == TokenKind::LeftBrace || next.can_name_metric())?;
        let token = self.take();
        let read = match token.kind {
            TokenKind::LeftBrace => self.nameless_selector(token),
            _ => self.named_selector(token),
        };
        match read? {
            Expr { kind: ExprKind::VectorSelector(selector), span } => Ok((selector, span)),
            _ => Err(Stop::Syntax),
        }
    }

    /// A selector whose opening brace is taken.
    pub(super) fn nameless_selector(&mut self, open: Token) -> Parsed<Expr> {
        let matchers = self.matchers()?;
        let span = Span::new(open.span.start, self.last_closing);
        Ok(selector_of(None, matchers, span))
    }

    /// A selector whose name is taken.
    pub(super) fn named_selector(&mut self, name: Token) -> Parsed<Expr> {
        let mut matchers = Vec::new();
        let mut span = name.span;
        if self.accept(TokenKind::LeftBrace).is_some() {
            matchers = self.matchers()?;
            span.end = self.last_closing;
        }
        let name = name.span.of(self.text);
        matchers.push(Matcher::equal(METRIC_NAME, name));
        Ok(selector_of(Some(name), matchers, span))
    }

    /// Matchers up to the closing brace.
    fn matchers(&mut self) -> Parsed<Vec<Matcher>> {
        let mut matchers = Vec::new();
        if self.accept(TokenKind::RightBrace).is_some() {
            return Ok(matchers);
        }
        loop {
            let matcher = self.matcher();
            let expected = match matcher {
                Err(expected) => Some(expected),
                Ok(matcher) => {
                    matchers.extend(matcher);
                    None
                }
            };
            if let Some(expected) = expected {
                self.unexpected(CONTEXT, expected);
            }
            if self.list_ends(TokenKind::RightBrace, CONTEXT, "\",\" or \"}\"")? {
                return Ok(matchers);
            }
        }
    }

    /// One matcher; none where its regular expression is wrong.
    ///
    /// # Errors
    /// What should have stood instead of the token read last.
    fn matcher(&mut self) -> Result<Option<Matcher>, &'static str> {
        let kind = self.peek();
        if !matches!(kind, TokenKind::Identifier | TokenKind::String) {
            return Err("identifier or \"}\"");
        }
        let label = self.take();
        let name = match kind {
            TokenKind::String => self.unquoted(label),
            _ => label.span.of(self.text).to_owned(),
        };
        let Some(op) = match_op(self.peek()) else {
            // A quoted text alone is the metric's name.
            return match kind {
                TokenKind::String => Ok(Some(Matcher::equal(METRIC_NAME, name))),
                _ => Err("label matching operator"),
            };
        };
        self.take();
        if self.peek() != TokenKind::String {
            return Err("string");
        }
        let value = self.take();
        match Matcher::new(name, op, self.unquoted(value)) {
            Ok(matcher) => Ok(Some(matcher)),
            Err(error) => {
                let kind = ParseErrorKind::BadRegex { reason: error.to_string() };
                self.report(kind, label.span.to(value.span));
                Ok(None)
            }
        }
    }
}

const fn match_op(kind: TokenKind) -> Option<MatchOp> {
    match kind {
        TokenKind::Assign => Some(MatchOp::Equal),
        TokenKind::Operator(super::super::ast::BinaryOp::NotEqual) => Some(MatchOp::NotEqual),
        TokenKind::RegexMatch => Some(MatchOp::Regex),
        TokenKind::RegexMismatch => Some(MatchOp::NotRegex),
        _ => None,
    }
}

fn selector_of(name: Option<&str>, matchers: Vec<Matcher>, span: Span) -> Expr {
    let selector =
        VectorSelector { name: name.map(Into::into), matchers, shift: TimeShift::default(), extension: None };
    Expr { kind: ExprKind::VectorSelector(selector), span }
}
