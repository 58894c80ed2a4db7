//! The words of a command's line: bare words, quoted texts, and their places. Knows no command.

use std::fmt::Write as _;

use super::problem::Problem;
use crate::base::span::Span;

/// Reads a line word by word.
#[derive(Clone, Debug)]
pub struct Words<'a> {
    line: &'a str,
    at: usize,
}

/// A word with the bytes it was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The text, unquoted.
    pub text: String,
    /// Where it stands in the line, quotes included.
    pub span: Span,
}

impl<'a> Words<'a> {
    /// Starts before the first word of `line`.
    #[must_use]
    pub fn new(line: &'a str) -> Self {
        Self { line, at: 0 }
    }

    /// The line that is read.
    #[must_use]
    pub fn line(&self) -> &'a str {
        self.line
    }

    fn skip_blanks(&mut self) {
        let rest = &self.line[self.at..];
        self.at += rest.len() - rest.trim_start_matches([' ', '\t']).len();
    }

    /// Whether no word is left.
    pub fn is_at_end(&mut self) -> bool {
        self.skip_blanks();
        self.at == self.line.len()
    }

    /// The next word; `what` says in the error what was expected.
    ///
    /// # Errors
    /// At the end of the line, and for a quoted text that is not one.
    pub fn next_word(&mut self, what: &str) -> Result<Word, Problem> {
        self.skip_blanks();
        let start = self.at;
        let rest = &self.line[start..];
        if rest.is_empty() {
            return Err(self.expected(what));
        }
        if rest.starts_with('"') {
            return self.quoted();
        }
        let end = rest.find([' ', '\t']).unwrap_or(rest.len());
        self.at = start + end;
        Ok(Word { text: rest[..end].to_owned(), span: Span::new(start as u32, self.at as u32) })
    }

    /// All that is left: one quoted text, or the raw rest without the blanks around it.
    ///
    /// # Errors
    /// Where nothing is left, and for a quoted text that is not one.
    pub fn rest(&mut self, what: &str) -> Result<Word, Problem> {
        self.skip_blanks();
        let start = self.at;
        let rest = self.line[start..].trim_end();
        if rest.is_empty() {
            return Err(self.expected(what));
        }
        if rest.starts_with('"') {
            return self.quoted();
        }
        self.at = self.line.len();
        Ok(Word { text: rest.to_owned(), span: Span::new(start as u32, (start + rest.len()) as u32) })
    }

    /// # Errors
    /// When something is left.
    pub fn end(&mut self) -> Result<(), Problem> {
        if self.is_at_end() {
            return Ok(());
        }
        let span = Span::new(self.at as u32, self.line.len() as u32);
        Err(Problem::new("unexpected-word", format!("unexpected {:?}", span.of(self.line)))
            .within(self.line, span))
    }

    fn expected(&self, what: &str) -> Problem {
        let end = self.line.len() as u32;
        Problem::new("word-missing", format!("expected {what}")).within(self.line, Span::new(end, end))
    }

    fn quoted(&mut self) -> Result<Word, Problem> {
        let start = self.at;
        let mut text = String::new();
        let mut characters = self.line[start + 1..].char_indices();
        while let Some((offset, character)) = characters.next() {
            match character {
                '"' => {
                    self.at = start + 1 + offset + 1;
                    return Ok(Word { text, span: Span::new(start as u32, self.at as u32) });
                }
                '\\' => match characters.next().map(|(_, escaped)| escaped) {
                    Some('n') => text.push('\n'),
                    Some('r') => text.push('\r'),
                    Some('t') => text.push('\t'),
                    Some(escaped @ ('"' | '\\')) => text.push(escaped),
                    _ => {
                        let at = (start + 1 + offset) as u32;
                        return Err(Problem::new("unknown-escape", "unknown escape sequence")
                            .within(self.line, Span::new(at, at + 1)));
                    }
                },
                other => text.push(other),
            }
        }
        Err(Problem::new("unterminated-text", "unterminated quoted string")
            .within(self.line, Span::new(start as u32, self.line.len() as u32)))
    }
}

/// Writes `text` so that [`Words::next_word`] gives it back: bare where that is possible.
pub fn write_word(line: &mut String, text: &str) {
    let is_bare = |character: char| {
        character.is_alphanumeric() || matches!(character, '_' | '-' | '.' | ':' | '/' | '@' | '+')
    };
    if !text.is_empty() && text.chars().all(is_bare) {
        line.push_str(text);
    } else {
        write_quoted(line, text);
    }
}

/// How many bytes [`write_quoted`] writes for `text`.
#[must_use]
pub fn quoted_length(text: &str) -> usize {
    let escaped = text.bytes().filter(|byte| matches!(byte, b'\n' | b'\r' | b'\t' | b'"' | b'\\'));
    text.len() + escaped.count() + 2
}

/// Writes `text` in quotes, on one line whatever it holds.
pub fn write_quoted(line: &mut String, text: &str) {
    line.push('"');
    for character in text.chars() {
        match character {
            '\n' => line.push_str("\\n"),
            '\r' => line.push_str("\\r"),
            '\t' => line.push_str("\\t"),
            '"' | '\\' => {
                let _ = write!(line, "\\{character}");
            }
            other => line.push(other),
        }
    }
    line.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_back_as_they_were_written() {
        for text in ["accesslog", "", "two words", "a\"b\\c\n\r\td", "한글", "\u{2028}x", "up{job=\"a\"}"] {
            let mut line = String::new();
            write_word(&mut line, text);
            assert!(!line.contains('\n'));
            assert_eq!(Words::new(&line).next_word("a word").unwrap().text, text);
            let mut quoted = String::new();
            write_quoted(&mut quoted, text);
            assert_eq!(quoted.len(), quoted_length(text));
        }
    }

    #[test]
    fn faults_have_their_place() {
        let place = |line: &str| {
            let mut words = Words::new(line);
            words.next_word("a").and_then(|_| words.next_word("a number")).unwrap_err()
        };
        assert_eq!(place("scale").to_string(), "1:6: expected a number");
        assert_eq!(place("reload \"a\\q\"").to_string(), "1:10: unknown escape sequence");
        assert_eq!(place("reload \"a").to_string(), "1:8: unterminated quoted string");
    }
}
