//! `rate` and `increase`, and the extrapolation that they share with `delta`: the change within a window, stretched
//! to the window's edges.
//!
//! Source: Prometheus 3 `extrapolatedRate`. A counter that falls was reset: what it showed before is added.

use super::{Function, WindowBody, extended};
use crate::promql::eval::lanes::LaneMut;
use crate::promql::eval::steps::Steps;
use crate::promql::eval::window::{Reach, Window, slide};
use crate::tsdb::Samples;

/// `increase(m)`: the change of a counter.
pub const INCREASE: Function = Function::window(
    "increase",
    &WindowBody::fresh(|window, _| counter_change(window))
        .lane(increase_lane)
        .extended(|window, extension, _| Some(extended::change(window, extension, true)?.into()))
        .of_counters(),
);
/// `rate(m)`: the change of a counter a second.
pub const RATE: Function = Function::window(
    "rate",
    &WindowBody::fresh(|window, _| counter_change_a_second(window, before_drops(window.values)))
        .lane(rate_lane)
        .extended(|window, extension, _| {
            Some((extended::change(window, extension, true)? / window.range_seconds()).into())
        })
        .of_counters(),
);

fn counter_change(window: &Window<'_>) -> Option<f64> {
    extrapolated(window, before_drops(window.values), true).map(|(change, factor)| change * factor)
}

fn counter_change_a_second(window: &Window<'_>, lost: impl Iterator<Item = f64>) -> Option<f64> {
    let (change, factor) = extrapolated(window, lost, true)?;
    Some(change * (factor / window.range_seconds()))
}

/// What the samples before a fall showed, in order.
fn before_drops(values: &[f64]) -> impl Iterator<Item = f64> {
    values.windows(2).filter(|pair| pair[1] < pair[0]).map(|pair| pair[0])
}

fn increase_lane(samples: &Samples, reach: Reach, steps: &Steps, lane: &mut LaneMut<'_>) {
    counter_lane(samples, reach, steps, |step, window, lost| {
        if let Some((change, factor)) = extrapolated(window, lost.iter().copied(), true) {
            lane.set(step, change * factor);
        }
    });
}

fn rate_lane(samples: &Samples, reach: Reach, steps: &Steps, lane: &mut LaneMut<'_>) {
    counter_lane(samples, reach, steps, |step, window, lost| {
        if let Some(rate) = counter_change_a_second(window, lost.iter().copied()) {
            lane.set(step, rate);
        }
    });
}

/// Slides over a lane with the list of what was lost by falls, which is made once for all windows.
fn counter_lane(
    samples: &Samples,
    reach: Reach,
    steps: &Steps,
    mut body: impl FnMut(usize, &Window<'_>, &[f64]),
) {
    let values = &samples.values;
    let falls: Vec<usize> = (1..values.len()).filter(|at| values[*at] < values[*at - 1]).collect();
    let lost: Vec<f64> = falls.iter().map(|at| values[*at - 1]).collect();
    let (mut first, mut end) = (0, 0);
    slide(samples, reach, steps, |step, window| {
        // A fall counts when both its samples are inside.
        while first < falls.len() && falls[first] <= window.first {
            first += 1;
        }
        end = end.max(first);
        while end < falls.len() && falls[end] < window.first + window.times.len() {
            end += 1;
        }
        body(step, window, &lost[first..end]);
    });
}

/// The change between the first and the last sample with `lost` added, and the factor that stretches it from the
/// time between them to the window's edges. `None` for fewer than two samples.
pub(super) fn extrapolated(
    window: &Window<'_>,
    lost: impl Iterator<Item = f64>,
    is_counter: bool,
) -> Option<(f64, f64)> {
    let (times, values) = (window.times, window.values);
    let (&[first_time, .., last_time], &[first, .., last]) = (times, values) else { return None };
    let change = lost.fold(last - first, |change, before| change + before);
    let sampled = (last_time - first_time) as f64 / 1000.0;
    let between = sampled / (times.len() - 1) as f64;
    // Samples this close to an edge are taken to go on up to it; else only half a distance further.
    let near = between * 1.1;
    let stretch = |gap: f64| if gap >= near { between / 2.0 } else { gap };
    let mut to_begin = stretch((first_time - window.begin) as f64 / 1000.0);
    if is_counter && change > 0.0 && first >= 0.0 {
        // A counter cannot have been below zero: it began where its line meets zero.
        let to_zero = sampled * (first / change);
        if to_zero < to_begin {
            to_begin = to_zero;
        }
    }
    let to_end = stretch((window.end - last_time) as f64 / 1000.0);
    Some((change, (sampled + to_begin + to_end) / sampled))
}
