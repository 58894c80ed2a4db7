//! A sample as the page gives it, its labels made only when asked for.

use std::borrow::Cow;

use super::Parser;
use super::error::ParseError;
use super::label_pairs::LabelSpan;
use super::number::parse_float;
use crate::base::number::quote;
use crate::base::time::Timestamp;
use crate::exposition::dump::unescape_go;
use crate::exposition::family::Exemplar;
use crate::exposition::write::openmetrics_float;
use crate::model::labels::{Labels, LabelsBuilder, METRIC_NAME};
use crate::model::metric::MetricType;

/// The sample that [`Parser::next_entry`] has just read.
#[derive(Clone, Copy, Debug)]
pub struct Sample<'p, 'a> {
    pub(super) parser: &'p Parser<'a>,
}

impl<'a> Sample<'_, 'a> {
    /// The series as it is written: `name{label="value"}`. Within one `# TYPE` it decides the labels, so it can
    /// stand for them in a cache between scrapes ([`Sample::metric_type`] is the other half of the key).
    #[must_use]
    pub fn series(&self) -> &'a [u8] {
        let series = self.parser.current.series;
        &self.parser.lexer.bytes[series.start as usize..series.end as usize]
    }

    /// The type of the last `# TYPE` line before, whether or not it names this sample's family.
    #[must_use]
    pub fn metric_type(&self) -> MetricType {
        self.parser.metric_type
    }

    /// The value, a NaN in its canonical form.
    #[must_use]
    pub fn value(&self) -> f64 {
        self.parser.current.value
    }

    /// The target's own timestamp.
    #[must_use]
    pub fn at(&self) -> Option<Timestamp> {
        self.parser.current.at
    }

    /// The metric's name.
    #[must_use]
    pub fn name(&self) -> Cow<'a, str> {
        let name = self.parser.current.name.and_then(|span| self.parser.str_of(span));
        let unescape = if self.parser.is_dump { unescape_go } else { unescape_label };
        unescape(name.unwrap_or_default())
    }

    /// The labels, the metric's name among them. Where a name stands twice the last one wins; see
    /// [`Sample::duplicate_label`].
    #[must_use]
    pub fn labels(&self) -> Labels {
        let mut builder = LabelsBuilder::default();
        builder.set(METRIC_NAME, &*self.name());
        for pair in &self.parser.current.labels {
            let (name, value) = self.parser.pair(*pair);
            let value = self.parser.normalized(&name, value);
            builder.set(&*name, &*value);
        }
        builder.build()
    }

    /// A label name that stands twice, where there is one: Prometheus refuses such a sample.
    #[must_use]
    pub fn duplicate_label(&self) -> Option<Cow<'a, str>> {
        let pairs = &self.parser.current.labels;
        let is_name = |pair: &LabelSpan| self.parser.pair(*pair).0 == METRIC_NAME;
        if pairs.iter().any(is_name) {
            return Some(METRIC_NAME.into()); // beside the name that every sample has
        }
        let name = |pair: &LabelSpan| self.parser.pair(*pair).0;
        (1..pairs.len()).map(|at| name(&pairs[at])).enumerate().find_map(|(before, later)| {
            pairs[..=before].iter().any(|earlier| name(earlier) == later).then_some(later)
        })
    }

    /// Why no store takes the sample: a label name stands twice or is empty.
    #[must_use]
    pub fn refusal(&self) -> Option<ParseError> {
        if let Some(name) = self.duplicate_label() {
            return Some(self.error(&format!("label name {} is not unique: invalid sample", quote(&name))));
        }
        let has_name = |pair: &LabelSpan| !self.parser.pair(*pair).0.is_empty();
        let is_named = !self.name().is_empty() && self.parser.current.labels.iter().all(has_name);
        (!is_named).then(|| self.error(&format!("invalid metric name or label names: {}", self.labels())))
    }

    /// The exemplar, where the line has one.
    #[must_use]
    pub fn exemplar(&self) -> Option<Exemplar> {
        let (value, at) = self.parser.current.exemplar?;
        let pairs = self.parser.current.exemplar_labels.iter().map(|pair| self.parser.pair(*pair));
        let labels = Labels::from_pairs(pairs.map(|(name, value)| (name.into_owned(), value.into_owned())));
        Some(Exemplar { labels, value, at })
    }

    /// An error at this sample.
    pub(in crate::exposition) fn error(&self, message: &str) -> ParseError {
        self.parser.error_at(self.parser.current.series.start as usize, message.to_owned())
    }

    /// When the series began, as its `_created` line says. Only where `_created` lines are read as start times, for
    /// counters, histograms and summaries, and only where the line comes after the first sample of its series.
    #[must_use]
    pub fn start(&self) -> Option<Timestamp> {
        self.parser.created.current()
    }
}

impl<'a> Parser<'a> {
    pub(super) fn pair(&self, pair: LabelSpan) -> (Cow<'a, str>, Cow<'a, str>) {
        let unescape = if self.is_dump { unescape_go } else { unescape_label };
        let text = |span| unescape(self.str_of(span).unwrap_or_default());
        (text(pair.name), text(pair.value))
    }

    fn normalized(&self, name: &str, value: Cow<'a, str>) -> Cow<'a, str> {
        let bound = self.options.normalize_bounds.then(|| bound_as_float(self.metric_type, name, &value));
        bound.flatten().map_or(value, Cow::Owned)
    }
}

/// `le` of a histogram and `quantile` of a summary in the form of a float (`1` becomes `1.0`), as Prometheus reads them
/// since version 3. `None` for other labels, and for what is no number.
#[must_use]
pub fn bound_as_float(metric_type: MetricType, label: &str, value: &str) -> Option<String> {
    let is_bound =
        matches!((metric_type, label), (MetricType::Histogram, "le") | (MetricType::Summary, "quantile"));
    let bound = is_bound.then(|| parse_float(value.as_bytes()).ok());
    bound.flatten().map(openmetrics_float)
}

/// Resolves `\"`, `\\` and `\n`; any other backslash stays.
pub(super) fn unescape_label(text: &str) -> Cow<'_, str> {
    unescape(text, true)
}

/// Resolves `\\` and `\n`; any other backslash stays.
pub(super) fn unescape_help(text: &str) -> Cow<'_, str> {
    unescape(text, false)
}

fn unescape(text: &str, quotes: bool) -> Cow<'_, str> {
    if !text.as_bytes().contains(&b'\\') {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        plain.push_str(&rest[..at]);
        let resolved = match rest.as_bytes().get(at + 1) {
            Some(b'\\') => Some('\\'),
            Some(b'n') => Some('\n'),
            Some(b'"') if quotes => Some('"'),
            _ => None,
        };
        plain.push(resolved.unwrap_or('\\'));
        rest = &rest[at + if resolved.is_some() { 2 } else { 1 }..];
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}
