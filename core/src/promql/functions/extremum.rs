//! `min_over_time`, `max_over_time` and the instants of the extremes.

use std::collections::VecDeque;

use super::{Function, WindowBody};
use crate::promql::eval::lanes::LaneMut;
use crate::promql::eval::steps::Steps;
use crate::promql::eval::window::{Reach, Window, slide};
use crate::tsdb::Samples;

/// `max_over_time(m)`: NaN only where all samples are.
pub const MAX_OVER_TIME: Function = Function::window(
    "max_over_time",
    &WindowBody::fresh(|window, _| extremum(window.values, |new, best| new > best)).lane(max_lane),
);
/// `min_over_time(m)`: NaN only where all samples are.
pub const MIN_OVER_TIME: Function = Function::window(
    "min_over_time",
    &WindowBody::fresh(|window, _| extremum(window.values, |new, best| new < best)).lane(min_lane),
);
/// `ts_of_max_over_time(m)`: when the window's maximum was last taken, in seconds.
pub const TS_OF_MAX_OVER_TIME: Function = Function::window(
    "ts_of_max_over_time",
    &WindowBody::fresh(|window, _| instant_of(window, |new, best| new >= best)),
)
.experimental();
/// `ts_of_min_over_time(m)`: when the window's minimum was last taken, in seconds.
pub const TS_OF_MIN_OVER_TIME: Function = Function::window(
    "ts_of_min_over_time",
    &WindowBody::fresh(|window, _| instant_of(window, |new, best| new <= best)),
)
.experimental();

fn extremum(values: &[f64], beats: fn(f64, f64) -> bool) -> Option<f64> {
    let mut values = values.iter().copied();
    let first = values.next()?;
    Some(values.fold(first, |best, new| if beats(new, best) || best.is_nan() { new } else { best }))
}

fn instant_of(window: &Window<'_>, beats: fn(f64, f64) -> bool) -> Option<f64> {
    let mut best = *window.values.first()?;
    let mut time = *window.times.first()?;
    for (new, at) in window.values.iter().zip(window.times) {
        if beats(*new, best) || best.is_nan() {
            (best, time) = (*new, *at);
        }
    }
    Some(time as f64 / 1000.0)
}

fn max_lane(samples: &Samples, reach: Reach, steps: &Steps, _: &[&[f64]], lane: &mut LaneMut<'_>) -> usize {
    queue_lane(samples, reach, steps, lane, |new, last| new > last)
}

fn min_lane(samples: &Samples, reach: Reach, steps: &Steps, _: &[&[f64]], lane: &mut LaneMut<'_>) -> usize {
    queue_lane(samples, reach, steps, lane, |new, last| new < last)
}

/// Keeps the samples that can still become the extreme of a window: none of them is beaten by a later one. Of equal
/// samples the first stays in front, as when looking at the window afresh; NaN never enters.
fn queue_lane(
    samples: &Samples,
    reach: Reach,
    steps: &Steps,
    lane: &mut LaneMut<'_>,
    beats: impl Fn(f64, f64) -> bool,
) -> usize {
    let mut candidates: VecDeque<usize> = VecDeque::new();
    let mut seen = 0;
    slide(samples, reach, steps, |step, window| {
        let end = window.first + window.values.len();
        seen = seen.max(window.first);
        while seen < end {
            let new = samples.values[seen];
            if !new.is_nan() {
                while candidates.back().is_some_and(|last| beats(new, samples.values[*last])) {
                    candidates.pop_back();
                }
                candidates.push_back(seen);
            }
            seen += 1;
        }
        while candidates.front().is_some_and(|first| *first < window.first) {
            candidates.pop_front();
        }
        match (candidates.front(), window.values.last()) {
            (Some(best), _) => lane.set(step, samples.values[*best]),
            (None, Some(nan)) => lane.set(step, *nan),
            (None, None) => {}
        }
    });
    samples.values.len() + steps.count
}
