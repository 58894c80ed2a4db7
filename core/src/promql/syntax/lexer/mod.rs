//! Splits an expression into tokens, one at a time. Judges single words only; their order is the parser's business.

mod characters;
mod error;
pub(super) mod number;
pub(super) mod string;

pub use error::LexError;
pub use string::unquote;

use super::ast::BinaryOp;
use super::token::{Keyword, Token, TokenKind};
use crate::base::span::Span;
pub(super) use characters::{Characters, is_digit, is_space, is_word, is_word_start};

/// What the next characters mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    /// An ordinary place.
    Expression,
    /// Inside `{…}`: every word is a label's name.
    Braces,
    /// Behind `[`, up to the first number: only what a length of time is made of.
    Length,
}

/// Reads tokens from a text, up to the end or the first error; from then on it repeats the last token.
#[derive(Clone, Debug)]
pub struct Lexer<'t> {
    characters: Characters<'t>,
    mode: Mode,
    open_parens: u32,
    in_brackets: bool,
    seen_colon: bool,
    seen_length: bool,
    last: Option<Token>,
}

impl<'t> Lexer<'t> {
    /// A lexer at the start of `text`.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        Self {
            characters: Characters::new(text),
            mode: Mode::Expression,
            open_parens: 0,
            in_brackets: false,
            seen_colon: false,
            seen_length: false,
            last: None,
        }
    }

    /// The next token, comments included.
    pub fn next_token(&mut self) -> Token {
        if let Some(last) = self.last {
            return last;
        }
        self.characters.skip_spaces();
        self.characters.start_token();
        let kind = match self.mode {
            Mode::Braces => self.inside_braces(),
            Mode::Length => self.inside_length(),
            Mode::Expression => self.expression(),
        };
        let kind = kind.unwrap_or_else(TokenKind::Error);
        let token = Token { kind, span: self.characters.token_span() };
        if kind.is_last() {
            self.last = Some(token);
        }
        token
    }

    /// The place behind the last token, for a lexer that goes on from there.
    pub(super) fn characters(&self) -> Characters<'t> {
        self.characters.clone()
    }

    /// Goes on behind an error, for readers that want all tokens.
    pub(super) fn resume(&mut self) {
        self.last = None;
    }

    fn expression(&mut self) -> Result<TokenKind, LexError> {
        use BinaryOp::{Add, Div, Equal, Mod, Mul, NotEqual, Pow, Sub};
        let Some(first) = self.characters.next() else {
            return self.end();
        };
        let op = |op| Ok(TokenKind::Operator(op));
        match first {
            '#' => Ok(self.comment()),
            ',' => Ok(TokenKind::Comma),
            '*' => op(Mul),
            '/' => op(Div),
            '%' => op(Mod),
            '+' => op(Add),
            '-' => op(Sub),
            '^' => op(Pow),
            '@' => Ok(TokenKind::At),
            '=' if self.characters.accept('=') => op(Equal),
            '=' if self.characters.peek() == Some('~') => Err(LexError::AfterEquals('~')),
            '=' => Ok(TokenKind::Assign),
            '!' if self.characters.accept('=') => op(NotEqual),
            '!' => Err(LexError::AfterBang(self.characters.next())),
            '<' | '>' => op(self.comparison(first)),
            '"' | '\'' | '`' => string::quoted(&mut self.characters, first),
            '(' | ')' => self.paren(first),
            '{' => {
                self.mode = Mode::Braces;
                Ok(TokenKind::LeftBrace)
            }
            '[' | ']' => self.bracket(first),
            c if is_digit(c) || (c == '.' && self.characters.peek().is_some_and(is_digit)) => {
                self.characters.back_to_token_start();
                number::number_or_duration(&mut self.characters)
            }
            c if is_word_start(c) || c == ':' => {
                if self.in_brackets {
                    self.word_in_brackets(c)
                } else {
                    Ok(self.word())
                }
            }
            c => Err(LexError::Character(c)),
        }
    }

    fn comparison(&mut self, first: char) -> BinaryOp {
        use BinaryOp::{Greater, GreaterOrEqual, Less, LessOrEqual, TrimLower, TrimUpper};
        let less = first == '<';
        if self.characters.accept('=') {
            if less { LessOrEqual } else { GreaterOrEqual }
        } else if self.characters.accept('/') {
            if less { TrimUpper } else { TrimLower }
        } else if less {
            Less
        } else {
            Greater
        }
    }

    fn end(&self) -> Result<TokenKind, LexError> {
        match self.mode {
            Mode::Braces => Err(LexError::EndInBraces),
            Mode::Length => Err(LexError::EndInLength),
            Mode::Expression if self.open_parens > 0 => Err(LexError::UnclosedParen),
            Mode::Expression if self.in_brackets => Err(LexError::UnclosedBracket),
            Mode::Expression => Ok(TokenKind::EndOfInput),
        }
    }

    fn paren(&mut self, character: char) -> Result<TokenKind, LexError> {
        if character == '(' {
            self.open_parens += 1;
            return Ok(TokenKind::LeftParen);
        }
        if self.open_parens == 0 {
            // Prometheus sees it only after having taken it, so the error stands behind it.
            self.characters.start_token();
            return Err(LexError::RightParen);
        }
        self.open_parens -= 1;
        Ok(TokenKind::RightParen)
    }

    fn bracket(&mut self, character: char) -> Result<TokenKind, LexError> {
        match (character, self.in_brackets) {
            ('[', true) => Err(LexError::LeftBracket),
            ('[', false) => {
                self.in_brackets = true;
                self.seen_colon = false;
                self.mode = Mode::Length;
                Ok(TokenKind::LeftBracket)
            }
            (_, false) => Err(LexError::RightBracket),
            (_, true) => {
                self.in_brackets = false;
                self.mode = Mode::Expression;
                Ok(TokenKind::RightBracket)
            }
        }
    }

    fn comment(&mut self) -> TokenKind {
        self.characters.skip_while(|c| c != '\n' && c != '\r');
        TokenKind::Comment
    }

    /// A word or a name, its first character already taken.
    fn word(&mut self) -> TokenKind {
        self.characters.skip_while(|c| is_word(c) || c == ':');
        let word = self.characters.token_text();
        if word.contains(':') {
            return TokenKind::MetricIdentifier;
        }
        match TokenKind::of_word(word) {
            TokenKind::Keyword(Keyword::Fill | Keyword::FillLeft | Keyword::FillRight)
                if !self.characters.rest().trim_start_matches(is_space).starts_with('(') =>
            {
                TokenKind::Identifier
            }
            kind => kind,
        }
    }

    /// Behind the first number in brackets: a colon, or one of the words of lengths.
    fn word_in_brackets(&mut self, first: char) -> Result<TokenKind, LexError> {
        if first == ':' {
            if self.seen_colon {
                return Err(LexError::Colon);
            }
            self.seen_colon = true;
            return Ok(TokenKind::Colon);
        }
        self.length_word(first).ok_or(LexError::NotColon(first))
    }

    /// `step`, `range`, `min_of` or `max_of`, its first character already taken.
    fn length_word(&mut self, first: char) -> Option<TokenKind> {
        use Keyword::{MaxOf, MinOf, Range, Step};
        if !matches!(first.to_ascii_lowercase(), 's' | 'm' | 'r') {
            return None;
        }
        self.characters.skip_while(is_word_start);
        match TokenKind::of_word(self.characters.token_text()) {
            kind @ TokenKind::Keyword(Step | Range | MinOf | MaxOf) => Some(kind),
            _ => None,
        }
    }

    fn inside_length(&mut self) -> Result<TokenKind, LexError> {
        use BinaryOp::{Add, Div, Mod, Mul, Pow, Sub};
        let Some(first) = self.characters.next() else {
            return self.end();
        };
        let op = |op| Ok(TokenKind::Operator(op));
        match first {
            ']' => self.bracket(first),
            ':' => self.colon_in_length(),
            '(' | ')' => self.paren(first),
            '+' => op(Add),
            '-' => op(Sub),
            '*' => op(Mul),
            '/' => op(Div),
            '%' => op(Mod),
            '^' => op(Pow),
            ',' => Ok(TokenKind::Comma),
            c if is_digit(c) || (c == '.' && self.characters.peek().is_some_and(is_digit)) => {
                self.characters.back_to_token_start();
                self.seen_length = true;
                self.mode = Mode::Expression;
                number::number_or_duration(&mut self.characters)
            }
            c => self.length_word(c).ok_or(LexError::CharacterInLength(c)),
        }
    }

    fn colon_in_length(&mut self) -> Result<TokenKind, LexError> {
        let error = if !self.seen_length {
            LexError::ColonBeforeLength
        } else if self.seen_colon {
            LexError::RepeatedColon
        } else {
            self.seen_colon = true;
            return Ok(TokenKind::Colon);
        };
        self.characters.start_token(); // the error stands behind the colon
        Err(error)
    }

    fn inside_braces(&mut self) -> Result<TokenKind, LexError> {
        let Some(first) = self.characters.next() else {
            return self.end();
        };
        match first {
            '#' => Ok(self.comment()),
            ',' => Ok(TokenKind::Comma),
            '"' | '\'' | '`' => string::quoted(&mut self.characters, first),
            '=' if self.characters.accept('~') => Ok(TokenKind::RegexMatch),
            '=' => Ok(TokenKind::Assign),
            '!' => match self.characters.next() {
                Some('~') => Ok(TokenKind::RegexMismatch),
                Some('=') => Ok(TokenKind::Operator(BinaryOp::NotEqual)),
                other => Err(LexError::AfterBangInBraces(other)),
            },
            '{' => Err(LexError::LeftBrace),
            '}' => {
                self.mode = Mode::Expression;
                Ok(TokenKind::RightBrace)
            }
            c if is_word_start(c) => {
                self.characters.skip_while(is_word);
                Ok(TokenKind::Identifier)
            }
            c => Err(LexError::CharacterInBraces(c)),
        }
    }
}

/// All tokens of `text`, comments included, without the end. Never fails: what is no token is an error token, and
/// reading goes on behind it, so that an editor can colour the rest.
#[must_use]
pub fn tokens(text: &str) -> Vec<Token> {
    let mut lexer = Lexer::new(text);
    let mut tokens = Vec::new();
    loop {
        let token = lexer.next_token();
        match token.kind {
            TokenKind::EndOfInput => return tokens,
            TokenKind::Error(error) => {
                let at_end = lexer.characters.rest().is_empty();
                let span = match error {
                    // These stand behind the character that they blame.
                    LexError::RightParen | LexError::ColonBeforeLength | LexError::RepeatedColon => {
                        Span::new(token.span.start.saturating_sub(1), token.span.end)
                    }
                    _ => token.span,
                };
                if span.start < span.end {
                    tokens.push(Token { span, ..token });
                }
                if at_end {
                    return tokens;
                }
                lexer.resume();
            }
            _ => tokens.push(token),
        }
    }
}
