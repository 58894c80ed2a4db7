//! Past states of a lab, taken as time goes and thinned with age, so that going back replays minutes.
//! Knows nothing of what a state holds.

use std::sync::Arc;

use crate::base::time::{Millis, Timestamp};

/// How much virtual time lies between two checkpoints when they are taken.
pub const INTERVAL: Millis = Millis::from_minutes(5);
/// How many intervals back every checkpoint is kept; beyond, the distances grow with the age.
const KEPT_ALL: i64 = 6;

/// A past state.
#[derive(Debug)]
pub struct Checkpoint<S> {
    /// The virtual instant it stands at.
    pub at: Timestamp,
    /// How many commands of the journal it has been through.
    pub commands: u32,
    /// The state.
    pub state: Arc<S>,
}

// Not derived: the state itself is shared, not cloned.
impl<S> Clone for Checkpoint<S> {
    fn clone(&self) -> Self {
        Self { at: self.at, commands: self.commands, state: self.state.clone() }
    }
}

/// Checkpoints in order of time. The first one is never thinned out.
#[derive(Clone, Debug)]
pub struct Checkpoints<S> {
    kept: Vec<Checkpoint<S>>,
}

impl<S> Default for Checkpoints<S> {
    fn default() -> Self {
        Self { kept: Vec::new() }
    }
}

impl<S> Checkpoints<S> {
    /// The instant of the next checkpoint, were `now` the present: a whole number of intervals since the epoch, so
    /// that it does not depend on the strides in which time passed.
    #[must_use]
    pub fn next_at(now: Timestamp) -> Timestamp {
        Timestamp((now.0.div_euclid(INTERVAL.0) + 1) * INTERVAL.0)
    }

    /// Keeps a state, and thins the ones before it.
    pub fn add(&mut self, checkpoint: Checkpoint<S>) {
        let now = checkpoint.at;
        self.kept.retain(|kept| kept.at < now);
        self.kept.push(checkpoint);
        let first = self.kept[0].at;
        self.kept.retain(|kept| kept.at == first || is_kept(kept.at, now));
    }

    /// The newest checkpoint.
    #[must_use]
    pub fn newest(&self) -> Option<&Checkpoint<S>> {
        self.kept.last()
    }

    /// The instants of all checkpoints, oldest first.
    pub fn instants(&self) -> impl Iterator<Item = Timestamp> + '_ {
        self.kept.iter().map(|kept| kept.at)
    }

    /// Forgets what lies after `at` or has been through more than `commands` commands: that line was left.
    pub fn forget_after(&mut self, at: Timestamp, commands: u32) {
        self.kept.retain(|kept| kept.at <= at && kept.commands <= commands);
    }
}

/// At an age of 2^k times `KEPT_ALL` intervals, every 2^k-th checkpoint stays.
fn is_kept(at: Timestamp, now: Timestamp) -> bool {
    let age = (now - at).0 / INTERVAL.0;
    let octave = (age / KEPT_ALL).max(1).ilog2();
    at.0.div_euclid(INTERVAL.0).rem_euclid(1 << octave) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_ones_grow_rare_and_none_is_far() {
        let mut checkpoints = Checkpoints::default();
        let first = Timestamp(1_772_442_000_000);
        for index in 0..=12 * 300 {
            let at = first + INTERVAL * index;
            checkpoints.add(Checkpoint { at, commands: 0, state: Arc::new(()) });
        }
        let now = checkpoints.newest().unwrap().at;
        assert!(checkpoints.kept.len() < 80, "{} are kept of 300 hours", checkpoints.kept.len());
        let before = |wanted| {
            let mut past = checkpoints.clone();
            past.forget_after(wanted, 0);
            past.newest().map(|checkpoint| checkpoint.at)
        };
        for back in [1, 30, 60, 600, 6000, 17_000] {
            let wanted = now - Millis::from_minutes(back);
            let replayed = wanted - before(wanted).unwrap();
            assert!(
                replayed <= Millis::from_minutes((back / 3).max(5)),
                "{back} minutes back replays {replayed}"
            );
        }
        assert_eq!(before(first), Some(first));
        assert_eq!(before(first - Millis(1)), None);
    }

    #[test]
    fn a_command_taken_back_takes_its_checkpoints_along() {
        let mut checkpoints = Checkpoints::default();
        for (minute, commands) in [(0, 0), (5, 1), (10, 2)] {
            let at = Timestamp(Millis::from_minutes(minute).0);
            checkpoints.add(Checkpoint { at, commands, state: Arc::new(commands) });
        }
        assert_eq!(*checkpoints.newest().unwrap().state, 2);
        checkpoints.forget_after(Timestamp::MAX, 1);
        assert_eq!(*checkpoints.newest().unwrap().state, 1);
    }
}
