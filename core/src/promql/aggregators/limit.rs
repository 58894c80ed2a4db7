//! `limitk` and `limit_ratio`: a sample of the elements, the same at every step.

use super::grouping::Grouping;
use super::label_hash::hash;
use super::top::counts;
use crate::base::span::Span;
use crate::promql::eval::annotation::Note;
use crate::promql::eval::error::{ErrorKind, EvalError};
use crate::promql::eval::node::Node;
use crate::promql::eval::operator::{Context, Operator, Progress};
use crate::promql::eval::output::{Output, Row};
use crate::promql::eval::steps::Steps;

/// `limitk(k, v)`: the first k series of each group.
#[derive(Debug)]
pub struct LimitK {
    grouping: Grouping,
}

impl LimitK {
    /// A limit a group.
    #[must_use]
    pub const fn new(grouping: Grouping) -> Self {
        Self { grouping }
    }
}

impl Operator for LimitK {
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
        let counts = counts(&parameter.output.scalar)?;
        out.vector.take_over(&mut input.output.vector);
        self.grouping.extend(&out.vector.rows);
        let lanes = &mut out.vector.lanes;
        let mut taken = vec![0; self.grouping.count()];
        for (step, count) in counts.iter().enumerate() {
            taken.fill(0);
            for row in 0..lanes.rows() {
                if !lanes.lane(row).has(step) {
                    continue;
                }
                let taken = &mut taken[self.grouping.of_row(row)];
                if *taken < *count {
                    *taken += 1;
                } else {
                    lanes.lane_mut(row).unset(step);
                }
            }
        }
        context.budget.spend(lanes.rows() * steps.count);
        Ok(Progress::Ready)
    }
}

/// `limit_ratio(r, v)`: the series whose place between 0 and 1, given by their labels, is below r; for a negative r
/// those that `limit_ratio(1 + r, v)` leaves out.
#[derive(Debug)]
pub struct LimitRatio {
    parameter: Span,
    places: Vec<f64>,
}

impl LimitRatio {
    /// A sample whose ratio stands at `parameter`.
    #[must_use]
    pub const fn new(parameter: Span) -> Self {
        Self { parameter, places: Vec::new() }
    }

    fn check(&self, ratios: &[f64], context: &mut Context<'_>) -> Result<Vec<f64>, EvalError> {
        if ratios.iter().any(|ratio| ratio.is_nan()) {
            return Err(ErrorKind::RatioIsNan.nowhere());
        }
        let mut capped = Vec::with_capacity(ratios.len());
        for ratio in ratios {
            let used = ratio.clamp(-1.0, 1.0);
            if used != *ratio {
                context.notes.add(Note::InvalidRatio { value: *ratio, used }, self.parameter);
            }
            capped.push(used);
        }
        Ok(capped)
    }
}

impl Operator for LimitRatio {
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
        let ratios = self.check(&parameter.output.scalar, context)?;
        out.vector.take_over(&mut input.output.vector);
        for row in &out.vector.rows[self.places.len()..] {
            self.places.push(place(row));
        }
        let lanes = &mut out.vector.lanes;
        for row in 0..lanes.rows() {
            let place = self.places[row];
            let mut lane = lanes.lane_mut(row);
            for (step, ratio) in ratios.iter().enumerate() {
                let stays = if *ratio >= 0.0 { place < *ratio } else { place >= 1.0 + ratio };
                if !stays {
                    lane.unset(step);
                }
            }
        }
        context.budget.spend(lanes.rows() * steps.count);
        Ok(Progress::Ready)
    }
}

/// A number from 0 to 1, scattered evenly over label sets; that of Prometheus, so that it chooses the same series.
fn place(row: &Row) -> f64 {
    hash(&row.labels) as f64 / u64::MAX as f64
}
