//! `changes` and `resets`: how often the value moved, how often it fell.

use super::{Function, WindowBody, extended, start_time};
use crate::promql::eval::lanes::LaneMut;
use crate::promql::eval::steps::Steps;
use crate::promql::eval::window::{Reach, Window, slide};
use crate::tsdb::Samples;

/// `changes(m)`: how often the value changed; from NaN to NaN is no change, from a float to a histogram is one.
pub const CHANGES: Function = Function::window(
    "changes",
    &WindowBody::fresh(|window, _| Some(count(window.values, differs)))
        .lane(changes_lane)
        .whole(|window, _, _| Some(count_of_any(window, 0, changes_at).into()))
        .extended(|window, _, _| Some(count_of_any(window, extended::anchor(window)?, changes_at).into())),
);
/// `resets(m)`: how often the value fell, or began anew as its start time tells; from a float to a histogram is one.
pub const RESETS: Function = Function::window(
    "resets",
    &WindowBody::fresh(|window, _| Some(count(window.values, falls)))
        .lane(resets_lane)
        .whole(|window, _, _| Some(count_of_any(window, 0, resets_at).into()))
        .extended(|window, _, _| Some(count_of_any(window, extended::anchor(window)?, resets_at).into())),
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

/// Counts the samples after the one at `first` at which it happens.
fn count_of_any(window: &Window<'_>, first: usize, happens_at: fn(&Window<'_>, usize) -> bool) -> f64 {
    (first + 1..window.times.len()).filter(|at| happens_at(window, *at)).count() as f64
}

fn changes_at(window: &Window<'_>, at: usize) -> bool {
    match (window.histogram(at - 1), window.histogram(at)) {
        (None, None) => differs(window.values[at - 1], window.values[at]),
        (Some(before), Some(now)) => !now.is_same_as(before),
        _ => true,
    }
}

fn resets_at(window: &Window<'_>, at: usize) -> bool {
    match (window.histogram(at - 1), window.histogram(at)) {
        (None, None) => falls(window.values[at - 1], window.values[at]) || start_time::is_reset(window, at),
        (Some(before), Some(now)) => start_time::is_reset(window, at) || now.is_reset_after(before),
        _ => true,
    }
}

fn changes_lane(
    samples: &Samples,
    reach: Reach,
    steps: &Steps,
    _: &[&[f64]],
    lane: &mut LaneMut<'_>,
) -> usize {
    counting_lane(samples, reach, steps, lane, differs)
}

fn resets_lane(
    samples: &Samples,
    reach: Reach,
    steps: &Steps,
    _: &[&[f64]],
    lane: &mut LaneMut<'_>,
) -> usize {
    counting_lane(samples, reach, steps, lane, falls)
}

/// Counts once from the lane's begin; a window is the difference of two counts, which for whole numbers is exact.
fn counting_lane(
    samples: &Samples,
    reach: Reach,
    steps: &Steps,
    lane: &mut LaneMut<'_>,
    happens: impl Fn(f64, f64) -> bool,
) -> usize {
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
    values.len() + steps.count
}
