//! `avg_over_time`: the mean of a window, also where the sum of its samples is beyond the largest float.

use super::sum::ExactTotals;
use super::{Function, WindowBody, window_total};
use crate::base::number::add_compensated;
use crate::promql::eval::lanes::LaneMut;
use crate::promql::eval::steps::Steps;
use crate::promql::eval::window::{Reach, slide};
use crate::tsdb::Samples;

/// `avg_over_time(m)`
pub const AVG_OVER_TIME: Function = Function::window(
    "avg_over_time",
    &WindowBody::fresh(|window, _| Some(mean(window.values)))
        .lane(mean_lane)
        .whole(|window, _, remarks| window_total::of_any(window, mean, window_total::mean, remarks)),
);

/// A mean that is added to value by value. Begins with the first value, so that an empty one does not exist.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mean {
    count: f64,
    /// The sum, or, once that had overflowed, the mean so far.
    total: f64,
    compensation: f64,
    incremental: bool,
}

impl Mean {
    pub(crate) const fn new(first: f64) -> Self {
        Self { count: 1.0, total: first, compensation: 0.0, incremental: false }
    }

    pub(crate) fn add(&mut self, value: f64) {
        self.count += 1.0;
        if !self.incremental {
            let (mut total, mut compensation) = (self.total, self.compensation);
            add_compensated(value, &mut total, &mut compensation);
            if !total.is_infinite() {
                (self.total, self.compensation) = (total, compensation);
                return;
            }
            // The sum would overflow: from here on the mean itself is carried.
            self.incremental = true;
            self.total /= self.count - 1.0;
            self.compensation /= self.count - 1.0;
        }
        let share = (self.count - 1.0) / self.count;
        let (mut total, mut compensation) = (share * self.total, share * self.compensation);
        add_compensated(value / self.count, &mut total, &mut compensation);
        (self.total, self.compensation) = (total, compensation);
    }

    pub(crate) fn value(&self) -> f64 {
        if self.incremental {
            self.total + self.compensation
        } else {
            self.total / self.count + self.compensation / self.count
        }
    }
}

fn mean(values: &[f64]) -> f64 {
    let Some((first, rest)) = values.split_first() else { return f64::NAN };
    let mut mean = Mean::new(*first);
    for value in rest {
        mean.add(*value);
    }
    mean.value()
}

fn mean_lane(samples: &Samples, reach: Reach, steps: &Steps, _: &[&[f64]], lane: &mut LaneMut<'_>) -> usize {
    let totals = ExactTotals::of(&samples.values);
    let looked_at = slide(samples, reach, steps, |step, window| {
        if window.values.is_empty() {
            return;
        }
        let count = window.values.len();
        let value = match &totals {
            // The compensation of an exact sum is zero, and adding it makes a negative zero positive.
            Some(totals) => totals.between(window.first, window.first + count) / count as f64 + 0.0,
            None => mean(window.values),
        };
        lane.set(step, value);
    });
    if totals.is_some() { samples.values.len() + steps.count } else { looked_at }
}
