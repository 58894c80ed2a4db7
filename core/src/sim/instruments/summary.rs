//! A summary without quantiles: how many observations, and their sum.

use serde::{Deserialize, Serialize};

use super::show::{Label, Show, to_nanoseconds};
use crate::exposition::Suffix;

/// Counts observations, of durations in seconds, and adds them up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// How many.
    pub count: u64,
    /// Their sum.
    pub sum: f64,
}

impl Summary {
    /// Counts one observation.
    pub fn observe(&mut self, value: f64) {
        self.count += 1;
        self.sum += value;
    }

    /// Shows count and sum, in the order in which Micrometer writes them.
    pub fn show(&self, collector: &mut impl Show, labels: &[Label<'_>]) {
        collector.sample(Suffix::Count, labels, self.count as f64, None);
        collector.sample(Suffix::Sum, labels, to_nanoseconds(self.sum), None);
    }
}
