//! Values written out: numbers, durations, quoted texts.

use super::super::ast::NumberLiteral;
use super::super::error::ParseErrorKind;
use super::super::lexer::{number, string};
use super::super::token::{Token, TokenKind};
use super::{Parsed, Parser, Stop};
use crate::base::duration;
use crate::base::span::Span;

impl Parser<'_> {
    /// The value of a number or duration; a duration's is its seconds.
    pub(super) fn number_literal(&mut self, token: Token) -> (NumberLiteral, Span) {
        let written = token.span.of(self.text);
        let as_duration = token.kind == TokenKind::Duration;
        let value = if as_duration {
            duration::parse(written)
                .map(|length| length.as_secs_f64())
                .map_err(|error| ParseErrorKind::BadDuration { reason: error.to_string() })
        } else {
            number::value(written).map_err(|reason| ParseErrorKind::BadNumber { reason })
        };
        let value = value.unwrap_or_else(|kind| {
            self.report(kind, token.span);
            0.0
        });
        (NumberLiteral { value, as_duration }, token.span)
    }

    /// A number or duration that may have a sign.
    pub(super) fn signed_number(&mut self) -> Parsed<f64> {
        let sign = self.sign();
        if !matches!(self.peek(), TokenKind::Number | TokenKind::Duration) {
            return Err(Stop::Syntax);
        }
        let token = self.take();
        let (number, _) = self.number_literal(token);
        Ok(if sign.is_some_and(|sign| is_minus(sign.kind)) { -number.value } else { number.value })
    }

    /// The value of a quoted text.
    pub(super) fn unquoted(&self, token: Token) -> String {
        string::unquote(token.span.of(self.text))
    }

    /// Takes a sign, where one follows.
    pub(super) fn sign(&mut self) -> Option<Token> {
        is_sign(self.peek()).then(|| self.take())
    }
}

pub(super) const fn is_sign(kind: TokenKind) -> bool {
    use super::super::ast::BinaryOp::{Add, Sub};
    matches!(kind, TokenKind::Operator(Add | Sub))
}

pub(super) const fn is_minus(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::Operator(super::super::ast::BinaryOp::Sub))
}
