//! The order of tokens in a line, and the messages where it is broken.

use super::error::{ParseError, quote_bytes};
use super::lexer::{State, Token};
use super::number::{parse_float, parse_integer};
use super::{Format, Parser};
use crate::base::span::{Place, Span};
use crate::base::time::Timestamp;

impl Parser<'_> {
    /// An error at byte `offset`.
    pub(super) fn error_at(&self, offset: usize, message: String) -> ParseError {
        ParseError { message, offset, place: self.place_of(offset) }
    }

    /// Line and byte column. A reader that goes on after errors asks for many, each further on: newlines are counted
    /// once.
    fn place_of(&self, offset: usize) -> Place {
        let before = &self.lexer.bytes[..offset.min(self.lexer.bytes.len())];
        let (known, line) = match self.counted.get() {
            (known, line) if known <= before.len() => (known, line),
            _ => (0, 1),
        };
        let line = line + before[known..].iter().filter(|byte| **byte == b'\n').count() as u32;
        self.counted.set((before.len(), line));
        let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        Place { line, column: (before.len() - start) as u32 + 1 }
    }

    /// An error at the last token; a blank that belongs to the token is not what is wrong with it.
    pub(super) fn error_here(&self, message: String) -> ParseError {
        let token = self.lexer.token();
        let blanks = token.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        self.error_at(self.lexer.start + if blanks < token.len() { blanks } else { 0 }, message)
    }

    /// OpenMetrics without `# EOF`.
    pub(super) fn missing_end(&self) -> ParseError {
        self.error_at(self.lexer.bytes.len(), "data does not end with # EOF".to_owned())
    }

    /// Prometheus's general complaint: what it wanted, what it got, and the entry up to there.
    pub(super) fn unexpected(&self, wanted: &str, got: Token) -> ParseError {
        let end = (self.lexer.at + 1).min(self.lexer.length());
        let message = format!(
            "{wanted}, got {} (\"{}\") while parsing: {}",
            self.quote(self.lexer.start, end),
            got.name(),
            self.quote(self.entry_start, end)
        );
        self.error_here(message)
    }

    /// A complaint that quotes the entry up to the end of the last token.
    pub(super) fn failed(&self, why: &str) -> ParseError {
        self.error_here(format!("{why} while parsing: {}", self.quote(self.entry_start, self.lexer.at)))
    }

    pub(super) fn expect(&self, got: Token, wanted: Token, complaint: &str) -> Result<(), ParseError> {
        if got == wanted { Ok(()) } else { Err(self.unexpected(complaint, got)) }
    }

    /// Quotes a part of the page as the lexer sees it: in the text format a newline stands after the last byte.
    fn quote(&self, start: usize, end: usize) -> String {
        let bytes = self.lexer.bytes;
        let part = &bytes[start.min(bytes.len())..end.min(bytes.len())];
        if end > bytes.len() { quote_bytes(&[part, b"\n"].concat()) } else { quote_bytes(part) }
    }

    /// A sample, from its first token on.
    pub(super) fn series(&mut self, first: Token) -> Result<(), ParseError> {
        let start = self.lexer.start;
        let mut series_end = self.lexer.at;
        self.current.labels.clear();
        self.current.exemplar = None;
        self.current.name = None;
        let mut token = first;
        if first == Token::MetricName {
            self.current.name = Some(span(start, series_end));
            token = self.lexer.next();
        }
        if token == Token::BraceOpen {
            self.label_pairs()?;
            series_end = self.lexer.at;
            token = self.lexer.next();
        }
        self.current.series = span(start, series_end);
        if self.current.name.is_none() {
            return Err(self.failed("metric name not set"));
        }
        self.rest_of_sample(token)
    }

    /// The value and what follows it.
    fn rest_of_sample(&mut self, token: Token) -> Result<(), ParseError> {
        self.samples += 1;
        let limit = self.options.limits.samples;
        if self.samples > limit {
            return Err(
                self.error_here(format!("sample limit exceeded: more than {limit} samples on the page"))
            );
        }
        self.current.value = self.value(token, "expected value after metric")?;
        self.current.at = None;
        match self.lexer.format {
            Format::Text => self.end_of_text_sample(),
            Format::OpenMetrics => self.end_of_openmetrics_sample(),
        }
    }

    /// Reads a sample whose series is known from an earlier page, without looking at its labels; see
    /// [`Parser::next_sample_of`].
    pub(super) fn known_series(&mut self, series: &[u8]) -> Result<bool, ParseError> {
        let start = self.lexer.at;
        let end = start + series.len();
        let is_there = self.lexer.state == State::Line
            && self.lexer.bytes.get(start..end) == Some(series)
            && self.lexer.bytes.get(end) == Some(&b' ');
        if !is_there {
            return Ok(false);
        }
        self.entry_start = start;
        self.lexer.start = start;
        self.lexer.at = end;
        self.lexer.state = State::Value;
        self.current.labels.clear();
        self.current.exemplar = None;
        self.current.name = None;
        self.current.series = span(start, end);
        let token = self.lexer.next();
        self.rest_of_sample(token)?;
        Ok(true)
    }

    /// The number in a value token; OpenMetrics's has a space before it.
    fn value(&self, token: Token, complaint: &str) -> Result<f64, ParseError> {
        self.expect(token, Token::Value, complaint)?;
        self.float()
    }

    fn float(&self) -> Result<f64, ParseError> {
        let text = self.lexer.token();
        let number = if self.lexer.format == Format::OpenMetrics { &text[1..] } else { text };
        parse_float(number).map_err(|why| self.failed(&why))
    }

    fn end_of_text_sample(&mut self) -> Result<(), ParseError> {
        match self.lexer.next() {
            Token::Linebreak => Ok(()),
            Token::Timestamp => {
                let millis = parse_integer(self.lexer.token()).map_err(|why| self.failed(&why))?;
                self.current.at = Some(Timestamp(millis));
                let after = self.lexer.next();
                self.expect(after, Token::Linebreak, "expected next entry after timestamp")
            }
            other => Err(self.unexpected("expected timestamp or new record", other)),
        }
    }

    fn end_of_openmetrics_sample(&mut self) -> Result<(), ParseError> {
        match self.lexer.next() {
            Token::End => Err(self.missing_end()),
            Token::Comment => self.exemplar(),
            Token::Timestamp => {
                self.current.at = Some(self.seconds("invalid timestamp")?);
                match self.lexer.next() {
                    Token::Linebreak => Ok(()),
                    Token::Comment => self.exemplar(),
                    other => Err(self.unexpected("expected next entry after timestamp", other)),
                }
            }
            // Upstream takes the sample even where the line goes on wrongly and complains at the next entry.
            _ => Ok(()),
        }
    }

    /// A timestamp token as milliseconds, cut off as upstream cuts them (`1.001` gives 1000).
    fn seconds(&self, complaint: &str) -> Result<Timestamp, ParseError> {
        let seconds = self.float()?;
        if seconds.is_finite() {
            let millis = seconds * 1000.0;
            return Ok(Timestamp(if self.is_dump { libm::round(millis) as i64 } else { millis as i64 }));
        }
        let printed = crate::base::number::print_plain(seconds);
        Err(self.error_here(format!("{complaint} {printed}")))
    }

    fn exemplar(&mut self) -> Result<(), ParseError> {
        self.exemplar_label_pairs()?;
        let token = self.lexer.next();
        let value = self.value(token, "expected value after exemplar labels")?;
        let mut at = None;
        match self.lexer.next() {
            Token::End => return Err(self.missing_end()),
            Token::Linebreak => {}
            Token::Timestamp => {
                at = Some(self.seconds("invalid exemplar timestamp")?);
                let after = self.lexer.next();
                self.expect(after, Token::Linebreak, "expected next entry after exemplar timestamp")?;
            }
            other => return Err(self.unexpected("expected timestamp or comment", other)),
        }
        self.current.exemplar = Some((value, at));
        Ok(())
    }
}

/// The page is shorter than 4 GiB, so offsets fit.
pub(super) fn span(start: usize, end: usize) -> Span {
    Span::new(start as u32, end as u32)
}
