//! The tokens of OpenMetrics 1.0: exactly one space where one is due, no comments, no blank lines.

use super::lexer::{Lexer, State, Token};

impl Lexer<'_> {
    pub(super) fn lex_openmetrics(&mut self) -> Token {
        let at = self.at;
        let Some(byte) = self.byte(at) else { return Token::End };
        self.start = at;
        match (self.state, byte) {
            (State::Line, b'#') => self.lex_hash(),
            (State::Line, b'{') => self.accept(at + 1, State::Labels, Token::BraceOpen),
            (State::Line, _) => self.lex_metric_name(State::Value),
            (State::MetadataName, b'"') => self.quoted(true, false, State::MetadataText, Token::MetricName),
            (State::MetadataName, _) => self.lex_metric_name(State::MetadataText),
            (State::MetadataText, b' ') => {
                let end = self.run(at, |byte| byte != b'\n');
                match self.byte(end) {
                    Some(_) => self.accept(end + 1, State::Line, Token::Text),
                    None => self.stuck(end),
                }
            }
            (State::Value, b'{') => self.accept(at + 1, State::Labels, Token::BraceOpen),
            (State::Value, b' ') => self.lex_spaced(State::Timestamp, Token::Value),
            (State::Labels, _) => self.lex_in_braces(byte),
            (State::LabelValue, b'"') => self.quoted(false, true, State::Labels, Token::LabelValue),
            (State::Timestamp | State::ExemplarTimestamp, b'\n') => {
                self.accept(at + 1, State::Line, Token::Linebreak)
            }
            (State::Timestamp, b' ') => self.lex_timestamp_or_exemplar(),
            (State::Exemplar, _) => self.lex_in_exemplar(byte),
            (State::ExemplarValue, b'"') => self.quoted(false, false, State::Exemplar, Token::LabelValue),
            (State::ExemplarValue, b' ') => self.lex_spaced(State::ExemplarTimestamp, Token::Value),
            (State::ExemplarTimestamp, b' ') => self.lex_spaced(State::ExemplarTimestamp, Token::Timestamp),
            _ => self.stuck(at),
        }
    }

    /// `# HELP `, `# TYPE `, `# UNIT `, or `# EOF` with its newline where there is one.
    fn lex_hash(&mut self) -> Token {
        let (hash, word) = (self.at, self.at + 2);
        if self.byte(hash + 1) != Some(b' ') {
            return self.stuck(hash + 1);
        }
        let (text, token) = match self.byte(word) {
            Some(b'H') => (&b"HELP "[..], Token::Help),
            Some(b'T') => (&b"TYPE "[..], Token::Type),
            Some(b'U') => (&b"UNIT "[..], Token::Unit),
            Some(b'E') => (&b"EOF"[..], Token::EofWord),
            _ => (&b""[..], Token::Invalid),
        };
        let rest = self.bytes.get(word..).unwrap_or_default();
        let same = rest.iter().zip(text).take_while(|(have, want)| have == want).count();
        // Not a word at all, or cut short: from now on the lexer is lost in a comment, as upstream.
        self.state = State::Comment;
        if same < text.len() || token == Token::Invalid {
            return self.stuck(word + same);
        }
        if token == Token::EofWord {
            let newline = usize::from(self.byte(word + same) == Some(b'\n'));
            return self.accept(word + same + newline, State::Line, token);
        }
        self.accept(word + same, State::MetadataName, token)
    }

    /// A space and what follows it up to the next space or newline.
    fn lex_spaced(&mut self, state: State, token: Token) -> Token {
        let end = self.run(self.at + 1, |byte| !matches!(byte, b' ' | b'\n' | 0));
        if end == self.at + 1 { self.stuck(end) } else { self.accept(end, state, token) }
    }

    /// ` # {` opens an exemplar; anything else after a space is a timestamp.
    fn lex_timestamp_or_exemplar(&mut self) -> Token {
        let at = self.at;
        if self.byte(at + 1) == Some(b'#') && self.byte(at + 2) == Some(b' ') {
            return match self.byte(at + 3) {
                Some(b'{') => self.accept(at + 4, State::Exemplar, Token::Comment),
                _ => self.stuck(at + 3),
            };
        }
        self.lex_spaced(State::Timestamp, Token::Timestamp)
    }

    fn lex_in_exemplar(&mut self, byte: u8) -> Token {
        match byte {
            b'}' => self.accept(self.at + 1, State::ExemplarValue, Token::BraceClose),
            b'=' => self.accept(self.at + 1, State::ExemplarValue, Token::Equal),
            b',' => self.accept(self.at + 1, State::Exemplar, Token::Comma),
            b'"' => self.quoted(false, false, State::Exemplar, Token::QuotedString),
            _ => {
                let end = self.label_name_end(self.at);
                if end == self.at {
                    self.stuck(end)
                } else {
                    self.accept(end, State::Exemplar, Token::LabelName)
                }
            }
        }
    }
}
