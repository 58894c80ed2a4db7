//! How far apart the values of a chart lie: round lengths, at multiples of themselves, so that a chart that follows the
//! present does not shimmer.

use crate::base::time::{Millis, Timestamp};

/// So many values fill a chart.
const WANTED_STEPS: i64 = 240;
/// The lengths on offer, in seconds.
const ROUND: [i64; 19] =
    [1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1200, 1800, 3600, 7200, 10_800, 21_600, 43_200];

/// First and last instant, and the distance of two values, of a chart that shows `range` up to `now`. The instants are
/// multiples of the distance.
#[must_use]
pub fn steps_over(range: Millis, now: Timestamp) -> (Timestamp, Timestamp, Millis) {
    let wanted = range.0 / WANTED_STEPS;
    let round = ROUND.into_iter().map(|seconds| seconds * 1000).find(|step| *step >= wanted);
    let step = round.unwrap_or(86_400_000);
    let aligned = |at: i64| at.div_euclid(step) * step;
    (Timestamp(aligned(now.0.saturating_sub(range.0))), Timestamp(aligned(now.0)), Millis(step))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_lie_on_their_multiples() {
        let (from, to, step) = steps_over(Millis::from_minutes(15), Timestamp(1_000_003_999));
        assert_eq!((step, from.0 % step.0, to.0 % step.0), (Millis(5000), 0, 0));
        assert!(to.0 <= 1_000_003_999 && to.0 > 1_000_003_999 - step.0);
        for days in [1, 7, 31] {
            let (from, to, step) = steps_over(Millis::from_minutes(days * 1440), Timestamp(0));
            assert!((to - from).0 / step.0 <= WANTED_STEPS + 1, "{days} days");
        }
    }
}
