//! `delta`, `idelta` and `irate`: the change of a gauge, and the change between the last two samples.

use super::rate::extrapolated;
use super::{Function, WindowBody, extended};
use crate::promql::eval::window::Window;

/// `delta(m)`: the change of a gauge within the window, extrapolated to its edges.
pub const DELTA: Function = Function::window(
    "delta",
    &WindowBody::fresh(|window, _| {
        extrapolated(window, std::iter::empty(), false).map(|(change, factor)| change * factor)
    })
    .extended(|window, extension, _| Some(extended::change(window, extension, false)?.into())),
);
/// `idelta(m)`: the change between the last two samples.
pub const IDELTA: Function =
    Function::window("idelta", &WindowBody::fresh(|window, _| last_two(window).map(|(change, _)| change)));
/// `irate(m)`: the change of a counter between the last two samples, a second.
pub const IRATE: Function = Function::window(
    "irate",
    &WindowBody::fresh(|window, _| {
        let (change, seconds) = last_two(window)?;
        // After a fall the counter has come up from zero.
        let change = if change < 0.0 { *window.values.last()? } else { change };
        Some(change / seconds)
    }),
);

/// The change between the last two samples and the seconds between them.
fn last_two(window: &Window<'_>) -> Option<(f64, f64)> {
    let (&[.., time_before, time], &[.., before, last]) = (window.times, window.values) else { return None };
    (time > time_before).then(|| (last - before, (time - time_before) as f64 / 1000.0))
}
