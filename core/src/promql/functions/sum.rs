//! `sum_over_time`, `count_over_time` and `present_over_time`.
//!
//! A sum is Neumaier's, from the window's first sample to its last. Sliding it by adding and subtracting would give
//! other digits, except where every partial sum is exact: whole numbers below 2^53. Those lanes slide, others add up
//! each window afresh.

use super::{Function, WindowBody, window_total};
use crate::base::number::add_compensated;
use crate::promql::eval::lanes::LaneMut;
use crate::promql::eval::steps::Steps;
use crate::promql::eval::window::{Reach, slide};
use crate::tsdb::Samples;

/// `sum_over_time(m)`
pub const SUM_OVER_TIME: Function = Function::window(
    "sum_over_time",
    &WindowBody::fresh(|window, _| Some(sum(window.values)))
        .lane(sum_lane)
        .whole(|window, _, remarks| window_total::of_any(window, sum, window_total::sum, remarks)),
);
/// `count_over_time(m)`: floats and histograms.
pub const COUNT_OVER_TIME: Function = Function::window(
    "count_over_time",
    &WindowBody::fresh(|window, _| Some(window.times.len() as f64))
        .whole(|window, _, _| Some((window.times.len() as f64).into())),
);
/// `present_over_time(m)`: 1 where there is any sample.
pub const PRESENT_OVER_TIME: Function = Function::window(
    "present_over_time",
    &WindowBody::fresh(|_, _| Some(1.0)).whole(|_, _, _| Some(1.0.into())),
);

fn sum(values: &[f64]) -> f64 {
    let (mut sum, mut compensation) = (0.0, 0.0);
    for value in values {
        add_compensated(*value, &mut sum, &mut compensation);
    }
    sum + compensation
}

fn sum_lane(samples: &Samples, reach: Reach, steps: &Steps, _: &[&[f64]], lane: &mut LaneMut<'_>) -> usize {
    let totals = ExactTotals::of(&samples.values);
    let looked_at = slide(samples, reach, steps, |step, window| {
        if window.values.is_empty() {
            return;
        }
        let value = match &totals {
            Some(totals) => totals.between(window.first, window.first + window.values.len()),
            None => sum(window.values),
        };
        lane.set(step, value);
    });
    if totals.is_some() { samples.values.len() + steps.count } else { looked_at }
}

/// Sums of the first samples of a lane, where all of them are exact.
pub(super) struct ExactTotals(Vec<f64>);

impl ExactTotals {
    /// The totals of whole numbers whose magnitudes add up to less than 2^53; `None` for any other lane.
    pub(super) fn of(values: &[f64]) -> Option<Self> {
        const LIMIT: f64 = 9_007_199_254_740_992.0;
        let (mut total, mut magnitude) = (0.0, 0.0);
        let mut totals = Vec::with_capacity(values.len() + 1);
        totals.push(0.0);
        for value in values {
            magnitude += value.abs();
            // Written so that NaN and infinities fail too.
            if !(magnitude < LIMIT && libm::trunc(*value) == *value) {
                return None;
            }
            total += value;
            totals.push(total);
        }
        Some(Self(totals))
    }

    /// The sum of the samples `first..end`.
    pub(super) fn between(&self, first: usize, end: usize) -> f64 {
        self.0[end] - self.0[first]
    }
}
