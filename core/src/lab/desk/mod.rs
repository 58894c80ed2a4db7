//! The worker's desk: takes requests, works in slices, answers each request once. Owns the lab; knows no browser:
//! real time, sending and the scenarios that are built in come from its host.

mod clock;
mod open;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;

use self::clock::Clock;
use self::open::Opening;
use super::command::Command;
use super::doors::Lab;
use super::job::{Job, Poll};
use super::problem::Problem;
use super::question::Question;
use super::scenario::Scenario;
use super::wire::{Autosave, Message, PanelId, Reply, Request, RequestBody, RequestId, ScenarioSource};
use crate::base::time::Millis;

/// Units of work of a question between two looks at the host's clock: a few milliseconds.
const JOB_SLICE: u64 = 1_000_000;
/// Real time between two saves that are handed over unasked.
const AUTOSAVE_EVERY_MS: f64 = 5_000.0;
/// Real time between two checkpoints that are handed over unasked: they are larger.
const CHECKPOINT_EVERY_MS: f64 = 30_000.0;
/// Writing checkpoints down takes at most one part in so many of the time.
const CHECKPOINT_SHARE: f64 = 50.0;

/// What a desk needs of the world.
pub trait Host {
    /// Real time in milliseconds, from any beginning; never falls.
    fn now_ms(&mut self) -> f64;
    /// Sends a message to the page.
    fn send(&mut self, message: Message);
    /// Says which request is worked on from now on, so that a panic can name it.
    fn working_on(&mut self, request: Option<RequestId>);
    /// The files of a scenario that is built in.
    fn scenario(&mut self, name: &str) -> Option<BTreeMap<String, String>>;
}

/// A question that is being answered.
#[derive(Debug)]
struct Asked {
    id: RequestId,
    panel: PanelId,
    job: Job,
}

/// The lab with where it came from.
#[derive(Clone, Debug)]
struct Standing {
    lab: Lab,
    source: ScenarioSource,
}

/// The desk.
#[derive(Debug, Default)]
pub struct Desk {
    /// What has not been looked at, in order.
    queue: VecDeque<Request>,
    standing: Option<Standing>,
    /// A lab that is catching up; until it has, nothing else is done.
    opening: Option<Opening>,
    clock: Clock,
    asked: VecDeque<Asked>,
    opened_at_ms: f64,
    saved_at_ms: f64,
    checkpoint_at_ms: f64,
    /// Real time that writing the last one down took.
    checkpoint_took_ms: f64,
    /// A checkpoint to be handed over.
    checkpoint: Option<Vec<u8>>,
    /// The virtual instant of the last checkpoint handed over.
    checkpoint_of: Option<crate::base::time::Timestamp>,
    is_dirty: bool,
}

impl Desk {
    /// Takes a request. What it replaces or cancels is answered at once.
    pub fn receive(&mut self, request: Request, host: &mut impl Host) {
        match request.body {
            RequestBody::Cancel { request: cancelled } => {
                self.cancel(cancelled, host);
                reply(host, request.id, Reply::Done { line: String::new(), remarks: Vec::new() });
            }
            RequestBody::Ask { panel, .. } => {
                self.supersede(panel, host);
                self.queue.push_back(request);
            }
            _ => self.queue.push_back(request),
        }
    }

    /// Whether there is anything to do.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.queue.is_empty() && self.opening.is_none() && self.asked.is_empty() && self.clock.is_idle()
    }

    /// Works for one slice: a few milliseconds. To be called again while the desk is not idle; between two calls the
    /// host takes in newer messages.
    pub fn step(&mut self, host: &mut impl Host) {
        if let Some(opening) = &mut self.opening {
            host.working_on(Some(opening.id));
            if let Some(outcome) = opening.step(host) {
                self.finish_opening(outcome, host);
            }
        } else {
            while self.opening.is_none()
                && let Some(request) = self.queue.pop_front()
            {
                host.working_on(Some(request.id));
                self.begin(request, host);
            }
            if let Some(standing) = &mut self.standing {
                self.is_dirty |= !self.clock.is_idle();
                self.clock.step(&mut standing.lab, host);
            }
            self.work_on_question(host);
        }
        host.working_on(None);
        self.autosave(host);
    }

    fn begin(&mut self, Request { id, body }: Request, host: &mut impl Host) {
        match body {
            RequestBody::Open { .. }
            | RequestBody::Restore(_)
            | RequestBody::Undo
            | RequestBody::Redo
            | RequestBody::Rewind { .. } => {
                self.begin_opening(id, body, host);
            }
            // Cancelled on arrival.
            RequestBody::Cancel { .. } => {}
            RequestBody::Advance { to, budget_ms } => {
                self.with_lab(id, host, |desk, host| desk.clock.pulse(id, to, budget_ms, host));
            }
            RequestBody::Jump { to } => {
                self.with_lab(id, host, |desk, host| desk.clock.jump(id, to, host));
            }
            RequestBody::Act { line } => self.act(id, &line, host),
            RequestBody::Attach { text } => {
                let outcome = self.lab(|lab| lab.attach(text)).map(|hash| Reply::Attached { hash });
                reply(host, id, outcome.unwrap_or_else(|problem| Reply::Refused(vec![problem])));
            }
            RequestBody::Ask { panel, question } => self.ask(id, panel, &question, host),
            RequestBody::Save => {
                let saved = self.standing.as_ref().map(|standing| Reply::Saved(open::save(standing)));
                reply(host, id, saved.unwrap_or_else(|| Reply::Refused(vec![no_lab()])));
            }
        }
    }

    fn with_lab<H: Host>(&mut self, id: RequestId, host: &mut H, act: impl FnOnce(&mut Self, &mut H)) {
        if self.standing.is_some() {
            act(self, host);
        } else {
            reply(host, id, Reply::Refused(vec![no_lab()]));
        }
    }

    fn lab<T>(&mut self, act: impl FnOnce(&mut Lab) -> Result<T, Problem>) -> Result<T, Problem> {
        act(&mut self.standing.as_mut().ok_or_else(no_lab)?.lab)
    }

    fn act(&mut self, id: RequestId, line: &str, host: &mut impl Host) {
        let wall = Millis((host.now_ms() - self.opened_at_ms) as i64);
        let outcome = Command::parse(line).and_then(|command| {
            let line = command.to_string();
            self.lab(|lab| lab.act(command, Some(wall))).map(|remarks| Reply::Done { line, remarks })
        });
        if outcome.is_ok() {
            self.is_dirty = true;
            self.send_autosave(host);
        }
        reply(host, id, outcome.unwrap_or_else(|problem| Reply::Refused(vec![problem])));
    }

    fn ask(&mut self, id: RequestId, panel: PanelId, question: &Question, host: &mut impl Host) {
        let begun = match &self.standing {
            Some(standing) => standing.lab.begin(question),
            None => Err(vec![no_lab()]),
        };
        match begun {
            Ok(job) => self.asked.push_back(Asked { id, panel, job }),
            Err(problems) => reply(host, id, Reply::Refused(problems)),
        }
    }

    /// Works on one question for a slice; the others come next, so that none waits for a heavy one.
    fn work_on_question(&mut self, host: &mut impl Host) {
        let Some(mut asked) = self.asked.pop_front() else { return };
        host.working_on(Some(asked.id));
        match asked.job.poll(JOB_SLICE) {
            Poll::Ready(answer) => {
                reply(host, asked.id, Reply::Answer { at: asked.job.at(), answer: *answer });
            }
            Poll::Refused(problems) => reply(host, asked.id, Reply::Refused(problems)),
            Poll::Progress { permille } => {
                host.send(Message::Progress { id: asked.id, permille, now: asked.job.at() });
                self.asked.push_back(asked);
            }
        }
    }

    /// Ends whatever an older question of the panel has come to.
    fn supersede(&mut self, panel: PanelId, host: &mut impl Host) {
        let is_older = |request: &Request| matches!(request.body, RequestBody::Ask { panel: other, .. } if other == panel);
        for id in take(&mut self.queue, |request| is_older(request).then_some(request.id)) {
            reply(host, id, Reply::Superseded);
        }
        for id in take(&mut self.asked, |asked| (asked.panel == panel).then_some(asked.id)) {
            reply(host, id, Reply::Superseded);
        }
    }

    fn cancel(&mut self, id: RequestId, host: &mut impl Host) {
        let mut cancelled = take(&mut self.queue, |request| (request.id == id).then_some(id));
        cancelled.extend(take(&mut self.asked, |asked| (asked.id == id).then_some(id)));
        if self.clock.cancel(id) {
            cancelled.push(id);
        }
        if self.opening.as_ref().is_some_and(|opening| opening.id == id) {
            // The lab that stood before stands again.
            self.standing = self.opening.take().and_then(|opening| opening.before);
            cancelled.push(id);
        }
        for id in cancelled {
            reply(host, id, Reply::Cancelled);
        }
    }

    fn autosave(&mut self, host: &mut impl Host) {
        let now_ms = host.now_ms();
        // What was sent with a command had no checkpoint: that is larger, and nobody should wait for it.
        let is_due = self.is_dirty && now_ms - self.saved_at_ms >= AUTOSAVE_EVERY_MS;
        let Some(standing) = self.standing.as_ref().filter(|_| is_due) else { return };
        let newest = standing.lab.newest_checkpoint_at();
        if newest > self.checkpoint_of && now_ms - self.checkpoint_at_ms >= self.checkpoint_every_ms() {
            self.checkpoint = standing.lab.checkpoint().map(|(_, bytes)| bytes);
            self.checkpoint_of = newest;
            self.checkpoint_at_ms = host.now_ms();
            self.checkpoint_took_ms = self.checkpoint_at_ms - now_ms;
        }
        self.send_autosave(host);
        self.is_dirty = false;
    }

    /// A large lab takes longer to write down and does so less often.
    fn checkpoint_every_ms(&self) -> f64 {
        CHECKPOINT_EVERY_MS.max(self.checkpoint_took_ms * CHECKPOINT_SHARE)
    }

    fn send_autosave(&mut self, host: &mut impl Host) {
        let Some(standing) = &self.standing else { return };
        let line = |command: Option<&Command>| command.map(ToString::to_string);
        host.send(Message::Autosave(Autosave {
            journal: standing.lab.journal().to_string(),
            checkpoint: self.checkpoint.take(),
            undo: line(standing.lab.undoable()),
            redo: line(standing.lab.redoable()),
        }));
        self.saved_at_ms = host.now_ms();
    }
}

/// Takes out what `wanted` names, keeping the order of the rest.
fn take<T>(items: &mut VecDeque<T>, wanted: impl Fn(&T) -> Option<RequestId>) -> Vec<RequestId> {
    let taken = items.iter().filter_map(&wanted).collect();
    items.retain(|item| wanted(item).is_none());
    taken
}

fn no_lab() -> Problem {
    Problem::new("no-lab", "no lab is open")
}

fn reply(host: &mut impl Host, id: RequestId, reply: Reply) {
    host.send(Message::Reply { id, reply });
}

/// Reads a scenario from where its texts are.
fn read_scenario(source: &ScenarioSource, host: &mut impl Host) -> Result<Arc<Scenario>, Vec<Problem>> {
    let (name, files) = match source {
        ScenarioSource::Named(name) => match host.scenario(name) {
            Some(files) => (name.as_str(), files),
            None => {
                let said = format!("no such scenario: {name:?}");
                return Err(vec![Problem::new("no-such-scenario", said)]);
            }
        },
        ScenarioSource::Files(files) => ("files", files.clone()),
    };
    Scenario::read(name, files).map(Arc::new)
}
