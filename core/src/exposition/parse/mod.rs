//! Reads metrics pages as Prometheus's scraper does: an entry at a time, nothing allocated for a line whose labels
//! nobody asks for. Does not check what the OpenMetrics standard demands beyond that (order of families, values of
//! counters and so on).

mod created;
mod entry;
mod error;
mod grammar;
mod label_pairs;
mod lex_openmetrics;
mod lex_text;
mod lexer;
mod metadata;
mod number;
mod options;
mod sample;

use std::cell::Cell;

pub(super) use self::error::quote_bytes;
pub(crate) use self::number::parse_float;

use self::created::CreatedTimes;
pub use self::entry::{Entry, KnownSample};
pub use self::error::ParseError;
use self::label_pairs::LabelSpan;
use self::lexer::{Lexer, State, Token};
pub use self::options::{Limits, ParseOptions};
pub use self::sample::{Sample, bound_as_float};
use super::Format;
use crate::base::span::Span;
use crate::base::time::Timestamp;
use crate::model::metric::MetricType;

/// A page being read.
#[derive(Clone, Debug)]
pub struct Parser<'a> {
    lexer: Lexer<'a>,
    /// The page up to the first byte that is not UTF-8.
    text: &'a str,
    options: ParseOptions,
    /// Whether the page is a dump: Go's escapes, and seconds rounded to milliseconds.
    is_dump: bool,
    /// Where the entry begins; messages quote from here.
    entry_start: usize,
    /// The name of the last metadata line.
    family: Span,
    /// The type of the last `# TYPE` line.
    metric_type: MetricType,
    current: CurrentSample,
    created: CreatedTimes,
    /// How many samples were read.
    samples: u32,
    /// How many of them before the entry.
    samples_before: u32,
    /// Up to where newlines were counted for the place of an error, and the line there.
    counted: Cell<(usize, u32)>,
    finished: bool,
}

/// The parts of the last sample as places in the page.
#[derive(Clone, Debug, Default)]
struct CurrentSample {
    series: Span,
    /// The metric's name, without quotes.
    name: Option<Span>,
    labels: Vec<LabelSpan>,
    value: f64,
    at: Option<Timestamp>,
    exemplar: Option<(f64, Option<Timestamp>)>,
    exemplar_labels: Vec<LabelSpan>,
}

impl<'a> Parser<'a> {
    /// A parser of `page` with the ordinary options.
    #[must_use]
    pub fn new(page: &'a [u8], format: Format) -> Self {
        Self::with_options(page, format, ParseOptions::default())
    }

    /// A parser of `page`.
    #[must_use]
    pub fn with_options(page: &'a [u8], format: Format, options: ParseOptions) -> Self {
        let text = match std::str::from_utf8(page) {
            Ok(text) => text,
            Err(error) => std::str::from_utf8(&page[..error.valid_up_to()]).unwrap_or_default(),
        };
        Self {
            lexer: Lexer::new(page, format),
            text,
            options,
            is_dump: false,
            entry_start: 0,
            family: Span::default(),
            metric_type: MetricType::Unknown,
            current: CurrentSample::default(),
            created: CreatedTimes::default(),
            samples: 0,
            samples_before: 0,
            counted: Cell::new((0, 1)),
            finished: false,
        }
    }

    /// A parser that reads the exceptional forms of a dump.
    pub(super) fn for_dump(page: &'a [u8], format: Format, limits: Limits) -> Self {
        let options = ParseOptions { limits, ..ParseOptions::default() };
        Self { is_dump: true, ..Self::with_options(page, format, options) }
    }

    /// The line where the last entry, or what should have been one, begins; without its newline.
    pub(super) fn entry_line(&self) -> &'a [u8] {
        let rest = self.lexer.bytes.get(self.entry_start..).unwrap_or_default();
        &rest[..rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len())]
    }

    /// Whether nothing more of the page is to be read, whatever it holds.
    pub(super) fn is_over_budget(&self) -> bool {
        let Limits { page_bytes, samples, .. } = self.options.limits;
        self.lexer.bytes.len() > page_bytes.min(u32::MAX as usize) || self.samples > samples
    }

    /// The error, or where there are too many samples, that there are.
    pub(super) fn of_budget(&self, error: ParseError) -> ParseError {
        let limit = self.options.limits.samples;
        if self.samples <= limit {
            return error;
        }
        let message = format!("sample limit exceeded: more than {limit} samples on the page");
        ParseError { message, ..error }
    }

    /// Goes on after that line, even after an error; it counts as one sample, however far reading it came.
    pub(super) fn skip_entry_line(&mut self) {
        self.samples = self.samples_before + 1;
        let end = self.entry_start + self.entry_line().len() + 1;
        self.lexer.at = end.min(self.lexer.length());
        self.lexer.state = State::Line;
        self.finished = false;
    }

    /// The next entry; `None` at the end of the page, and after an error.
    ///
    /// # Errors
    /// What is wrong with the page, in Prometheus's words, with the place.
    pub fn next_entry(&mut self) -> Result<Option<Entry<'_, 'a>>, ParseError> {
        match self.advance() {
            Ok(Some(Raw::Sample)) => {
                self.find_start_time();
                Ok(Some(Entry::Sample(Sample { parser: self })))
            }
            Ok(Some(Raw::Metadata(entry))) => Ok(Some(entry)),
            Ok(None) => {
                self.finished = true;
                Ok(None)
            }
            Err(error) => {
                self.finished = true;
                Err(error)
            }
        }
    }

    /// Reads on if the next line is a sample of `series`, the bytes that [`Sample::series`] gave for an earlier page:
    /// then only its value and timestamp are looked at. Otherwise nothing is read (`None`) and [`Parser::next_entry`]
    /// takes the line. A page mostly names its series as the page before it did, so a scrape loop that asks for them
    /// in turn reads in a third of the time. `_created` lines and their start times are none of its business.
    ///
    /// # Errors
    /// As [`Parser::next_entry`].
    pub fn next_sample_of(&mut self, series: &[u8]) -> Result<Option<KnownSample>, ParseError> {
        if self.finished || series.is_empty() || self.options.created_as_start {
            return Ok(None);
        }
        match self.known_series(series) {
            Ok(true) => Ok(Some(KnownSample {
                value: self.current.value,
                at: self.current.at,
                has_exemplar: self.current.exemplar.is_some(),
            })),
            Ok(false) => Ok(None),
            Err(error) => {
                self.finished = true;
                Err(error)
            }
        }
    }

    /// How many bytes have been read.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.lexer.at.min(self.lexer.bytes.len())
    }

    fn advance(&mut self) -> Result<Option<Raw<'a>>, ParseError> {
        if self.finished {
            return Ok(None);
        }
        if self.lexer.bytes.len() > self.options.limits.page_bytes.min(u32::MAX as usize) {
            return Err(self.error_at(0, "body size limit exceeded".to_owned()));
        }
        loop {
            self.entry_start = self.lexer.at;
            self.samples_before = self.samples;
            let token = self.lexer.next();
            let entry = match token {
                Token::End if self.lexer.format == Format::Text => return Ok(None),
                Token::End => return Err(self.missing_end()),
                Token::EofWord => {
                    return match self.lexer.next() {
                        Token::End => Ok(None),
                        _ => Err(self.error_here("unexpected data after # EOF".to_owned())),
                    };
                }
                Token::Linebreak if self.lexer.format == Format::Text => continue,
                Token::Comment => {
                    let comment = self.lexer.token();
                    let after = self.lexer.next();
                    self.expect(after, Token::Linebreak, "linebreak expected after comment")?;
                    Raw::Metadata(Entry::Comment(comment))
                }
                Token::Help | Token::Type | Token::Unit => Raw::Metadata(self.metadata(token)?),
                Token::MetricName | Token::BraceOpen => {
                    self.series(token)?;
                    Raw::Sample
                }
                _ => return Err(self.unexpected("expected a valid start token", token)),
            };
            let length = self.lexer.at - self.entry_start;
            if length > self.options.limits.line_bytes {
                let limit = self.options.limits.line_bytes;
                return Err(self.error_at(
                    self.entry_start,
                    format!("line length limit exceeded: {length} bytes, limit: {limit}"),
                ));
            }
            let hidden = matches!(entry, Raw::Sample) && self.options.created_as_start && self.is_created();
            if !hidden {
                return Ok(Some(entry));
            }
        }
    }
}

/// An entry whose sample, if it is one, still lies in the parser.
enum Raw<'a> {
    Sample,
    Metadata(Entry<'a, 'a>),
}

#[cfg(test)]
mod hostile_tests;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn refusal(page: &str, limits: Limits) -> String {
        let options = ParseOptions { limits, ..ParseOptions::default() };
        let mut parser = Parser::with_options(page.as_bytes(), Format::Text, options);
        loop {
            match parser.next_entry() {
                Ok(Some(_)) => {}
                Ok(None) => return "accepted".to_owned(),
                Err(error) => {
                    assert!(matches!(parser.next_entry(), Ok(None)), "an error ends the page");
                    return format!("{} {error}", error.place);
                }
            }
        }
    }

    #[test]
    fn every_budget_has_an_end() {
        let limits = Limits { page_bytes: 40, line_bytes: 20, labels: 2, samples: 3 };
        assert_eq!(refusal("up 1\nup{a=\"b\"} 1\n", limits), "accepted");
        assert_eq!(refusal(&"up 1\n".repeat(9), limits), "1:1 body size limit exceeded");
        assert_eq!(
            refusal("up 1\nup{a=\"bbbbbbbbbbbb\"} 1\n", limits),
            "2:1 line length limit exceeded: 23 bytes, limit: 20"
        );
        assert_eq!(
            refusal("a 1\nb 1\nc 1\nd 1\n", limits),
            "4:3 sample limit exceeded: more than 3 samples on the page"
        );
        assert_eq!(refusal("u{a=\"\",b=\"\",c=\"\"} 1", limits), "1:15 label_limit exceeded (limit: 2)");
    }

    proptest! {
        #[test]
        fn no_page_does_harm(
            parts in proptest::collection::vec(
                prop_oneof![
                    "[ \\t\\n#{}=,\"\\\\a_:0-9.\\x00]{0,3}".prop_map(String::into_bytes),
                    prop_oneof![
                        Just("# HELP "), Just("# TYPE a "), Just("# UNIT "), Just("counter\n"), Just("histogram\n"),
                        Just("a{b=\"c\"} 1"), Just("{\"a\","), Just(" # {b=\"c\"} 1 2\n"), Just("a_created 1\n"),
                        Just("# EOF\n"), Just("한"), Just("\n")
                    ].prop_map(|text| text.as_bytes().to_vec()),
                    Just(vec![0xff]),
                ],
                0..24,
            ),
            created_as_start: bool,
        ) {
            let page = parts.concat();
            for format in [Format::Text, Format::OpenMetrics] {
                let options = ParseOptions { created_as_start, ..ParseOptions::default() };
                let mut parser = Parser::with_options(&page, format, options);
                let mut read = 0;
                loop {
                    match parser.next_entry() {
                        Ok(Some(Entry::Sample(sample))) => {
                            prop_assert!(sample.labels().len() <= page.len());
                            let _ = (sample.exemplar(), sample.duplicate_label(), sample.start(), sample.series());
                        }
                        Ok(Some(_)) => {}
                        Ok(None) => break,
                        Err(error) => {
                            prop_assert!(error.offset <= page.len() + 1 && error.place.line >= 1);
                            break;
                        }
                    }
                    prop_assert!(parser.offset() > read, "every entry takes something");
                    read = parser.offset();
                }
                let _ = crate::exposition::read_timed_page(&page, format, Limits::default(), |_| {});
            }
        }
    }

    #[test]
    fn known_series_are_read_without_their_labels() {
        let page = "a{b=\"c\"} 1\na{b=\"c\"} 2 5\nab 3\na{b=\"c\"}4\na{b=\"c\"} x\n";
        let mut parser = Parser::new(page.as_bytes(), Format::Text);
        let known = |value, at| Ok(Some(KnownSample { value, at, has_exemplar: false }));
        assert_eq!(parser.next_sample_of(b"a"), Ok(None), "a name is not a series with labels");
        assert_eq!(parser.next_sample_of(b"a{b=\"c\"}"), known(1.0, None));
        assert_eq!(parser.next_sample_of(b"a{b=\"c\"}"), known(2.0, Some(Timestamp(5))));
        assert_eq!(parser.next_sample_of(b"a"), Ok(None));
        assert_eq!(parser.next_sample_of(b"ab"), known(3.0, None));
        // No space: the ordinary way takes it.
        assert_eq!(parser.next_sample_of(b"a{b=\"c\"}"), Ok(None));
        assert!(matches!(parser.next_entry(), Ok(Some(Entry::Sample(sample))) if sample.value() == 4.0));
        let error = parser.next_sample_of(b"a{b=\"c\"}").unwrap_err();
        let message = r#"strconv.ParseFloat: parsing "x": invalid syntax while parsing: "a{b=\"c\"} x""#;
        assert_eq!((error.message.as_str(), error.place.to_string().as_str()), (message, "5:10"));
        assert_eq!(parser.next_sample_of(b"a"), Ok(None));
    }

    #[test]
    fn bounds_stay_as_written_for_the_older_prometheus() {
        let page = b"# TYPE h histogram\nh_bucket{le=\"1\"} 1\n";
        let options = ParseOptions { normalize_bounds: false, ..ParseOptions::default() };
        let mut parser = Parser::with_options(page, Format::Text, options);
        parser.next_entry().unwrap();
        let Ok(Some(Entry::Sample(sample))) = parser.next_entry() else { panic!("a sample is due") };
        assert_eq!(sample.labels().get("le"), Some("1"));
        assert_eq!((sample.series(), sample.name()), (&b"h_bucket{le=\"1\"}"[..], "h_bucket".into()));
    }
}
