//! `rate` and `increase`, and what they share with `delta`: the change within a window, stretched to the window's
//! edges. A counter that falls was reset: what it showed before is added.

use std::sync::Arc;

use super::{Function, WindowBody, extended, extrapolation, histogram_change, start_time};
use crate::promql::eval::annotation::Note;
use crate::promql::eval::lanes::LaneMut;
use crate::promql::eval::remarks::Remarks;
use crate::promql::eval::steps::Steps;
use crate::promql::eval::value::Value;
use crate::promql::eval::window::{Reach, Window, slide};
use crate::tsdb::Samples;

/// `increase(m)`: the change of a counter.
pub const INCREASE: Function = Function::window(
    "increase",
    &WindowBody::fresh(|window, _| counter_change(window))
        .lane(increase_lane)
        .whole(|window, _, remarks| change_of_any(window, true, 1.0, remarks))
        .unbroken(|ends| histogram_change::factor_of_unbroken(ends, 1.0))
        .extended(|window, extension, remarks| extended::change(window, extension, true, remarks))
        .of_counters(),
);
/// `rate(m)`: the change of a counter a second.
pub const RATE: Function = Function::window(
    "rate",
    &WindowBody::fresh(|window, _| counter_change_a_second(window, before_drops(window.values)))
        .lane(rate_lane)
        .whole(|window, _, remarks| change_of_any(window, true, window.range_seconds(), remarks))
        .unbroken(|ends| histogram_change::factor_of_unbroken(ends, ends.window.range_seconds()))
        .extended(|window, extension, remarks| {
            let change = extended::change(window, extension, true, remarks)?;
            Some(divided(change, window.range_seconds()))
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

fn increase_lane(
    samples: &Samples,
    reach: Reach,
    steps: &Steps,
    _: &[&[f64]],
    lane: &mut LaneMut<'_>,
) -> usize {
    counter_lane(samples, reach, steps, |step, window, lost| {
        if let Some((change, factor)) = extrapolated(window, lost.iter().copied(), true) {
            lane.set(step, change * factor);
        }
    })
}

fn rate_lane(samples: &Samples, reach: Reach, steps: &Steps, _: &[&[f64]], lane: &mut LaneMut<'_>) -> usize {
    counter_lane(samples, reach, steps, |step, window, lost| {
        if let Some(rate) = counter_change_a_second(window, lost.iter().copied()) {
            lane.set(step, rate);
        }
    })
}

/// Slides over a lane with the list of what was lost by falls, which is made once for all windows.
fn counter_lane(
    samples: &Samples,
    reach: Reach,
    steps: &Steps,
    mut body: impl FnMut(usize, &Window<'_>, &[f64]),
) -> usize {
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
    values.len() + steps.count
}

/// The change between the first and the last sample with `lost` added, and the factor that stretches it from the
/// time between them to the window's edges. `None` for fewer than two samples.
pub(super) fn extrapolated(
    window: &Window<'_>,
    lost: impl Iterator<Item = f64>,
    is_counter: bool,
) -> Option<(f64, f64)> {
    let &[first, .., last] = window.values else { return None };
    let change = lost.fold(last - first, |change, before| change + before);
    // A counter cannot have been below zero: it began where its line meets zero.
    let to_zero = (is_counter && change > 0.0 && first >= 0.0).then(|| first / change);
    Some((change, extrapolation::factor(window, to_zero)))
}

/// The change in a window of floats or of histograms, divided by `seconds`; nothing of a mixed one.
pub(super) fn change_of_any(
    window: &Window<'_>,
    is_counter: bool,
    seconds: f64,
    remarks: &mut Remarks<'_>,
) -> Option<Value> {
    match window.histogram_count() {
        0 => {
            let (change, factor) = if is_counter && !window.starts.is_empty() {
                counter_with_starts(window, remarks)
            } else {
                let drops = if is_counter { window.values } else { &[] };
                extrapolated(window, before_drops(drops), is_counter)
            }?;
            Some((change * (factor / seconds)).into())
        }
        count if count == window.times.len() => {
            let (change, factor) = histogram_change::extrapolated(window, is_counter, remarks)?;
            Some(change.scaled(factor / seconds).into())
        }
        _ => {
            remarks.add(Note::MixedInWindow { metric: remarks.metric() });
            None
        }
    }
}

/// The change of a counter whose samples know since when they count, and the factor that stretches it.
fn counter_with_starts(window: &Window<'_>, remarks: &mut Remarks<'_>) -> Option<(f64, f64)> {
    start_time::remark_overlap(window, remarks);
    let values = window.values;
    let is_lost = |at: &usize| values[*at] < values[at - 1] || start_time::is_reset(window, *at);
    let lost = (1..values.len()).filter(is_lost).map(|at| values[at - 1]);
    let Some(start) = start_time::inside(window) else { return extrapolated(window, lost, true) };
    let (&first, &last) = values.first().zip(values.last())?;
    let change = lost.fold(last - first, |change, before| change + before) + first;
    Some((change, extrapolation::factor_since(start, window)))
}

fn divided(change: Value, seconds: f64) -> Value {
    match change {
        Value::Float(change) => (change / seconds).into(),
        Value::Histogram(change) => Arc::unwrap_or_clone(change).divided(seconds).into(),
    }
}
