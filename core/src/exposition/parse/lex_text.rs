//! The tokens of the text format 0.0.4: blanks between tokens are free, comments are skipped over as one token.

use super::lexer::{Lexer, State, Token};

fn is_blank(byte: u8) -> bool {
    byte == b' ' || byte == b'\t'
}

impl Lexer<'_> {
    pub(super) fn lex_text(&mut self) -> Token {
        if self.state == State::MetadataText {
            return self.lex_rest_of_line();
        }
        let at = self.run(self.at, is_blank);
        let Some(byte) = self.byte(at) else { return Token::End };
        self.start = at;
        self.at = at;
        match self.state {
            State::Line => self.lex_line_start(byte),
            State::MetadataName if byte == b'"' => {
                self.quoted(true, false, State::MetadataText, Token::MetricName)
            }
            State::MetadataName => self.lex_metric_name(State::MetadataText),
            State::Value => self.lex_value(byte),
            State::Labels => self.lex_in_braces(byte),
            State::LabelValue if byte == b'"' => self.quoted(true, true, State::Labels, Token::LabelValue),
            State::Timestamp => self.lex_timestamp(byte),
            _ => self.stuck(at),
        }
    }

    fn lex_line_start(&mut self, byte: u8) -> Token {
        match byte {
            b'\n' => self.accept(self.at + 1, State::Line, Token::Linebreak),
            b'{' => self.accept(self.at + 1, State::Labels, Token::BraceOpen),
            b'#' => self.lex_comment(),
            _ => self.lex_metric_name(State::Value),
        }
    }

    /// `# HELP ` and `# TYPE ` with any blanks; everything else after `#` is a comment up to the end of the line.
    fn lex_comment(&mut self) -> Token {
        let word = self.run(self.at + 1, is_blank);
        if word > self.at + 1 {
            for (text, token) in [(b"HELP", Token::Help), (b"TYPE", Token::Type)] {
                let end = word + text.len();
                if self.bytes.get(word..end) == Some(&text[..])
                    && self.bytes.get(end).copied().is_some_and(is_blank)
                {
                    return self.accept(self.run(end, is_blank), State::MetadataName, token);
                }
            }
        }
        let end = self.run(self.at, |byte| byte != b'\n');
        self.accept(end, State::Line, Token::Comment)
    }

    /// All blanks count as none: they are skipped as between any tokens.
    fn lex_rest_of_line(&mut self) -> Token {
        self.start = self.at;
        let blank_end = self.run(self.at, is_blank);
        if self.byte(blank_end) == Some(b'\n') {
            self.start = blank_end;
        }
        let end = self.run(self.start, |byte| byte != b'\n');
        self.accept(end, State::Line, Token::Text)
    }

    pub(super) fn lex_metric_name(&mut self, state: State) -> Token {
        let end = self.metric_name_end(self.at);
        if end == self.at { self.stuck(end) } else { self.accept(end, state, Token::MetricName) }
    }

    fn lex_value(&mut self, byte: u8) -> Token {
        if byte == b'{' {
            return self.accept(self.at + 1, State::Labels, Token::BraceOpen);
        }
        let end = self.run(self.at, |byte| !matches!(byte, b'{' | b' ' | b'\t' | b'\n' | 0));
        if end == self.at { self.stuck(end) } else { self.accept(end, State::Timestamp, Token::Value) }
    }

    fn lex_timestamp(&mut self, byte: u8) -> Token {
        if byte == b'\n' {
            return self.accept(self.at + 1, State::Line, Token::Linebreak);
        }
        let end = self.run(self.at, |byte| byte.is_ascii_digit());
        if end == self.at { self.stuck(end) } else { self.accept(end, State::Timestamp, Token::Timestamp) }
    }

    /// Between the braces of a sample; the same in both dialects.
    pub(super) fn lex_in_braces(&mut self, byte: u8) -> Token {
        match byte {
            b'}' => self.accept(self.at + 1, State::Value, Token::BraceClose),
            b'=' => self.accept(self.at + 1, State::LabelValue, Token::Equal),
            b',' => self.accept(self.at + 1, State::Labels, Token::Comma),
            b'"' => self.quoted(true, false, State::Labels, Token::QuotedString),
            _ => {
                let end = self.label_name_end(self.at);
                if end == self.at {
                    self.stuck(end)
                } else {
                    self.accept(end, State::Labels, Token::LabelName)
                }
            }
        }
    }
}
