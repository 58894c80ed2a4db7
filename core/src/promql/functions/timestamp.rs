//! `timestamp`: when a sample was taken. `start_timestamp`: since when it has counted.

use super::{Body, Function, VECTOR};
use crate::base::span::Span;
use crate::promql::eval::error::EvalError;
use crate::promql::eval::node::Node;
use crate::promql::eval::operator::{Context, Operator, Progress};
use crate::promql::eval::output::Output;
use crate::promql::eval::plan::Planner;
use crate::promql::eval::selector::Gives;
use crate::promql::eval::steps::Steps;
use crate::promql::syntax::ast::{Call, ExprKind, VectorSelector};

/// `timestamp(v)`: the time of a plain selector's samples in seconds; of any other expression the evaluation time.
pub const TIMESTAMP: Function = Function::new("timestamp", &[VECTOR], Body::Node(plan)).depends_on_time();

/// `start_timestamp(v)`: since when a plain selector's samples have counted, in seconds, 0 where that is not known;
/// nothing of any other expression.
pub const START_TIMESTAMP: Function =
    Function::new("start_timestamp", &[VECTOR], Body::Node(plan_start)).experimental();

fn plan(planner: &mut Planner<'_>, call: &Call, _span: Span) -> Result<Node, EvalError> {
    match plain_selector(call) {
        Some((selector, span)) => planner.instant_selector(selector, Gives::Time, span),
        None => Ok(Node::new(EvaluationTime, planner.arguments(call)?)),
    }
}

fn plan_start(planner: &mut Planner<'_>, call: &Call, _span: Span) -> Result<Node, EvalError> {
    match plain_selector(call) {
        Some((selector, span)) => planner.instant_selector(selector, Gives::Start, span),
        None => Ok(Node::new(NoStart, planner.arguments(call)?)),
    }
}

fn plain_selector(call: &Call) -> Option<(&VectorSelector, Span)> {
    let argument = call.arguments.first()?.unwrapped();
    match &argument.kind {
        ExprKind::VectorSelector(selector) => Some((selector, argument.span)),
        _ => None,
    }
}

#[derive(Debug)]
struct EvaluationTime;

impl Operator for EvaluationTime {
    fn apply(
        &mut self,
        inputs: &mut [Node],
        steps: &Steps,
        out: &mut Output,
        _context: &mut Context<'_>,
    ) -> Result<Progress, EvalError> {
        out.vector.take_over(&mut inputs[0].output.vector);
        let lanes = &mut out.vector.lanes;
        for row in 0..lanes.rows() {
            let lane = lanes.lane_mut(row);
            lane.histograms.clear();
            for (step, value) in lane.values.iter_mut().enumerate() {
                *value = steps.time(step) as f64 / 1000.0;
            }
        }
        Ok(Progress::Ready)
    }
}

/// What an expression computes has no start.
#[derive(Debug)]
struct NoStart;

impl Operator for NoStart {
    fn apply(
        &mut self,
        _inputs: &mut [Node],
        steps: &Steps,
        out: &mut Output,
        _context: &mut Context<'_>,
    ) -> Result<Progress, EvalError> {
        out.vector.lanes.reset(0, steps.count);
        Ok(Progress::Ready)
    }
}
