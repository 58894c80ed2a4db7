//! Aggregation operators: `sum`, `topk` and their like, one small file a family.

mod average;
mod count_values;
mod extremum;
pub mod grouping;
mod limit;
mod moments;
mod quantile;
mod sum;
mod top;

use crate::base::span::Span;
use crate::promql::eval::error::EvalError;
use crate::promql::eval::lanes::{Lane, Lanes};
use crate::promql::eval::node::Node;
use crate::promql::eval::operator::{Context, Operator, Progress};
use crate::promql::eval::output::Output;
use crate::promql::eval::plan::{Planner, text_of};
use crate::promql::eval::steps::Steps;
use crate::promql::syntax::ast::{Aggregate, AggregateOp, Expr};
use grouping::Grouping;

/// The node of an aggregation.
///
/// # Errors
/// When the argument or the parameter cannot be evaluated.
pub fn plan(planner: &mut Planner<'_>, aggregate: &Aggregate, span: Span) -> Result<Node, EvalError> {
    let grouping = Grouping::new(aggregate.grouping.clone(), aggregate.without);
    let argument = planner.node(&aggregate.expr)?;
    let parameter_span = aggregate.parameter.as_deref().map_or(span, |parameter| parameter.span);
    let with_parameter = |planner: &mut Planner<'_>, argument: Node| match aggregate.parameter.as_deref() {
        Some(parameter) => Ok(vec![argument, planner.node(parameter)?]),
        None => Ok(vec![argument]),
    };
    let folded = |fold: Box<dyn Fold>, argument: Node| {
        Node::new(Folding { grouping: grouping.clone(), fold }, vec![argument])
    };
    Ok(match aggregate.op {
        AggregateOp::Sum => folded(Box::<sum::Sum>::default(), argument),
        AggregateOp::Avg => folded(Box::<average::Average>::default(), argument),
        AggregateOp::Count => folded(Box::new(sum::Count), argument),
        AggregateOp::Group => folded(Box::new(sum::Group), argument),
        AggregateOp::Min => folded(Box::new(extremum::Extremum { is_max: false }), argument),
        AggregateOp::Max => folded(Box::new(extremum::Extremum { is_max: true }), argument),
        AggregateOp::Stddev => folded(Box::new(moments::Variance::new(true)), argument),
        AggregateOp::Stdvar => folded(Box::new(moments::Variance::new(false)), argument),
        AggregateOp::Topk | AggregateOp::Bottomk => {
            let is_top = aggregate.op == AggregateOp::Topk;
            Node::new(top::Top::new(grouping, is_top), with_parameter(planner, argument)?)
        }
        AggregateOp::Quantile => {
            Node::new(quantile::Quantile::new(grouping, parameter_span), with_parameter(planner, argument)?)
        }
        AggregateOp::Limitk => Node::new(limit::LimitK::new(grouping), with_parameter(planner, argument)?),
        AggregateOp::LimitRatio => {
            Node::new(limit::LimitRatio::new(parameter_span), with_parameter(planner, argument)?)
        }
        AggregateOp::CountValues => {
            let label = aggregate.parameter.as_deref().map(|parameter: &Expr| text_of(parameter));
            let operator = count_values::CountValues::new(grouping, label.unwrap_or_default(), span)?;
            Node::new(operator, vec![argument])
        }
    })
}

/// An aggregation that takes in one series after the other, all steps at once.
pub trait Fold: std::fmt::Debug {
    /// Begins a block of `groups` groups at `width` steps.
    fn begin(&mut self, groups: usize, width: usize);
    /// Takes a series of a group in; `out` holds what the group has so far.
    fn add(&mut self, group: usize, series: Lane<'_>, out: &mut Lanes);
    /// Ends the block.
    fn finish(&mut self, out: &mut Lanes);
}

/// The operator around a [`Fold`].
#[derive(Debug)]
struct Folding {
    grouping: Grouping,
    fold: Box<dyn Fold>,
}

impl Operator for Folding {
    fn apply(
        &mut self,
        inputs: &mut [Node],
        steps: &Steps,
        out: &mut Output,
        context: &mut Context<'_>,
    ) -> Result<Progress, EvalError> {
        let input = &inputs[0].output.vector;
        self.grouping.extend(&input.rows);
        self.grouping.rows(input, &mut out.vector.rows);
        let lanes = &mut out.vector.lanes;
        lanes.reset(self.grouping.count(), steps.count);
        self.fold.begin(self.grouping.count(), steps.count);
        for row in 0..input.rows.len() {
            self.fold.add(self.grouping.of_row(row), input.lanes.lane(row), lanes);
        }
        self.fold.finish(lanes);
        context.budget.spend(input.rows.len() * steps.count);
        Ok(Progress::Ready)
    }
}
