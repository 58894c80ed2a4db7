//! Operands and operators, parentheses and calls.

use super::super::ast::{Binary, BinaryOp, Broken, Call, Expr, ExprKind, Sign, Unary};
use super::super::error::ParseErrorKind;
use super::super::operator::Precedence;
use super::super::options::MAX_OPERATORS;
use super::super::token::{Keyword, Token, TokenKind};
use super::{Parsed, Parser, RECOVERING, Stop};
use crate::base::span::Span;
use crate::promql::functions;

impl Parser<'_> {
    /// An operand and all operators behind it that bind at least as tightly as `least`.
    pub(super) fn expression(&mut self, least: u8) -> Parsed<Expr> {
        let operand = self.operand()?;
        self.operators(operand, least)
    }

    /// What follows `left`: ranges and modifiers, and operators that bind at least as tightly as `least`.
    fn operators(&mut self, left: Expr, least: u8) -> Parsed<Expr> {
        let mut left = self.postfix(left)?;
        let mut count = 0;
        while let TokenKind::Operator(op) = self.peek() {
            let binds = op.precedence() as u8;
            if binds < least {
                break;
            }
            // All operations of a chain lie in one level.
            let left_height = if count == 0 { self.height + 1 } else { self.height };
            count += 1;
            if count > MAX_OPERATORS {
                return self.too_many_operators(MAX_OPERATORS);
            }
            self.take();
            let modifiers = self.binary_modifiers()?;
            // All operators group from the left but `^`.
            let right_least = if op == BinaryOp::Pow { binds } else { binds + 1 };
            let right = self.nested(|parser| parser.expression(right_least))?;
            self.grown_to(left_height.max(self.height + 1))?;
            let span = left.span.to(right.span);
            if !self.options.fill_modifiers
                && (modifiers.matching.fill_left.is_some() || modifiers.matching.fill_right.is_some())
            {
                self.report(ParseErrorKind::FillDisabled, span);
            }
            let binary = Binary {
                op,
                left: Box::new(left),
                right: Box::new(right),
                returns_bool: modifiers.returns_bool,
                matching: Some(modifiers.matching),
            };
            left = Expr { kind: ExprKind::Binary(binary), span };
        }
        Ok(left)
    }

    fn operand(&mut self) -> Parsed<Expr> {
        self.demand(TokenKind::can_start_expression)?;
        let token = self.take();
        self.height = 1;
        match token.kind {
            TokenKind::LeftParen => self.nested(|parser| parser.parenthesized(token)),
            TokenKind::LeftBrace => self.nameless_selector(token),
            TokenKind::Number | TokenKind::Duration => {
                let (number, span) = self.number_literal(token);
                Ok(Expr { kind: ExprKind::Number(number), span })
            }
            TokenKind::String => {
                Ok(Expr { kind: ExprKind::String(self.unquoted(token).into()), span: token.span })
            }
            TokenKind::Operator(BinaryOp::Add) => self.signed(token, Sign::Plus),
            TokenKind::Operator(BinaryOp::Sub) => self.signed(token, Sign::Minus),
            TokenKind::Aggregator(op) if self.aggregation_follows() => {
                self.nested(|parser| parser.aggregate(token, op))
            }
            TokenKind::Identifier if self.peek() == TokenKind::LeftParen => {
                self.nested(|parser| parser.call(token))
            }
            TokenKind::Keyword(keyword) if keyword.is_contextual() && self.peek() == TokenKind::LeftParen => {
                self.nested(|parser| parser.call(token))
            }
            _ => self.named_selector(token),
        }
    }

    fn aggregation_follows(&mut self) -> bool {
        matches!(
            self.peek(),
            TokenKind::LeftParen | TokenKind::Keyword(Keyword::By) | TokenKind::Keyword(Keyword::Without)
        )
    }

    /// A sign binds as tightly as `*`: only `^` groups before it.
    fn signed(&mut self, token: Token, sign: Sign) -> Parsed<Expr> {
        let operand = self.nested(|parser| parser.expression(Precedence::Power as u8))?;
        let span = Span::new(token.span.start, operand.span.end);
        if let ExprKind::Number(mut number) = operand.kind {
            if sign == Sign::Minus {
                number.value = -number.value;
            }
            return Ok(Expr { kind: ExprKind::Number(number), span });
        }
        self.grown_to(self.height + 1)?;
        Ok(Expr { kind: ExprKind::Unary(Unary { sign, expr: Box::new(operand) }), span })
    }

    fn parenthesized(&mut self, open: Token) -> Parsed<Expr> {
        let mut inner = self.expression(0)?;
        while self.peek() != TokenKind::RightParen {
            if self.recovering < RECOVERING {
                return Err(Stop::Syntax);
            }
            self.discard()?;
            // An operator may still go on with what was read before the fault.
            inner = self.operators(inner, 0)?;
        }
        let close = self.take();
        self.grown_to(self.height + 1)?;
        Ok(Expr { kind: ExprKind::Paren(Box::new(inner)), span: open.span.to(close.span) })
    }

    fn call(&mut self, name: Token) -> Parsed<Expr> {
        let arguments = self.arguments()?;
        self.grown_to(self.height + 1)?;
        let written = name.span.of(self.text);
        let span = Span::new(name.span.start, self.last_closing);
        let Some(function) = functions::find(written) else {
            self.report_written(ParseErrorKind::UnknownFunction, name.span, written.to_owned());
            let broken = Broken { parts: arguments, ranged: false };
            return Ok(Expr { kind: ExprKind::Broken(broken), span });
        };
        if function.experimental && !self.options.experimental_functions {
            self.report_written(ParseErrorKind::FunctionDisabled, name.span, written.to_owned());
        }
        Ok(Expr { kind: ExprKind::Call(Call { function, arguments }), span })
    }

    /// `( … )` with expressions between commas. The height is that of the highest.
    pub(super) fn arguments(&mut self) -> Parsed<Vec<Expr>> {
        self.expect(TokenKind::LeftParen)?;
        let mut arguments = Vec::new();
        let mut height = 0;
        if self.accept(TokenKind::RightParen).is_some() {
            self.height = height;
            return Ok(arguments);
        }
        loop {
            arguments.push(self.expression(0)?);
            height = height.max(self.height);
            loop {
                self.demand(|next| matches!(next, TokenKind::Comma | TokenKind::RightParen))?;
                let token = self.take();
                if token.kind == TokenKind::RightParen {
                    self.height = height;
                    return Ok(arguments);
                }
                if self.peek().can_start_expression() {
                    break;
                }
                self.report(ParseErrorKind::TrailingComma, token.span);
            }
        }
    }
}
