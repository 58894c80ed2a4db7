//! Aggregations, label lists, and the modifiers of binary operators.

use std::sync::Arc;

use super::super::ast::{Aggregate, AggregateOp, Broken, Cardinality, Expr, ExprKind, VectorMatching};
use super::super::error::ParseErrorKind;
use super::super::token::{Keyword, Token, TokenKind};
use super::{Parsed, Parser, RECOVERING};
use crate::base::span::Span;

/// What may stand between a binary operator and its right operand.
pub(super) struct BinaryModifiers {
    pub returns_bool: bool,
    pub matching: VectorMatching,
}

/// The pieces of an aggregation behind its operator.
#[derive(Default)]
struct Pieces {
    arguments: Vec<Expr>,
    grouping: Vec<Arc<str>>,
    without: bool,
    end: u32,
}

impl Parser<'_> {
    /// An aggregation whose operator is taken.
    pub(super) fn aggregate(&mut self, name: Token, op: AggregateOp) -> Parsed<Expr> {
        let read = self.aggregate_pieces();
        let pieces = self.recover(read, "aggregation", "")?;
        let pieces = pieces.unwrap_or_else(|| Pieces { end: self.last_closing, ..Pieces::default() });
        self.grown_to(self.height + 1)?;
        // After a fault nothing may have been closed since the name.
        let span = Span::new(name.span.start, pieces.end.max(name.span.start));
        Ok(Expr { kind: self.aggregate_of(op, pieces, span), span })
    }

    fn aggregate_pieces(&mut self) -> Parsed<Pieces> {
        let mut pieces = Pieces::default();
        if self.grouping(&mut pieces)? {
            pieces.arguments = self.arguments()?;
            pieces.end = self.last_closing;
        } else {
            pieces.arguments = self.arguments()?;
            pieces.end = self.last_closing;
            if self.grouping(&mut pieces)? {
                pieces.end = self.last_closing;
            }
        }
        Ok(pieces)
    }

    /// `by (…)` or `without (…)`, where it follows.
    fn grouping(&mut self, pieces: &mut Pieces) -> Parsed<bool> {
        let keyword = self.peek();
        let follows = matches!(keyword, TokenKind::Keyword(Keyword::By | Keyword::Without));
        if follows {
            self.take();
            pieces.without = keyword == TokenKind::Keyword(Keyword::Without);
            pieces.grouping = self.labels()?;
        }
        Ok(follows)
    }

    fn aggregate_of(&mut self, op: AggregateOp, pieces: Pieces, span: Span) -> ExprKind {
        let Pieces { mut arguments, grouping, without, .. } = pieces;
        let expected = 1 + usize::from(op.takes_parameter());
        let got = arguments.len();
        if got == 0 {
            self.report(ParseErrorKind::NoAggregateArguments, span);
        } else if op.is_experimental() && !self.options.experimental_functions {
            self.report_written(ParseErrorKind::AggregatorDisabled, span, op.name().to_owned());
        } else if got != expected {
            self.report(ParseErrorKind::AggregateArguments { expected, got }, span);
        }
        if got != expected {
            return ExprKind::Broken(Broken { parts: arguments, ranged: false });
        }
        let parameter = (expected == 2).then(|| Box::new(arguments.remove(0)));
        let expr = Box::new(arguments.remove(0));
        ExprKind::Aggregate(Aggregate { op, expr, parameter, grouping, without })
    }

    /// `(a, "b.c")` behind a keyword that takes labels.
    fn labels(&mut self) -> Parsed<Vec<Arc<str>>> {
        let mut labels = Vec::new();
        if self.peek() != TokenKind::LeftParen {
            self.unexpected("grouping opts", "\"(\"");
            return Ok(labels);
        }
        self.take();
        if self.accept(TokenKind::RightParen).is_some() {
            return Ok(labels);
        }
        loop {
            labels.extend(self.label());
            if self.list_ends(TokenKind::RightParen, "grouping opts", "\",\" or \")\"")? {
                return Ok(labels);
            }
        }
    }

    fn label(&mut self) -> Option<Arc<str>> {
        let kind = self.peek();
        if !kind.can_name_label() && kind != TokenKind::String {
            self.unexpected("grouping opts", "label");
            return None;
        }
        let token = self.take();
        if kind != TokenKind::String {
            return Some(token.span.of(self.text).into());
        }
        let label = self.unquoted(token);
        if label.is_empty() {
            self.report_written(ParseErrorKind::EmptyGroupingLabel, token.span, label);
            return None;
        }
        Some(label.into())
    }

    /// Behind an item of a list: takes the comma (false: another item follows) or the end, with a comma or without.
    pub(super) fn list_ends(
        &mut self,
        end: TokenKind,
        context: &'static str,
        expected: &'static str,
    ) -> Parsed<bool> {
        loop {
            let next = self.peek();
            if next == end {
                self.take();
                return Ok(true);
            } else if next == TokenKind::Comma {
                self.take();
                return Ok(self.accept(end).is_some());
            } else if self.recovering == RECOVERING {
                self.discard()?;
            } else {
                self.unexpected(context, expected);
            }
        }
    }

    /// `bool`, `on (…)`, `group_left (…)`, `fill (…)` behind a binary operator.
    pub(super) fn binary_modifiers(&mut self) -> Parsed<BinaryModifiers> {
        let returns_bool = self.accept(TokenKind::Keyword(Keyword::Bool)).is_some();
        let mut matching = VectorMatching {
            cardinality: Cardinality::OneToOne,
            labels: Vec::new(),
            on: false,
            include: Vec::new(),
            fill_left: None,
            fill_right: None,
        };
        let keyword = self.peek();
        if matches!(keyword, TokenKind::Keyword(Keyword::On | Keyword::Ignoring)) {
            self.take();
            matching.on = keyword == TokenKind::Keyword(Keyword::On);
            matching.labels = self.labels()?;
            self.group_modifier(&mut matching)?;
        }
        self.fill_modifiers(&mut matching)?;
        Ok(BinaryModifiers { returns_bool, matching })
    }

    fn group_modifier(&mut self, matching: &mut VectorMatching) -> Parsed<()> {
        matching.cardinality = match self.peek() {
            TokenKind::Keyword(Keyword::GroupLeft) => Cardinality::ManyToOne,
            TokenKind::Keyword(Keyword::GroupRight) => Cardinality::OneToMany,
            _ => return Ok(()),
        };
        self.take();
        // Labels may be left out, but only right before the operand.
        let next = self.peek();
        if next == TokenKind::LeftParen || !next.can_start_expression() {
            matching.include = self.labels()?;
        }
        Ok(())
    }

    /// `fill`, or `fill_left` and `fill_right` in either order, each once.
    fn fill_modifiers(&mut self, matching: &mut VectorMatching) -> Parsed<()> {
        if self.accept(TokenKind::Keyword(Keyword::Fill)).is_some() {
            matching.fill_left = Some(self.fill_value()?);
            matching.fill_right = matching.fill_left;
            return Ok(());
        }
        loop {
            match self.peek() {
                TokenKind::Keyword(Keyword::FillLeft) if matching.fill_left.is_none() => {
                    self.take();
                    matching.fill_left = Some(self.fill_value()?);
                }
                TokenKind::Keyword(Keyword::FillRight) if matching.fill_right.is_none() => {
                    self.take();
                    matching.fill_right = Some(self.fill_value()?);
                }
                _ => return Ok(()),
            }
        }
    }

    fn fill_value(&mut self) -> Parsed<f64> {
        self.expect(TokenKind::LeftParen)?;
        let value = self.signed_number()?;
        self.expect(TokenKind::RightParen)?;
        Ok(value)
    }
}
