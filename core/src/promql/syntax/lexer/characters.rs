//! A place in a text that moves forward character by character and remembers where the current token began.

use crate::base::span::Span;

/// The text and the place.
#[derive(Clone, Debug)]
pub struct Characters<'t> {
    text: &'t str,
    start: usize,
    position: usize,
}

impl<'t> Characters<'t> {
    /// At the start of `text`.
    pub const fn new(text: &'t str) -> Self {
        Self { text, start: 0, position: 0 }
    }

    /// The text not yet taken.
    pub fn rest(&self) -> &'t str {
        &self.text[self.position..]
    }

    /// Takes the next character.
    pub fn next(&mut self) -> Option<char> {
        let character = self.rest().chars().next()?;
        self.position += character.len_utf8();
        Some(character)
    }

    /// The next character, not taken.
    pub fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Takes the next character if it is this one.
    pub fn accept(&mut self, character: char) -> bool {
        self.accept_if(|next| next == character)
    }

    /// Takes the next character if `fits`.
    pub fn accept_if(&mut self, fits: impl Fn(char) -> bool) -> bool {
        let found = self.peek().is_some_and(fits);
        if found {
            self.next();
        }
        found
    }

    /// Takes characters as long as they fit; how many.
    pub fn skip_while(&mut self, fits: impl Fn(char) -> bool) -> usize {
        let rest = self.rest();
        let length = rest.find(|c| !fits(c)).unwrap_or(rest.len());
        self.position += length;
        length
    }

    /// Takes blanks and line ends.
    pub fn skip_spaces(&mut self) {
        self.skip_while(is_space);
    }

    /// The current token begins here.
    pub const fn start_token(&mut self) {
        self.start = self.position;
    }

    /// Gives back what the current token has taken.
    pub const fn back_to_token_start(&mut self) {
        self.position = self.start;
    }

    /// The text of the current token so far.
    pub fn token_text(&self) -> &'t str {
        &self.text[self.start..self.position]
    }

    /// The bytes of the current token so far.
    pub const fn token_span(&self) -> Span {
        Span::new(self.start as u32, self.position as u32)
    }
}

/// Blanks as Prometheus knows them.
pub const fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}

/// ASCII digits: others are no digits here.
pub const fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

/// What a word may begin with.
pub const fn is_word_start(c: char) -> bool {
    c == '_' || c.is_ascii_alphabetic()
}

/// What a word may go on with.
pub const fn is_word(c: char) -> bool {
    is_word_start(c) || is_digit(c)
}
