//! How one cell of one node was made: finds what the node worked on and takes it apart.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::buckets::Interpolation;
use super::cell::{Cell, NodeValue, Run};
use super::change::{Change, ChangeOf, Points};
use super::members::Members;
use super::outline::{Outlined, children, length, outline, pinned, reach};
use super::partners::Matching;
use super::{MAX_WORK_AT_ONCE, result_at, value_at, within_budget};
use crate::base::time::{Millis, Timestamp};
use crate::model::histogram::FloatHistogram;
use crate::model::labels::Labels;
use crate::promql::eval::names::without_metric;
use crate::promql::eval::window::Window;
use crate::promql::eval::{EvalError, Options, QueryRange, QueryValue};
use crate::promql::functions::start_time;
use crate::promql::syntax::ast::{Aggregate, Binary, Call, Expr, ExprKind, ValueType, VectorSelector};
use crate::tsdb::{Head, Samples};

/// Samples or members that one explanation may carry.
const MAX_PARTS: usize = 20_000;
/// Samples before the newest one that are shown with it.
const NEWEST_SHOWN: usize = 20;

/// How a cell was made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Made {
    /// The cell.
    pub cell: Cell,
    /// When.
    pub at: Timestamp,
    /// How.
    pub how: How,
}

/// The ways in which cells are made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum How {
    /// It was written so.
    Written,
    /// The newest sample within the lookback.
    Newest(Newest),
    /// `rate`, `increase`, `delta` of a window.
    Change(Box<Change>),
    /// Another function of the samples of a window.
    Window {
        /// The function's name.
        function: String,
        /// The window's begin and end, in milliseconds.
        edges: (i64, i64),
        /// Its samples.
        run: Run,
    },
    /// A quantile of a classic histogram.
    Quantile(Interpolation),
    /// An aggregation of the members of a group.
    Members(Members),
    /// An operator between two operands.
    Operands(Operands),
    /// A function of the elements given.
    Call {
        /// The function's name; `-` for the sign.
        function: String,
        /// The arguments' elements that belong to the cell.
        arguments: Vec<Cell>,
    },
}

/// The newest sample of a series.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Newest {
    /// The last samples within the lookback, the newest last.
    pub run: Run,
    /// How old the newest was.
    pub age: Millis,
    /// How old it might have been.
    pub lookback: Millis,
}

/// Two operands that found each other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Operands {
    /// The operator as written.
    pub operator: String,
    /// Gives 0 and 1 (`bool`).
    pub returns_bool: bool,
    /// The labels by which they found each other; none of a scalar.
    pub signature: Option<Labels>,
    /// The left one; none where `fill` stands in, or `or` needs none.
    pub left: Option<Cell>,
    /// The right one.
    pub right: Option<Cell>,
}

/// Why a cell cannot be explained.
#[derive(Clone, Debug, PartialEq)]
pub enum NotMade {
    /// The node or the cell does not exist at this instant.
    NoSuchCell,
    /// More samples or members than an explanation carries.
    TooMuch,
    /// The evaluator failed.
    Failed(EvalError),
}

impl From<EvalError> for NotMade {
    fn from(error: EvalError) -> Self {
        Self::Failed(error)
    }
}

impl Made {
    /// The value from the numbers shown, bit for bit the evaluator's; of a histogram that changed its count; `None` where the explanation only names what
    /// the value came from.
    #[must_use]
    pub fn replay(&self) -> Option<f64> {
        match &self.how {
            How::Newest(newest) => newest.run.values.last().copied().filter(|_| self.cell.number().is_some()),
            How::Change(change) => Some(change.replay()),
            How::Quantile(quantile) => Some(quantile.replay()),
            How::Members(members) => members.replay(),
            How::Written | How::Window { .. } | How::Operands(_) | How::Call { .. } => None,
        }
    }
}

/// Explains the cell with `labels` of node number `node` of `expr` (counted as in the tree) at an instant.
///
/// # Errors
/// See [`NotMade`].
pub fn how_made(
    head: &Head,
    expr: &Expr,
    (node, labels): (u32, &Labels),
    at: Timestamp,
    options: &Options,
) -> Result<Made, NotMade> {
    let expr = pinned(expr, at);
    let nodes = outline(&expr, at, options)?;
    let node = nodes.get(node as usize).ok_or(NotMade::NoSuchCell)?;
    let options = within_budget(options, MAX_WORK_AT_ONCE, 1 + node_children(node, options)?.len());
    let cells = value_at(head, node.expr, node.at, &options)?.cells();
    let cell = cells.into_iter().find(|cell| cell.labels == *labels).ok_or(NotMade::NoSuchCell)?;
    let how = Maker { head, options: &options, at: node.at, labels }.how(node.expr)?;
    Ok(Made { cell, at: node.at, how })
}

fn node_children<'e>(
    node: &Outlined<'e>,
    options: &Options,
) -> Result<Vec<(&'e Expr, Timestamp)>, EvalError> {
    children(node.expr, node.at, options)
}

struct Maker<'a> {
    head: &'a Head,
    options: &'a Options,
    at: Timestamp,
    labels: &'a Labels,
}

impl Maker<'_> {
    fn how(&self, expr: &Expr) -> Result<How, NotMade> {
        match &expr.kind {
            ExprKind::VectorSelector(selector) if selector.extension.is_none() => self.newest(selector),
            ExprKind::Call(call) => self.call(call),
            ExprKind::Aggregate(aggregate) => self.members(aggregate),
            ExprKind::Binary(binary) => self.operands(binary),
            ExprKind::Unary(unary) => Ok(How::Call {
                function: "-".to_owned(),
                arguments: self.belonging(self.value(&unary.expr)?),
            }),
            _ => Ok(How::Written),
        }
    }

    fn value(&self, expr: &Expr) -> Result<NodeValue, EvalError> {
        value_at(self.head, expr, self.at, self.options)
    }

    /// The elements whose labels are the cell's, with the metric's name or without; a scalar belongs to every cell.
    fn belonging(&self, value: NodeValue) -> Vec<Cell> {
        let is_scalar = matches!(value, NodeValue::Scalar(_));
        let mut cells = value.cells();
        cells.retain(|cell| is_scalar || self.is_own(&cell.labels));
        cells
    }

    fn is_own(&self, labels: &Labels) -> bool {
        labels == self.labels || without_metric(labels) == *self.labels
    }

    fn newest(&self, selector: &VectorSelector) -> Result<How, NotMade> {
        let range = QueryRange::Instant(self.at);
        let lookback = self.options.lookback;
        let reach = reach(&selector.shift, lookback.0, range, self.options)?;
        let (from, to) = reach.offered(self.at.0);
        let ids = self.head.select(&selector.matchers, Timestamp(from), Timestamp(to));
        let id =
            ids.into_iter().find(|id| self.head.labels(*id) == self.labels).ok_or(NotMade::NoSuchCell)?;
        let mut samples = Samples::default();
        self.head.read(id, Timestamp(from), Timestamp(to), &mut samples);
        let newest = *samples.times.last().ok_or(NotMade::NoSuchCell)?;
        let from = samples.times.len().saturating_sub(NEWEST_SHOWN);
        let (times, values) = (samples.times.split_off(from), samples.values.split_off(from));
        let run = Run { labels: self.labels.clone(), times, values };
        Ok(How::Newest(Newest { run, age: Millis(to - newest), lookback }))
    }

    fn call(&self, call: &Call) -> Result<How, NotMade> {
        let function = call.function.name;
        let is_window = |argument: &&Expr| argument.value_type() == ValueType::RangeVector;
        if let Some(argument) = call.arguments.iter().find(is_window) {
            return self.window(function, argument.unwrapped());
        }
        if let ("histogram_quantile", [quantile, vector]) = (function, &call.arguments[..]) {
            let quantile = self.value(quantile)?.cells().first().and_then(Cell::number);
            let value = result_at(self.head, vector, self.at, self.options)?;
            let native = self.own_histogram(&value);
            let cells = NodeValue::from(value).cells();
            let made = quantile.and_then(|quantile| match native {
                Some(histogram) => Interpolation::of_native(quantile, &histogram),
                None => Interpolation::of(quantile, &cells, self.labels),
            });
            if let Some(made) = made {
                return Ok(How::Quantile(made));
            }
        }
        let mut arguments = Vec::new();
        for argument in &call.arguments {
            arguments.extend(self.belonging(self.value(argument)?));
        }
        Ok(How::Call { function: function.to_owned(), arguments })
    }

    /// The native histogram of the element that the cell came from.
    fn own_histogram(&self, value: &QueryValue) -> Option<Arc<FloatHistogram>> {
        let QueryValue::Vector(elements) = value else { return None };
        let own = elements.iter().find(|element| self.is_own(&element.labels))?;
        own.value.histogram().map(Arc::clone)
    }

    /// The window's samples with all that the head knows of them; of subqueries nobody knows more.
    fn samples(&self, argument: &Expr, run: &Run, (begin, end): (i64, i64)) -> Samples {
        let mut samples = Samples::default();
        if let ExprKind::MatrixSelector(matrix) = &argument.kind {
            let (from, to) = (Timestamp(begin), Timestamp(end));
            let ids = self.head.select(&matrix.selector.matchers, from, to);
            if let Some(id) = ids.into_iter().find(|id| *self.head.labels(*id) == run.labels) {
                self.head.read(id, from, to, &mut samples);
                samples.remove_stale(0);
                let outside = samples.times.partition_point(|time| *time <= begin);
                if self.options.left_open {
                    samples.drop_first(outside);
                }
            }
        }
        samples
    }

    fn window(&self, function: &str, argument: &Expr) -> Result<How, NotMade> {
        let range = QueryRange::Instant(self.at);
        let (shift, window, is_extended) = match &argument.kind {
            ExprKind::MatrixSelector(matrix) => {
                (&matrix.selector.shift, &matrix.range, matrix.selector.extension.is_some())
            }
            ExprKind::Subquery(subquery) => (&subquery.shift, &subquery.range, false),
            _ => return Err(NotMade::NoSuchCell),
        };
        let edges = reach(shift, length(window, range, true)?, range, self.options)?.edges(self.at.0);
        let runs = self.value(argument)?.runs();
        let own = runs.into_iter().find(|run| self.is_own(&run.labels));
        let Some(run) = own else {
            // Such as `absent_over_time`: made of what is not there.
            return Ok(How::Call { function: function.to_owned(), arguments: Vec::new() });
        };
        if run.times.len() > MAX_PARTS {
            return Err(NotMade::TooMuch);
        }
        let samples = self.samples(argument, &run, edges);
        let change = ChangeOf::of(function)
            .filter(|_| !is_extended)
            .and_then(|function| change_of(function, edges, &run, &samples));
        Ok(match change {
            Some(change) => How::Change(Box::new(change)),
            None => How::Window { function: function.to_owned(), edges, run },
        })
    }

    fn members(&self, aggregate: &Aggregate) -> Result<How, NotMade> {
        let parameter = match aggregate.parameter.as_deref() {
            Some(parameter) if parameter.value_type() == ValueType::Scalar => {
                self.value(parameter)?.cells().first().and_then(Cell::number)
            }
            _ => None,
        };
        let cells = self.value(&aggregate.expr)?.cells();
        let members = Members::of(aggregate, parameter, &cells, self.labels);
        if members.members.len() > MAX_PARTS {
            return Err(NotMade::TooMuch);
        }
        Ok(How::Members(members))
    }

    fn operands(&self, binary: &Binary) -> Result<How, NotMade> {
        let (left, right) = (self.value(&binary.left)?, self.value(&binary.right)?);
        let operator = binary.op.symbol().to_owned();
        let mut made = Operands {
            operator,
            returns_bool: binary.returns_bool,
            signature: None,
            left: None,
            right: None,
        };
        let Some(matching) = Matching::of(binary) else {
            made.left = self.belonging(left).into_iter().next();
            made.right = self.belonging(right).into_iter().next();
            return Ok(How::Operands(made));
        };
        let (left, right) = (left.cells(), right.cells());
        let own = |cells: &[Cell]| cells.iter().find(|cell| cell.labels == *self.labels).cloned();
        if binary.op.is_set() {
            made.left = own(&left);
            let signature = matching.signature(self.labels);
            let partner = |cell: &&Cell| matching.signature(&cell.labels) == signature;
            made.right = match made.left {
                Some(_) => right.iter().find(partner).cloned(),
                None => own(&right),
            };
            made.signature = Some(signature);
            return Ok(How::Operands(made));
        }
        let pair = left.iter().find_map(|left| {
            let signature = matching.signature(&left.labels);
            let partner = right.iter().find(|right| {
                matching.signature(&right.labels) == signature
                    && matching.labels(&left.labels, &right.labels) == *self.labels
            })?;
            Some((signature, left.clone(), partner.clone()))
        });
        if let Some((signature, left, right)) = pair {
            (made.signature, made.left, made.right) = (Some(signature), Some(left), Some(right));
        } else {
            // A value of `fill` stood in for one of them.
            let alone = |cells: &[Cell]| {
                let own = |cell: &&Cell| matching.labels(&cell.labels, &cell.labels) == *self.labels;
                cells.iter().find(own).cloned()
            };
            (made.left, made.right) = (alone(&left), alone(&right));
        }
        Ok(How::Operands(made))
    }
}

/// Takes a window apart: one of floats, with the start times that are known, or one of native histograms by their counts.
fn change_of(function: ChangeOf, (begin, end): (i64, i64), run: &Run, samples: &Samples) -> Option<Change> {
    let histograms: Vec<Arc<FloatHistogram>> = samples.histograms.iter().flatten().collect();
    if !histograms.is_empty() && (histograms.len() < samples.times.len() || !run.times.is_empty()) {
        return None; // a mixed window gives nothing
    }
    let is_plain = histograms.is_empty() && samples.starts.is_empty();
    if is_plain || (histograms.is_empty() && samples.times != run.times) {
        let points = Points { times: &run.times, values: &run.values, ..Points::default() };
        return Change::of(function, (begin, end), points);
    }
    let (times, starts) = (samples.times.as_slice(), samples.starts.as_slice());
    let window =
        Window { first: 0, times, values: &run.values, histograms: &[], starts, begin, end, time: end };
    let is_reset = |at: &usize| {
        let is_by_bucket = || histograms.get(*at).is_some_and(|now| now.is_reset_after(&histograms[at - 1]));
        start_time::is_reset(&window, *at) || is_by_bucket()
    };
    let unseen_resets: Vec<usize> = (1..times.len()).filter(is_reset).collect();
    let counts: Vec<f64> = histograms.iter().map(|histogram| histogram.count).collect();
    let values = if histograms.is_empty() { &run.values } else { &counts };
    let started = start_time::inside(&window);
    Change::of(function, (begin, end), Points { times, values, unseen_resets: &unseen_resets, started })
}
