//! `topk` and `bottomk`: the largest or smallest elements of each group, with all their labels.

use std::cmp::Ordering;

use super::grouping::Grouping;
use crate::base::span::Span;
use crate::promql::eval::annotation::Note;
use crate::promql::eval::error::{ErrorKind, EvalError};
use crate::promql::eval::lanes::Lanes;
use crate::promql::eval::node::Node;
use crate::promql::eval::operator::{Context, Operator, Progress};
use crate::promql::eval::options::QueryRange;
use crate::promql::eval::output::Output;
use crate::promql::eval::steps::Steps;

/// Up to so many, the best of a group are kept in order while its elements pass; more are sorted in the end.
const FEW: usize = 16;

/// `topk(k, v)`, `bottomk(k, v)`
#[derive(Debug)]
pub struct Top {
    grouping: Grouping,
    is_top: bool,
    span: Span,
}

impl Top {
    /// The largest elements, or the smallest; of an aggregation that stands at `span`.
    #[must_use]
    pub const fn new(grouping: Grouping, is_top: bool, span: Span) -> Self {
        Self { grouping, is_top, span }
    }

    /// Best first; NaN is never better than a number. The sort is stable, so that of equals the first series wins.
    fn order(&self, left: f64, right: f64) -> Ordering {
        match (left.is_nan(), right.is_nan()) {
            (true, true) => Ordering::Equal,
            (true, false) => Ordering::Greater,
            (false, true) => Ordering::Less,
            (false, false) => {
                let rising = left.partial_cmp(&right).unwrap_or(Ordering::Equal);
                if self.is_top { rising.reverse() } else { rising }
            }
        }
    }

    /// Takes an element of a group in, where it may be among its best.
    fn admit(&self, best: &mut Vec<(usize, f64)>, element: (usize, f64), count: usize) {
        if count > FEW {
            best.push(element);
            return;
        }
        if best.len() == count {
            let is_better = |last: &(usize, f64)| self.order(element.1, last.1) == Ordering::Less;
            if !best.last().is_some_and(is_better) {
                return;
            }
            best.pop();
        }
        // Behind its equals, which came before.
        let place = best.partition_point(|known| self.order(known.1, element.1) != Ordering::Greater);
        best.insert(place, element);
    }

    /// The rows to keep at a step, best first within a group, groups in order.
    fn choose(
        &self,
        lanes: &Lanes,
        step: usize,
        count: usize,
        members: &mut [Vec<(usize, f64)>],
    ) -> Vec<usize> {
        for row in 0..lanes.rows() {
            if let Some(value) = lanes.get(row, step) {
                self.admit(&mut members[self.grouping.of_row(row)], (row, value), count);
            }
        }
        let mut chosen = Vec::new();
        for group in members {
            if count > FEW {
                group.sort_by(|left, right| self.order(left.1, right.1));
            }
            chosen.extend(group.iter().take(count).map(|(row, _)| *row));
            group.clear();
        }
        chosen
    }
}

/// How many elements are asked for at each step.
///
/// # Errors
/// When a number is NaN or does not fit 64 bits.
pub fn counts(parameters: &[f64]) -> Result<Vec<usize>, EvalError> {
    // Where no step asks for any, nothing else matters.
    if !parameters.iter().any(|count| *count >= 1.0 || count.is_nan()) {
        return Ok(vec![0; parameters.len()]);
    }
    parameters
        .iter()
        .map(|count| {
            if count.is_nan() {
                Err(ErrorKind::ParameterIsNan.nowhere())
            } else if *count <= i64::MIN as f64 || *count >= i64::MAX as f64 {
                Err(ErrorKind::ParameterOutOfRange { value: *count }.nowhere())
            } else {
                Ok(if *count < 1.0 { 0 } else { *count as usize })
            }
        })
        .collect()
}

impl Operator for Top {
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
        let input = &input.output.vector;
        let counts = counts(&parameter.output.scalar)?;
        if input.lanes.any_histogram() && counts.iter().any(|count| *count > 0) {
            let aggregation = if self.is_top { "topk" } else { "bottomk" };
            context.notes.add(Note::HistogramIgnoredInAggregation { aggregation }, self.span);
        }
        self.grouping.extend(&input.rows);
        let mut members = vec![Vec::new(); self.grouping.count()];
        let vector = &mut out.vector;
        context.budget.spend(input.rows.len() * steps.count * 4);
        if matches!(context.range, QueryRange::Instant(_)) && steps.count == 1 {
            // The result of an instant query stands in order of value.
            let chosen = self.choose(&input.lanes, 0, counts[0], &mut members);
            vector.rows = chosen.iter().map(|row| input.rows[*row].clone()).collect();
            vector.lanes.reset(chosen.len(), 1);
            for (to, from) in chosen.iter().enumerate() {
                vector.lanes.lane_mut(to).copy_from(input.lanes.lane(*from));
            }
            return Ok(Progress::Ready);
        }
        vector.follow(&input.rows, Clone::clone);
        vector.lanes.reset(input.rows.len(), steps.count);
        for (step, count) in counts.iter().enumerate() {
            for row in self.choose(&input.lanes, step, *count, &mut members) {
                vector.lanes.set(row, step, input.lanes.lane(row).values[step]);
            }
        }
        Ok(Progress::Ready)
    }
}
