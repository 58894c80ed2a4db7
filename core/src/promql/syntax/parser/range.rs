//! `[5m]` and `[1h:5m]` behind an expression.

use super::super::ast::{Broken, Expr, ExprKind, LengthExpr, MatrixSelector, Subquery, TimeShift};
use super::super::error::ParseErrorKind;
use super::super::token::{Token, TokenKind};
use super::length::{EXPECTED, finished};
use super::{Parsed, Parser, Stop};
use crate::base::span::Span;

const SUBQUERY: &str = "subquery selector";

impl Parser<'_> {
    /// A range or a subquery behind `expr`; after a fault `expr` itself.
    pub(super) fn range(&mut self, expr: Expr) -> Parsed<Expr> {
        let open = self.take();
        let height = self.height;
        let read = self.nested(Self::positive_length);
        self.height = height.max(self.height) + 1;
        let Some(range) = self.recover(read, "subquery or range selector", EXPECTED)? else {
            return Ok(expr);
        };
        match self.peek() {
            TokenKind::RightBracket => {
                let close = self.take();
                Ok(self.matrix(expr, range, open.span.to(close.span)))
            }
            TokenKind::Colon => self.subquery(expr, range),
            _ => {
                self.unexpected("subquery or range", "\":\" or \"]\"");
                Ok(expr)
            }
        }
    }

    fn subquery(&mut self, expr: Expr, range: LengthExpr) -> Parsed<Expr> {
        self.take();
        let mut step = None;
        if self.peek() != TokenKind::RightBracket {
            let height = self.height;
            let read = self.nested(Self::positive_length);
            self.height = height.max(self.height + 1);
            step = self.recover(read, SUBQUERY, "number, duration, step(), range(), or \"]\"")?;
            if step.is_none() {
                return Ok(expr);
            }
        }
        let read = self.closing_bracket();
        let Some(close) = self.recover(read, SUBQUERY, "\"]\"")? else {
            return Ok(expr);
        };
        self.grown_to(self.height)?;
        let span = Span::new(expr.span.start, close.span.end);
        let subquery = Subquery {
            expr: Box::new(expr),
            range: finished(range),
            step: step.map(finished),
            shift: TimeShift::default(),
        };
        Ok(Expr { kind: ExprKind::Subquery(subquery), span })
    }

    fn closing_bracket(&mut self) -> Parsed<Token> {
        self.accept(TokenKind::RightBracket).ok_or(Stop::Syntax)
    }

    fn matrix(&mut self, expr: Expr, range: LengthExpr, brackets: Span) -> Expr {
        let span = Span::new(expr.span.start, self.last_closing);
        let selector_span = expr.span;
        let ExprKind::VectorSelector(selector) = expr.kind else {
            self.report(ParseErrorKind::RangeOnExpression, brackets);
            let broken = Broken { parts: vec![expr], ranged: true };
            return Expr { kind: ExprKind::Broken(broken), span };
        };
        if selector.shift.offset.is_some() {
            self.report(ParseErrorKind::OffsetBeforeRange, brackets);
        } else if selector.shift.at.is_some() {
            self.report(ParseErrorKind::AtBeforeRange, brackets);
        }
        let matrix = MatrixSelector { selector, selector_span, range: finished(range) };
        Expr { kind: ExprKind::MatrixSelector(matrix), span }
    }
}
