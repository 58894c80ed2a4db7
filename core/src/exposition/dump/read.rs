//! Reads pages whose samples carry their times.

use super::raw_names;
use crate::base::time::Timestamp;
use crate::exposition::parse::{Entry, Limits, ParseError, Parser, Sample, parse_float};
use crate::exposition::{Exemplar, Format};
use crate::model::labels::Labels;
use crate::model::metric::MetricType;

/// What the reader hands out.
#[derive(Clone, Debug, PartialEq)]
pub enum TimedEntry<'a> {
    /// A sample. Lines of one series that follow each other share their labels ([`Labels::is_same`]).
    Sample(&'a Labels, Timestamp, f64),
    /// The exemplar of the sample before; without a time of its own it has that sample's.
    Exemplar(&'a Labels, Exemplar),
    /// The type of a family.
    Type(&'a str, MetricType),
    /// The help text of a family.
    Help(&'a str, &'a str),
    /// The unit of a family.
    Unit(&'a str, &'a str),
}

/// Reads a dump, or any page whose samples have timestamps, in the order of its lines.
///
/// Differs: seconds are rounded to milliseconds where the scraper cuts them off, so that a dump comes back as it was
/// (the real import reads 1.001 as 1000 ms).
///
/// # Errors
/// Where the page cannot be read, or a sample has no timestamp or labels that no store takes.
pub fn read_timed_page(
    page: &[u8],
    format: Format,
    limits: Limits,
    mut visit: impl FnMut(TimedEntry<'_>),
) -> Result<(), ParseError> {
    let mut parser = Parser::for_dump(page, format, limits);
    let mut last = LastSeries::default();
    loop {
        match parser.next_entry() {
            Ok(None) => return Ok(()),
            Ok(Some(Entry::Type { name, metric_type })) => visit(TimedEntry::Type(&name, metric_type)),
            Ok(Some(Entry::Help { name, text })) => visit(TimedEntry::Help(&name, &text)),
            Ok(Some(Entry::Unit { name, unit })) => visit(TimedEntry::Unit(&name, &unit)),
            Ok(Some(Entry::Comment(_))) => {}
            Ok(Some(Entry::Sample(sample))) => {
                let Some(at) = sample.at() else {
                    return Err(sample.error("expected timestamp for series got none"));
                };
                let value = sample.value();
                let exemplar = sample.exemplar();
                let labels = last.labels(&sample)?;
                visit(TimedEntry::Sample(labels, at, value));
                if let Some(mut exemplar) = exemplar {
                    exemplar.at.get_or_insert(at);
                    visit(TimedEntry::Exemplar(labels, exemplar));
                }
            }
            Err(error) => {
                let line = parser.entry_line();
                if parser.is_over_budget() || line.len() > limits.line_bytes {
                    return Err(parser.of_budget(error));
                }
                let raw = raw_sample(line).filter(|(labels, ..)| labels.len() <= limits.labels);
                let Some((labels, at, value)) = raw else { return Err(error) };
                parser.skip_entry_line();
                if parser.is_over_budget() {
                    return Err(parser.of_budget(error));
                }
                visit(TimedEntry::Sample(last.same_as(labels), at, value));
            }
        }
    }
}

fn raw_sample(line: &[u8]) -> Option<(Labels, Timestamp, f64)> {
    let (labels, value, seconds) = raw_names::parse(line)?;
    let seconds = parse_float(seconds).ok().filter(|seconds| seconds.is_finite())?;
    Some((labels, Timestamp(libm::round(seconds * 1000.0) as i64), parse_float(value).ok()?))
}

/// The series of the line before: dumps give one series after the other.
#[derive(Default)]
struct LastSeries {
    text: Vec<u8>,
    metric_type: MetricType,
    labels: Labels,
}

impl LastSeries {
    fn labels(&mut self, sample: &Sample<'_, '_>) -> Result<&Labels, ParseError> {
        if self.text.is_empty() || self.text != sample.series() || self.metric_type != sample.metric_type() {
            if let Some(refusal) = sample.refusal() {
                return Err(refusal);
            }
            self.text.clear();
            self.text.extend_from_slice(sample.series());
            self.metric_type = sample.metric_type();
            self.labels = sample.labels();
        }
        Ok(&self.labels)
    }

    fn same_as(&mut self, labels: Labels) -> &Labels {
        self.text.clear();
        if self.labels != labels {
            self.labels = labels;
        }
        &self.labels
    }
}
