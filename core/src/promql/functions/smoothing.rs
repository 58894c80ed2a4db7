//! `double_exponential_smoothing`: a level and a trend, each smoothed by its factor (Holt's method).

use super::{Body, Function, Remark, SCALAR, WINDOWS, WindowBody};
use crate::promql::eval::error::ErrorKind;

/// `double_exponential_smoothing(m, sf, tf)`: the smoothed value at the window's last sample; both factors lie
/// strictly between 0 and 1.
pub const DOUBLE_EXPONENTIAL_SMOOTHING: Function = Function::new(
    "double_exponential_smoothing",
    &[WINDOWS, SCALAR, SCALAR],
    Body::Window(
        &WindowBody::fresh(|window, factors| smooth(window.values, factors[0], factors[1])).inspect(inspect),
    ),
)
.experimental();

fn inspect(factors: &[f64]) -> Result<Option<Remark>, ErrorKind> {
    for (value, which, short) in [(factors[0], "smoothing", "sf"), (factors[1], "trend", "tf")] {
        if value <= 0.0 || value >= 1.0 {
            return Err(ErrorKind::InvalidFactor { which, short, value });
        }
    }
    Ok(None)
}

fn smooth(values: &[f64], level_factor: f64, trend_factor: f64) -> Option<f64> {
    let (&[first, second, ..], [_, rest @ ..]) = (values, values) else { return None };
    let (mut before, mut level) = (0.0, first);
    let mut trend = second - first;
    for (index, value) in rest.iter().enumerate() {
        // The trend between the first two samples is where it begins.
        if index > 0 {
            trend = trend_factor * (level - before) + (1.0 - trend_factor) * trend;
        }
        let next = level_factor * value + (1.0 - level_factor) * (level + trend);
        (before, level) = (level, next);
    }
    Some(level)
}
