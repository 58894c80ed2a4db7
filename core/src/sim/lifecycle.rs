//! The life of a container: made, started, ended, started again, removed. When it is told to is the commands' matter.

use std::sync::Arc;

use super::ActorId;
use super::actor::{Actor, Afterwards, Birth, Phase};
use super::address::Ip;
use super::agenda::Item;
use super::core::{Core, Turn};
use super::daemon::{ContainerAction, ContainerStates, NetworkAction};
use super::description::{Placement, RestartPolicy};
use super::message::Signal;
use super::notice::{LifeChange, NoticeEvent, Party};
use super::refusal::Refusal;
use crate::base::time::{Millis, Timestamp};

/// How long a process may take to end after `SIGTERM`.
const STOP_GRACE: Millis = Millis::from_secs(10);
/// A process that ran so long is no longer counted as failing again and again.
const HEALTHY_AFTER: Millis = Millis::from_secs(10);
const BACKOFF_FIRST_SECONDS: f64 = 0.1;
const BACKOFF_DOUBLINGS_MAX: u32 = 9; // 51.2 s, the last before the engine's limit of a minute
/// The exit code of a process that was killed: 128 + 9.
pub(super) const KILLED: i32 = 137;

impl Core {
    /// Makes a container of a service; it is not started.
    pub(super) fn create(&mut self, service: usize) -> ActorId {
        let description = &self.description.services[service];
        let placement = description.placement;
        let last = self.services[service].members.last();
        let number = last.map_or(1, |last| self.actors[last.0 as usize].number + 1);
        let name: Arc<str> = match placement {
            Placement::Container => {
                format!("{}-{}-{number}", self.description.project, description.name).into()
            }
            Placement::Host | Placement::Outside => description.name.clone(),
        };
        self.services[service].births += 1;
        let owner = format!("container/{name}/{}", self.services[service].births);
        let id = format!("{:016x}", self.seed.derive(&format!("{owner}/id")));
        let actor = ActorId(self.actors.len() as u32);
        self.actors.push(Actor::new(Birth {
            name,
            id: id[..12].into(),
            service: service as u32,
            number,
            placement,
            random: self.seed.stream(&format!("{owner}/program")),
            wire: self.seed.stream(&format!("{owner}/wire")),
            engine: self.seed.stream(&format!("{owner}/engine")),
            at: self.now(),
        }));
        self.services[service].members.push(actor);
        if placement == Placement::Container {
            self.life(actor, LifeChange::Created);
            let seconds = 0.02 + 0.08 * self.actor_mut(actor).engine.uniform();
            self.daemon.observe_container(ContainerAction::Create, seconds);
            self.actor_mut(actor).launch_seconds = seconds;
        }
        actor
    }

    /// Begins to start a container, not before `not_before`; the process runs some tenths of a second later. Gives
    /// the instant at which it will.
    pub(super) fn launch(&mut self, id: ActorId, not_before: Timestamp) -> Result<Timestamp, Refusal> {
        let bound = self.bind_ports(id);
        self.actor_mut(id).start_refused = bound.clone().err();
        bound?;
        let placement = self.actor(id).placement;
        let now = self.now();
        let actor = self.actor_mut(id);
        let start_seconds = 0.3 + 0.5 * actor.engine.uniform();
        // What is left in `launch_seconds` is the time of the making, where it was made just now.
        let delay = std::mem::replace(&mut actor.launch_seconds, start_seconds) + start_seconds;
        actor.phase = Phase::Launching;
        actor.run = actor.run.wrapping_add(1); // whatever else was planned for it is void
        let run = actor.run;
        let at = match placement {
            Placement::Container => now.max(not_before) + Millis::from_secs_f64(delay),
            Placement::Host | Placement::Outside => now,
        };
        self.agenda.enter(at, Item::Boot { actor: id, run });
        Ok(at)
    }

    /// Takes the machine's ports for a container, or none of them.
    fn bind_ports(&mut self, id: ActorId) -> Result<(), Refusal> {
        let wanted = self.description_of(id).ports.clone();
        let taken = |port: &u16| self.network.published(*port).is_some();
        if let Some(port) = wanted.iter().filter_map(|port| port.host).find(taken) {
            return Err(Refusal::PortAllocated { port });
        }
        for port in wanted {
            if let Some(host_port) = port.host.or_else(|| self.network.free_port()) {
                self.network.publish(host_port, id, port.container);
                self.actor_mut(id).ports.push((host_port, port.container));
            }
        }
        Ok(())
    }

    pub(super) fn boot(&mut self, id: ActorId, run: u32) -> Turn {
        let actor = self.actor(id);
        if actor.run != run || actor.phase != Phase::Launching {
            return Turn::None;
        }
        let placement = actor.placement;
        let ip = match placement {
            Placement::Container => self.network.take_address(id),
            Placement::Host => Some(self.description.host_ip),
            // Addresses of others, out of a range kept for documentation.
            Placement::Outside => Some(Ip(Ip::new(198, 51, 100, 0).0 + 1 + id.0 % 250)),
        };
        if let (Placement::Outside, Some(ip)) = (placement, ip) {
            self.network.set_owner(ip, id);
        }
        let hosts = self.description_of(id).extra_hosts.clone();
        let now = self.now();
        let actor = self.actor_mut(id);
        actor.phase = Phase::Alive;
        actor.by_hand = false;
        actor.ip = ip;
        actor.hosts = hosts;
        actor.started_at = Some(now);
        let seconds = actor.launch_seconds;
        actor.launch_seconds = 0.0;
        if placement == Placement::Container {
            self.daemon.observe_container(ContainerAction::Start, seconds);
            self.daemon.observe_network(NetworkAction::Allocate, 0.0004);
            self.daemon.observe_network(NetworkAction::Connect, seconds * 0.3);
            self.life(id, LifeChange::Started);
        }
        Turn::Boot(id)
    }

    /// Tells a change in a container's life and brings the engine's books up to date.
    pub(super) fn life(&mut self, id: ActorId, change: LifeChange) {
        let name = self.actor(id).name.clone();
        self.tell(NoticeEvent::Life { container: id, name, change });
        let mut states = ContainerStates::default();
        for actor in self.actors.iter().filter(|actor| actor.placement == Placement::Container) {
            match actor.phase {
                Phase::Alive if actor.paused => states.paused += 1,
                Phase::Alive => states.running += 1,
                Phase::Removed => {}
                Phase::Created | Phase::Launching | Phase::Restarting | Phase::Exited => states.stopped += 1,
            }
        }
        self.daemon.states = states;
    }

    /// Sends `SIGTERM`, and later `SIGKILL`.
    pub(super) fn end_gracefully(&mut self, id: ActorId, afterwards: Afterwards) {
        self.thaw(id);
        let actor = self.actor_mut(id);
        actor.by_hand = true;
        // A removal under way is not given up because somebody stops or restarts the container as well.
        let begun = actor.ending.is_some();
        if actor.ending != Some(Afterwards::Remove) {
            actor.ending = Some(afterwards);
        }
        if begun {
            return;
        }
        let run = actor.run;
        self.life(id, LifeChange::Stopping);
        self.signal(id, Signal::Terminate);
        self.agenda.enter(self.now() + STOP_GRACE, Item::Kill { actor: id, run });
    }

    pub(super) fn kill_at_last(&mut self, id: ActorId, run: u32) -> Turn {
        let actor = self.actor(id);
        if actor.run == run && actor.is_alive() {
            self.end(id, KILLED);
        }
        Turn::None
    }

    pub(super) fn exit_later(&mut self, id: ActorId, after_seconds: f64, code: i32) {
        let run = self.actor(id).run;
        self.enter_after(after_seconds, Item::Exit { actor: id, run, code });
    }

    pub(super) fn exit(&mut self, id: ActorId, run: u32, item: Item, code: i32) -> Turn {
        let actor = self.actor_mut(id);
        if actor.run == run && actor.is_alive() {
            if actor.paused {
                actor.frozen.push(item);
            } else {
                self.end(id, code);
            }
        }
        Turn::None
    }

    /// A process has ended: what it held is given back, who waited for it is told.
    pub(super) fn end(&mut self, id: ActorId, code: i32) {
        let now = self.now();
        let actor = self.actor_mut(id);
        let run = actor.run;
        actor.run = actor.run.wrapping_add(1);
        actor.phase = Phase::Exited;
        actor.paused = false;
        actor.exit_code = Some(code);
        actor.finished_at = Some(now);
        actor.listeners.clear();
        actor.pools.clear();
        let frozen = std::mem::take(&mut actor.frozen);
        let ip = actor.ip.take();
        let ran = actor.started_at.map_or(Millis::ZERO, |started| now - started);
        self.release_ports(id);
        if let Some(ip) = ip {
            self.network.free_address(ip);
            self.daemon.observe_network(NetworkAction::Release, 0.0003);
        }
        // Answers that waited for the frozen process must still be taken off the books.
        for item in frozen {
            self.agenda.enter(now, item);
        }
        self.break_connections(id, run);
        self.life(id, LifeChange::Exited { code });
        self.after_end(id, code, ran);
    }

    pub(super) fn release_ports(&mut self, id: ActorId) {
        for (port, _) in std::mem::take(&mut self.actor_mut(id).ports) {
            self.network.withdraw(port);
        }
    }

    fn after_end(&mut self, id: ActorId, code: i32, ran: Millis) {
        let policy = self.description_of(id).restart;
        let now = self.now();
        let actor = self.actor_mut(id);
        match actor.ending.take() {
            Some(Afterwards::Stay) => {}
            Some(Afterwards::Start) => {
                // Nobody else can have taken its ports in between: it held them until this instant.
                let _ = self.launch(id, now);
            }
            Some(Afterwards::Remove) => self.remove_soon(id),
            None => {
                let wanted = match policy {
                    RestartPolicy::No => false,
                    RestartPolicy::Always | RestartPolicy::UnlessStopped => !actor.by_hand,
                    RestartPolicy::OnFailure => !actor.by_hand && code != 0,
                };
                if wanted {
                    actor.backoff = if ran >= HEALTHY_AFTER { 0 } else { actor.backoff };
                    let doublings = actor.backoff.min(BACKOFF_DOUBLINGS_MAX);
                    actor.backoff += 1;
                    actor.phase = Phase::Restarting;
                    let run = actor.run;
                    let wait = BACKOFF_FIRST_SECONDS * f64::from(1_u32 << doublings);
                    self.enter_after(wait, Item::Restart { actor: id, run });
                }
            }
        }
    }

    pub(super) fn start_again(&mut self, id: ActorId, run: u32) -> Turn {
        let now = self.now();
        let actor = self.actor_mut(id);
        if actor.run == run && actor.phase == Phase::Restarting {
            actor.restarts += 1;
            if self.launch(id, now).is_err() {
                self.actor_mut(id).phase = Phase::Exited;
            }
        }
        Turn::None
    }

    /// Enters the removal of a container that has no process.
    pub(super) fn remove_soon(&mut self, id: ActorId) {
        let actor = self.actor_mut(id);
        actor.ending = Some(Afterwards::Remove);
        actor.run = actor.run.wrapping_add(1); // a start under way is void
        let seconds = 0.02 + 0.08 * actor.engine.uniform();
        self.release_ports(id);
        self.daemon.observe_container(ContainerAction::Delete, seconds);
        self.enter_after(seconds, Item::Remove { actor: id });
    }

    pub(super) fn remove(&mut self, id: ActorId) -> Turn {
        let actor = self.actor_mut(id);
        actor.phase = Phase::Removed;
        actor.forget();
        let service = actor.service as usize;
        self.services[service].members.retain(|member| *member != id);
        self.flows.forget(Party::Actor(id));
        self.life(id, LifeChange::Removed);
        Turn::Removed(id)
    }

    /// Lets a paused process go on; what waited for it is done in the order in which it came.
    pub(super) fn thaw(&mut self, id: ActorId) {
        let now = self.now();
        let actor = self.actor_mut(id);
        if !actor.paused {
            return;
        }
        actor.paused = false;
        for item in std::mem::take(&mut actor.frozen) {
            self.agenda.enter(now, item);
        }
        self.life(id, LifeChange::Unpaused);
    }
}
