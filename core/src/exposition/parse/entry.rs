//! What a page consists of.

use std::borrow::Cow;

use super::Sample;
use crate::base::time::Timestamp;
use crate::model::metric::MetricType;

/// What a page consists of.
#[derive(Clone, Debug)]
pub enum Entry<'p, 'a> {
    /// `# HELP name text`
    Help {
        /// The family's name.
        name: Cow<'a, str>,
        /// The text, escapes resolved.
        text: Cow<'a, str>,
    },
    /// `# TYPE name type`
    Type {
        /// The family's name.
        name: Cow<'a, str>,
        /// The type.
        metric_type: MetricType,
    },
    /// `# UNIT name unit`
    Unit {
        /// The family's name.
        name: Cow<'a, str>,
        /// The unit; may be empty.
        unit: Cow<'a, str>,
    },
    /// Any other line that starts with `#` in the text format, without its newline.
    Comment(&'a [u8]),
    /// A value.
    Sample(Sample<'p, 'a>),
}

/// A sample of a series that the caller knows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KnownSample {
    /// The value, a NaN in its canonical form.
    pub value: f64,
    /// The target's own timestamp.
    pub at: Option<Timestamp>,
    /// Whether the line has an exemplar, which this way of reading does not give.
    pub has_exemplar: bool,
}
