//! `timestamp`: when a sample was taken.

use super::{Body, Function, VECTOR};
use crate::base::span::Span;
use crate::promql::eval::error::EvalError;
use crate::promql::eval::node::Node;
use crate::promql::eval::operator::{Context, Operator, Progress};
use crate::promql::eval::output::Output;
use crate::promql::eval::plan::Planner;
use crate::promql::eval::selector::Gives;
use crate::promql::eval::steps::Steps;
use crate::promql::syntax::ast::{Call, ExprKind};

/// `timestamp(v)`: the time of a plain selector's samples in seconds; of any other expression the evaluation time.
pub const TIMESTAMP: Function = Function::new("timestamp", &[VECTOR], Body::Node(plan)).depends_on_time();

fn plan(planner: &mut Planner<'_>, call: &Call, _span: Span) -> Result<Node, EvalError> {
    let argument = call.arguments.first().map(|argument| argument.unwrapped());
    match argument.map(|argument| (&argument.kind, argument.span)) {
        Some((ExprKind::VectorSelector(selector), span)) => {
            planner.instant_selector(selector, Gives::Time, span)
        }
        _ => Ok(Node::new(EvaluationTime, planner.arguments(call)?)),
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
            for (step, value) in lanes.lane_mut(row).values.iter_mut().enumerate() {
                *value = steps.time(step) as f64 / 1000.0;
            }
        }
        Ok(Progress::Ready)
    }
}
