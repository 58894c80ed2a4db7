//! Pulses and jumps: the one way in which a desk's lab passes time. One at a time; a newer one ends the older.

use super::{Host, reply};
use crate::base::time::Timestamp;
use crate::lab::doors::Lab;
use crate::lab::wire::{Message, Reply, RequestId};

/// Steps of the agenda between two looks at the host's clock: well below a millisecond, unless somebody made them heavy.
const STEPS: u32 = 200;
/// Real time that a slice of a jump takes.
const SLICE_MS: f64 = 8.0;

#[derive(Clone, Copy, Debug)]
struct Run {
    id: RequestId,
    from: Option<Timestamp>,
    to: Timestamp,
    /// Real time that is left; `None` for a jump.
    budget_ms: Option<f64>,
}

/// The pulse or jump that is under way.
#[derive(Debug, Default)]
pub struct Clock {
    run: Option<Run>,
    now: Timestamp,
}

impl Clock {
    pub const fn is_idle(&self) -> bool {
        self.run.is_none()
    }

    /// Begins a pulse.
    pub fn pulse(&mut self, id: RequestId, to: Timestamp, budget_ms: u32, host: &mut impl Host) {
        self.replace(Run { id, from: None, to, budget_ms: Some(f64::from(budget_ms)) }, host);
    }

    /// Begins a jump.
    pub fn jump(&mut self, id: RequestId, to: Timestamp, host: &mut impl Host) {
        self.replace(Run { id, from: None, to, budget_ms: None }, host);
    }

    fn replace(&mut self, run: Run, host: &mut impl Host) {
        if let Some(older) = self.run.replace(run) {
            reply(host, older.id, Reply::Reached { now: self.now });
        }
    }

    /// Ends the pulse or jump of that number; whether there was one.
    pub fn cancel(&mut self, id: RequestId) -> bool {
        self.run.take_if(|run| run.id == id).is_some()
    }

    /// Ends whatever is under way: the lab is another one from now on.
    pub fn end(&mut self, host: &mut impl Host) {
        if let Some(run) = self.run.take() {
            reply(host, run.id, Reply::Reached { now: self.now });
        }
    }

    /// Passes time for one slice.
    pub fn step(&mut self, lab: &mut Lab, host: &mut impl Host) {
        self.now = lab.now();
        let Some(mut run) = self.run.take() else { return };
        host.working_on(Some(run.id));
        let begun_ms = host.now_ms();
        let slice_ms = run.budget_ms.map_or(SLICE_MS, |budget_ms| budget_ms.min(SLICE_MS));
        let from = *run.from.get_or_insert(self.now);
        loop {
            match lab.advance(run.to, STEPS) {
                Ok(now) => self.now = now,
                Err(problem) => return reply(host, run.id, Reply::Refused(vec![problem])),
            }
            let used_ms = host.now_ms() - begun_ms;
            if self.now >= run.to || run.budget_ms.is_some_and(|budget_ms| used_ms >= budget_ms) {
                return reply(host, run.id, Reply::Reached { now: self.now });
            }
            if used_ms >= slice_ms {
                run.budget_ms = run.budget_ms.map(|budget_ms| budget_ms - used_ms);
                break;
            }
        }
        if run.budget_ms.is_none() {
            host.send(Message::Progress {
                id: run.id,
                permille: permille(from, self.now, run.to),
                now: self.now,
            });
        }
        self.run = Some(run);
    }
}

/// How much of the way from `from` to `to` lies behind `now`, in thousandths.
pub fn permille(from: Timestamp, now: Timestamp, to: Timestamp) -> u32 {
    ((now - from).0.saturating_mul(1000) / (to - from).0.max(1)).clamp(0, 1000) as u32
}
