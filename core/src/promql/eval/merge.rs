//! Series that get other labels, and become one where these are the same.

use super::error::{ErrorKind, EvalError};
use super::output::{Row, Vector};
use crate::base::lookup::Lookup;
use crate::model::labels::Labels;

/// Maps the rows of a vector to rows with other labels, made once a row.
#[derive(Clone, Debug, Default)]
pub struct RowMerge {
    target: Vec<usize>,
    by_labels: Lookup<Labels, usize>,
}

impl RowMerge {
    /// How many rows it has mapped.
    #[must_use]
    pub fn known(&self) -> usize {
        self.target.len()
    }

    /// Moves the lanes of `from` to the rows that `change` makes of its rows.
    ///
    /// # Errors
    /// When two rows that become one have values at the same step.
    pub fn apply(
        &mut self,
        from: &mut Vector,
        to: &mut Vector,
        mut change: impl FnMut(&Row) -> Row,
    ) -> Result<(), EvalError> {
        for row in &from.rows[self.target.len()..] {
            let row = change(row);
            let next = to.rows.len();
            let target = *self.by_labels.get_or_insert_with(row.labels.clone(), || next);
            if target == next {
                to.rows.push(row);
            }
            self.target.push(target);
        }
        if to.rows.len() == from.rows.len() {
            std::mem::swap(&mut from.lanes, &mut to.lanes);
            return Ok(());
        }
        self.join(from, to)
    }

    /// Copies lanes where several rows go to one.
    fn join(&self, from: &Vector, to: &mut Vector) -> Result<(), EvalError> {
        to.lanes.reset(to.rows.len(), from.lanes.width());
        for (row, target) in self.target.iter().enumerate() {
            let source = from.lanes.lane(row);
            let mut lane = to.lanes.lane_mut(*target);
            if lane.present.iter().zip(source.present).any(|(taken, new)| taken & new != 0) {
                return Err(ErrorKind::DuplicateLabels.nowhere());
            }
            for (step, value) in source.iter() {
                lane.set(step, value);
            }
            for (step, histogram) in source.histograms() {
                lane.set_packed(step, &histogram);
            }
        }
        Ok(())
    }
}
