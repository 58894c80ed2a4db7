//! Series notation: a series with its values, as promqltest scripts and rule tests write it
//! (`up{job="a"} 0+1x5 _ stale {{sum:3 count:2}}x2`).

mod histogram;
mod lexer;
mod parser;

use std::sync::Arc;

pub use lexer::{HistogramKey, SeriesLexer, SeriesToken, SeriesTokenKind};
pub use parser::parse_series;

use crate::model::histogram::FloatHistogram;
use crate::model::labels::Labels;

/// The most values that one line may make.
pub const MAX_VALUES: u32 = 100_000;

/// A line of series notation.
#[derive(Clone, Debug, PartialEq)]
pub struct SeriesLine {
    /// The series.
    pub labels: Labels,
    /// Its values, a step apart.
    pub values: Vec<SeriesValue>,
}

/// A value, or none.
#[derive(Clone, Debug, PartialEq)]
pub enum SeriesValue {
    /// `_`
    Omitted,
    /// A number; `stale` is the stale marker.
    Float(f64),
    /// `{{…}}`
    Histogram {
        /// The histogram.
        histogram: Arc<FloatHistogram>,
        /// Whether `counter_reset_hint` was written out.
        hint_given: bool,
    },
}
