//! `histogram_fraction`: how many of a histogram's observations lie between two bounds.

use std::sync::Arc;

use super::buckets::{Assembly, fraction, remark_name};
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

/// `histogram_fraction(lower, upper, b)`
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
        self.assembly.extend(&vector.rows);
        for row in self.assembly.malformed.iter().filter(|row| vector.lanes.lane(**row).any()) {
            let row = &vector.rows[*row];
            let label = Arc::from(row.labels.get("le").unwrap_or(""));
            let metric = remark_name(row, context.options.delayed_name_removal);
            context.notes.add(Note::BadBucketLabel { label, metric }, self.vector_span);
        }
        out.vector.follow(&self.assembly.rows, Clone::clone);
        let lanes = &mut out.vector.lanes;
        lanes.reset(self.assembly.rows.len(), steps.count);
        let mut buckets = Vec::new();
        for histogram in 0..self.assembly.rows.len() {
            for step in 0..steps.count {
                self.assembly.gather(histogram, vector, step, &mut buckets);
                if !buckets.is_empty() {
                    lanes.set(histogram, step, fraction(lower[step], upper[step], &buckets));
                }
            }
        }
        context.budget.spend(vector.rows.len() * steps.count * 2);
        Ok(Progress::Ready)
    }
}
