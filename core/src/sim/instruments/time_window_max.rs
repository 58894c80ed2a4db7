//! Micrometer's decaying maximum: the largest observation of the last minutes, 0 when there was none.

use serde::{Deserialize, Serialize};

use super::show::to_nanoseconds;
use crate::base::time::{Millis, Timestamp};

/// After so long one of the rings begins anew (Micrometer's `expiry`).
const ROTATION: Millis = Millis::from_minutes(2);
/// Micrometer's `bufferLength`.
const RINGS: usize = 3;

/// A maximum over the last 4 to 6 minutes. Three rings all see each observation; every two minutes the current one is
/// emptied and the next is shown.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct TimeWindowMax {
    rings: [f64; RINGS],
    current: u8,
    rotated_at: Timestamp,
}

impl TimeWindowMax {
    /// A maximum that has seen nothing, made at `now`.
    #[must_use]
    pub const fn new(now: Timestamp) -> Self {
        Self { rings: [0.0; RINGS], current: 0, rotated_at: now }
    }

    /// Sees one observation.
    pub fn observe(&mut self, value: f64, now: Timestamp) {
        self.rotate(now);
        for ring in &mut self.rings {
            *ring = ring.max(value);
        }
    }

    /// The maximum as it is shown at `now`.
    #[must_use]
    pub fn value(&self, now: Timestamp) -> f64 {
        let mut rotated = *self;
        rotated.rotate(now);
        to_nanoseconds(rotated.rings[usize::from(rotated.current)])
    }

    fn rotate(&mut self, now: Timestamp) {
        let turns = (now - self.rotated_at).0 / ROTATION.0;
        for _ in 0..turns.min(RINGS as i64) {
            self.rings[usize::from(self.current)] = 0.0;
            self.current = (self.current + 1) % RINGS as u8;
        }
        self.rotated_at += ROTATION * turns.max(0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_maximum_lives_four_to_six_minutes() {
        let at = |minutes: i64| Timestamp(minutes * 60_000);
        let mut max = TimeWindowMax::new(at(0));
        max.observe(0.5, at(1));
        max.observe(0.2, at(3));
        assert_eq!(max.value(at(3)), 0.5);
        assert_eq!(max.value(at(5)), 0.5);
        assert_eq!(max.value(at(6)), 0.2, "the first ring emptied after the observation of minute 3");
        assert_eq!(max.value(at(8)), 0.0);
        assert_eq!(max.value(at(600)), 0.0);
        assert_eq!(max.value(at(5)), 0.5, "looking changes nothing");
    }
}
