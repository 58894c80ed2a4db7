//! The result of a query, collected block by block.

use std::sync::Arc;

use super::annotation::Annotations;
use super::budget::Budget;
use super::error::{ErrorKind, EvalError};
use super::names::without_metric;
use super::output::{Output, Row, Vector};
use super::steps::Steps;
use super::window::slide;
use crate::base::lookup::Lookup;
use crate::base::time::Timestamp;
use crate::model::labels::Labels;
use crate::model::sample::Sample;
use crate::promql::syntax::ast::ValueType;

/// What a query gave.
#[derive(Clone, Debug, PartialEq)]
pub struct QueryResult {
    /// The value.
    pub value: QueryValue,
    /// Warnings and infos.
    pub notes: Annotations,
}

/// The value of a query.
#[derive(Clone, Debug, PartialEq)]
pub enum QueryValue {
    /// A number at the instant asked for.
    Scalar(Sample),
    /// A text at the instant asked for.
    Text(Timestamp, Arc<str>),
    /// Elements at the instant asked for, in the order of the outermost operation.
    Vector(Vec<Element>),
    /// Series in order of their labels.
    Matrix(Vec<SeriesPoints>),
}

/// An element of an instant vector.
#[derive(Clone, Debug, PartialEq)]
pub struct Element {
    /// Its labels.
    pub labels: Labels,
    /// Its value, at the instant asked for.
    pub sample: Sample,
}

/// A series of a matrix.
#[derive(Clone, Debug, PartialEq)]
pub struct SeriesPoints {
    /// Its labels.
    pub labels: Labels,
    /// Its samples in order of time; at least one.
    pub points: Vec<Sample>,
}

impl QueryValue {
    /// The word of the HTTP API (`resultType`).
    #[must_use]
    pub const fn api(&self) -> &'static str {
        match self {
            Self::Scalar(_) => ValueType::Scalar.api(),
            Self::Text(..) => ValueType::String.api(),
            Self::Vector(_) => ValueType::InstantVector.api(),
            Self::Matrix(_) => ValueType::RangeVector.api(),
        }
    }
}

/// Collects the outputs of the outermost node.
#[derive(Clone, Debug, Default)]
pub struct Collector {
    rows: Vec<Row>,
    points: Vec<Vec<Sample>>,
}

impl Collector {
    /// Takes in the output for one block.
    ///
    /// # Errors
    /// When the points become too many.
    pub fn take(
        &mut self,
        value_type: ValueType,
        output: &Output,
        steps: &Steps,
        budget: &mut Budget,
    ) -> Result<(), EvalError> {
        match value_type {
            ValueType::String => {}
            ValueType::Scalar => {
                self.follow(&[Row::new(Labels::default())]);
                let at = |step| Timestamp(steps.time(step));
                let numbers = output.scalar.iter().enumerate();
                self.points[0].extend(numbers.map(|(step, value)| Sample { at: at(step), value: *value }));
            }
            ValueType::InstantVector => self.take_vector(&output.vector, steps, budget)?,
            ValueType::RangeVector => {
                let windows = &output.windows;
                self.follow(&windows.rows);
                for (samples, points) in windows.samples.iter().zip(&mut self.points) {
                    slide(samples, windows.reach, steps, |_, window| {
                        let samples = window.times.iter().zip(window.values);
                        points
                            .extend(samples.map(|(at, value)| Sample { at: Timestamp(*at), value: *value }));
                    });
                    budget.hold(points.len())?;
                }
            }
        }
        Ok(())
    }

    fn take_vector(&mut self, vector: &Vector, steps: &Steps, budget: &mut Budget) -> Result<(), EvalError> {
        self.follow(&vector.rows);
        budget.hold(vector.lanes.count() as usize)?;
        for (row, points) in self.points.iter_mut().enumerate() {
            let samples = vector.lanes.lane(row).iter();
            points.extend(samples.map(|(step, value)| Sample { at: Timestamp(steps.time(step)), value }));
        }
        Ok(())
    }

    fn follow(&mut self, rows: &[Row]) {
        self.rows.extend_from_slice(&rows[self.rows.len()..]);
        for (own, row) in self.rows.iter_mut().zip(rows) {
            own.drops_name = row.drops_name;
        }
        self.points.resize(self.rows.len(), Vec::new());
    }

    /// The series with at least one point, without the names that are removed at the end.
    ///
    /// # Errors
    /// When series become the same and have points at the same instant.
    pub fn series(self) -> Result<Vec<SeriesPoints>, EvalError> {
        let mut by_labels: Lookup<Labels, usize> = Lookup::default();
        let mut series: Vec<SeriesPoints> = Vec::new();
        for (row, points) in self.rows.into_iter().zip(self.points) {
            if points.is_empty() {
                continue;
            }
            let labels = if row.drops_name { without_metric(&row.labels) } else { row.labels };
            let next = series.len();
            let at = *by_labels.get_or_insert_with(labels.clone(), || next);
            if at == next {
                series.push(SeriesPoints { labels, points });
            } else {
                join(&mut series[at].points, points)?;
            }
        }
        Ok(series)
    }
}

/// Joins the points of two series that have become one.
fn join(points: &mut Vec<Sample>, more: Vec<Sample>) -> Result<(), EvalError> {
    points.extend(more);
    points.sort_by_key(|sample| sample.at);
    if points.windows(2).any(|pair| pair[0].at == pair[1].at) {
        return Err(ErrorKind::DuplicateLabels.nowhere());
    }
    Ok(())
}
