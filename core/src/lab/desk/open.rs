//! Opening, restoring and going back: a lab that has to catch up with its journal before anything else is done.

use std::sync::Arc;

use super::clock::permille;
use super::{Desk, Host, Standing, no_lab, read_scenario, reply};
use crate::base::random::Seed;
use crate::base::time::Timestamp;
use crate::lab::command::Command;
use crate::lab::doors::Lab;
use crate::lab::problem::Problem;
use crate::lab::scenario::Scenario;
use crate::lab::wire::{Message, Reply, RequestBody, RequestId, Save};

/// Steps of the agenda between two looks at the host's clock.
const STEPS: u32 = 200;
/// Real time of one slice.
const SLICE_MS: f64 = 16.0;

/// The lab of a save. A checkpoint that is none of its journal (the tab was closed between the two) only costs time.
fn restored(scenario: &Arc<Scenario>, save: &Save) -> Result<Lab, Problem> {
    let restore = |checkpoint: &[u8]| {
        Lab::restore(scenario.clone(), &save.journal, checkpoint, save.attachments.clone())
    };
    match restore(&save.checkpoint) {
        Err(problem) if matches!(&*problem.code, "checkpoint-unreadable" | "checkpoint-of-another") => {
            restore(&[])
        }
        restored => restored,
    }
}

/// A lab that catches up.
#[derive(Debug)]
pub struct Opening {
    /// The request that is answered when it has.
    pub id: RequestId,
    /// What stood before, for the case that this is cancelled or fails.
    pub before: Option<Standing>,
    standing: Standing,
    from: Timestamp,
    /// The deed that was taken back or done again.
    changed: Option<Command>,
    /// Whether it is another lab, or the same on another line: then the checkpoint that was handed over is none of it.
    is_fresh: bool,
}

/// What is kept of a lab by whoever asks for it.
pub fn save(standing: &Standing) -> Save {
    Save {
        scenario: standing.source.clone(),
        journal: standing.lab.journal().to_string(),
        checkpoint: standing.lab.checkpoint_now(),
        attachments: standing.lab.attachments(),
    }
}

impl Opening {
    /// Catches up for one slice. Gives the lab when it has, and the problem when it cannot.
    pub fn step(&mut self, host: &mut impl Host) -> Option<Result<(), Problem>> {
        let begun_ms = host.now_ms();
        let due = self.standing.lab.due();
        while self.standing.lab.is_behind() {
            if let Err(problem) = self.standing.lab.advance(due, STEPS) {
                return Some(Err(problem));
            }
            if host.now_ms() - begun_ms >= SLICE_MS && self.standing.lab.is_behind() {
                let now = self.standing.lab.now();
                host.send(Message::Progress { id: self.id, permille: permille(self.from, now, due), now });
                return None;
            }
        }
        Some(Ok(()))
    }
}

impl Desk {
    pub(super) fn begin_opening(&mut self, id: RequestId, body: RequestBody, host: &mut impl Host) {
        let is_fresh = matches!(body, RequestBody::Open { .. });
        let opened = match body {
            RequestBody::Open { scenario, seed } => read_scenario(&scenario, host).and_then(|read| {
                let lab = Lab::open(read, seed.map(Seed)).map_err(|problem| vec![problem])?;
                Ok((Standing { lab, source: scenario }, None))
            }),
            RequestBody::Restore(save) => read_scenario(&save.scenario, host).and_then(|read| {
                let lab = restored(&read, &save);
                Ok((Standing { lab: lab.map_err(|problem| vec![problem])?, source: save.scenario }, None))
            }),
            RequestBody::Undo => self.changed(|lab| lab.undo_change().map(Some)),
            RequestBody::Redo => self.changed(|lab| lab.redo().map(Some)),
            RequestBody::Rewind { to } => self.changed(|lab| lab.rewind(to).map(|()| None)),
            _ => return,
        };
        match opened {
            Ok((standing, changed)) => {
                self.clock.end(host);
                let from = standing.lab.now();
                self.opening =
                    Some(Opening { id, before: self.standing.take(), standing, from, changed, is_fresh });
            }
            Err(problems) => reply(host, id, Reply::Refused(problems)),
        }
    }

    /// A copy of the present lab, changed.
    fn changed(
        &self,
        change: impl FnOnce(&mut Lab) -> Result<Option<Command>, Problem>,
    ) -> Result<(Standing, Option<Command>), Vec<Problem>> {
        let mut standing = self.standing.clone().ok_or_else(|| vec![no_lab()])?;
        let changed = change(&mut standing.lab).map_err(|problem| vec![problem])?;
        Ok((standing, changed))
    }

    pub(super) fn finish_opening(&mut self, outcome: Result<(), Problem>, host: &mut impl Host) {
        let Some(opening) = self.opening.take() else { return };
        match outcome {
            Ok(()) => {
                let lab = &opening.standing.lab;
                let (now, start) = (lab.now(), lab.scenario().manifest.start);
                let seed = lab.journal().header.seed.0;
                let changed = opening.changed.map(|command| command.to_string());
                self.opened_at_ms = host.now_ms();
                (self.is_dirty, self.checkpoint_of) = (true, None);
                self.standing = Some(opening.standing);
                if !opening.is_fresh {
                    self.checkpoint_at_ms = f64::NEG_INFINITY;
                    self.send_autosave(host);
                }
                reply(host, opening.id, Reply::Opened { now, start, seed, changed });
            }
            Err(problem) => {
                self.standing = opening.before;
                reply(host, opening.id, Reply::Refused(vec![problem]));
            }
        }
    }
}
