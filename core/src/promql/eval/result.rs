//! The result of a query, collected block by block.

use std::sync::Arc;

use super::annotation::Annotations;
use super::budget::Budget;
use super::error::{ErrorKind, EvalError};
use super::names::without_metric;
use super::output::{Output, Row, Vector};
use super::steps::Steps;
use super::value::{Value, weight};
use super::window::slide;
use crate::base::lookup::Lookup;
use crate::base::time::Timestamp;
use crate::model::histogram::FloatHistogram;
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
    /// The instant asked for.
    pub at: Timestamp,
    /// Its value.
    pub value: Value,
}

/// A series of a matrix: at least one number or histogram, no instant twice.
#[derive(Clone, Debug, PartialEq)]
pub struct SeriesPoints {
    /// Its labels.
    pub labels: Labels,
    /// Its numbers in order of time.
    pub points: Vec<Sample>,
    /// Its histograms in order of time.
    pub histograms: Vec<HistogramPoint>,
}

/// A native histogram at an instant.
#[derive(Clone, Debug, PartialEq)]
pub struct HistogramPoint {
    /// When.
    pub at: Timestamp,
    /// What.
    pub histogram: Arc<FloatHistogram>,
}

impl SeriesPoints {
    /// The value at an instant.
    #[must_use]
    pub fn at(&self, at: Timestamp) -> Option<Value> {
        let number = self.points.binary_search_by_key(&at, |point| point.at);
        if let Ok(place) = number {
            return Some(Value::Float(self.points[place].value));
        }
        let place = self.histograms.binary_search_by_key(&at, |point| point.at).ok()?;
        Some(Value::Histogram(Arc::clone(&self.histograms[place].histogram)))
    }

    /// All values in order of time.
    #[must_use]
    pub fn values(&self) -> Vec<(Timestamp, Value)> {
        let numbers = self.points.iter().map(|point| (point.at, Value::Float(point.value)));
        let histograms =
            self.histograms.iter().map(|point| (point.at, Value::Histogram(Arc::clone(&point.histogram))));
        let mut values: Vec<(Timestamp, Value)> = numbers.chain(histograms).collect();
        values.sort_by_key(|(at, _)| *at);
        values
    }
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
    points: Vec<Points>,
    /// Steps of the whole query: how many points a series without gaps will have.
    steps: usize,
}

/// Most points for which room is made before they come. Gaps may leave it empty.
const MOST_ROOM: usize = 1 << 22;

/// What is collected of one series.
#[derive(Clone, Debug, Default)]
struct Points {
    numbers: Vec<Sample>,
    histograms: Vec<HistogramPoint>,
}

impl Points {
    fn push(&mut self, at: i64, value: Value) {
        let at = Timestamp(at);
        match value {
            Value::Float(value) => self.numbers.push(Sample { at, value }),
            Value::Histogram(histogram) => self.histograms.push(HistogramPoint { at, histogram }),
        }
    }

    fn is_empty(&self) -> bool {
        self.numbers.is_empty() && self.histograms.is_empty()
    }
}

impl Collector {
    /// A collector of a query with so many steps.
    #[must_use]
    pub fn new(steps: usize) -> Self {
        Self { steps, ..Self::default() }
    }

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
                self.points[0]
                    .numbers
                    .extend(numbers.map(|(step, value)| Sample { at: at(step), value: *value }));
            }
            ValueType::InstantVector => self.take_vector(&output.vector, steps, budget)?,
            ValueType::RangeVector => {
                let windows = &output.windows;
                self.follow(&windows.rows);
                for (samples, points) in windows.samples.iter().zip(&mut self.points) {
                    slide(samples, windows.reach, steps, |_, window| {
                        for (place, at) in window.times.iter().enumerate() {
                            points.push(*at, window.value(place));
                        }
                    });
                    budget.hold(points.numbers.len())?;
                    hold_histograms(&points.histograms, budget)?;
                }
            }
        }
        Ok(())
    }

    fn take_vector(&mut self, vector: &Vector, steps: &Steps, budget: &mut Budget) -> Result<(), EvalError> {
        self.follow(&vector.rows);
        budget.hold(vector.lanes.count() as usize)?;
        let room = if self.points.len().saturating_mul(self.steps) <= MOST_ROOM { self.steps } else { 0 };
        for (row, points) in self.points.iter_mut().enumerate() {
            let lane = vector.lanes.lane(row);
            let sample = |(step, value)| Sample { at: Timestamp(steps.time(step)), value };
            if lane.full() {
                points.numbers.reserve(room.saturating_sub(points.numbers.len()));
                points.numbers.extend(lane.values.iter().copied().enumerate().map(sample));
                continue;
            }
            points.numbers.extend(lane.iter().map(sample));
            let known = points.histograms.len();
            for (step, histogram) in lane.histograms() {
                points.push(steps.time(step), histogram.whole().into());
            }
            hold_histograms(&points.histograms[known..], budget)?;
        }
        Ok(())
    }

    fn follow(&mut self, rows: &[Row]) {
        self.rows.extend_from_slice(&rows[self.rows.len()..]);
        for (own, row) in self.rows.iter_mut().zip(rows) {
            own.drops_name = row.drops_name;
        }
        self.points.resize(self.rows.len(), Points::default());
    }

    /// The series with at least one point, without the names that are removed at the end.
    fn named(self) -> impl Iterator<Item = (Labels, Points)> {
        let rows = self.rows.into_iter().zip(self.points).filter(|(_, points)| !points.is_empty());
        rows.map(|(row, points)| {
            (if row.drops_name { without_metric(&row.labels) } else { row.labels }, points)
        })
    }

    /// All series in order of their labels.
    ///
    /// # Errors
    /// When series become the same and have points at the same instant.
    pub fn sorted(self) -> Result<Vec<SeriesPoints>, EvalError> {
        let mut rows: Vec<(Labels, Points)> = self.named().collect();
        rows.sort_by(|left, right| left.0.cmp(&right.0));
        let mut series: Vec<SeriesPoints> = Vec::with_capacity(rows.len());
        for (labels, points) in rows {
            match series.last_mut() {
                Some(last) if last.labels == labels => join(last, points)?,
                _ => {
                    let Points { numbers: points, histograms } = points;
                    series.push(SeriesPoints { labels, points, histograms });
                }
            }
        }
        Ok(series)
    }

    /// All series in the order of the outermost operation.
    ///
    /// # Errors
    /// When series become the same and have points at the same instant.
    pub fn series(self) -> Result<Vec<SeriesPoints>, EvalError> {
        let mut by_labels: Lookup<Labels, usize> = Lookup::default();
        let mut series: Vec<SeriesPoints> = Vec::new();
        for (labels, points) in self.named() {
            let next = series.len();
            let at = *by_labels.get_or_insert_with(labels.clone(), || next);
            if at == next {
                let Points { numbers: points, histograms } = points;
                series.push(SeriesPoints { labels, points, histograms });
            } else {
                join(&mut series[at], points)?;
            }
        }
        Ok(series)
    }
}

/// Counts what histograms weigh more than the one sample that each was counted as.
fn hold_histograms(points: &[HistogramPoint], budget: &mut Budget) -> Result<(), EvalError> {
    points.iter().try_for_each(|point| budget.hold(weight(&point.histogram).saturating_sub(1)))
}

/// Joins the points of two series that have become one.
fn join(series: &mut SeriesPoints, more: Points) -> Result<(), EvalError> {
    series.points.extend(more.numbers);
    series.points.sort_by_key(|point| point.at);
    series.histograms.extend(more.histograms);
    series.histograms.sort_by_key(|point| point.at);
    let values = series.values();
    if values.windows(2).any(|pair| pair[0].0 == pair[1].0) {
        return Err(ErrorKind::DuplicateLabels.nowhere());
    }
    Ok(())
}
