//! The change of native histograms within a window: `rate`, `increase` and `delta`, and between the last two samples.
//!
//! Source: Prometheus 3 `histogramRate`, `instantValue`. A reset in any bucket is one of the whole histogram: all that
//! it showed before is added. The result is a gauge.

use std::sync::Arc;

use super::{extrapolation, start_time};
use crate::model::histogram::{Combined, FloatHistogram, HistogramError, ResetHint};
use crate::promql::eval::annotation::Note;
use crate::promql::eval::remarks::Remarks;
use crate::promql::eval::unbroken::Unbroken;
use crate::promql::eval::window::Window;

/// The change between the first and the last of a window's samples, all of them histograms, and the factor that
/// stretches it to the window's edges. `None` where a sample is missing or the histograms do not fit together.
pub(super) fn extrapolated(
    window: &Window<'_>,
    is_counter: bool,
    remarks: &mut Remarks<'_>,
) -> Option<(FloatHistogram, f64)> {
    let points: Vec<&FloatHistogram> = window.histograms.iter().flatten().map(Arc::as_ref).collect();
    let start = if is_counter { start_time::inside(window) } else { None };
    let first = *points.first()?;
    let change = if points.len() > 1 { Some(between(&points, window, is_counter, remarks)?) } else { None };
    let Some(start) = start else {
        let change = change?;
        let to_zero = is_counter && change.count > 0.0 && first.count >= 0.0;
        let to_zero = to_zero.then(|| first.count / change.count);
        return Some((change, extrapolation::factor(window, to_zero)));
    };
    let change = match change {
        None => first.clone(),
        Some(mut change) => {
            combined(change.add(first), ADDITION, remarks)?;
            change
        }
    };
    Some((change, extrapolation::factor_since(start, window)))
}

/// The factor of [`extrapolated`], divided by `seconds`, for an unbroken counter.
pub(super) fn factor_of_unbroken(ends: &Unbroken<'_>, seconds: f64) -> f64 {
    let Unbroken { window, first, last } = ends;
    let change = last.count() - first.count();
    let to_zero = (change > 0.0 && first.count() >= 0.0).then(|| first.count() / change);
    extrapolation::factor(window, to_zero) / seconds
}

/// The change between the first and the last of at least two histograms.
fn between(
    points: &[&FloatHistogram],
    window: &Window<'_>,
    is_counter: bool,
    remarks: &mut Remarks<'_>,
) -> Option<FloatHistogram> {
    let &[first, ref middle @ .., last] = points else { return None };
    let is_reset = |at: usize, before: &FloatHistogram| {
        start_time::is_reset(window, at) || points[at].is_reset_after(before)
    };
    // What a reset follows at once is not looked at, so its layout does not matter.
    let empty = (is_counter && is_reset(1, first)).then(|| empty_like(points[1]));
    let before = empty.as_ref().unwrap_or(first);
    let mut schema = before.schema.min(last.schema);
    let is_custom = before.uses_custom_buckets();
    let fits = |point: &FloatHistogram| point.uses_custom_buckets() == is_custom;
    if !fits(last) {
        if is_counter {
            remark_hints(&[first, last], is_counter, remarks);
        }
        remarks.add(Note::MixedExponentialCustom { metric: remarks.metric() });
        return None;
    }
    if is_counter {
        for point in middle {
            if !fits(point) {
                remarks.add(Note::MixedExponentialCustom { metric: remarks.metric() });
                return None;
            }
            schema = schema.min(point.schema);
        }
    }
    let ends = [first, last];
    remark_hints(if is_counter { points } else { &ends }, is_counter, remarks);
    let mut change = last.reduced_to(schema);
    combined(change.sub(before), SUBTRACTION, remarks)?;
    if is_counter {
        start_time::remark_overlap(window, remarks);
        let mut before = before;
        for (at, point) in points.iter().enumerate().skip(1) {
            if is_reset(at, before) {
                combined(change.add(before), ADDITION, remarks)?;
            }
            before = point;
        }
    }
    change.hint = ResetHint::Gauge;
    Some(change)
}

/// The change between the last two samples, which are histograms at the places `before` and the one after it; what the
/// last one shows after a reset.
pub(super) fn of_two(
    window: &Window<'_>,
    places: [usize; 2],
    is_counter: bool,
    remarks: &mut Remarks<'_>,
) -> Option<FloatHistogram> {
    let [before, last] = [window.histogram(places[0])?, window.histogram(places[1])?];
    remark_hints(&[before, last], is_counter, remarks);
    let mut change = last.clone();
    let was_reset = || start_time::is_reset(window, places[1]) || last.is_reset_after(before);
    if !is_counter || !was_reset() {
        combined(change.sub(before), SUBTRACTION, remarks)?;
    }
    change.hint = ResetHint::Gauge;
    Some(change)
}

/// Says that a gauge is treated as a counter, or a counter as a gauge.
pub(super) fn remark_hints(points: &[&FloatHistogram], is_counter: bool, remarks: &mut Remarks<'_>) {
    let is_gauge = |point: &&FloatHistogram| point.hint == ResetHint::Gauge;
    let metric = || remarks.metric();
    let note = if is_counter {
        points.iter().any(is_gauge).then(|| Note::HistogramNotCounter { metric: metric() })
    } else {
        (!points.iter().all(is_gauge)).then(|| Note::HistogramNotGauge { metric: metric() })
    };
    if let Some(note) = note {
        remarks.add(note);
    }
}

/// The word for remarks about a sum of two histograms.
pub(super) const ADDITION: &str = "addition";
/// The word for remarks about a difference of two histograms.
pub(super) const SUBTRACTION: &str = "subtraction";

/// What is to be said of two histograms that were put together; `None` where they do not fit. Contradicting hints do
/// not matter here: resets are looked for.
pub(super) fn combined(
    outcome: Result<Combined, HistogramError>,
    operation: &'static str,
    remarks: &mut Remarks<'_>,
) -> Option<()> {
    match outcome {
        Err(_) => {
            remarks.add(Note::MixedExponentialCustom { metric: remarks.metric() });
            return None;
        }
        Ok(combined) if combined.bounds_reconciled => remarks.add(Note::ReconciledBuckets { operation }),
        Ok(_) => {}
    }
    Some(())
}

/// A histogram without observations in the layout of another.
fn empty_like(histogram: &FloatHistogram) -> FloatHistogram {
    FloatHistogram {
        schema: histogram.schema,
        custom_bounds: Arc::clone(&histogram.custom_bounds),
        ..FloatHistogram::default()
    }
}
