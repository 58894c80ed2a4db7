//! `quantile` of each group.

use super::grouping::Grouping;
use crate::base::span::Span;
use crate::promql::eval::annotation::Note;
use crate::promql::eval::error::EvalError;
use crate::promql::eval::node::Node;
use crate::promql::eval::operator::{Context, Operator, Progress};
use crate::promql::eval::output::Output;
use crate::promql::eval::steps::Steps;
use crate::promql::functions::quantile::{invalid_quantile, quantile_of_sorted, sort_with_nan_first};

/// `quantile(φ, v)`
#[derive(Debug)]
pub struct Quantile {
    grouping: Grouping,
    parameter: Span,
    argument: Span,
}

impl Quantile {
    /// A quantile whose φ stands at `parameter` and whose vector at `argument`.
    #[must_use]
    pub const fn new(grouping: Grouping, parameter: Span, argument: Span) -> Self {
        Self { grouping, parameter, argument }
    }
}

impl Operator for Quantile {
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
        let [input, parameter] = inputs else { return Ok(Progress::Ready) };
        let (input, quantiles) = (&input.output.vector, &parameter.output.scalar);
        for note in quantiles.iter().filter_map(|quantile| invalid_quantile(*quantile)) {
            context.notes.add(note, self.parameter);
        }
        if input.lanes.any_histogram() {
            let note = Note::HistogramIgnoredInAggregation { aggregation: "quantile" };
            context.notes.add(note, self.argument);
        }
        self.grouping.extend(&input.rows);
        self.grouping.rows(input, &mut out.vector.rows);
        let lanes = &mut out.vector.lanes;
        lanes.reset(self.grouping.count(), steps.count);
        let mut members = vec![Vec::new(); self.grouping.count()];
        for (step, quantile) in quantiles.iter().enumerate() {
            for row in 0..input.rows.len() {
                members[self.grouping.of_row(row)].extend(input.lanes.get(row, step));
            }
            for (group, values) in members.iter_mut().enumerate() {
                if !values.is_empty() {
                    sort_with_nan_first(values);
                    lanes.set(group, step, quantile_of_sorted(*quantile, values));
                    values.clear();
                }
            }
        }
        context.budget.spend(input.rows.len() * steps.count * 4);
        Ok(Progress::Ready)
    }
}
