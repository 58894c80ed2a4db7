//! `histogram_fraction`: how many of a histogram's observations lie between two bounds.

use super::assembly::{Assembly, Found};
use super::buckets::fraction;
use super::{Body, Function, SCALAR, VECTOR};
use crate::base::span::Span;
use crate::promql::eval::annotation::Note;
use crate::promql::eval::error::EvalError;
use crate::promql::eval::node::Node;
use crate::promql::eval::operator::{Context, Operator, Progress};
use crate::promql::eval::output::Output;
use crate::promql::eval::plan::Planner;
use crate::promql::eval::steps::Steps;
use crate::promql::syntax::ast::Call;

/// `histogram_fraction(lower, upper, b)`: of native and of classic histograms.
pub const HISTOGRAM_FRACTION: Function =
    Function::new("histogram_fraction", &[SCALAR, SCALAR, VECTOR], Body::Node(plan));

fn plan(planner: &mut Planner<'_>, call: &Call, _span: Span) -> Result<Node, EvalError> {
    let vector_span = call.arguments.last().map(|vector| vector.span).unwrap_or_default();
    let operator = Fraction { vector_span, assembly: Assembly::default() };
    Ok(Node::new(operator, planner.arguments(call)?))
}

#[derive(Debug)]
struct Fraction {
    vector_span: Span,
    assembly: Assembly,
}

impl Operator for Fraction {
    fn apply(
        &mut self,
        inputs: &mut [Node],
        steps: &Steps,
        out: &mut Output,
        context: &mut Context<'_>,
    ) -> Result<Progress, EvalError> {
        let [lower, upper, vector] = inputs else { return Ok(Progress::Ready) };
        let (lower, upper) = (&lower.output.scalar, &upper.output.scalar);
        let vector = &vector.output.vector;
        self.assembly.follow(vector, self.vector_span, context);
        out.vector.follow(&self.assembly.rows, Clone::clone);
        let lanes = &mut out.vector.lanes;
        lanes.reset(self.assembly.rows.len(), steps.count);
        let mut buckets = Vec::new();
        for histogram in 0..self.assembly.rows.len() {
            for step in 0..steps.count {
                let value = match self.assembly.gather(histogram, vector, step, &mut buckets) {
                    Found::Nothing => continue,
                    Found::Classic => fraction(lower[step], upper[step], &buckets),
                    Found::Native(native) => {
                        let (value, has_nan) = native.fraction(lower[step], upper[step]);
                        if has_nan {
                            let metric = self.assembly.metric(histogram, context);
                            context.notes.add(Note::NanObservationsFraction { metric }, self.vector_span);
                        }
                        context.budget.spend(native.positive.len() + native.negative.len());
                        value
                    }
                    Found::Both => {
                        let metric = self.assembly.metric(histogram, context);
                        context.notes.add(Note::MixedClassicNative { metric }, self.vector_span);
                        continue;
                    }
                };
                lanes.set(histogram, step, value);
            }
        }
        context.budget.spend(vector.rows.len() * steps.count * 2);
        Ok(Progress::Ready)
    }
}
