//! What may follow an expression to shift it in time: `offset`, `@`, `anchored`, `smoothed`. Ranges too are found
//! here, and read in `range`.

use super::super::ast::{At, Expr, ExprKind, Extension, Length, TimeShift, VectorSelector};
use super::super::error::ParseErrorKind;
use super::super::token::{Keyword, TokenKind};
use super::length::{EXPECTED, finished};
use super::{Parsed, Parser};
use crate::base::span::Span;
use crate::base::time::{Millis, Timestamp};

impl Parser<'_> {
    /// Ranges and modifiers behind `expr`, as many as follow.
    pub(super) fn postfix(&mut self, mut expr: Expr) -> Parsed<Expr> {
        loop {
            match self.peek() {
                TokenKind::LeftBracket => expr = self.range(expr)?,
                TokenKind::Keyword(Keyword::Offset) => self.offset(&mut expr)?,
                TokenKind::At => self.at(&mut expr)?,
                TokenKind::Keyword(Keyword::Anchored) => self.extension(&mut expr, Extension::Anchored),
                TokenKind::Keyword(Keyword::Smoothed) => self.extension(&mut expr, Extension::Smoothed),
                _ => return Ok(expr),
            }
        }
    }

    fn offset(&mut self, expr: &mut Expr) -> Parsed<()> {
        self.take();
        let height = self.height;
        let read = self.nested(Self::offset_length);
        self.height = height.max(self.height);
        let Some(length) = self.recover(read, "offset", EXPECTED)? else {
            return Ok(());
        };
        let closing = self.last_closing;
        let Some(shift) = self.shift_of(expr, ParseErrorKind::OffsetOnExpression) else {
            return Ok(());
        };
        if shift.offset.is_some() {
            self.report(ParseErrorKind::OffsetTwice, expr.span);
        } else {
            // An offset of nothing counts as none, as Prometheus has it.
            let length = finished(length);
            shift.offset = (length != Length::Literal(Millis::ZERO)).then_some(length);
        }
        expr.span.end = closing;
        Ok(())
    }

    fn at(&mut self, expr: &mut Expr) -> Parsed<()> {
        self.take();
        let read = self.at_value();
        let Some(value) = self.recover(read, "@", "timestamp")? else {
            return Ok(());
        };
        let closing = self.last_closing;
        let at = match value {
            AtValue::Edge(at) => at,
            AtValue::Seconds(seconds) => {
                // Milliseconds are counted in 64 bits, but Prometheus holds the seconds against that range.
                if seconds.is_nan() || seconds.abs() >= i64::MAX as f64 {
                    self.report(ParseErrorKind::AtOutOfRange { seconds }, expr.span);
                }
                At::Time(Timestamp(libm::round(seconds * 1000.0) as i64))
            }
        };
        let Some(shift) = self.shift_of(expr, ParseErrorKind::AtOnExpression) else {
            return Ok(());
        };
        if shift.at.is_some() {
            self.report(ParseErrorKind::AtTwice, expr.span);
            return Ok(());
        }
        shift.at = Some(at);
        expr.span.end = closing;
        Ok(())
    }

    fn at_value(&mut self) -> Parsed<AtValue> {
        let edge = match self.peek() {
            TokenKind::Keyword(Keyword::Start) => At::Start,
            TokenKind::Keyword(Keyword::End) => At::End,
            _ => return self.signed_number().map(AtValue::Seconds),
        };
        self.take();
        self.expect(TokenKind::LeftParen)?;
        self.expect(TokenKind::RightParen)?;
        Ok(AtValue::Edge(edge))
    }

    /// Where `offset` and `@` of this expression are kept; reports where it can have none.
    fn shift_of<'e>(&mut self, expr: &'e mut Expr, otherwise: ParseErrorKind) -> Option<&'e mut TimeShift> {
        let span: Span = expr.span;
        match &mut expr.kind {
            ExprKind::VectorSelector(selector) => Some(&mut selector.shift),
            ExprKind::MatrixSelector(matrix) => Some(&mut matrix.selector.shift),
            ExprKind::Subquery(subquery) => Some(&mut subquery.shift),
            ExprKind::Broken(broken) if broken.ranged => {
                self.report(ParseErrorKind::RangeOnExpression, span);
                None
            }
            _ => {
                self.report(otherwise, span);
                None
            }
        }
    }

    fn extension(&mut self, expr: &mut Expr, extension: Extension) {
        let token = self.take();
        let word = token.span.of(self.text).to_ascii_lowercase();
        let fault = if self.options.extended_selectors {
            match &mut expr.kind {
                ExprKind::VectorSelector(selector) => extend(selector, extension),
                ExprKind::MatrixSelector(matrix) => extend(&mut matrix.selector, extension),
                ExprKind::Broken(broken) if broken.ranged => None,
                ExprKind::Subquery(_) => Some(ParseErrorKind::ExtensionOnSubquery),
                _ => Some(ParseErrorKind::ExtensionElsewhere),
            }
        } else {
            Some(ParseErrorKind::ExtensionDisabled)
        };
        if let Some(fault) = fault {
            self.report_written(fault, expr.span, word);
        }
    }
}

enum AtValue {
    Seconds(f64),
    Edge(At),
}

fn extend(selector: &mut VectorSelector, extension: Extension) -> Option<ParseErrorKind> {
    let clash = selector.extension.is_some_and(|other| other != extension);
    selector.extension = Some(extension);
    clash.then_some(ParseErrorKind::ExtensionTwice)
}
