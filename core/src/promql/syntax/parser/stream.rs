//! The parser's tokens one after the other, and how it goes on behind a fault.

use super::super::error::{ParseError, ParseErrorKind};
use super::super::options::MAX_DEPTH;
use super::super::token::{Token, TokenKind};
use super::{Parsed, Parser, RECOVERING, Stop};
use crate::base::span::Span;

impl Parser<'_> {
    /// The kind of the next token, not taken.
    pub(super) fn peek(&mut self) -> TokenKind {
        if let Some(token) = self.ahead {
            return token.kind;
        }
        let mut token = self.lexer.next_token();
        while token.kind == TokenKind::Comment {
            token = self.lexer.next_token();
        }
        match token.kind {
            TokenKind::Error(error) => {
                let rest = Span::new(token.span.start, self.text.len() as u32);
                self.report_written(ParseErrorKind::Token(error), rest, token.span.of(self.text).to_owned());
            }
            TokenKind::RightBrace
            | TokenKind::RightParen
            | TokenKind::RightBracket
            | TokenKind::Duration
            | TokenKind::Number => self.last_closing = token.span.end,
            _ => {}
        }
        self.last = token;
        self.ahead = Some(token);
        token.kind
    }

    /// Takes the next token.
    pub(super) fn take(&mut self) -> Token {
        self.peek();
        self.ahead = None;
        self.recovering = self.recovering.saturating_sub(1);
        self.last
    }

    /// Takes the next token if it is of this kind.
    pub(super) fn accept(&mut self, kind: TokenKind) -> Option<Token> {
        (self.peek() == kind).then(|| self.take())
    }

    /// Makes sure that the next token fits; while recovering, drops those that do not.
    pub(super) fn demand(&mut self, fits: impl Fn(TokenKind) -> bool) -> Parsed<()> {
        while !fits(self.peek()) {
            if self.recovering < RECOVERING {
                return Err(Stop::Syntax);
            }
            self.discard()?;
        }
        Ok(())
    }

    /// Makes sure that the next token is of this kind, and takes it.
    pub(super) fn expect(&mut self, kind: TokenKind) -> Parsed<Token> {
        self.demand(|next| next == kind)?;
        Ok(self.take())
    }

    pub(super) fn discard(&mut self) -> Parsed<()> {
        if self.peek().is_last() {
            return Err(Stop::Abort);
        }
        self.ahead = None;
        Ok(())
    }

    /// The error rule of a construct: reports what was met, and lets reading go on behind the construct.
    pub(super) fn recover<T>(
        &mut self,
        read: Parsed<T>,
        context: &'static str,
        expected: &'static str,
    ) -> Parsed<Option<T>> {
        match read {
            Ok(value) => Ok(Some(value)),
            Err(Stop::Abort) => Err(Stop::Abort),
            Err(Stop::Syntax) => {
                self.unexpected(context, expected);
                Ok(None)
            }
        }
    }

    /// Reports the token read last, and begins to recover.
    pub(super) fn unexpected(&mut self, context: &'static str, expected: &'static str) {
        self.recovering = RECOVERING;
        if matches!(self.last.kind, TokenKind::Error(_)) {
            return; // reported when it was read
        }
        let written = self.last.describe(self.text);
        self.report_written(ParseErrorKind::Unexpected { context, expected }, self.last.span, written);
    }

    pub(super) fn report(&mut self, kind: ParseErrorKind, span: Span) {
        self.report_written(kind, span, String::new());
    }

    pub(super) fn report_written(&mut self, kind: ParseErrorKind, span: Span, written: String) {
        self.errors.push(ParseError { kind, span, written });
    }

    /// Reads something nested, one level deeper.
    pub(super) fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        self.depth += 1;
        let result = if self.depth > MAX_DEPTH { self.too_deep() } else { read(self) };
        self.depth -= 1;
        result
    }

    /// The tree just built has this height.
    pub(super) fn grown_to(&mut self, height: u32) -> Parsed<()> {
        self.height = height;
        if height > MAX_DEPTH { self.too_deep() } else { Ok(()) }
    }

    pub(super) fn too_many_operators<T>(&mut self, limit: u32) -> Parsed<T> {
        self.report(ParseErrorKind::TooManyOperators { limit }, self.last.span);
        Err(Stop::Abort)
    }

    pub(super) fn too_deep<T>(&mut self) -> Parsed<T> {
        self.report(ParseErrorKind::TooDeep { limit: MAX_DEPTH }, self.last.span);
        Err(Stop::Abort)
    }
}
