//! Start times: since when a sample has counted. Where they are known, a reset shows even when the value did not fall,
//! and a counter is known to have begun at zero inside the window.
//!
//! Source: Prometheus 3.14 `isStartTimestampReset`, `checkStartTimeOverlap`, `extrapolatedRate`.

use crate::promql::eval::annotation::Note;
use crate::promql::eval::remarks::Remarks;
use crate::promql::eval::window::Window;

/// Whether the sample number `at` of a window, which is not the first, began to count after the one before it.
#[must_use]
pub fn is_reset(window: &Window<'_>, at: usize) -> bool {
    let &[.., start_before, start] = &window.starts[..window.starts.len().min(at + 1)] else { return false };
    let (time_before, time) = (window.times[at - 1], window.times[at]);
    if start == 0 || start >= time || start < time_before {
        return false;
    }
    // A start at the sample before is a reset where each sample counts for itself; where the start of the one before
    // was not known either, it only says that nothing is known.
    start > time_before || (start_before != 0 && start_before < time_before)
}

/// Says that a sample has another start than the one before it, but not a later one than that sample.
pub(super) fn remark_overlap(window: &Window<'_>, remarks: &mut Remarks<'_>) {
    let overlaps = |at: &usize| {
        let (before, start) = (window.starts[at - 1], window.starts[*at]);
        start != 0 && start < window.times[at - 1] && start != before
    };
    if (1..window.starts.len()).any(|at| overlaps(&at)) {
        remarks.add(Note::OverlappingStart { metric: remarks.metric() });
    }
}

/// Where the first sample began to count, when that is inside the window and before the sample.
#[must_use]
pub fn inside(window: &Window<'_>) -> Option<i64> {
    let (&start, &time) = window.starts.first().zip(window.times.first())?;
    (start != 0 && start > window.begin && start < time).then_some(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window<'a>(times: &'a [i64], starts: &'a [i64]) -> Window<'a> {
        Window { first: 0, times, values: &[], histograms: &[], starts, begin: 0, end: 100, time: 100 }
    }

    #[test]
    fn a_later_start_is_a_reset() {
        let reset = |starts: [i64; 2]| is_reset(&window(&[20, 40], &starts), 1);
        assert!(reset([5, 30]) && reset([0, 30]));
        assert!(!reset([5, 5]) && !reset([5, 0]) && !reset([5, 10]));
        // At the sample before: each counts for itself, unless its own start says nothing.
        assert!(reset([5, 20]) && !reset([0, 20]) && !reset([20, 20]) && !reset([30, 20]));
        // Not before the sample itself: no start at all.
        assert!(!reset([5, 40]) && !reset([5, 50]));
        assert!(!is_reset(&window(&[20, 40], &[]), 1));
    }

    #[test]
    fn a_start_counts_only_inside_the_window() {
        assert_eq!(inside(&window(&[20], &[5])), Some(5));
        for start in [0, -5, 20, 30] {
            assert_eq!(inside(&window(&[20], &[start])), None);
        }
        assert_eq!(inside(&window(&[20], &[])), None);
    }
}
