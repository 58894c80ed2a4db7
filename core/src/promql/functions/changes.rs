//! `changes` and `resets`: how often the value moved, how often it fell.

use super::{Function, WindowBody, extended};
use crate::promql::eval::lanes::LaneMut;
use crate::promql::eval::steps::Steps;
use crate::promql::eval::window::{Reach, slide};
use crate::tsdb::Samples;

/// `changes(m)`: how often the value changed; from NaN to NaN is no change.
pub const CHANGES: Function = Function::window(
    "changes",
    &WindowBody::fresh(|window, _| Some(count(window.values, differs)))
        .lane(changes_lane)
        .extended(|window, _, _| Some(count(extended::anchored(window)?, differs).into())),
);
/// `resets(m)`: how often the value fell.
pub const RESETS: Function = Function::window(
    "resets",
    &WindowBody::fresh(|window, _| Some(count(window.values, falls)))
        .lane(resets_lane)
        .extended(|window, _, _| Some(count(extended::anchored(window)?, falls).into())),
);

fn differs(before: f64, now: f64) -> bool {
    now != before && !(now.is_nan() && before.is_nan())
}

fn falls(before: f64, now: f64) -> bool {
    now < before
}

fn count(values: &[f64], happens: fn(f64, f64) -> bool) -> f64 {
    values.windows(2).filter(|pair| happens(pair[0], pair[1])).count() as f64
}

fn changes_lane(samples: &Samples, reach: Reach, steps: &Steps, lane: &mut LaneMut<'_>) {
    counting_lane(samples, reach, steps, lane, differs);
}

fn resets_lane(samples: &Samples, reach: Reach, steps: &Steps, lane: &mut LaneMut<'_>) {
    counting_lane(samples, reach, steps, lane, falls);
}

/// Counts once from the lane's begin; a window is the difference of two counts, which for whole numbers is exact.
fn counting_lane(
    samples: &Samples,
    reach: Reach,
    steps: &Steps,
    lane: &mut LaneMut<'_>,
    happens: impl Fn(f64, f64) -> bool,
) {
    let values = &samples.values;
    let mut happened = 0_u32;
    let counts: Vec<u32> = (0..values.len())
        .map(|at| {
            happened += u32::from(at > 0 && happens(values[at - 1], values[at]));
            happened
        })
        .collect();
    slide(samples, reach, steps, |step, window| {
        if !window.values.is_empty() {
            let last = window.first + window.values.len() - 1;
            lane.set(step, f64::from(counts[last] - counts[window.first]));
        }
    });
}
