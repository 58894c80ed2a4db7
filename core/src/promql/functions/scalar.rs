//! `scalar` and `vector`, from one to the other; `min_of` and `max_of` of two scalars.

use super::clamp::{max, min};
use super::{Body, Function, SCALAR, VECTOR};
use crate::base::span::Span;
use crate::promql::eval::call::VectorOf;
use crate::promql::eval::error::EvalError;
use crate::promql::eval::node::Node;
use crate::promql::eval::operator::{Context, Operator, Progress};
use crate::promql::eval::output::Output;
use crate::promql::eval::plan::Planner;
use crate::promql::eval::steps::Steps;
use crate::promql::syntax::ast::Call;

/// `scalar(v)`: the value of the only number, NaN where there is none or more than one.
pub const SCALAR_OF: Function = Function::new(
    "scalar",
    &[VECTOR],
    Body::Node(|planner, call, _| Ok(Node::new(OnlyElement, planner.arguments(call)?))),
)
.returns_scalar();
/// `vector(s)`: one element without labels.
pub const VECTOR_OF: Function = Function::new(
    "vector",
    &[SCALAR],
    Body::Node(|planner, call, _| Ok(Node::new(VectorOf, planner.arguments(call)?))),
)
.keeps_name();
/// `max_of(a, b)`: the larger scalar.
pub const MAX_OF: Function = Function::new(
    "max_of",
    &[SCALAR, SCALAR],
    Body::Node(|planner, call, span| plan_of_two(planner, call, span, max)),
)
.returns_scalar()
.experimental();
/// `min_of(a, b)`: the smaller scalar.
pub const MIN_OF: Function = Function::new(
    "min_of",
    &[SCALAR, SCALAR],
    Body::Node(|planner, call, span| plan_of_two(planner, call, span, min)),
)
.returns_scalar()
.experimental();

fn plan_of_two(
    planner: &mut Planner<'_>,
    call: &Call,
    _span: Span,
    choose: fn(f64, f64) -> f64,
) -> Result<Node, EvalError> {
    Ok(Node::new(OfTwo(choose), planner.arguments(call)?))
}

#[derive(Debug)]
struct OnlyElement;

impl Operator for OnlyElement {
    fn apply(
        &mut self,
        inputs: &mut [Node],
        steps: &Steps,
        out: &mut Output,
        context: &mut Context<'_>,
    ) -> Result<Progress, EvalError> {
        let lanes = &inputs[0].output.vector.lanes;
        let mut counts = vec![0_u32; steps.count];
        out.scalar.clear();
        out.scalar.resize(steps.count, f64::NAN);
        for row in 0..lanes.rows() {
            for (step, value) in lanes.lane(row).iter() {
                counts[step] += 1;
                out.scalar[step] = if counts[step] == 1 { value } else { f64::NAN };
            }
        }
        context.budget.spend(lanes.rows() * steps.count);
        Ok(Progress::Ready)
    }
}

#[derive(Debug)]
struct OfTwo(fn(f64, f64) -> f64);

impl Operator for OfTwo {
    fn apply(
        &mut self,
        inputs: &mut [Node],
        _steps: &Steps,
        out: &mut Output,
        _context: &mut Context<'_>,
    ) -> Result<Progress, EvalError> {
        let [left, right] = inputs else { return Ok(Progress::Ready) };
        let pairs = left.output.scalar.iter().zip(&right.output.scalar);
        out.scalar.clear();
        out.scalar.extend(pairs.map(|(left, right)| (self.0)(*left, *right)));
        Ok(Progress::Ready)
    }
}
