//! `first_over_time`, `last_over_time` and when those samples were taken.

use super::{Function, WindowBody};

/// `first_over_time(m)`: the oldest sample.
pub const FIRST_OVER_TIME: Function = Function::window(
    "first_over_time",
    &WindowBody::fresh(|window, _| window.values.first().copied())
        .whole(|window, _, _| Some(window.value(0))),
)
.keeps_name();
/// `last_over_time(m)`: the newest sample.
pub const LAST_OVER_TIME: Function = Function::window(
    "last_over_time",
    &WindowBody::fresh(|window, _| window.values.last().copied())
        .whole(|window, _, _| Some(window.value(window.times.len().checked_sub(1)?))),
)
.keeps_name();
/// `ts_of_first_over_time(m)`: when the oldest sample was taken, in seconds.
pub const TS_OF_FIRST_OVER_TIME: Function = Function::window(
    "ts_of_first_over_time",
    &WindowBody::fresh(|window, _| window.times.first().copied().map(seconds))
        .whole(|window, _, _| Some(seconds(*window.times.first()?).into())),
)
.experimental();
/// `ts_of_last_over_time(m)`: when the newest sample was taken, in seconds.
pub const TS_OF_LAST_OVER_TIME: Function = Function::window(
    "ts_of_last_over_time",
    &WindowBody::fresh(|window, _| window.times.last().copied().map(seconds))
        .whole(|window, _, _| Some(seconds(*window.times.last()?).into())),
)
.experimental();

fn seconds(millis: i64) -> f64 {
    millis as f64 / 1000.0
}
