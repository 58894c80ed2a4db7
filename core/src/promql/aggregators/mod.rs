//! Aggregation operators: `sum`, `topk` and their like, one small file a family.

mod average;
mod count_values;
mod extremum;
pub mod grouping;
mod histogram;
mod label_hash;
mod limit;
mod moments;
mod quantile;
mod sum;
mod top;

use crate::base::span::Span;
use crate::model::histogram::HistogramColumn;
use crate::promql::eval::annotation::{Annotations, Note};
use crate::promql::eval::error::EvalError;
use crate::promql::eval::lanes::{Lane, Lanes};
use crate::promql::eval::node::Node;
use crate::promql::eval::operator::{Context, Operator, Progress};
use crate::promql::eval::output::{Output, Vector};
use crate::promql::eval::plan::{Planner, text_of};
use crate::promql::eval::remarks::Remarks;
use crate::promql::eval::steps::Steps;
use crate::promql::syntax::ast::{Aggregate, AggregateOp, Expr};
use grouping::Grouping;
use histogram::HistogramTotals;

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
    let argument_span = aggregate.expr.span;
    let folded = |fold: Box<dyn Fold>, histograms: Histograms, argument: Node| {
        let totals = HistogramTotals::default();
        let folding = Folding { grouping: grouping.clone(), fold, histograms, totals, span: argument_span };
        Node::new(folding, vec![argument])
    };
    Ok(match aggregate.op {
        AggregateOp::Sum => folded(Box::<sum::Sum>::default(), Histograms::Added, argument),
        AggregateOp::Avg => folded(Box::<average::Average>::default(), Histograms::Averaged, argument),
        AggregateOp::Count => folded(Box::new(sum::Count), Histograms::Counted, argument),
        AggregateOp::Group => folded(Box::new(sum::Group), Histograms::Counted, argument),
        AggregateOp::Min => {
            folded(Box::new(extremum::Extremum { is_max: false }), Histograms::Ignored("min"), argument)
        }
        AggregateOp::Max => {
            folded(Box::new(extremum::Extremum { is_max: true }), Histograms::Ignored("max"), argument)
        }
        AggregateOp::Stddev => {
            folded(Box::new(moments::Variance::new(true)), Histograms::Ignored("stddev"), argument)
        }
        AggregateOp::Stdvar => {
            folded(Box::new(moments::Variance::new(false)), Histograms::Ignored("stdvar"), argument)
        }
        AggregateOp::Topk | AggregateOp::Bottomk => {
            let is_top = aggregate.op == AggregateOp::Topk;
            Node::new(top::Top::new(grouping, is_top, span), with_parameter(planner, argument)?)
        }
        AggregateOp::Quantile => {
            let quantile = quantile::Quantile::new(grouping, parameter_span, argument_span);
            Node::new(quantile, with_parameter(planner, argument)?)
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
    /// Takes a series of numbers of a group in; `out` holds what the group has so far.
    fn add(&mut self, group: usize, series: Lane<'_>, out: &mut Lanes);
    /// Ends the block.
    fn finish(&mut self, out: &mut Lanes);
}

/// What an aggregation does with histograms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Histograms {
    /// Adds them up.
    Added,
    /// Takes their mean.
    Averaged,
    /// Takes them like any other element.
    Counted,
    /// Leaves them out and says so; under this name.
    Ignored(&'static str),
}

/// The operator around a [`Fold`], which sees numbers alone.
#[derive(Debug)]
struct Folding {
    grouping: Grouping,
    fold: Box<dyn Fold>,
    histograms: Histograms,
    totals: HistogramTotals,
    /// The place of the argument in the query.
    span: Span,
}

impl Folding {
    /// Takes a series in that has histograms.
    fn add_mixed(&mut self, row: usize, input: &Vector, lanes: &mut Lanes, notes: &mut Annotations) {
        let (group, series) = (self.grouping.of_row(row), input.lanes.lane(row));
        if self.histograms == Histograms::Counted {
            // Who is there is all that counts.
            self.fold.add(group, Lane { histograms: HistogramColumn::none(), ..series }, lanes);
            return;
        }
        let numbers = series.numbers();
        self.fold.add(
            group,
            Lane { present: &numbers, histograms: HistogramColumn::none(), ..series },
            lanes,
        );
        if let Histograms::Ignored(aggregation) = self.histograms {
            if series.histograms().next().is_some() {
                notes.add(Note::HistogramIgnoredInAggregation { aggregation }, self.span);
            }
            return;
        }
        let mut remarks = Remarks::new(&input.rows[row].labels, self.span, notes);
        self.totals.add(group, series, &mut remarks);
    }
}

impl Operator for Folding {
    fn is_in_place(&self) -> bool {
        true
    }

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
        self.totals.begin(self.histograms == Histograms::Averaged, self.grouping.count(), steps.count);
        for row in 0..input.rows.len() {
            let series = input.lanes.lane(row);
            if series.histograms.is_empty() {
                self.fold.add(self.grouping.of_row(row), series, lanes);
            } else {
                self.add_mixed(row, input, lanes, context.notes);
                context.budget.spend(steps.count * 32);
            }
        }
        self.fold.finish(lanes);
        if self.totals.finish(lanes) {
            context.notes.add(Note::MixedInAggregation, self.span);
        }
        context.budget.spend(input.rows.len() * steps.count);
        Ok(Progress::Ready)
    }
}
