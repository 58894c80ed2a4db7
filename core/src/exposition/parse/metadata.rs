//! The metadata lines: `# HELP`, `# TYPE`, `# UNIT`.

use std::borrow::Cow;

use super::error::{ParseError, quote_bytes};
use super::grammar::span;
use super::lexer::Token;
use super::sample::{unescape_help, unescape_label};
use super::{Entry, Format, Parser};
use crate::base::span::Span;
use crate::model::metric::MetricType;

impl<'a> Parser<'a> {
    pub(super) fn metadata(&mut self, kind: Token) -> Result<Entry<'a, 'a>, ParseError> {
        let name = self.metadata_name(kind)?;
        let text = self.metadata_text(kind)?;
        let bytes = &self.lexer.bytes[text.start as usize..text.end as usize];
        let family = unescape_label(self.str_of(name).unwrap_or_default());
        let entry = match kind {
            Token::Type => {
                let metric_type = self.type_named(bytes)?;
                self.metric_type = metric_type;
                Entry::Type { name: family, metric_type }
            }
            Token::Unit => Entry::Unit { unit: self.unit(name, text)?, name: family },
            _ => Entry::Help { text: self.help(text)?, name: family },
        };
        self.family = name;
        if self.lexer.format == Format::Text {
            let after = self.lexer.next();
            self.expect(after, Token::Linebreak, "linebreak expected after metadata")?;
        }
        Ok(entry)
    }

    fn metadata_name(&mut self, kind: Token) -> Result<Span, ParseError> {
        let token = self.lexer.next();
        self.expect(token, Token::MetricName, &format!("expected metric name after {}", kind.name()))?;
        let quote = usize::from(self.lexer.token().first() == Some(&b'"'));
        let name = span(self.lexer.start + quote, self.lexer.at - quote);
        match self.str_of(name) {
            Some(_) => Ok(name),
            None => {
                Err(self
                    .error_here(format!("invalid UTF-8 metric name: {}", quote_bytes(self.lexer.token()))))
            }
        }
    }

    /// The text after the name: one blank before it does not count, nor does OpenMetrics's newline after it.
    fn metadata_text(&mut self, kind: Token) -> Result<Span, ParseError> {
        let token = self.lexer.next();
        if token != Token::Text {
            let got = match self.lexer.format {
                Format::Text => format!(", got {}", token.name()),
                Format::OpenMetrics => String::new(),
            };
            return Err(self.error_here(format!("expected text in {}{got}", kind.name())));
        }
        let newline = usize::from(self.lexer.format == Format::OpenMetrics);
        let (start, end) = (self.lexer.start, self.lexer.at - newline);
        Ok(span((start + 1).min(end), end))
    }

    fn type_named(&self, word: &[u8]) -> Result<MetricType, ParseError> {
        let openmetrics = self.lexer.format == Format::OpenMetrics;
        Ok(match word {
            b"counter" => MetricType::Counter,
            b"gauge" => MetricType::Gauge,
            b"histogram" => MetricType::Histogram,
            b"summary" => MetricType::Summary,
            b"untyped" if !openmetrics => MetricType::Unknown,
            b"unknown" if openmetrics => MetricType::Unknown,
            b"gaugehistogram" if openmetrics => MetricType::GaugeHistogram,
            b"info" if openmetrics => MetricType::Info,
            b"stateset" if openmetrics => MetricType::StateSet,
            other => return Err(self.error_here(format!("invalid metric type {}", quote_bytes(other)))),
        })
    }

    fn help(&self, text: Span) -> Result<Cow<'a, str>, ParseError> {
        match self.str_of(text) {
            // OpenMetrics escapes quotes in help texts too, the text format does not.
            Some(help) if self.lexer.format == Format::OpenMetrics => Ok(unescape_label(help)),
            Some(help) => Ok(unescape_help(help)),
            None => {
                let bytes = &self.lexer.bytes[text.start as usize..text.end as usize];
                Err(self.error_here(format!("help text {} is not a valid utf8 string", quote_bytes(bytes))))
            }
        }
    }

    fn unit(&self, name: Span, unit: Span) -> Result<Cow<'a, str>, ParseError> {
        let part = |span: Span| &self.lexer.bytes[span.start as usize..span.end as usize];
        let is_ending = part(name)
            .strip_suffix(part(unit))
            .is_some_and(|rest| part(unit).is_empty() || rest.ends_with(b"_"));
        match self.str_of(unit) {
            Some(text) if is_ending => Ok(Cow::Borrowed(text)),
            _ => Err(self.error_here(format!(
                "unit {} not a suffix of metric {}",
                quote_bytes(part(unit)),
                quote_bytes(part(name))
            ))),
        }
    }
}
