//! The value of a node as cells: what the explanation takes over from the evaluator's result, in one place.

use serde::{Deserialize, Serialize};

use crate::model::labels::Labels;
use crate::promql::eval::{Element, QueryValue, SeriesPoints, Value};

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum CellValue {
    /// A number.
    Float(f64),
    /// A native histogram as Prometheus prints it.
    Histogram(String),
}

/// An element of an instant vector; a scalar is one without labels.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// Its labels.
    pub labels: Labels,
    /// Its value.
    pub value: CellValue,
}

impl Cell {
    /// A cell that holds a number.
    #[must_use]
    pub const fn float(labels: Labels, value: f64) -> Self {
        Self { labels, value: CellValue::Float(value) }
    }

    /// The number; `None` for a histogram.
    #[must_use]
    pub const fn number(&self) -> Option<f64> {
        match self.value {
            CellValue::Float(value) => Some(value),
            CellValue::Histogram(_) => None,
        }
    }
}

/// The samples of one series in a window.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// Its labels.
    pub labels: Labels,
    /// Milliseconds since the Unix epoch, rising.
    pub times: Vec<i64>,
    /// The values, as many as times.
    pub values: Vec<f64>,
}

/// The value of a node at an instant.
#[derive(Clone, Debug, PartialEq)]
pub enum NodeValue {
    /// A number.
    Scalar(f64),
    /// A text.
    Text(String),
    /// An instant vector, in the evaluator's order.
    Vector(Vec<Cell>),
    /// A range vector.
    Windows(Vec<Run>),
}

impl NodeValue {
    /// The elements; a scalar is one without labels, a range vector and a text have none.
    #[must_use]
    pub fn cells(self) -> Vec<Cell> {
        match self {
            Self::Scalar(value) => vec![Cell::float(Labels::default(), value)],
            Self::Vector(cells) => cells,
            Self::Text(_) | Self::Windows(_) => Vec::new(),
        }
    }

    /// The windows of a range vector.
    #[must_use]
    pub fn runs(self) -> Vec<Run> {
        match self {
            Self::Windows(runs) => runs,
            _ => Vec::new(),
        }
    }

    /// Whether it is a vector of either kind without any series.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        match self {
            Self::Vector(cells) => cells.is_empty(),
            Self::Windows(runs) => runs.is_empty(),
            Self::Scalar(_) | Self::Text(_) => false,
        }
    }
}

impl From<QueryValue> for NodeValue {
    fn from(value: QueryValue) -> Self {
        match value {
            QueryValue::Scalar(sample) => Self::Scalar(sample.value),
            QueryValue::Text(_, text) => Self::Text(text.to_string()),
            QueryValue::Vector(elements) => {
                let cell = |element: Element| {
                    let value = match element.value {
                        Value::Float(value) => CellValue::Float(value),
                        Value::Histogram(histogram) => CellValue::Histogram(histogram.to_string()),
                    };
                    Cell { labels: element.labels, value }
                };
                Self::Vector(elements.into_iter().map(cell).collect())
            }
            QueryValue::Matrix(series) => Self::Windows(series.into_iter().map(run).collect()),
        }
    }
}

fn run(series: SeriesPoints) -> Run {
    let times = series.points.iter().map(|sample| sample.at.0).collect();
    let values = series.points.iter().map(|sample| sample.value).collect();
    Run { labels: series.labels, times, values }
}
