//! How busy everything was within the last virtual minute, from counts that only grow.
//! Keeps a snapshot every few seconds; draws nothing.

use std::collections::{BTreeMap, VecDeque};

use serde::{Deserialize, Serialize};

use super::programs::LabProgram;
use crate::base::time::{Millis, Timestamp};
use crate::sim::{ActorId, Party, Yard};

/// How often counts are noted.
pub const INTERVAL: Millis = Millis::from_secs(5);
/// How many notes are kept: one minute of them.
const KEPT: usize = 13;

/// Answered and failed calls, and seconds of CPU, noted at an instant.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Note {
    at: Timestamp,
    flows: BTreeMap<(Party, Party), (u64, u64)>,
    cpu_seconds: BTreeMap<ActorId, (Option<Timestamp>, f64)>,
}

/// The notes of the last minute.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Rates {
    next_at: Timestamp,
    notes: VecDeque<Note>,
}

/// Calls a second.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PerSecond {
    /// Answered and failed together.
    pub all: f64,
    /// Failed.
    pub failed: f64,
}

impl Rates {
    /// Nothing noted yet.
    #[must_use]
    pub fn new(start: Timestamp) -> Self {
        Self { next_at: start + INTERVAL, notes: VecDeque::new() }
    }

    /// When counts are noted next.
    #[must_use]
    pub const fn next_at(&self) -> Timestamp {
        self.next_at
    }

    /// Notes the counts.
    pub fn observe(&mut self, yard: &Yard<LabProgram>) {
        let note = Note::of(yard, self.next_at);
        self.next_at += INTERVAL;
        if self.notes.len() == KEPT {
            self.notes.pop_front();
        }
        self.notes.push_back(note);
    }

    /// Calls a second between two parties since the oldest note.
    #[must_use]
    pub fn calls(&self, from: Party, to: Party, now: Timestamp, succeeded: u64, failed: u64) -> PerSecond {
        let Some(oldest) = self.notes.front() else { return PerSecond::default() };
        let seconds = (now - oldest.at).as_secs_f64().max(1.0);
        let (succeeded_then, failed_then) = oldest.flows.get(&(from, to)).copied().unwrap_or_default();
        let failed = failed.saturating_sub(failed_then) as f64 / seconds;
        PerSecond { all: succeeded.saturating_sub(succeeded_then) as f64 / seconds + failed, failed }
    }

    /// Cores that a process kept busy since the oldest note, or since it started.
    #[must_use]
    pub fn cpu_cores(&self, actor: ActorId, now: Timestamp, started: Timestamp, cpu_seconds: f64) -> f64 {
        let oldest = self.notes.front().and_then(|note| Some((note.at, *note.cpu_seconds.get(&actor)?)));
        match oldest {
            Some((at, (Some(same), then))) if same == started && now > at => {
                (cpu_seconds - then).max(0.0) / (now - at).as_secs_f64()
            }
            _ if now > started => cpu_seconds / (now - started).as_secs_f64(),
            _ => 0.0,
        }
    }
}

impl Note {
    fn of(yard: &Yard<LabProgram>, at: Timestamp) -> Self {
        let flows =
            yard.flows().iter().map(|flow| ((flow.from, flow.to), (flow.succeeded, flow.failed))).collect();
        let containers = yard.actors().filter_map(|actor| yard.container(actor));
        let cpu_seconds = containers
            .map(|container| (container.actor, (container.started_at, container.cpu_seconds)))
            .collect();
        Self { at, flows, cpu_seconds }
    }
}
