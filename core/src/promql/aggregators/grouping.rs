//! Which group a series belongs to: `by`, `without`, or all in one.

use std::sync::Arc;

use crate::base::lookup::Lookup;
use crate::model::labels::{Labels, METRIC_NAME};
use crate::promql::eval::output::{Row, Vector};

/// Groups of series by some of their labels, found once a series.
#[derive(Clone, Debug)]
pub struct Grouping {
    names: Vec<Arc<str>>,
    without: bool,
    by_labels: Lookup<Labels, usize>,
    labels: Vec<Labels>,
    of_rows: Vec<usize>,
}

impl Grouping {
    /// `by (names)` or `without (names)`.
    #[must_use]
    pub fn new(names: Vec<Arc<str>>, without: bool) -> Self {
        Self { names, without, by_labels: Lookup::default(), labels: Vec::new(), of_rows: Vec::new() }
    }

    /// The labels that name the group of a series.
    #[must_use]
    pub fn labels_of(&self, labels: &Labels) -> Labels {
        let named = |name: &str| self.names.iter().any(|wanted| **wanted == *name);
        if self.without {
            labels.filtered(|label| &*label.name != METRIC_NAME && !named(&label.name))
        } else {
            labels.filtered(|label| named(&label.name))
        }
    }

    /// Takes in series that are new since the last call.
    pub fn extend(&mut self, rows: &[Row]) {
        for row in &rows[self.of_rows.len()..] {
            let labels = self.labels_of(&row.labels);
            let next = self.labels.len();
            let group = *self.by_labels.get_or_insert_with(labels.clone(), || next);
            if group == next {
                self.labels.push(labels);
            }
            self.of_rows.push(group);
        }
    }

    /// How many groups there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.labels.len()
    }

    /// The group of a series.
    #[must_use]
    pub fn of_row(&self, row: usize) -> usize {
        self.of_rows[row]
    }

    /// The groups as rows of a result. A group loses its name at the end when a member with a value does.
    pub fn rows(&self, input: &Vector, out: &mut Vec<Row>) {
        for labels in &self.labels[out.len()..] {
            out.push(Row::new(labels.clone()));
        }
        for (at, (row, group)) in input.rows.iter().zip(&self.of_rows).enumerate() {
            if row.drops_name && !out[*group].drops_name && input.lanes.lane(at).any() {
                out[*group].drops_name = true;
            }
        }
    }
}
