//! How far a change between the samples of a window is stretched to the window's edges.
//!
//! Source: Prometheus 3 `extrapolatedRate`.

use crate::promql::eval::window::Window;

/// The factor that stretches the change between the first and the last of at least two samples. `to_zero` is how much
/// of the change had come together when the first was taken, where that is known: a counter began at zero.
#[inline]
pub(super) fn factor(window: &Window<'_>, to_zero: Option<f64>) -> f64 {
    let (Some(&first), Some(&last)) = (window.times.first(), window.times.last()) else { return 1.0 };
    let sampled = seconds(first, last);
    let between = sampled / (window.times.len() - 1) as f64;
    let mut to_begin = near(seconds(window.begin, first), between);
    if let Some(share) = to_zero {
        let to_zero = sampled * share;
        if to_zero < to_begin {
            to_begin = to_zero;
        }
    }
    let to_end = near(seconds(last, window.end), between);
    (sampled + to_begin + to_end) / sampled
}

/// The factor for a change since `start`, when the counter was at zero: only the window's end is stretched to.
pub(super) fn factor_since(start: i64, window: &Window<'_>) -> f64 {
    let (Some(&first), Some(&last)) = (window.times.first(), window.times.last()) else { return 1.0 };
    let between = if last > first { seconds(first, last) / (window.times.len() - 1) as f64 } else { 0.0 };
    let sampled = seconds(start, last);
    (sampled + near(seconds(last, window.end), between)) / sampled
}

/// Samples close to an edge are taken to go on up to it; else only half a distance further.
#[inline]
fn near(gap: f64, between: f64) -> f64 {
    if gap >= between * 1.1 { between / 2.0 } else { gap }
}

#[inline]
fn seconds(from: i64, to: i64) -> f64 {
    (to - from) as f64 / 1000.0
}
