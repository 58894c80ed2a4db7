//! Removing metric names: at once, or marked now and removed at the very end (delayed name removal).

use super::error::EvalError;
use super::merge::RowMerge;
use super::node::Node;
use super::operator::{Context, Operator, Progress};
use super::output::{Output, Row};
use super::steps::Steps;
use crate::model::labels::{Labels, METRIC_NAME};

/// Whether a label describes the metric as a whole: its name, type or unit.
#[must_use]
pub fn is_of_metric(label: &str) -> bool {
    matches!(label, METRIC_NAME | "__type__" | "__unit__")
}

/// The labels without those of the metric as a whole.
#[must_use]
pub fn without_metric(labels: &Labels) -> Labels {
    labels.filtered(|label| !is_of_metric(&label.name))
}

/// Marks every series: its name goes at the very end.
#[derive(Debug)]
pub struct MarkNames;

impl Operator for MarkNames {
    fn is_in_place(&self) -> bool {
        true
    }

    fn apply(
        &mut self,
        inputs: &mut [Node],
        _steps: &Steps,
        out: &mut Output,
        _context: &mut Context<'_>,
    ) -> Result<Progress, EvalError> {
        out.vector.take_over(&mut inputs[0].output.vector);
        for row in &mut out.vector.rows {
            row.drops_name = true;
        }
        Ok(Progress::Ready)
    }
}

/// Removes the names now. Series that become the same are one from then on, unless both have a value at a step.
#[derive(Debug, Default)]
pub struct DropNames(RowMerge);

impl Operator for DropNames {
    fn is_in_place(&self) -> bool {
        true
    }

    fn apply(
        &mut self,
        inputs: &mut [Node],
        _steps: &Steps,
        out: &mut Output,
        _context: &mut Context<'_>,
    ) -> Result<Progress, EvalError> {
        let change = |row: &Row| Row::new(without_metric(&row.labels));
        self.0.apply(&mut inputs[0].output.vector, &mut out.vector, change)?;
        Ok(Progress::Ready)
    }
}
