//! Windows of native histograms that need no second look: of one layout, counters, no reset in between. Their first and
//! last histogram say all, and are read as they lie in the column.

use std::sync::Arc;

use super::lanes::LaneMut;
use super::remarks::Remarks;
use super::steps::Steps;
use super::window::{Reach, Window, slide_over};
use crate::model::histogram::{FloatHistogram, HistogramColumn, PackedHistogram};
use crate::promql::functions::Whole;
use crate::tsdb::Samples;

/// A window of at least two histograms, each of which goes on from the one before, and without start times.
#[derive(Debug)]
pub struct Unbroken<'a> {
    /// The window; its histograms are not made whole.
    pub window: &'a Window<'a>,
    /// The first histogram.
    pub first: PackedHistogram<'a>,
    /// The last histogram.
    pub last: PackedHistogram<'a>,
}

/// Fills the lane of a series without scalar arguments: each window that has samples by `whole`; one that is unbroken
/// by the change from its first to its last histogram times what `unbroken` says. Gives the work done.
pub fn each_window(
    samples: &Samples,
    (reach, steps): (Reach, &Steps),
    remarks: &mut Remarks<'_>,
    (unbroken, whole): (fn(&Unbroken<'_>) -> f64, Whole),
    lane: &mut LaneMut<'_>,
) -> usize {
    let column = &samples.histograms;
    let breaks = breaks(column);
    let mut histograms: Option<Vec<Option<Arc<FloatHistogram>>>> = None;
    let mut work = samples.times.len() + steps.count;
    slide_over(samples, &[], reach, steps, |step, window| {
        let (first, end) = (window.first, window.first + window.times.len());
        if first == end {
            return;
        }
        let is_unbroken = samples.starts.is_empty() && end - first > 1 && breaks[end - 1] == breaks[first];
        if let (true, Some(first), Some(last)) = (is_unbroken, column.packed(first), column.packed(end - 1)) {
            work += 8;
            let factor = unbroken(&Unbroken { window, first, last });
            return lane.column(step).put_change(step, &last, &first, factor);
        }
        let histograms = histograms.get_or_insert_with(|| column.iter().collect());
        let window = Window { histograms: &histograms[first..end], ..*window };
        work += window.times.len() + 8 * window.histogram_count();
        if let Some(value) = whole(&window, &[], remarks) {
            lane.put(step, value);
        }
    });
    work
}

/// How many places up to each do not go on from the one before.
fn breaks(column: &HistogramColumn) -> Vec<usize> {
    let mut count = 0;
    let places = 0..column.len();
    places
        .map(|at| {
            count += usize::from(!column.goes_on(at));
            count
        })
        .collect()
}
