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
    /// How many nodes hang below it, each the first child of the one before.
    below: usize,
    /// How many samples it has given over all steps so far; none of windows.
    given: u64,
    /// The result for the block last asked for.
    pub output: Output,
}

#[derive(Debug)]
enum Work {
    /// Children first, then the operator; `ready` children have answered for this block.
    Operator { children: Children, ready: usize, operator: Box<dyn Operator> },
    /// What does not depend on the step: evaluated once, then repeated.
    Invariant { child: Box<Node>, evaluated: bool },
    /// A window of an expression, which is evaluated at steps of its own.
    Subquery(Box<SubqueryNode>),
}

impl Node {
    /// A node that applies `operator` to the results of `children`.
    #[must_use]
    pub fn new(operator: impl Operator + 'static, children: Vec<Self>) -> Self {
        let below = children.first().map_or(0, |first| first.below + 1);
        let (children, operator) = (Children(children), Box::new(operator));
        let work = Work::Operator { children, ready: 0, operator };
        Self { below, ..Self::of(work) }
    }

    /// A node whose child gives the same at every step.
    #[must_use]
    pub fn invariant(child: Self) -> Self {
        let work = Work::Invariant { child: Box::new(child), evaluated: false };
        Self::of(work)
    }

    fn of(work: Work) -> Self {
        Self { work, below: 0, given: 0, output: Output::default() }
    }

    /// A node that never has a value.
    #[must_use]
    pub fn nothing() -> Self {
        Self::new(NumberNode(f64::NAN), Vec::new())
    }

    /// A subquery.
    #[must_use]
    pub fn subquery(subquery: SubqueryNode) -> Self {
        Self::of(Work::Subquery(Box::new(subquery)))
    }

    /// Selects series, so that the blocks can be sized; gives the number of the widest selector below.
    ///
    /// # Errors
    /// When a selection must fail.
    pub fn prepare(&mut self, context: &mut Context<'_>) -> Result<usize, EvalError> {
        let mut widest = 0;
        let mut waiting = vec![self];
        while let Some(node) = waiting.pop() {
            match &mut node.work {
                Work::Operator { children, operator, .. } => {
                    widest = widest.max(operator.prepare(context)?);
                    waiting.extend(children.0.iter_mut().rev());
                }
                Work::Invariant { child, .. } => waiting.push(child),
                Work::Subquery(subquery) => widest = widest.max(subquery.prepare(context)?),
            }
        }
        Ok(widest)
    }

    /// Computes the block `steps` into `output`.
    ///
    /// # Errors
    /// When the query must fail.
    pub fn poll(&mut self, steps: &Steps, context: &mut Context<'_>) -> Result<Progress, EvalError> {
        if self.below <= SHALLOW { self.poll_below(steps, context) } else { self.poll_chain(steps, context) }
    }

    /// A function of its own, since each frame of a recursion would have room for the nodes here.
    #[inline(never)]
    fn poll_chain(&mut self, steps: &Steps, context: &mut Context<'_>) -> Result<Progress, EvalError> {
        // The nodes down to one with few below it are taken out of each other and asked from there upwards.
        let mut above = Vec::new();
        let mut node = std::mem::replace(self, Self::nothing());
        while let Some(first) = node.take_first() {
            above.push(std::mem::replace(&mut node, first));
        }
        let mut progress = node.poll_below(steps, context);
        while let Some(parent) = above.pop() {
            let first = std::mem::replace(&mut node, parent);
            node.put_first(first, matches!(progress, Ok(Progress::Ready)));
            if matches!(progress, Ok(Progress::Ready)) {
                let is_over = context.budget.slice_is_over();
                progress = if is_over { Ok(Progress::Pending) } else { node.poll_below(steps, context) };
            }
        }
        *self = node;
        progress
    }

    /// The samples that Prometheus would hold at most, and in the end, for the steps so far: it keeps what the operands of
    /// an operation gave at all steps until the operation's own result is there.
    ///
    /// Differs: the operands of the step at hand, which Prometheus counts once more, are not.
    #[must_use]
    pub fn samples(&self) -> (u64, u64) {
        let mut chain = vec![self];
        while let Some(Work::Operator { children, .. }) = chain.last().map(|node| &node.work)
            && let Some(first) = children.0.first()
        {
            chain.push(first);
        }
        let (mut peak, mut held) = (0, 0);
        for node in chain.into_iter().rev() {
            let adds;
            match &node.work {
                Work::Operator { children, operator, .. } => {
                    for other in children.0.iter().skip(1) {
                        let (most, rest) = other.samples();
                        peak = peak.max(held + most);
                        held += rest;
                    }
                    adds = !operator.is_in_place();
                }
                Work::Invariant { child, .. } => (peak, adds) = (child.samples().0, false),
                Work::Subquery(subquery) => {
                    (peak, held) = subquery.samples();
                    continue;
                }
            }
            peak = peak.max(held).max(node.given + if adds { held } else { 0 });
            held = node.given;
        }
        (peak, held)
    }

    /// Takes the first child out, where it has many nodes below and has not answered for this block.
    fn take_first(&mut self) -> Option<Self> {
        match &mut self.work {
            Work::Operator { children, ready: 0, .. } if self.below > SHALLOW => {
                children.0.first_mut().map(|first| std::mem::replace(first, Self::nothing()))
            }
            _ => None,
        }
    }

    /// Puts the first child back.
    fn put_first(&mut self, child: Self, is_ready: bool) {
        if let Work::Operator { children, ready, .. } = &mut self.work
            && let Some(first) = children.0.first_mut()
        {
            *first = child;
            *ready = usize::from(is_ready);
        }
    }

    fn poll_below(&mut self, steps: &Steps, context: &mut Context<'_>) -> Result<Progress, EvalError> {
        match &mut self.work {
            Work::Operator { children: Children(children), ready, operator } => {
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
                    self.given += self.output.vector.samples() + self.output.scalar.len() as u64;
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
                context.budget.spend(steps.count * (1 + child.output.vector.rows.len()));
                self.given += self.output.vector.samples() + self.output.scalar.len() as u64;
                Ok(Progress::Ready)
            }
            Work::Subquery(subquery) => subquery.poll(steps, &mut self.output, context),
        }
    }
}

/// Down to so many nodes below, each asks the next.
const SHALLOW: usize = 12;

/// The children of a node. They go one after the other, not one within the other.
#[derive(Debug)]
struct Children(Vec<Node>);

impl Drop for Children {
    fn drop(&mut self) {
        let mut waiting = std::mem::take(&mut self.0);
        while let Some(mut node) = waiting.pop() {
            if let Work::Operator { children, .. } = &mut node.work {
                waiting.append(&mut children.0);
            }
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
            Some(Value::Histogram(histogram)) => {
                (0..count).for_each(|_| lane.histograms.push(&histogram));
            }
        }
        bits::fill(lane.present, count);
    }
}
