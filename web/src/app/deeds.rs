//! How the root moves time and what it does with the worker's word.

use scrapeyard_core::base::time::{Millis, Timestamp};
use scrapeyard_core::lab::wire::{Reply, RequestBody};
use scrapeyard_core::lab::{Problem, Question, StoreId};
use web_sys::{VisibilityState, window};
use yew::prelude::Context;

use super::{App, Msg};
use crate::preferences::Preference;
use crate::saves::{Change, History, cut};
use crate::session::{Jump, Notice, Phase, Pulse, Transport, panel};
use crate::worker::ClientEvent;

/// The targets are asked for every so many beats.
const TARGET_BEATS: u32 = 4;
/// How long a scrape may take to be seen by a step, beyond what the last one took.
const STEP_SLACK_MS: i64 = 250;

impl App {
    pub(super) fn beat(&mut self, ctx: &Context<Self>) -> bool {
        let Some(window) = window() else { return false };
        let now_ms = window.performance().map_or(0.0, |performance| performance.now());
        let visible =
            window.document().is_none_or(|document| document.visibility_state() == VisibilityState::Visible);
        if let Some(to) = self.pulse.due(&self.clock, visible, now_ms) {
            let body = RequestBody::Advance { to, budget_ms: Pulse::BUDGET_MS };
            let link = ctx.link().clone();
            self.session.client().request(body, move |reply| link.send_message(Msg::Pulsed(reply)));
        }
        self.beats = self.beats.wrapping_add(1);
        if self.clock.phase == Phase::Open && self.beats.is_multiple_of(TARGET_BEATS) {
            self.ask_targets(ctx);
        }
        false
    }

    fn ask_targets(&mut self, ctx: &Context<Self>) {
        let state = (self.session.now(), self.session.revision());
        if self.targets_asked.1 || self.targets_asked.0 == Some(state) {
            return;
        }
        self.targets_asked = (Some(state), true);
        let link = ctx.link().clone();
        let question = Question::Targets(StoreId::Pulled);
        self.session.ask(panel::TARGETS, question, move |asked| link.send_message(Msg::Targets(asked)));
    }

    /// Virtual time has come somewhere; whether anything has to be drawn.
    pub(super) fn reached(&mut self, reply: Reply) -> bool {
        let Reply::Reached { now } = reply else { return false };
        self.set_now(now)
    }

    pub(super) fn progress(&mut self, permille: u32, now: Timestamp) -> bool {
        if self.clock.jump.is_some() {
            self.clock.jump = Some(Jump { permille });
        }
        self.set_now(now);
        true
    }

    fn set_now(&mut self, now: Timestamp) -> bool {
        self.session.set_now(now);
        std::mem::replace(&mut self.clock.now, now) != now
    }

    pub(super) fn worker_says(&mut self, ctx: &Context<Self>, event: ClientEvent) -> bool {
        match event {
            ClientEvent::Opened { now, start } => {
                self.keeper.opened();
                self.clock.phase = Phase::Open;
                self.clock.start = start;
                self.set_now(now);
                self.session.touch();
                self.ask_targets(ctx);
            }
            ClientEvent::Autosaved { has_checkpoint, undo, redo } => {
                self.keeper.autosaved(has_checkpoint, undo, redo);
                return false;
            }
            ClientEvent::OpenRefused(problems) if self.keeper.refused(&problems) => {
                self.clock.phase = Phase::Starting;
            }
            ClientEvent::OpenRefused(problems) => {
                self.clock.phase = Phase::Dead;
                self.problems = problems;
            }
            ClientEvent::Restarting(detail) => {
                let text = self.texts.say("worker-restarting");
                self.notify(ctx, Notice::failed(text).with_detail(Some(detail)));
            }
            ClientEvent::Dead(text) => {
                self.clock.phase = Phase::Dead;
                self.problems = vec![Problem::new("worker-died", text)];
            }
        }
        true
    }

    pub(super) fn transport(&mut self, ctx: &Context<Self>, deed: Transport) -> bool {
        if self.clock.phase != Phase::Open {
            return false;
        }
        match deed {
            Transport::Toggle => {
                self.clock.playing = !self.clock.playing;
                self.keeper.note_reached(self.clock.now, self.clock.playing);
            }
            Transport::Speed(speed) => {
                self.clock.speed = speed;
                Preference::Speed.write(&speed.to_string());
            }
            Transport::Step => {
                let now = self.clock.now;
                let next = self.targets.as_deref().and_then(|targets| targets.next(now));
                let to = next.map_or(now + Millis::from_secs(1), |target| {
                    target.next_scrape
                        + Millis::from_secs_f64(target.last_duration_seconds)
                        + Millis(STEP_SLACK_MS)
                });
                self.clock.playing = false;
                self.jump_to(ctx, to);
            }
            Transport::Jump(length) => self.jump_to(ctx, self.clock.now.saturating_add(length)),
            Transport::Cancel => {
                if let Some(request) = self.jump {
                    self.session.cancel(request);
                }
            }
        }
        true
    }

    fn jump_to(&mut self, ctx: &Context<Self>, to: Timestamp) {
        if self.jump.is_some() {
            return;
        }
        let (reply_link, progress_link) = (ctx.link().clone(), ctx.link().clone());
        self.clock.jump = Some(Jump { permille: 0 });
        self.jump = Some(self.session.client().request_long(
            RequestBody::Jump { to },
            move |reply| reply_link.send_message(Msg::Jumped(reply)),
            move |permille, now| progress_link.send_message(Msg::Progress(permille, now)),
        ));
    }

    pub(super) fn saves_changed(&mut self, change: Change) -> bool {
        if change == Change::Pause {
            self.clock.playing = false;
        }
        self.saves.view = self.keeper.view();
        true
    }

    pub(super) fn step_in_history(&mut self, ctx: &Context<Self>, step: History) -> bool {
        if self.clock.phase != Phase::Open || self.jump.is_some() {
            return false;
        }
        let (reply_link, progress_link) = (ctx.link().clone(), ctx.link().clone());
        let body = match step {
            History::Undo => RequestBody::Undo,
            History::Redo => RequestBody::Redo,
        };
        self.clock.jump = Some(Jump { permille: 0 });
        self.jump = Some(self.session.client().request_long(
            body,
            move |reply| reply_link.send_message(Msg::Stepped(step, reply)),
            move |permille, now| progress_link.send_message(Msg::Progress(permille, now)),
        ));
        true
    }

    /// Says what was taken back or done again.
    pub(super) fn stepped(&mut self, ctx: &Context<Self>, step: History, reply: Reply) -> bool {
        (self.jump, self.clock.jump) = (None, None);
        self.session.touch();
        let (done, nothing) = match step {
            History::Undo => ("undo-done", "undo-nothing"),
            History::Redo => ("redo-done", "redo-nothing"),
        };
        let text = match reply {
            Reply::Opened { changed: Some(line), .. } => {
                self.texts.with(done, &[("line", (&cut(&line)).into())])
            }
            Reply::Refused(_) => self.texts.say(nothing),
            _ => return true,
        };
        self.notify(ctx, Notice::done(text))
    }
}
