//! The change of native histograms within an `anchored` or `smoothed` window, and the histogram between two samples.
//!
//! Source: Prometheus 3.14 `extendedHistogramRate`, `interpolateHistograms`.

use std::sync::Arc;

use super::extended::ends;
use super::histogram_change::{ADDITION, SUBTRACTION, combined};
use crate::model::histogram::{FloatHistogram, ResetHint};
use crate::promql::eval::annotation::Note;
use crate::promql::eval::remarks::Remarks;
use crate::promql::eval::window::Window;

/// The change from the begin to the end of a window that has histograms only.
pub(super) fn change(
    window: &Window<'_>,
    is_smoothed: bool,
    is_counter: bool,
    remarks: &mut Remarks<'_>,
) -> Option<FloatHistogram> {
    let points: Vec<&FloatHistogram> = window.histograms.iter().flatten().map(Arc::as_ref).collect();
    let times = window.times;
    let (begin, end) = ends(window, is_smoothed)?;
    check(&points[begin..=end], is_counter, remarks)?;
    let mut between = |before: usize, at: i64| {
        let share = (at - times[before]) as f64 / (times[before + 1] - times[before]) as f64;
        interpolated_histogram(points[before], points[before + 1], share, is_counter, remarks)
    };
    let spans_begin = is_smoothed && times[begin] < window.begin;
    let left = if spans_begin { between(begin, window.begin)? } else { points[begin].clone() };
    let spans_end = is_smoothed && end > 0 && times[end] > window.end;
    let right = if spans_end { between(end - 1, window.end)? } else { points[end].clone() };
    let is_gauge = left.hint == ResetHint::Gauge && right.hint == ResetHint::Gauge;
    if !is_counter && !is_gauge {
        remarks.add(Note::HistogramNotGauge { metric: remarks.metric() });
    }
    let mut change = right.clone();
    combined(change.sub(&left), SUBTRACTION, remarks)?;
    if is_counter {
        // A reset between the samples around the window's begin is in `left` already.
        let was_reset = spans_begin && points[begin + 1].is_reset_after(points[begin]);
        let (before, inside) = if was_reset { (points[begin + 1], begin + 2) } else { (&left, begin + 1) };
        // Where both edges lie between the same two samples, there is nothing inside.
        if inside <= end {
            let lost = lost_by_resets(before, &points[inside..end], &right, remarks)?;
            if let Some(lost) = lost {
                combined(change.add(&lost), ADDITION, remarks)?;
            }
        }
    }
    change.hint = ResetHint::Gauge;
    Some(change)
}

/// Whether the histograms fit together; says where a gauge is among counters.
fn check(points: &[&FloatHistogram], is_counter: bool, remarks: &mut Remarks<'_>) -> Option<()> {
    let is_custom = points.first()?.uses_custom_buckets();
    for point in points {
        if point.uses_custom_buckets() != is_custom {
            remarks.add(Note::MixedExponentialCustom { metric: remarks.metric() });
            return None;
        }
        if is_counter && point.hint == ResetHint::Gauge {
            remarks.add(Note::HistogramNotCounter { metric: remarks.metric() });
        }
    }
    Some(())
}

/// What was shown before each reset from `before` over the samples `inside` to `last`; the outer `None` where the
/// histograms do not fit.
fn lost_by_resets(
    before: &FloatHistogram,
    inside: &[&FloatHistogram],
    last: &FloatHistogram,
    remarks: &mut Remarks<'_>,
) -> Option<Option<FloatHistogram>> {
    let mut before = before;
    let mut lost: Option<FloatHistogram> = None;
    for point in inside.iter().copied().chain([last]) {
        if point.is_reset_after(before) {
            match &mut lost {
                None => lost = Some(before.clone()),
                Some(lost) => combined(lost.add(before), ADDITION, remarks)?,
            }
        }
        before = point;
    }
    Some(lost)
}

/// The histogram at a `share` (0 to 1) of the way between two samples. A counter that was reset on the way comes up
/// from nothing. `None` where the two do not fit together.
pub(crate) fn interpolated_histogram(
    from: &FloatHistogram,
    to: &FloatHistogram,
    share: f64,
    is_counter: bool,
    remarks: &mut Remarks<'_>,
) -> Option<FloatHistogram> {
    let fits = from.uses_custom_buckets() == to.uses_custom_buckets();
    if fits && is_counter && to.is_reset_after(from) {
        return Some(to.clone().scaled(share));
    }
    let mut between = to.clone();
    combined(between.sub(from), SUBTRACTION, remarks)?;
    between = between.scaled(share);
    combined(between.add(from), ADDITION, remarks)?;
    Some(between)
}
