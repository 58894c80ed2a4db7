//! `anchored` and `smoothed`: a window that knows the samples around it needs no extrapolation.
//!
//! Source: Prometheus 3.14 `extendedRate`, `pickFirstSampleIndices`.

use super::extended_histogram;
use crate::promql::eval::annotation::Note;
use crate::promql::eval::remarks::Remarks;
use crate::promql::eval::selector::interpolated;
use crate::promql::eval::value::Value;
use crate::promql::eval::window::Window;
use crate::promql::syntax::ast::Extension;

/// The place of the sample that an anchored window begins from: the newest at or before its begin, else the first one.
/// `None` where no sample is inside.
pub(super) fn anchor(window: &Window<'_>) -> Option<usize> {
    let last = *window.times.last()?;
    (last > window.begin).then(|| newest_before(window, window.times.len() - 1))
}

/// The place of the newest sample at or before the window's begin, of those before `end`; else of the first one.
fn newest_before(window: &Window<'_>, end: usize) -> usize {
    window.times[..end].partition_point(|time| *time <= window.begin).saturating_sub(1)
}

/// The places of the samples between which the change of a window is taken; `None` where none is inside.
pub(super) fn ends(window: &Window<'_>, is_smoothed: bool) -> Option<(usize, usize)> {
    let times = window.times;
    let last = times.len().checked_sub(1)?;
    let begin = newest_before(window, last);
    let end = if is_smoothed { times[..last].partition_point(|time| *time < window.end) } else { last };
    let is_outside = times[end] <= window.begin || (is_smoothed && times[begin] > window.end);
    (!is_outside).then_some((begin, end))
}

/// The change from the window's begin to its end, of floats or of histograms; nothing of a mixture.
pub(super) fn change(
    window: &Window<'_>,
    extension: Extension,
    is_counter: bool,
    remarks: &mut Remarks<'_>,
) -> Option<Value> {
    let is_smoothed = extension == Extension::Smoothed;
    match window.histogram_count() {
        0 => Some(change_of_floats(window, is_smoothed, is_counter)?.into()),
        count if count == window.times.len() => {
            Some(extended_histogram::change(window, is_smoothed, is_counter, remarks)?.into())
        }
        _ => {
            remarks.add(Note::MixedInWindow { metric: remarks.metric() });
            None
        }
    }
}

/// Between samples `smoothed` takes the line that joins them, where a counter that was reset comes up from zero.
fn change_of_floats(window: &Window<'_>, is_smoothed: bool, is_counter: bool) -> Option<f64> {
    let (times, values) = (window.times, window.values);
    let (mut begin, end) = ends(window, is_smoothed)?;
    let between = |before: usize, after: usize, at: i64| {
        let was_reset = is_counter && values[after] < values[before];
        let from = if was_reset { 0.0 } else { values[before] };
        interpolated((times[before], from), (times[after], values[after]), at)
    };
    let left = if is_smoothed && times[begin] < window.begin {
        between(begin, begin + 1, window.begin)
    } else {
        values[begin]
    };
    let right = if is_smoothed && end > 0 && times[end] > window.end {
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
