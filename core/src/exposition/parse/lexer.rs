//! Cuts a metrics page into tokens. Two dialects share it: the text format (`lex_text`) and OpenMetrics
//! (`lex_openmetrics`). Knows no grammar: which token may follow which is the parser's business, except that what a
//! byte means depends on the state the last token left.
//!
//! Positions matter as much as tokens: Prometheus's messages quote from the token's start up to one byte past the
//! place where its lexer stood still, so a token that cannot be finished leaves `at` there.

use super::super::Format;

/// What a token is. The names in messages are Prometheus's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    Invalid,
    End,
    Linebreak,
    Help,
    Type,
    Unit,
    EofWord,
    Text,
    Comment,
    MetricName,
    QuotedString,
    BraceOpen,
    BraceClose,
    LabelName,
    LabelValue,
    Comma,
    Equal,
    Timestamp,
    Value,
}

impl Token {
    /// The token as Prometheus's messages name it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Invalid => "INVALID",
            Self::End => "EOF",
            Self::Linebreak => "LINEBREAK",
            Self::Help => "HELP",
            Self::Type => "TYPE",
            Self::Unit => "UNIT",
            Self::EofWord => "EOFWORD",
            Self::Text => "TEXT",
            Self::Comment => "COMMENT",
            Self::MetricName => "MNAME",
            Self::QuotedString => "QSTRING",
            Self::BraceOpen => "BOPEN",
            Self::BraceClose => "BCLOSE",
            Self::LabelName => "LNAME",
            Self::LabelValue => "LVALUE",
            Self::Comma => "COMMA",
            Self::Equal => "EQUAL",
            Self::Timestamp => "TIMESTAMP",
            Self::Value => "VALUE",
        }
    }
}

/// Where in a line the lexer stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    /// At the start of a line.
    Line,
    /// After `# `.
    Comment,
    /// After `# HELP ` and its kin: a name is due.
    MetadataName,
    /// After that name: text up to the end of the line.
    MetadataText,
    /// After a metric's name.
    Value,
    /// Between braces.
    Labels,
    /// After the `=` of a label.
    LabelValue,
    /// After the value.
    Timestamp,
    /// Between the braces of an exemplar.
    Exemplar,
    /// After the `=` of an exemplar's label, or after its closing brace.
    ExemplarValue,
    /// After the exemplar's value.
    ExemplarTimestamp,
}

/// The lexer: the page, the last token (`start..at`) and the state.
#[derive(Clone, Debug)]
pub(super) struct Lexer<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) start: usize,
    pub(super) at: usize,
    pub(super) state: State,
    pub(super) format: Format,
}

const NAME_START: u8 = 1; // may start a metric's name
const NAME: u8 = 2; // may continue one
const LABEL: u8 = 4; // may continue a label's name

/// What each byte may be part of.
const CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        let character = byte as u8;
        if character.is_ascii_alphabetic() || character == b'_' {
            classes[byte] = NAME_START | NAME | LABEL;
        } else if character.is_ascii_digit() {
            classes[byte] = NAME | LABEL;
        } else if character == b':' {
            classes[byte] = NAME_START | NAME;
        }
        byte += 1;
    }
    classes
};

impl<'a> Lexer<'a> {
    pub(super) fn new(bytes: &'a [u8], format: Format) -> Self {
        Self { bytes, start: 0, at: 0, state: State::Line, format }
    }

    /// How many bytes the lexer sees: the text format reads as if a newline stood after the last byte.
    pub(super) fn length(&self) -> usize {
        self.bytes.len() + usize::from(self.format == Format::Text)
    }

    /// The byte at `at`; `None` at the end.
    pub(super) fn byte(&self, at: usize) -> Option<u8> {
        match self.bytes.get(at) {
            Some(byte) => Some(*byte),
            None if at == self.bytes.len() && self.format == Format::Text => Some(b'\n'),
            None => None,
        }
    }

    /// The last token's bytes.
    pub(super) fn token(&self) -> &'a [u8] {
        self.bytes.get(self.start..self.at.min(self.bytes.len())).unwrap_or_default()
    }

    /// The next token. At the end of the page the last token's start stays, as messages quote it.
    pub(super) fn next(&mut self) -> Token {
        match self.format {
            Format::Text => self.lex_text(),
            Format::OpenMetrics => self.lex_openmetrics(),
        }
    }

    /// Ends the token at `at`, with the state that follows.
    pub(super) fn accept(&mut self, at: usize, state: State, token: Token) -> Token {
        self.at = at;
        self.state = state;
        token
    }

    /// Stops at `at`, where no token can go on.
    pub(super) fn stuck(&mut self, at: usize) -> Token {
        self.at = at;
        Token::Invalid
    }

    /// The end of the bytes from `from` on that `continues`; the virtual newline never does.
    pub(super) fn run(&self, from: usize, continues: impl Fn(u8) -> bool) -> usize {
        let rest = self.bytes.get(from..).unwrap_or_default();
        from + rest.iter().position(|byte| !continues(*byte)).unwrap_or(rest.len())
    }

    /// The end of a metric's name that starts at `from`; `from` itself where none does.
    pub(super) fn metric_name_end(&self, from: usize) -> usize {
        match self.bytes.get(from) {
            Some(first) if CLASSES[*first as usize] & NAME_START != 0 => {
                self.run(from + 1, |byte| CLASSES[byte as usize] & NAME != 0)
            }
            _ => from,
        }
    }

    /// The end of a label's name that starts at `from`; `from` itself where none does.
    pub(super) fn label_name_end(&self, from: usize) -> usize {
        match self.bytes.get(from) {
            Some(first) if CLASSES[*first as usize] & NAME_START != 0 && *first != b':' => {
                self.run(from + 1, |byte| CLASSES[byte as usize] & LABEL != 0)
            }
            _ => from,
        }
    }

    /// The byte past the quoted text that opens at `from`, or where it cannot go on. A zero byte is only allowed
    /// in label values of samples, as upstream.
    pub(super) fn quoted_end(&self, from: usize, newlines: bool, zeros: bool) -> Result<usize, usize> {
        let mut at = from + 1;
        loop {
            at = self.run(at, |byte| !matches!(byte, b'"' | b'\\' | b'\n' | 0));
            match self.byte(at) {
                Some(b'"') => return Ok(at + 1),
                Some(b'\n') if newlines => at += 1,
                Some(0) if zeros => at += 1,
                Some(b'\\') => {
                    at = if zeros { self.run(at + 1, |byte| byte == 0) } else { at + 1 };
                    match self.byte(at) {
                        None | Some(b'\n' | 0) => return Err(at),
                        Some(_) => at += 1,
                    }
                }
                _ => return Err(at),
            }
        }
    }

    /// A quoted text as `token`, or the place where it cannot go on.
    pub(super) fn quoted(&mut self, newlines: bool, zeros: bool, state: State, token: Token) -> Token {
        match self.quoted_end(self.at, newlines, zeros) {
            Ok(end) => self.accept(end, state, token),
            Err(at) => self.stuck(at),
        }
    }
}
