//! `deriv` and `predict_linear`: the line of least squares through a window.

use super::{Body, Function, SCALAR, WINDOWS, WindowBody};
use crate::base::number::add_compensated;
use crate::promql::eval::window::Window;

/// `deriv(m)`: the slope a second.
pub const DERIV: Function = Function::window(
    "deriv",
    &WindowBody::fresh(|window, _| {
        // Around the first sample: seconds since the epoch would swallow the digits.
        line(window, *window.times.first()?).map(|(slope, _)| slope)
    }),
);
/// `predict_linear(m, t)`: where the line stands `t` seconds after the evaluation time.
pub const PREDICT_LINEAR: Function = Function::new(
    "predict_linear",
    &[WINDOWS, SCALAR],
    Body::Window(&WindowBody::fresh(|window, scalars| {
        let (slope, intercept) = line(window, window.time)?;
        Some(slope * scalars[0] + intercept)
    })),
)
.depends_on_time();

/// Slope a second and value at `origin` of the line; `None` for fewer than two samples.
fn line(window: &Window<'_>, origin: i64) -> Option<(f64, f64)> {
    let (first, rest) = window.values.split_first()?;
    if rest.is_empty() {
        return None;
    }
    if rest.iter().all(|value| value == first) {
        return Some(if first.is_infinite() { (f64::NAN, f64::NAN) } else { (0.0, *first) });
    }
    let mut sums = [(0.0, 0.0); 4]; // x, y, xy, xx, each with its compensation
    for (time, value) in window.times.iter().zip(window.values) {
        let x = (time - origin) as f64 / 1000.0;
        for ((sum, low), part) in sums.iter_mut().zip([x, *value, x * value, x * x]) {
            add_compensated(part, sum, low);
        }
    }
    let [x, y, xy, xx] = sums.map(|(sum, low)| sum + low);
    let count = window.values.len() as f64;
    let covariance = xy - x * y / count;
    let variance = xx - x * x / count;
    let slope = covariance / variance;
    Some((slope, y / count - slope * x / count))
}
