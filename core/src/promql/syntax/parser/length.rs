//! Lengths of time behind `[`, `:` and `offset`: literals and arithmetic on them.

use super::super::ast::{BinaryOp, Length, LengthExpr, LengthExprKind, NumberLiteral, Sign};
use super::super::error::ParseErrorKind;
use super::super::operator::Precedence;
use super::super::options::MAX_DEPTH;
use super::super::token::{Keyword, Token, TokenKind};
use super::literal::{is_minus, is_sign};
use super::{Parsed, Parser, Stop};
use crate::base::span::Span;
use crate::base::time::Millis;

/// The longest length in seconds: Prometheus counts nanoseconds in 63 bits.
const LONGEST_SECONDS: f64 = 9_223_372_036_854_775_808.0 / 1e9;

/// What Prometheus says may begin a length.
pub(super) const EXPECTED: &str = "number, duration, step(), or range()";

impl Parser<'_> {
    /// A length in brackets: a literal must be greater than nothing.
    ///
    /// Differs: less than a millisecond is refused too; Prometheus would look at empty windows.
    pub(super) fn positive_length(&mut self) -> Parsed<LengthExpr> {
        let length = self.length(0)?;
        if literal(&length).is_some_and(|number| millis(number) <= 0) {
            self.report(ParseErrorKind::LengthNotPositive, length.span);
        }
        Ok(length)
    }

    /// A length behind `offset`. Only a parenthesized one goes on with operators: `offset 5m + x` adds `x` to the
    /// selector's values.
    pub(super) fn offset_length(&mut self) -> Parsed<LengthExpr> {
        let Some(sign) = self.sign() else {
            return match self.peek() {
                TokenKind::LeftParen => self.length(0),
                _ => self.length_operand(),
            };
        };
        match self.peek() {
            TokenKind::LeftParen => {
                self.take();
                let inner = self.nested(|parser| parser.length(0))?;
                self.expect(TokenKind::RightParen)?;
                let span = inner.span;
                let wrapped = self.wrapped(inner, span)?;
                self.with_sign(sign, wrapped)
            }
            next if is_sign(next) => {
                let inner = self.nested(|parser| parser.length(Precedence::Power as u8))?;
                let left = self.with_sign(sign, inner)?;
                let mut length = self.length_operators(left, 0)?;
                // What begins with two signs takes operators too; printed without parentheses it would not, or take one
                // that is none of its own.
                length.wrapped |= match &length.kind {
                    LengthExprKind::Binary(..) => true,
                    LengthExprKind::Unary(_, inner) => matches!(inner.kind, LengthExprKind::Unary(..)),
                    _ => false,
                };
                Ok(length)
            }
            _ => {
                let operand = self.length_operand()?;
                self.with_sign(sign, operand)
            }
        }
    }

    /// An operand and all operators behind it that bind at least as tightly as `least`.
    pub(super) fn length(&mut self, least: u8) -> Parsed<LengthExpr> {
        let left = match self.sign() {
            Some(sign) => {
                let operand = self.nested(|parser| parser.length(Precedence::Power as u8))?;
                self.with_sign(sign, operand)?
            }
            None => self.length_operand()?,
        };
        self.length_operators(left, least)
    }

    fn length_operators(&mut self, mut left: LengthExpr, least: u8) -> Parsed<LengthExpr> {
        while let TokenKind::Operator(op) = self.peek() {
            let binds = op.precedence() as u8;
            if !op.stands_in_lengths() || binds < least {
                break;
            }
            let left_height = self.height;
            let sign = self.take();
            let right_least = if op == BinaryOp::Pow { binds } else { binds + 1 };
            let right = self.nested(|parser| parser.length(right_least))?;
            if left_height >= MAX_DEPTH && self.height < MAX_DEPTH {
                return self.too_many_operators(MAX_DEPTH - 1);
            }
            self.grown_to(left_height.max(self.height) + 1)?;
            self.needs_length_expressions(left.span);
            left = self.length_binary(sign, op, left, right);
        }
        Ok(left)
    }

    fn length_binary(
        &mut self,
        sign: Token,
        op: BinaryOp,
        left: LengthExpr,
        right: LengthExpr,
    ) -> LengthExpr {
        let by_zero = literal(&right).is_some_and(|number| number.value == 0.0);
        let fault = match op {
            BinaryOp::Div if by_zero => Some(ParseErrorKind::DivisionByZero),
            BinaryOp::Mod if by_zero => Some(ParseErrorKind::ModuloByZero),
            _ => None,
        };
        if let Some(fault) = fault {
            self.report(fault, sign.span);
            return nothing();
        }
        let span = left.span.to(right.span);
        let kind = LengthExprKind::Binary(op, Box::new(left), Box::new(right));
        LengthExpr { kind, span, wrapped: false }
    }

    fn length_operand(&mut self) -> Parsed<LengthExpr> {
        self.height = 1;
        match self.peek() {
            TokenKind::Number | TokenKind::Duration => {
                let token = self.take();
                let (number, span) = self.number_literal(token);
                Ok(self.in_range(number, span, span))
            }
            TokenKind::Keyword(keyword @ (Keyword::Step | Keyword::Range)) => {
                let name = self.take();
                self.expect(TokenKind::LeftParen)?;
                let close = self.expect(TokenKind::RightParen)?;
                let kind =
                    if keyword == Keyword::Step { LengthExprKind::Step } else { LengthExprKind::Range };
                let span = name.span.to(close.span);
                self.needs_length_expressions(span);
                Ok(LengthExpr { kind, span, wrapped: false })
            }
            TokenKind::Keyword(keyword @ (Keyword::MinOf | Keyword::MaxOf)) => {
                let name = self.take();
                self.nested(|parser| parser.extreme(name, keyword))
            }
            TokenKind::LeftParen => {
                let open = self.take();
                let inner = self.nested(|parser| parser.length(0))?;
                let close = self.expect(TokenKind::RightParen)?;
                self.needs_length_expressions(inner.span);
                self.wrapped(inner, open.span.to(close.span))
            }
            _ => Err(Stop::Syntax),
        }
    }

    /// `min_of (a, b)` or `max_of (a, b)` whose name is taken.
    fn extreme(&mut self, name: Token, keyword: Keyword) -> Parsed<LengthExpr> {
        self.expect(TokenKind::LeftParen)?;
        let left = self.length(0)?;
        let left_height = self.height;
        self.expect(TokenKind::Comma)?;
        let right = self.length(0)?;
        self.grown_to(left_height.max(self.height) + 1)?;
        let close = self.expect(TokenKind::RightParen)?;
        let span = name.span.to(close.span);
        self.needs_length_expressions(span);
        let (left, right) = (Box::new(left), Box::new(right));
        let kind = match keyword {
            Keyword::MinOf => LengthExprKind::MinOf(left, right),
            _ => LengthExprKind::MaxOf(left, right),
        };
        Ok(LengthExpr { kind, span, wrapped: false })
    }

    fn needs_length_expressions(&mut self, span: Span) {
        if !self.options.length_expressions {
            self.report(ParseErrorKind::LengthExpressionDisabled, span);
        }
    }

    /// The parenthesized length; a literal gets a node of its own for them, over `span`.
    fn wrapped(&mut self, inner: LengthExpr, span: Span) -> Parsed<LengthExpr> {
        if literal(&inner).is_none() {
            return Ok(LengthExpr { wrapped: true, ..inner });
        }
        self.grown_to(self.height + 1)?;
        let kind = LengthExprKind::Unary(Sign::Plus, Box::new(inner));
        Ok(LengthExpr { kind, span, wrapped: true })
    }

    /// A sign before a length: it folds into a literal, and a plus does nothing.
    fn with_sign(&mut self, sign: Token, length: LengthExpr) -> Parsed<LengthExpr> {
        let minus = is_minus(sign.kind);
        // After a fault the length has no place.
        let span = Span::new(sign.span.start, length.span.end.max(sign.span.end));
        if let Some(mut number) = literal(&length) {
            if minus {
                number.value = 0.0 - number.value; // 0 stays without a sign
            }
            return Ok(self.in_range(number, span, sign.span));
        }
        if !minus {
            return Ok(length);
        }
        self.grown_to(self.height + 1)?;
        Ok(LengthExpr { kind: LengthExprKind::Unary(Sign::Minus, Box::new(length)), span, wrapped: false })
    }

    fn in_range(&mut self, number: NumberLiteral, span: Span, blame: Span) -> LengthExpr {
        // NaN too: Prometheus makes some length of it.
        if number.value.is_nan() || number.value.abs() > LONGEST_SECONDS {
            self.report(ParseErrorKind::LengthOutOfRange, blame);
            return nothing();
        }
        LengthExpr { kind: LengthExprKind::Number(number), span, wrapped: false }
    }
}

/// What stands for a length after a fault. Prometheus gives it no place, so a following fault has none either.
fn nothing() -> LengthExpr {
    let number = NumberLiteral { value: 0.0, as_duration: false };
    LengthExpr { kind: LengthExprKind::Number(number), span: Span::default(), wrapped: false }
}

/// The number, where the length is one written out.
fn literal(length: &LengthExpr) -> Option<NumberLiteral> {
    match length.kind {
        LengthExprKind::Number(number) => Some(number),
        _ => None,
    }
}

/// Prometheus rounds a literal to nanoseconds and then cuts it to milliseconds.
fn millis(number: NumberLiteral) -> i64 {
    libm::round(number.value * 1e9) as i64 / 1_000_000
}

/// The length as the tree holds it.
pub(super) fn finished(length: LengthExpr) -> Length {
    match literal(&length) {
        Some(number) => Length::Literal(Millis(millis(number))),
        None => Length::Computed(Box::new(length)),
    }
}
