//! Reads an expression into a tree. Precedence climbs over hand-written functions; where a fault is found, reading
//! goes on at the same places as Prometheus's generated parser, so that the list of faults is the same.
//!
//! How that parser recovers: it gives up what it was reading up to the innermost construct that knows an error rule
//! (an aggregation, a label list, a selector's braces, a range, `offset`, `@`, or the whole expression), reports what
//! it met there, and drops tokens until one fits. Here giving up is `Err(Stop::Syntax)`, those constructs are the
//! callers of [`Parser::recover`], and dropping happens in [`Parser::demand`].

mod aggregate;
mod expression;
mod length;
mod literal;
mod modifier;
mod range;
mod selector;
mod stream;

use super::ast::{Expr, Length};
use super::error::{ParseError, ParseErrorKind};
use super::lexer::Lexer;
use super::options::{MAX_BYTES, Options};
use super::token::{Token, TokenKind};
use crate::base::span::Span;
use crate::model::matcher::Matcher;

/// A tree as far as it could be read, and what is wrong with the text.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The tree; with errors it may hold [`super::ast::ExprKind::Broken`], and it may be missing.
    pub expr: Option<Expr>,
    /// The faults in the order found; none means that the tree is whole and may be evaluated.
    pub errors: Vec<ParseError>,
}

/// Reads an expression.
///
/// # Errors
/// All faults found: those of syntax, or, where there is none, those of types.
pub fn parse(text: &str, options: &Options) -> Result<Expr, Vec<ParseError>> {
    let reading = read(text, options);
    match reading.expr {
        Some(expr) if reading.errors.is_empty() => Ok(expr),
        _ => Err(reading.errors),
    }
}

/// Reads an expression as far as possible: for an editor, which wants the tree of a text with faults too.
#[must_use]
pub fn read(text: &str, options: &Options) -> Reading {
    let mut parser = Parser::new(text, options);
    let mut expr = parser.whole();
    if parser.errors.is_empty()
        && let Some(expr) = &mut expr
    {
        parser.errors = super::check::check(expr, text);
    }
    Reading { expr, errors: parser.errors }
}

/// Reads a selector alone (`up{job="a"}`), as series are selected outside of queries.
///
/// # Errors
/// All faults found.
pub fn parse_selector(text: &str) -> Result<Vec<Matcher>, Vec<ParseError>> {
    let mut parser = Parser::new(text, &Options::default());
    let selected = parser.whole_selector();
    match selected {
        Some(matchers) if parser.errors.is_empty() => Ok(matchers),
        _ => Err(parser.errors),
    }
}

/// Reads a length of time as it may stand in brackets (`5m`, `step() * 2`); negative and zero lengths too.
///
/// # Errors
/// All faults found.
pub fn parse_length(text: &str, options: &Options) -> Result<Length, Vec<ParseError>> {
    let mut parser = Parser::new(text, options);
    let length = parser.whole_length();
    match length {
        Some(length) if parser.errors.is_empty() => Ok(length),
        _ => Err(parser.errors),
    }
}

/// Why reading a construct ended early.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stop {
    /// A token does not fit: the innermost construct with an error rule goes on.
    Syntax,
    /// Nothing can go on: the text ended while tokens were being dropped, or a budget is used up.
    Abort,
}

type Parsed<T> = Result<T, Stop>;

/// Dropping tokens after an error is silent until one has been taken; a new error within three tokens counts anew.
const RECOVERING: u8 = 3;

struct Parser<'t> {
    text: &'t str,
    options: Options,
    lexer: Lexer<'t>,
    /// The token read ahead. Read only when a decision needs it, as faults and ends depend on what was read last.
    ahead: Option<Token>,
    /// The token read last.
    last: Token,
    recovering: u8,
    /// The end of the closing bracket, number or duration read last.
    last_closing: u32,
    errors: Vec<ParseError>,
    depth: u32,
    /// The height of the tree returned last.
    height: u32,
}

impl<'t> Parser<'t> {
    fn new(text: &'t str, options: &Options) -> Self {
        let start = Token { kind: TokenKind::Comment, span: Span::default() };
        Self {
            text,
            options: *options,
            lexer: Lexer::new(text),
            ahead: None,
            last: start,
            recovering: 0,
            last_closing: 0,
            errors: Vec::new(),
            depth: 0,
            height: 0,
        }
    }

    fn whole(&mut self) -> Option<Expr> {
        if !self.fits_budget() {
            return None;
        }
        if self.peek() == TokenKind::EndOfInput {
            self.report(ParseErrorKind::NoExpression, Span::default());
            return None;
        }
        let read = self.expression(0);
        self.finish(read)
    }

    fn whole_selector(&mut self) -> Option<Vec<Matcher>> {
        if !self.fits_budget() {
            return None;
        }
        let read = self.selector();
        self.finish(read).map(|(selector, _)| selector.matchers)
    }

    fn whole_length(&mut self) -> Option<Length> {
        if !self.fits_budget() {
            return None;
        }
        let read = self.length(0);
        self.finish(read).map(length::finished)
    }

    fn fits_budget(&mut self) -> bool {
        let fits = self.text.len() <= MAX_BYTES as usize;
        if !fits {
            self.report(ParseErrorKind::TooLong { limit_bytes: MAX_BYTES }, Span::new(MAX_BYTES, MAX_BYTES));
        }
        fits
    }

    /// What was read must be all there is.
    fn finish<T>(&mut self, read: Parsed<T>) -> Option<T> {
        if matches!(read, Err(Stop::Abort)) {
            return None;
        }
        let unfit = read.is_err() || (!self.peek().is_last() && self.recovering < RECOVERING);
        if unfit {
            self.unexpected("", "");
        }
        while !self.peek().is_last() {
            self.ahead = None;
        }
        read.ok()
    }
}

#[cfg(test)]
mod tests;
