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

/// `count_values("label", v)`
#[derive(Debug)]
pub struct CountValues {
    grouping: Grouping,
    label: Arc<str>,
    groups: Vec<Labels>,
    /// The result's row of a group and the bits of a value.
    by_value: Lookup<(usize, u64), usize>,
    by_labels: Lookup<Labels, usize>,
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
            groups: Vec::new(),
            by_value: Lookup::default(),
            by_labels: Lookup::default(),
        })
    }

    /// The result's row for a number in a group.
    fn number(&mut self, group: usize, value: f64, rows: &mut Vec<Row>) -> usize {
        // All NaN print the same.
        let bits = if value.is_nan() { f64::NAN.to_bits() } else { value.to_bits() };
        if let Some(target) = self.by_value.get(&(group, bits)) {
            return *target;
        }
        let target = self.text(group, print_plain(value), rows);
        self.by_value.insert((group, bits), target);
        target
    }

    /// The result's row for a value in a group, by its text.
    fn text(&mut self, group: usize, value: String, rows: &mut Vec<Row>) -> usize {
        let mut labels = self.groups[group].to_builder();
        labels.set(Arc::clone(&self.label), value);
        let labels = labels.build();
        let next = rows.len();
        let target = *self.by_labels.get_or_insert_with(labels.clone(), || next);
        if target == next {
            rows.push(Row::new(labels));
        }
        target
    }
}

impl Operator for CountValues {
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
        self.groups = groups.into_iter().map(|row| row.labels).collect();
        let vector = &mut out.vector;
        vector.lanes.reset(vector.rows.len(), steps.count);
        for row in 0..input.rows.len() {
            let group = self.grouping.of_row(row);
            for (step, value) in input.lanes.lane(row).cells() {
                let target = match value {
                    Value::Float(value) => self.number(group, value, &mut vector.rows),
                    Value::Histogram(value) => self.text(group, value.to_string(), &mut vector.rows),
                };
                vector.lanes.grow(vector.rows.len());
                vector.rows[target].drops_name |= input.rows[row].drops_name;
                let mut lane = vector.lanes.lane_mut(target);
                let count = lane.values[step] + 1.0;
                lane.set(step, count);
            }
        }
        context.budget.spend(input.rows.len() * steps.count * 2);
        Ok(Progress::Ready)
    }
}
