//! A node of the plan: it asks its children for a block, then applies its operator. It can stop in the middle and go
//! on later, so that a long query leaves room for other messages.

use super::error::EvalError;
use super::lanes::bits;
use super::literal::NumberNode;
use super::operator::{Context, Operator, Progress};
use super::output::Output;
use super::steps::Steps;
use super::subquery::SubqueryNode;
use super::value::Value;

/// A node of the plan with its result for the current block.
#[derive(Debug)]
pub struct Node {
    work: Work,
    /// The result for the block last asked for.
    pub output: Output,
}

#[derive(Debug)]
enum Work {
    /// Children first, then the operator; `ready` children have answered for this block.
    Operator { children: Vec<Node>, ready: usize, operator: Box<dyn Operator> },
    /// What does not depend on the step: evaluated once, then repeated.
    Invariant { child: Box<Node>, evaluated: bool },
    /// A window of an expression, which is evaluated at steps of its own.
    Subquery(Box<SubqueryNode>),
}

impl Node {
    /// A node that applies `operator` to the results of `children`.
    #[must_use]
    pub fn new(operator: impl Operator + 'static, children: Vec<Self>) -> Self {
        let operator = Box::new(operator);
        Self { work: Work::Operator { children, ready: 0, operator }, output: Output::default() }
    }

    /// A node whose child gives the same at every step.
    #[must_use]
    pub fn invariant(child: Self) -> Self {
        let work = Work::Invariant { child: Box::new(child), evaluated: false };
        Self { work, output: Output::default() }
    }

    /// A node that never has a value.
    #[must_use]
    pub fn nothing() -> Self {
        Self::new(NumberNode(f64::NAN), Vec::new())
    }

    /// A subquery.
    #[must_use]
    pub fn subquery(subquery: SubqueryNode) -> Self {
        Self { work: Work::Subquery(Box::new(subquery)), output: Output::default() }
    }

    /// Selects series, so that the blocks can be sized; gives the number of the widest selector below.
    ///
    /// # Errors
    /// When a selection must fail.
    pub fn prepare(&mut self, context: &mut Context<'_>) -> Result<usize, EvalError> {
        match &mut self.work {
            Work::Operator { children, operator, .. } => {
                let mut widest = operator.prepare(context)?;
                for child in children {
                    widest = widest.max(child.prepare(context)?);
                }
                Ok(widest)
            }
            Work::Invariant { child, .. } => child.prepare(context),
            Work::Subquery(subquery) => subquery.prepare(context),
        }
    }

    /// Computes the block `steps` into `output`.
    ///
    /// # Errors
    /// When the query must fail.
    pub fn poll(&mut self, steps: &Steps, context: &mut Context<'_>) -> Result<Progress, EvalError> {
        match &mut self.work {
            Work::Operator { children, ready, operator } => {
                while *ready < children.len() {
                    if children[*ready].poll(steps, context)? == Progress::Pending {
                        return Ok(Progress::Pending);
                    }
                    *ready += 1;
                    if context.budget.slice_is_over() {
                        return Ok(Progress::Pending);
                    }
                }
                let progress = operator.apply(children, steps, &mut self.output, context)?;
                if progress == Progress::Ready {
                    *ready = 0;
                }
                Ok(progress)
            }
            Work::Invariant { child, evaluated } => {
                if !*evaluated {
                    if child.poll(&Steps::one(steps.start), context)? == Progress::Pending {
                        return Ok(Progress::Pending);
                    }
                    *evaluated = true;
                }
                repeat(&child.output, steps.count, &mut self.output);
                Ok(Progress::Ready)
            }
            Work::Subquery(subquery) => subquery.poll(steps, &mut self.output, context),
        }
    }
}

/// Repeats a result for one step at `count` steps.
fn repeat(once: &Output, count: usize, out: &mut Output) {
    out.scalar.clear();
    if let Some(value) = once.scalar.first() {
        out.scalar.resize(count, *value);
    }
    let (once, vector) = (&once.vector, &mut out.vector);
    vector.follow(&once.rows, Clone::clone);
    vector.lanes.reset(once.rows.len(), count);
    for row in 0..once.rows.len() {
        let lane = vector.lanes.lane_mut(row);
        match once.lanes.lane(row).value(0) {
            None => continue,
            Some(Value::Float(value)) => lane.values.fill(value),
            Some(Value::Histogram(histogram)) => lane.histograms.resize(count, Some(histogram)),
        }
        bits::fill(lane.present, count);
    }
}
