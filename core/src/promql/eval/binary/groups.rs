//! Match groups: the elements of both operands whose matching labels agree.

use crate::base::lookup::Lookup;
use crate::model::labels::{Labels, METRIC_NAME};
use crate::promql::eval::output::Row;
use crate::promql::syntax::ast::VectorMatching;

/// The labels by which elements find each other.
#[must_use]
pub fn signature(labels: &Labels, matching: &VectorMatching) -> Labels {
    let named = |name: &str| matching.labels.iter().any(|label| **label == *name);
    if matching.on {
        labels.filtered(|label| named(&label.name))
    } else {
        labels.filtered(|label| &*label.name != METRIC_NAME && !named(&label.name))
    }
}

/// The elements of one match group, as row numbers of their operands.
#[derive(Clone, Debug, Default)]
pub struct Group {
    /// The labels that they share.
    pub signature: Labels,
    /// Rows of the left operand.
    pub left: Vec<usize>,
    /// Rows of the right operand.
    pub right: Vec<usize>,
}

/// All match groups of an operation, in the order in which they turned up.
#[derive(Clone, Debug, Default)]
pub struct Groups {
    by_signature: Lookup<Labels, usize>,
    /// The groups.
    pub all: Vec<Group>,
    /// The group of each row of the left operand.
    pub of_left: Vec<usize>,
    /// The group of each row of the right operand.
    pub of_right: Vec<usize>,
}

impl Groups {
    /// Takes in rows that are new since the last call.
    pub fn extend(&mut self, left: &[Row], right: &[Row], matching: &VectorMatching) {
        for row in &left[self.of_left.len()..] {
            let group = self.group(&row.labels, matching);
            self.all[group].left.push(self.of_left.len());
            self.of_left.push(group);
        }
        for row in &right[self.of_right.len()..] {
            let group = self.group(&row.labels, matching);
            self.all[group].right.push(self.of_right.len());
            self.of_right.push(group);
        }
    }

    fn group(&mut self, labels: &Labels, matching: &VectorMatching) -> usize {
        let signature = signature(labels, matching);
        let next = self.all.len();
        let group = *self.by_signature.get_or_insert_with(signature.clone(), || next);
        if group == next {
            self.all.push(Group { signature, ..Group::default() });
        }
        group
    }
}
