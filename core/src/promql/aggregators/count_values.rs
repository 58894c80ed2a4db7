//! `count_values`: how many elements of a group have each value. Its series depend on the values, so they turn up as
//! the steps go by.

use std::sync::Arc;

use super::grouping::Grouping;
use crate::base::bytes::is_utf8;
use crate::base::lookup::Lookup;
use crate::base::number::print_plain;
use crate::base::span::Span;
use crate::model::labels::Labels;
use crate::promql::eval::error::{ErrorKind, EvalError};
use crate::promql::eval::node::Node;
use crate::promql::eval::operator::{Context, Operator, Progress};
use crate::promql::eval::output::{Output, Row};
use crate::promql::eval::steps::Steps;
use crate::promql::eval::value::Value;

/// So many values are taken to come. Few steps a block then keep small what has a cell for each value at each step.
const MANY_VALUES: usize = 4096;

/// `count_values("label", v)`
#[derive(Debug)]
pub struct CountValues {
    grouping: Grouping,
    label: Arc<str>,
    /// The labels of each group that the result keeps. Groups that differ in `label` alone have become one, since the
    /// value takes its place; the groups' numbers here.
    kept: Vec<Labels>,
    of_group: Vec<usize>,
    by_labels: Lookup<Labels, usize>,
    /// The result's row of a group and the bits of a number.
    by_number: Lookup<(usize, u64), usize>,
    /// The result's row of a group and the text of a histogram.
    by_text: Lookup<(usize, String), usize>,
    /// The result's row of each value of a block, in the order of the block.
    targets: Vec<usize>,
}

impl CountValues {
    /// A count whose values become values of `label`.
    ///
    /// # Errors
    /// When `label` cannot be a label's name.
    pub fn new(grouping: Grouping, label: Arc<str>, span: Span) -> Result<Self, EvalError> {
        if label.is_empty() || !is_utf8(&label) {
            return Err(ErrorKind::InvalidLabelName { name: label }.at(span));
        }
        Ok(Self {
            grouping,
            label,
            kept: Vec::new(),
            of_group: Vec::new(),
            by_labels: Lookup::default(),
            by_number: Lookup::default(),
            by_text: Lookup::default(),
            targets: Vec::new(),
        })
    }

    /// Takes in groups that are new since the last block.
    fn extend(&mut self, groups: &[Row]) {
        for group in &groups[self.of_group.len()..] {
            let labels = group.labels.without(&self.label);
            let next = self.kept.len();
            let own = *self.by_labels.get_or_insert_with(labels.clone(), || next);
            if own == next {
                self.kept.push(labels);
            }
            self.of_group.push(own);
        }
    }

    /// The result's row for a number in a group.
    fn number(&mut self, group: usize, value: f64, rows: &mut Vec<Row>) -> usize {
        // All NaN print the same.
        let bits = if value.is_nan() { f64::NAN.to_bits() } else { value.to_bits() };
        let next = rows.len();
        let target = *self.by_number.get_or_insert_with((group, bits), || next);
        if target == next {
            rows.push(self.row(group, print_plain(value)));
        }
        target
    }

    /// The result's row for a histogram in a group.
    fn text(&mut self, group: usize, value: String, rows: &mut Vec<Row>) -> usize {
        let next = rows.len();
        let target = *self.by_text.get_or_insert_with((group, value.clone()), || next);
        if target == next {
            rows.push(self.row(group, value));
        }
        target
    }

    fn row(&self, group: usize, value: String) -> Row {
        let mut labels = self.kept[group].to_builder();
        labels.set(Arc::clone(&self.label), value);
        Row::new(labels.build())
    }
}

impl Operator for CountValues {
    fn is_in_place(&self) -> bool {
        true
    }

    fn prepare(&mut self, _: &mut Context<'_>) -> Result<usize, EvalError> {
        Ok(MANY_VALUES)
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
        let mut groups = Vec::new();
        self.grouping.rows(input, &mut groups);
        self.extend(&groups);
        let vector = &mut out.vector;
        // First the rows: where most values are new, lanes that grow with each would be copied again and again.
        let mut targets = std::mem::take(&mut self.targets);
        targets.clear();
        for row in 0..input.rows.len() {
            let group = self.of_group[self.grouping.of_row(row)];
            for (_, value) in input.lanes.lane(row).cells() {
                let target = match value {
                    Value::Float(value) => self.number(group, value, &mut vector.rows),
                    Value::Histogram(value) => self.text(group, value.to_string(), &mut vector.rows),
                };
                vector.rows[target].drops_name |= input.rows[row].drops_name;
                targets.push(target);
            }
        }
        let cells = vector.rows.len() * steps.count;
        context.budget.check_room(cells)?;
        vector.lanes.reset(vector.rows.len(), steps.count);
        let steps_of = |row| input.lanes.lane(row).cells().map(|(step, _)| step);
        for (step, target) in (0..input.rows.len()).flat_map(steps_of).zip(&targets) {
            let mut lane = vector.lanes.lane_mut(*target);
            let count = lane.values[step] + 1.0;
            lane.set(step, count);
        }
        self.targets = targets;
        context.budget.spend(input.rows.len() * steps.count * 2 + cells / 8);
        Ok(Progress::Ready)
    }
}
