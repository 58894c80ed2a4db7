//! How an aggregation makes a number of the members of a group.

use serde::{Deserialize, Serialize};

use super::cell::Cell;
use crate::base::number::{add_compensated, print_plain};
use crate::model::labels::Labels;
use crate::promql::aggregators::grouping::Grouping;
use crate::promql::functions::average::Mean;
use crate::promql::functions::quantile::{quantile_of_sorted, sort_with_nan_first};
use crate::promql::syntax::ast::{Aggregate, AggregateOp};
use crate::promql::syntax::operator::AGGREGATORS;

/// A group with its members.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Members {
    /// The operator: `sum`.
    pub operator: String,
    /// The parameter of those that take a number (`topk`'s).
    pub parameter: Option<f64>,
    /// The labels that the members share and are grouped by.
    pub group: Labels,
    /// The labels of the cell, which tell one of several results of a group.
    pub labels: Labels,
    /// The members, in the order in which they are taken in.
    pub members: Vec<Cell>,
}

impl Members {
    /// The group that the cell with `labels` came from.
    #[must_use]
    pub fn of(aggregate: &Aggregate, parameter: Option<f64>, cells: &[Cell], labels: &Labels) -> Self {
        let grouping = Grouping::new(aggregate.grouping.clone(), aggregate.without);
        let group_of = |cell: &Cell| grouping.labels_of(&cell.labels);
        let group = match aggregate.op {
            AggregateOp::Topk | AggregateOp::Bottomk | AggregateOp::Limitk | AggregateOp::LimitRatio => {
                grouping.labels_of(labels)
            }
            AggregateOp::CountValues => {
                let named = aggregate.parameter.as_deref().map(crate::promql::eval::plan::text_of);
                let group = cells.iter().map(group_of).find(|group| {
                    let mut with_value = group.to_builder();
                    if let Some(name) = &named {
                        with_value.set(name.clone(), labels.get(name).unwrap_or(""));
                    }
                    with_value.build() == *labels
                });
                group.unwrap_or_default()
            }
            _ => labels.clone(),
        };
        let members = cells.iter().filter(|cell| group_of(cell) == group).cloned().collect();
        let operator = aggregate.op.name().to_owned();
        Self { operator, parameter, group, labels: labels.clone(), members }
    }

    /// The result from the members shown; `None` where they hold histograms or the cell is not among those chosen.
    #[must_use]
    pub fn replay(&self) -> Option<f64> {
        let (op, _) = AGGREGATORS.iter().find(|(_, name)| *name == self.operator)?;
        let values: Vec<f64> = self.members.iter().map(Cell::number).collect::<Option<_>>()?;
        let (first, rest) = values.split_first()?;
        match op {
            AggregateOp::Sum => {
                let (mut sum, mut low) = (*first, 0.0);
                rest.iter().for_each(|value| add_compensated(*value, &mut sum, &mut low));
                Some(sum + low)
            }
            AggregateOp::Avg => {
                let mut mean = Mean::new(*first);
                rest.iter().for_each(|value| mean.add(*value));
                Some(mean.value())
            }
            AggregateOp::Count => Some(values.len() as f64),
            AggregateOp::Group => Some(1.0),
            AggregateOp::Min => Some(extreme(&values, |value, best| value < best)),
            AggregateOp::Max => Some(extreme(&values, |value, best| value > best)),
            AggregateOp::Stdvar => Some(variance(&values)),
            AggregateOp::Stddev => Some(libm::sqrt(variance(&values))),
            AggregateOp::Quantile => {
                let mut sorted = values;
                sort_with_nan_first(&mut sorted);
                Some(quantile_of_sorted(self.parameter?, &sorted))
            }
            AggregateOp::CountValues => Some(self.equals(&values)),
            AggregateOp::Topk => self.best(|left, right| right.total_cmp(left)),
            AggregateOp::Bottomk => self.best(f64::total_cmp),
            AggregateOp::Limitk => self.first_ones(self.members.iter().collect()),
            AggregateOp::LimitRatio => self.first_ones(self.members.iter().collect()).or_else(|| self.own()),
        }
    }

    /// How many members have the value that the cell's own label says.
    fn equals(&self, values: &[f64]) -> f64 {
        let added = self.labels.iter().find(|label| self.group.get(&label.name) != Some(&label.value));
        let Some(wanted) = added else { return f64::NAN };
        values.iter().filter(|value| print_plain(**value) == *wanted.value).count() as f64
    }

    /// The cell's own value, where it is among the best; NaN is never better than a number, and of equals the first
    /// wins.
    fn best(&self, order: impl Fn(&f64, &f64) -> std::cmp::Ordering) -> Option<f64> {
        let mut members: Vec<&Cell> = self.members.iter().collect();
        let number = |cell: &Cell| cell.number().unwrap_or(f64::NAN);
        members.sort_by(|left, right| {
            let (left, right) = (number(left), number(right));
            match (left.is_nan(), right.is_nan()) {
                (false, false) if left == right => std::cmp::Ordering::Equal,
                (false, false) => order(&left, &right),
                (left, right) => left.cmp(&right),
            }
        });
        self.first_ones(members)
    }

    fn first_ones(&self, members: Vec<&Cell>) -> Option<f64> {
        let count = self.parameter.filter(|count| *count >= 1.0)? as usize;
        members.iter().take(count).find(|cell| cell.labels == self.labels)?.number()
    }

    fn own(&self) -> Option<f64> {
        self.members.iter().find(|cell| cell.labels == self.labels)?.number()
    }
}

/// NaN only where there is no other.
fn extreme(values: &[f64], beats: impl Fn(f64, f64) -> bool) -> f64 {
    let better = |best: f64, value: &f64| if beats(*value, best) || best.is_nan() { *value } else { best };
    values[1..].iter().fold(values[0], better)
}

/// Welford's method.
fn variance(values: &[f64]) -> f64 {
    let (mut count, mut mean) = (1.0, values[0]);
    let mut squares = if mean.is_finite() { 0.0 } else { f64::NAN };
    for value in &values[1..] {
        count += 1.0;
        let delta = value - mean;
        mean += delta / count;
        squares += delta * (value - mean);
    }
    squares / count
}
