//! Backslashes and brackets of a pattern.

use super::class::Class;
use super::error::{RegexError, RegexErrorKind as Kind};
use super::parse::Parser;
use super::tree::{Assertion, Node};

impl<'p> Parser<'p> {
    /// What a backslash outside brackets begins.
    pub fn escape(&mut self) -> Result<(), RegexError> {
        let written = self.rest;
        let letter = written[1..].chars().next();
        let assertion = match letter {
            Some('A') => Some(Assertion::TextStart),
            Some('z') => Some(Assertion::TextEnd),
            Some('b') => Some(Assertion::WordBoundary),
            Some('B') => Some(Assertion::NoWordBoundary),
            _ => None,
        };
        if let Some(assertion) = assertion {
            self.rest = &written[2..];
            self.push(Node::Assertion(assertion));
            return Ok(());
        }
        match letter {
            Some('C') => return Err(Kind::InvalidEscape.at(&written[..2])), // any byte
            Some('Q') => {
                let quoted = &written[2..];
                let (literals, rest) = quoted.split_once("\\E").unwrap_or((quoted, ""));
                self.rest = rest;
                literals.chars().for_each(|character| self.push_literal(character));
                return Ok(());
            }
            _ => {}
        }
        if let Some(class) = self.class_escape()? {
            self.push(Node::Class(class));
            return Ok(());
        }
        match self.character_escape()? {
            Some(character) => self.push_literal(character),
            None => self.push(Node::Class(Class::none())),
        }
        Ok(())
    }

    /// `\d`, `\pL`, `\p{Greek}` and their opposites, in brackets or not.
    fn class_escape(&mut self) -> Result<Option<Class>, RegexError> {
        let written = self.rest;
        let Some(letter) = written.strip_prefix('\\').and_then(|rest| rest.chars().next()) else {
            return Ok(None);
        };
        let (mut class, negated) = match letter {
            'p' | 'P' => self.unicode_class(letter == 'P')?,
            _ => match Class::of_escape(letter) {
                Some(found) => {
                    self.rest = &written[2..];
                    found
                }
                None => return Ok(None),
            },
        };
        self.settle(&mut class, negated);
        Ok(Some(class))
    }

    fn settle(&self, class: &mut Class, negated: bool) {
        if self.flags.fold {
            class.fold();
        }
        if negated {
            class.negate();
        }
    }

    fn unicode_class(&mut self, opposite: bool) -> Result<(Class, bool), RegexError> {
        let written = self.rest;
        let (name, end) = if written[2..].starts_with('{') {
            let end = written.find('}').ok_or_else(|| Kind::InvalidRange.at(written))?;
            (&written[3..end], end + 1)
        } else {
            let length = written[2..].chars().next().map_or(0, char::len_utf8);
            (&written[2..2 + length], 2 + length)
        };
        let (plain, negated) = name.strip_prefix('^').map_or((name, false), |plain| (plain, true));
        let class = Class::of_unicode(plain).ok_or_else(|| Kind::InvalidRange.at(&written[..end]))?;
        self.rest = &written[end..];
        Ok((class, opposite != negated))
    }

    /// An escape for one character; none where it stands for half a surrogate pair, which no text holds.
    fn character_escape(&mut self) -> Result<Option<char>, RegexError> {
        let written = self.rest;
        let mut rest = written[1..].chars();
        let Some(letter) = rest.next() else {
            return Err(Kind::TrailingBackslash.at(""));
        };
        let value = match letter {
            '0'..='7' => octal(letter, &mut rest),
            'x' => hexadecimal(&mut rest),
            'a' => Some(7),
            'f' => Some(12),
            'n' => Some(10),
            'r' => Some(13),
            't' => Some(9),
            'v' => Some(11),
            _ => (letter.is_ascii() && !letter.is_ascii_alphanumeric()).then_some(letter as u32),
        };
        let Some(value) = value else {
            return Err(Kind::InvalidEscape.at(&written[..written.len() - rest.as_str().len()]));
        };
        self.rest = rest.as_str();
        Ok(char::from_u32(value))
    }

    /// `[…]`
    pub fn bracketed(&mut self) -> Result<Class, RegexError> {
        let whole = self.rest;
        self.rest = &whole[1..];
        let negated = self.rest.starts_with('^');
        if negated {
            self.rest = &self.rest[1..];
        }
        let mut class = Class::none();
        let mut first = true;
        while first || !self.rest.starts_with(']') {
            first = false;
            if let Some(named) = self.posix_class()? {
                class.union(&named);
            } else if let Some(escaped) = self.class_escape()? {
                class.union(&escaped);
            } else {
                self.bracketed_range(whole, &mut class)?;
            }
        }
        self.rest = &self.rest[1..];
        self.settle(&mut class, negated);
        Ok(class)
    }

    /// `[:alpha:]` or `[:^alpha:]` in brackets. An opening without an end is no class but two characters.
    fn posix_class(&mut self) -> Result<Option<Class>, RegexError> {
        let written = self.rest;
        let Some(inner) = written.strip_prefix("[:") else { return Ok(None) };
        let Some(end) = inner.find(":]") else { return Ok(None) };
        let (name, negated) =
            inner[..end].strip_prefix('^').map_or((&inner[..end], false), |name| (name, true));
        let length = end + 4;
        let mut class = Class::of_posix(name).ok_or_else(|| Kind::InvalidRange.at(&written[..length]))?;
        self.rest = &written[length..];
        self.settle(&mut class, negated);
        Ok(Some(class))
    }

    fn bracketed_range(&mut self, whole: &'p str, class: &mut Class) -> Result<(), RegexError> {
        let written = self.rest;
        let low = self.bracketed_character(whole)?;
        let mut high = low;
        // `[a-]` is an `a` and a dash.
        if self.rest.starts_with('-') && self.rest.len() >= 2 && !self.rest[1..].starts_with(']') {
            self.rest = &self.rest[1..];
            high = self.bracketed_character(whole)?;
            if high < low {
                return Err(Kind::InvalidRange.at(&written[..written.len() - self.rest.len()]));
            }
        }
        if let (Some(low), Some(high)) = (low, high) {
            class.add(low, high);
        }
        Ok(())
    }

    fn bracketed_character(&mut self, whole: &'p str) -> Result<Option<char>, RegexError> {
        let mut rest = self.rest.chars();
        match rest.next() {
            None => Err(Kind::MissingBracket.at(whole)),
            Some('\\') => self.character_escape(),
            character => {
                self.rest = rest.as_str();
                Ok(character)
            }
        }
    }
}

/// Up to three octal digits. A single one that is not 0 would be a back reference, which there is not.
fn octal(first: char, rest: &mut std::str::Chars<'_>) -> Option<u32> {
    let is_octal = |character: char| character.is_digit(8);
    if first != '0' && !rest.as_str().starts_with(is_octal) {
        return None;
    }
    let mut value = first.to_digit(8)?;
    for _ in 0..2 {
        let Some(digit) = rest.as_str().chars().next().and_then(|character| character.to_digit(8)) else {
            break;
        };
        rest.next();
        value = value * 8 + digit;
    }
    Some(value)
}

/// Two hexadecimal digits, or any number of them in braces.
fn hexadecimal(rest: &mut std::str::Chars<'_>) -> Option<u32> {
    let first = rest.next()?;
    if first != '{' {
        let second = rest.next().map(|character| character.to_digit(16));
        return Some(first.to_digit(16)? * 16 + second??);
    }
    let mut value = None;
    loop {
        let character = rest.next()?;
        if character == '}' {
            return value;
        }
        let next = value.unwrap_or(0) * 16 + character.to_digit(16)?;
        if next > char::MAX as u32 {
            return None;
        }
        value = Some(next);
    }
}
