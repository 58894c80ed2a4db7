//! Custom bounds: bringing two different lists to the bounds that both have.

use std::sync::Arc;

use super::FloatHistogram;

/// Brings two histograms with custom buckets to the bounds that both have; false where they were the same already.
pub(super) fn reconcile(left: &mut FloatHistogram, right: &mut FloatHistogram) -> bool {
    if left.custom_bounds == right.custom_bounds {
        return false;
    }
    let shared = intersection(&left.custom_bounds, &right.custom_bounds);
    regroup(left, &shared);
    regroup(right, &shared);
    true
}

/// The bounds that both lists have, rising.
pub(super) fn intersection(left: &[f64], right: &[f64]) -> Arc<[f64]> {
    left.iter().copied().filter(|bound| right.contains(bound)).collect()
}

/// Puts each bucket into the first one of `bounds` that reaches its upper bound, or into the one up to +Inf.
pub(super) fn regroup(histogram: &mut FloatHistogram, bounds: &Arc<[f64]>) {
    let own = Arc::clone(&histogram.custom_bounds);
    histogram.positive.regroup(|index| {
        let upper =
            usize::try_from(index).ok().and_then(|index| own.get(index)).copied().unwrap_or(f64::INFINITY);
        bounds.partition_point(|bound| *bound < upper) as i32
    });
    histogram.custom_bounds = Arc::clone(bounds);
}
