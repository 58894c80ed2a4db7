//! `label_replace` and `label_join`: labels made from other labels.

use std::sync::Arc;

use super::{Body, Function, Optional, STRING, VECTOR};
use crate::base::bytes::is_utf8;
use crate::base::span::Span;
use crate::model::labels::{Labels, METRIC_NAME};
use crate::model::regex::{self, AnchoredRegex, Unexpanded};
use crate::promql::eval::budget::Budget;
use crate::promql::eval::error::{ErrorKind, EvalError};
use crate::promql::eval::merge::RowMerge;
use crate::promql::eval::node::Node;
use crate::promql::eval::operator::{Context, Operator, Progress};
use crate::promql::eval::output::{Output, Row};
use crate::promql::eval::plan::{Planner, text_of};
use crate::promql::eval::steps::Steps;
use crate::promql::syntax::ast::Call;

/// `label_replace(v, destination, replacement, source, regex)`
pub const LABEL_REPLACE: Function =
    Function::new("label_replace", &[VECTOR, STRING, STRING, STRING, STRING], Body::Node(plan_replace))
        .keeps_name();
/// `label_join(v, destination, separator, source, …)`
pub const LABEL_JOIN: Function =
    Function::new("label_join", &[VECTOR, STRING, STRING, STRING], Body::Node(plan_join))
        .optional(Optional::Repeated)
        .keeps_name();

fn plan_replace(planner: &mut Planner<'_>, call: &Call, span: Span) -> Result<Node, EvalError> {
    let [vector, destination, replacement, source, pattern] = &call.arguments[..] else {
        return Ok(Node::nothing());
    };
    let pattern = text_of(pattern);
    let Ok(regex) = AnchoredRegex::new(&pattern) else {
        return Err(ErrorKind::InvalidRegex { function: "label_replace", pattern }.at(span));
    };
    let destination = valid("destination", "label_replace", text_of(destination), span)?;
    let make = Make::Replace { regex, source: text_of(source), replacement: text_of(replacement) };
    let operator = Relabel { destination, make, merge: RowMerge::default(), made: Vec::new() };
    Ok(Node::new(operator, vec![planner.node(vector)?]))
}

fn plan_join(planner: &mut Planner<'_>, call: &Call, span: Span) -> Result<Node, EvalError> {
    let [vector, destination, separator, sources @ ..] = &call.arguments[..] else {
        return Ok(Node::nothing());
    };
    let sources: Result<Vec<_>, _> =
        sources.iter().map(|source| valid("source", "label_join", text_of(source), span)).collect();
    let destination = valid("destination", "label_join", text_of(destination), span)?;
    let make = Make::Join { separator: text_of(separator), sources: sources? };
    let operator = Relabel { destination, make, merge: RowMerge::default(), made: Vec::new() };
    Ok(Node::new(operator, vec![planner.node(vector)?]))
}

/// Every UTF-8 text but the empty one can be a label name.
fn valid(
    role: &'static str,
    function: &'static str,
    name: Arc<str>,
    span: Span,
) -> Result<Arc<str>, EvalError> {
    if name.is_empty() || !is_utf8(&name) {
        return Err(ErrorKind::InvalidFunctionLabel { role, function, name }.at(span));
    }
    Ok(name)
}

/// No label is longer than this: what doubles a value with each call ends here.
const MAX_VALUE_BYTES: usize = 64 * 1024;
/// Most steps of one match: well below a second.
const MAX_STEPS: u64 = 100_000_000;
/// Steps of matching, and bytes copied, in a unit of work.
const STEPS_A_UNIT: usize = 4;
/// A sample in memory weighs as much as so many bytes of a label.
const BYTES_A_SAMPLE: usize = 16;

#[derive(Debug)]
enum Make {
    Replace { regex: AnchoredRegex, source: Arc<str>, replacement: Arc<str> },
    Join { separator: Arc<str>, sources: Vec<Arc<str>> },
}

impl Make {
    /// The new value, empty to remove the label; `None` to leave the series as it is.
    ///
    /// # Errors
    /// When it is longer than any label is, or takes too long to make.
    fn value(&self, labels: &Labels, budget: &mut Budget) -> Result<Option<String>, EvalError> {
        let get = |name: &str| labels.get(name).unwrap_or("");
        match self {
            Self::Replace { regex: pattern, source, replacement } => {
                let source = get(source);
                let mut steps = regex::Steps::new(MAX_STEPS);
                let expanded = pattern.expand_within(source, replacement, MAX_VALUE_BYTES, &mut steps);
                budget.spend((MAX_STEPS - steps.left()) as usize / STEPS_A_UNIT);
                expanded.map_err(|reason| match reason {
                    Unexpanded::TooLong => too_long("label_replace"),
                    Unexpanded::Exhausted => ErrorKind::Timeout.nowhere(),
                })
            }
            Self::Join { separator, sources } => {
                let mut joined = String::new();
                for (index, source) in sources.iter().enumerate() {
                    if index > 0 {
                        joined.push_str(separator);
                    }
                    joined.push_str(get(source));
                    if joined.len() > MAX_VALUE_BYTES {
                        return Err(too_long("label_join"));
                    }
                }
                budget.spend(sources.len());
                Ok(Some(joined))
            }
        }
    }
}

fn too_long(function: &'static str) -> EvalError {
    ErrorKind::LabelValueTooLong { function, bytes: MAX_VALUE_BYTES }.nowhere()
}

#[derive(Debug)]
struct Relabel {
    destination: Arc<str>,
    make: Make,
    merge: RowMerge,
    /// The rows made of those that the merge does not know yet.
    made: Vec<Row>,
}

impl Relabel {
    fn changed(&self, row: &Row, budget: &mut Budget) -> Result<Row, EvalError> {
        let Some(value) = self.make.value(&row.labels, budget)? else { return Ok(row.clone()) };
        budget.spend(1 + value.len() / STEPS_A_UNIT);
        budget.hold(value.len() / BYTES_A_SAMPLE)?;
        let mut labels = row.labels.to_builder();
        labels.set(Arc::clone(&self.destination), value);
        // A name that is set now is not the one that was to be removed.
        let drops_name = row.drops_name && &*self.destination != METRIC_NAME;
        Ok(Row { labels: labels.build(), drops_name })
    }
}

impl Operator for Relabel {
    fn is_in_place(&self) -> bool {
        true
    }

    fn apply(
        &mut self,
        inputs: &mut [Node],
        _steps: &Steps,
        out: &mut Output,
        context: &mut Context<'_>,
    ) -> Result<Progress, EvalError> {
        let input = &mut inputs[0].output.vector;
        for row in &input.rows[self.merge.known() + self.made.len()..] {
            if context.budget.slice_is_over() {
                return Ok(Progress::Pending);
            }
            self.made.push(self.changed(row, context.budget)?);
            context.budget.check_time()?;
        }
        let mut made = std::mem::take(&mut self.made).into_iter();
        self.merge.apply(input, &mut out.vector, |row| made.next().unwrap_or_else(|| row.clone()))?;
        Ok(Progress::Ready)
    }
}
