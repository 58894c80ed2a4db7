//! Why a query gives nothing: goes down to the lowest node that loses the last series and says how. Mends nothing.

mod mend;
mod selector;

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use super::cell::{Cell, NodeValue};
use super::outline::{children, pinned};
use super::partners::{MatchGroup, Matching};
use super::{MAX_WORK_AT_ONCE, within_budget};
use crate::base::span::Span;
use crate::base::time::{Millis, Timestamp};
use crate::model::labels::{Labels, METRIC_NAME};
use crate::promql::eval::{Advance, EvalError, Evaluation, Options, QueryRange};
use crate::promql::syntax::Mend;
use crate::promql::syntax::ast::{Binary, BinaryOp, Call, Expr, ExprKind, ValueType};
use crate::tsdb::Head;

/// Nodes that are evaluated on the way down; all of them share one budget of work.
const NODES: usize = 40;

/// Where the last series was lost, and how.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// The bytes of the expression that it is about.
    pub span: Span,
    /// How.
    pub cause: Cause,
    /// What may be changed in the expression, the likeliest first.
    pub mends: Vec<Mend>,
}

/// How the last series was lost.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Cause {
    /// No metric has this name.
    NoSuchName {
        /// The name.
        name: String,
        /// Names like it, the nearest first.
        nearest: Vec<String>,
    },
    /// None of the series that the conditions before leave has this label.
    NoSuchLabel {
        /// The condition.
        matcher: String,
        /// The series that the conditions before leave.
        left: u32,
        /// Labels that they have and that are called alike; all of them where none is.
        nearest: Vec<String>,
    },
    /// None of the series that the conditions before leave fits this one.
    NoSuchValue {
        /// The condition.
        matcher: String,
        /// The series that the conditions before leave.
        left: u32,
        /// Values that the label has there, the nearest first.
        nearest: Vec<String>,
    },
    /// The series exist, and their newest sample is older than the lookback or the window.
    TooOld {
        /// How many series.
        series: u32,
        /// The newest sample.
        last: Timestamp,
        /// How long before the instant looked at.
        ago: Millis,
        /// How far is looked back.
        reach: Millis,
    },
    /// The series ended: a staleness marker says that the target no longer exposes them.
    Stale {
        /// How many series.
        series: u32,
        /// When the last of them ended.
        since: Timestamp,
    },
    /// The series begin only later.
    NotYet {
        /// How many series.
        series: u32,
        /// The first sample.
        first: Timestamp,
    },
    /// `offset` or `@` looks at an instant without samples; without it there would be some.
    Shifted {
        /// The instant looked at.
        looked_at: Timestamp,
        /// Series with samples at the query's own instant.
        now: u32,
    },
    /// The window holds samples, and the function needs more.
    TooFewSamples {
        /// The function.
        function: String,
        /// How many series have samples there.
        series: u32,
        /// The most samples that one of them has.
        most: u32,
        /// The samples needed.
        needed: u32,
        /// The window's length.
        window: Millis,
    },
    /// Both operands have elements, and no two of them share the labels that must agree.
    NoPartner {
        /// An element of the left operand.
        left: Labels,
        /// The element of the right operand that is most like it.
        right: Labels,
        /// Labels that both have, with values that differ.
        differing: Vec<String>,
        /// Labels that only the left one has.
        only_left: Vec<String>,
        /// Labels that only the right one has.
        only_right: Vec<String>,
    },
    /// A comparison holds for no element.
    FilteredOut {
        /// The comparison as written.
        operator: String,
        /// How many elements there were.
        seen: u32,
        /// The least of their values.
        least: f64,
        /// The greatest of their values.
        greatest: f64,
    },
    /// `unless` took every element away: each has a partner.
    AllTaken {
        /// How many elements there were.
        seen: u32,
    },
    /// Elements without the label `le`, or with one that is no number: no buckets.
    NoBuckets {
        /// How many elements.
        seen: u32,
    },
    /// `absent` gives nothing because there is something.
    Present {
        /// How many elements.
        seen: u32,
    },
    /// The operation keeps none of its elements.
    KeepsNothing {
        /// Its name.
        operation: String,
        /// How many there were.
        seen: u32,
    },
}

impl Cause {
    /// A stable word for it.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoSuchName { .. } => "no-such-name",
            Self::NoSuchLabel { .. } => "no-such-label",
            Self::NoSuchValue { .. } => "no-such-value",
            Self::TooOld { .. } => "too-old",
            Self::Stale { .. } => "stale",
            Self::NotYet { .. } => "not-yet",
            Self::Shifted { .. } => "shifted",
            Self::TooFewSamples { .. } => "too-few-samples",
            Self::NoPartner { .. } => "no-partner",
            Self::FilteredOut { .. } => "filtered-out",
            Self::AllTaken { .. } => "all-taken",
            Self::NoBuckets { .. } => "no-buckets",
            Self::Present { .. } => "present",
            Self::KeepsNothing { .. } => "keeps-nothing",
        }
    }
}

impl Finding {
    /// The finding with what may be changed in `text`, from which the expression was read.
    #[must_use]
    pub fn with_mends(mut self, text: &str) -> Self {
        self.mends = mend::mends(text, &self);
        self
    }
}

/// Why `expr` gives nothing at an instant; no findings where it gives something.
///
/// # Errors
/// When it cannot be evaluated.
pub fn findings(
    head: &Head,
    expr: &Expr,
    at: Timestamp,
    options: &Options,
) -> Result<Vec<Finding>, EvalError> {
    let expr = pinned(expr, at);
    let options = within_budget(options, MAX_WORK_AT_ONCE, 1);
    let mut doctor = Doctor { head, options, found: Vec::new(), looks_left: NODES };
    doctor.look(&expr, at)?;
    Ok(doctor.found)
}

struct Doctor<'a> {
    head: &'a Head,
    options: Options,
    found: Vec<Finding>,
    looks_left: usize,
}

impl Doctor<'_> {
    /// Looks why `expr` is empty, if it is. Gives its value.
    fn look(&mut self, expr: &Expr, at: Timestamp) -> Result<NodeValue, EvalError> {
        let expr = expr.unwrapped();
        let value = self.value(expr, at)?;
        if !value.is_empty() || self.looks_left == 0 {
            return Ok(value);
        }
        match &expr.kind {
            ExprKind::VectorSelector(_) | ExprKind::MatrixSelector(_) => {
                if let Some(finding) = selector::look(self.head, expr, at, &self.options)? {
                    self.found.push(finding);
                }
            }
            ExprKind::Binary(binary) => self.binary(binary, expr.span, at)?,
            ExprKind::Call(call) => self.call(call, expr.span, at)?,
            _ => {
                let seen = self.below(expr, at)?;
                if let (Some(seen), ExprKind::Aggregate(aggregate)) = (seen, &expr.kind) {
                    let operation = aggregate.op.name().to_owned();
                    self.say(expr.span, Cause::KeepsNothing { operation, seen });
                }
            }
        }
        Ok(value)
    }

    fn value(&mut self, expr: &Expr, at: Timestamp) -> Result<NodeValue, EvalError> {
        self.looks_left = self.looks_left.saturating_sub(1);
        let mut evaluation = Evaluation::new(expr, QueryRange::Instant(at), self.options.clone())?;
        loop {
            if let Advance::Ready(result) = evaluation.advance(self.head, u64::MAX)? {
                self.options.max_work = self.options.max_work.saturating_sub(evaluation.work());
                return Ok(result.value.into());
            }
        }
    }

    fn say(&mut self, span: Span, cause: Cause) {
        self.found.push(Finding { span, cause, mends: Vec::new() });
    }

    /// Looks at the vectors that a node works on: `None` where one of them is empty, which is then explained, else
    /// how many elements they have.
    fn below(&mut self, expr: &Expr, at: Timestamp) -> Result<Option<u32>, EvalError> {
        let options = self.options.clone();
        let mut seen = 0;
        for (child, at) in children(expr, at, &options)? {
            let is_vector = matches!(child.value_type(), ValueType::InstantVector | ValueType::RangeVector);
            if !is_vector {
                continue;
            }
            match self.look(child, at)? {
                value if value.is_empty() => return Ok(None),
                NodeValue::Vector(cells) => seen += cells.len() as u32,
                NodeValue::Windows(runs) => seen += runs.len() as u32,
                NodeValue::Scalar(_) | NodeValue::Text(_) => {}
            }
        }
        Ok(Some(seen))
    }

    fn call(&mut self, call: &Call, span: Span, at: Timestamp) -> Result<(), EvalError> {
        let name = call.function.name;
        for argument in &call.arguments {
            let value = match argument.value_type() {
                ValueType::InstantVector | ValueType::RangeVector => self.look(argument, at)?,
                _ => continue,
            };
            if value.is_empty() {
                return Ok(());
            }
            let seen = match &value {
                NodeValue::Vector(cells) => cells.len(),
                NodeValue::Windows(runs) => runs.len(),
                _ => 0,
            } as u32;
            let cause = match (name, &value) {
                ("absent" | "absent_over_time", _) => Cause::Present { seen },
                ("histogram_quantile" | "histogram_fraction", _) => Cause::NoBuckets { seen },
                (_, NodeValue::Windows(runs)) => {
                    let most = runs.iter().map(|run| run.times.len()).max().unwrap_or(0) as u32;
                    match self.window_length(argument, at)? {
                        Some(window) if most < 2 => {
                            let function = name.to_owned();
                            Cause::TooFewSamples { function, series: seen, most, needed: 2, window }
                        }
                        _ => Cause::KeepsNothing { operation: name.to_owned(), seen },
                    }
                }
                _ => Cause::KeepsNothing { operation: name.to_owned(), seen },
            };
            self.say(span, cause);
            return Ok(());
        }
        Ok(())
    }

    fn window_length(&self, argument: &Expr, at: Timestamp) -> Result<Option<Millis>, EvalError> {
        selector::window(argument.unwrapped(), at, &self.options)
    }

    fn binary(&mut self, binary: &Binary, span: Span, at: Timestamp) -> Result<(), EvalError> {
        let left = self.look(&binary.left, at)?;
        let left_is_lost = left.is_empty();
        if left_is_lost && matches!(binary.op, BinaryOp::Unless | BinaryOp::And) {
            return Ok(());
        }
        if binary.op == BinaryOp::Unless {
            let seen = left.cells().len() as u32;
            self.say(span, Cause::AllTaken { seen });
            return Ok(());
        }
        let right = self.look(&binary.right, at)?;
        if left_is_lost || right.is_empty() {
            return Ok(());
        }
        let vector_is_left = matches!(left, NodeValue::Vector(_));
        let (left, right) = (left.cells(), right.cells());
        let matched = match Matching::of(binary) {
            None if vector_is_left => left,
            None => right,
            Some(matching) => {
                let groups = matching.groups(&left, &right);
                let is_matched = |group: &&MatchGroup| group.left_count > 0 && group.right_count > 0;
                let matched: Vec<Cell> =
                    groups.iter().filter(is_matched).flat_map(|group| group.left.clone()).collect();
                if matched.is_empty() {
                    self.found.extend(no_partner(&matching, &left, &right, span));
                    return Ok(());
                }
                matched
            }
        };
        let numbers: Vec<f64> =
            matched.iter().filter_map(Cell::number).filter(|value| !value.is_nan()).collect();
        let least = numbers.iter().copied().fold(f64::NAN, f64::min);
        let greatest = numbers.iter().copied().fold(f64::NAN, f64::max);
        let (operator, seen) = (binary.op.symbol().to_owned(), matched.len() as u32);
        self.say(span, Cause::FilteredOut { operator, seen, least, greatest });
        Ok(())
    }
}

/// Compares an element of the left operand with the one on the right that is most like it.
fn no_partner(matching: &Matching, left: &[Cell], right: &[Cell], span: Span) -> Option<Finding> {
    /// More of them say nothing new.
    const COMPARED: usize = 200;
    let left = &left.first()?.labels;
    let own = matching.signature(left);
    let alike = |labels: &Labels| {
        let other = matching.signature(labels);
        let equal = own.iter().filter(|label| other.get(&label.name) == Some(&label.value)).count();
        (equal, usize::MAX - own.len().abs_diff(other.len()))
    };
    let mut best = &right.first()?.labels;
    for cell in right.iter().take(COMPARED) {
        if alike(&cell.labels) > alike(best) {
            best = &cell.labels;
        }
    }
    let other = matching.signature(best);
    let names = |labels: &Labels, wanted: &dyn Fn(&str, &str) -> bool| -> Vec<String> {
        let wanted =
            labels.iter().filter(|label| &*label.name != METRIC_NAME && wanted(&label.name, &label.value));
        wanted.map(|label| label.name.to_string()).collect()
    };
    let cause = Cause::NoPartner {
        left: left.clone(),
        right: best.clone(),
        differing: names(&own, &|name, value| other.get(name).is_some_and(|other| other != value)),
        only_left: names(&own, &|name, _| other.get(name).is_none()),
        only_right: names(&other, &|name, _| own.get(name).is_none()),
    };
    Some(Finding { span, cause, mends: Vec::new() })
}
