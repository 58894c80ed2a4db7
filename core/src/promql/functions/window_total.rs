//! The sum and the mean of a window's native histograms.

use std::sync::Arc;

use crate::model::histogram::{
    Combined, CompensatedHistogram, FloatHistogram, HistogramError, HistogramMean, ResetHint,
};
use crate::promql::eval::annotation::Note;
use crate::promql::eval::remarks::Remarks;
use crate::promql::eval::value::Value;
use crate::promql::eval::window::Window;

/// All histograms of a window as one, and whether custom bounds had to be reconciled on the way.
type Outcome = Result<(FloatHistogram, bool), HistogramError>;

/// The value of a window of floats or of histograms; nothing of a mixed one.
pub(super) fn of_any(
    window: &Window<'_>,
    of_floats: fn(&[f64]) -> f64,
    of_histograms: fn(&[&FloatHistogram]) -> Option<Outcome>,
    remarks: &mut Remarks<'_>,
) -> Option<Value> {
    let points: Vec<&FloatHistogram> = window.histograms.iter().flatten().map(Arc::as_ref).collect();
    if points.is_empty() {
        return Some(of_floats(window.values).into());
    }
    if points.len() < window.times.len() {
        remarks.add(Note::MixedInWindow { metric: remarks.metric() });
        return None;
    }
    let Ok((total, reconciled)) = of_histograms(&points)? else {
        remarks.add(Note::MixedExponentialCustom { metric: remarks.metric() });
        return None;
    };
    let operation = "aggregation";
    let has = |hint| points.iter().any(|point| point.hint == hint);
    if has(ResetHint::Reset) && has(ResetHint::NotReset) {
        remarks.add(Note::CounterResetCollision { operation });
    }
    if reconciled {
        remarks.add(Note::ReconciledBuckets { operation });
    }
    Some(total.into())
}

/// The sum of histograms.
pub(super) fn sum(points: &[&FloatHistogram]) -> Option<Outcome> {
    let (first, rest) = points.split_first()?;
    let mut sum = CompensatedHistogram::new(FloatHistogram::clone(first));
    Some(all(rest, |point| sum.add(point)).map(|reconciled| (sum.total(), reconciled)))
}

/// The mean of histograms.
pub(super) fn mean(points: &[&FloatHistogram]) -> Option<Outcome> {
    let (first, rest) = points.split_first()?;
    let mut mean = HistogramMean::new(FloatHistogram::clone(first));
    Some(all(rest, |point| mean.add(point)).map(|reconciled| (mean.value(), reconciled)))
}

fn all(
    points: &[&FloatHistogram],
    mut add: impl FnMut(&FloatHistogram) -> Result<Combined, HistogramError>,
) -> Result<bool, HistogramError> {
    points.iter().try_fold(false, |reconciled, point| Ok(add(point)?.bounds_reconciled | reconciled))
}
