//! `delta`, `idelta` and `irate`: the change of a gauge, and the change between the last two samples.

use super::rate::{change_of_any, extrapolated};
use super::{Function, WindowBody, extended, histogram_change, start_time};
use crate::promql::eval::annotation::Note;
use crate::promql::eval::remarks::Remarks;
use crate::promql::eval::value::Value;
use crate::promql::eval::window::Window;

/// `delta(m)`: the change of a gauge within the window, extrapolated to its edges.
pub const DELTA: Function = Function::window(
    "delta",
    &WindowBody::fresh(|window, _| {
        extrapolated(window, std::iter::empty(), false).map(|(change, factor)| change * factor)
    })
    .whole(|window, _, remarks| change_of_any(window, false, 1.0, remarks))
    .extended(|window, extension, remarks| extended::change(window, extension, false, remarks)),
);
/// `idelta(m)`: the change between the last two samples.
pub const IDELTA: Function = Function::window(
    "idelta",
    &WindowBody::fresh(|window, _| last_two(window, false).map(|(change, _)| change))
        .whole(|window, _, remarks| last_two_of_any(window, false, remarks)),
);
/// `irate(m)`: the change of a counter between the last two samples, a second.
pub const IRATE: Function = Function::window(
    "irate",
    &WindowBody::fresh(|window, _| last_two(window, true).map(|(change, seconds)| change / seconds))
        .whole(|window, _, remarks| last_two_of_any(window, true, remarks)),
);

/// The change between the last two samples and the seconds between them.
fn last_two(window: &Window<'_>, is_counter: bool) -> Option<(f64, f64)> {
    let &[.., before, last] = window.values else { return None };
    let seconds = seconds_between(window)?;
    // After a reset the counter has come up from zero.
    let was_reset = || last < before || start_time::is_reset(window, window.times.len() - 1);
    let change = if is_counter && was_reset() { last } else { last - before };
    Some((change, seconds))
}

fn seconds_between(window: &Window<'_>) -> Option<f64> {
    let &[.., before, last] = window.times else { return None };
    (last > before).then(|| (last - before) as f64 / 1000.0)
}

/// The same for samples of any kind: a second for a counter, the whole for a gauge.
fn last_two_of_any(window: &Window<'_>, is_counter: bool, remarks: &mut Remarks<'_>) -> Option<Value> {
    let seconds = seconds_between(window)?;
    let places = [window.times.len() - 2, window.times.len() - 1];
    let is_histogram = places.map(|at| window.histogram(at).is_some());
    match is_histogram {
        [false, false] => {
            let (change, _) = last_two(window, is_counter)?;
            Some(if is_counter { change / seconds } else { change }.into())
        }
        [true, true] => {
            let change = histogram_change::of_two(window, places, is_counter, remarks)?;
            Some(if is_counter { change.divided(seconds) } else { change }.into())
        }
        _ => {
            remarks.add(Note::MixedInWindow { metric: remarks.metric() });
            None
        }
    }
}
