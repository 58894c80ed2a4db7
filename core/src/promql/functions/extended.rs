//! `anchored` and `smoothed`: a window that knows the samples around it needs no extrapolation.

use crate::promql::eval::selector::interpolated;
use crate::promql::eval::window::Window;
use crate::promql::syntax::ast::Extension;

/// The place of the newest sample at or before the window's begin, else of the first one.
fn first(window: &Window<'_>, end: usize) -> usize {
    window.times[..end].partition_point(|time| *time <= window.begin).saturating_sub(1)
}

/// The samples of the window with the one that it begins from; `None` where no sample is inside.
pub fn anchored<'a>(window: &Window<'a>) -> Option<&'a [f64]> {
    let last = *window.times.last()?;
    let first = first(window, window.times.len() - 1);
    (last > window.begin).then(|| &window.values[first..])
}

/// The change from the window's begin to its end. Between samples `smoothed` takes the line that joins them, where a
/// counter that was reset comes up from zero.
pub fn change(window: &Window<'_>, extension: Extension, is_counter: bool) -> Option<f64> {
    let (times, values) = (window.times, window.values);
    let smoothed = extension == Extension::Smoothed;
    let mut end = times.len().checked_sub(1)?;
    let mut begin = first(window, end);
    if smoothed {
        end = times[..end].partition_point(|time| *time < window.end);
    }
    if times[end] <= window.begin || (smoothed && times[begin] > window.end) {
        return None;
    }
    let between = |before: usize, after: usize, at: i64| {
        let was_reset = is_counter && values[after] < values[before];
        let from = if was_reset { 0.0 } else { values[before] };
        interpolated((times[before], from), (times[after], values[after]), at)
    };
    let left = if smoothed && times[begin] < window.begin {
        between(begin, begin + 1, window.begin)
    } else {
        values[begin]
    };
    let right = if smoothed && end > 0 && times[end] > window.end {
        between(end - 1, end, window.end)
    } else {
        values[end]
    };
    let change = right - left;
    if !is_counter {
        return Some(change);
    }
    // The samples at the edges are in `left` and `right`.
    begin += usize::from(times[begin] <= window.begin);
    let inside = if times[end] >= window.end { end } else { end + 1 };
    let mut lost = 0.0;
    let mut before = left;
    for value in values.get(begin..inside).unwrap_or(&[]).iter().chain([&right]) {
        if *value < before {
            lost += before;
        }
        before = *value;
    }
    Some(change + lost)
}
