//! Everything of the yard but the programs, so that a program can be handed the rest of the yard while it runs.
//! Holds the state and turns agenda items into turns of programs; what the items do stands beside it.

use serde::{Deserialize, Serialize};

use super::ActorId;
use super::actor::Actor;
use super::address::Ip;
use super::agenda::{Agenda, Item};
use super::context::Surroundings;
use super::daemon::Daemon;
use super::description::{Description, ServiceDescription};
use super::exchange::Exchanges;
use super::flow::Flows;
use super::message::{Message, Signal};
use super::network::Network;
use super::notice::{NoticeEvent, Notices};
use super::visitors::Visitors;
use crate::base::random::Seed;
use crate::base::time::{Millis, Timestamp};

/// A service's containers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Service {
    /// Containers that are there, in order of their numbers.
    pub members: Vec<ActorId>,
    /// How many containers were ever made: no two have the same randomness and id.
    pub births: u32,
}

/// The yard without its programs.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Core {
    pub(super) agenda: Agenda,
    pub(super) seed: Seed,
    pub(super) description: Description,
    pub(super) services: Vec<Service>,
    pub(super) actors: Vec<Actor>,
    pub(super) network: Network,
    pub(super) exchanges: Exchanges,
    pub(super) visitors: Visitors,
    pub(super) flows: Flows,
    pub(super) daemon: Daemon,
    pub(super) notices: Notices,
    /// Addresses of the name being dialled: kept only so that dialling costs no allocation.
    #[serde(skip)]
    pub(super) scratch: Vec<Ip>,
}

/// What a program is to do next.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Turn {
    /// Nothing: the item concerned no program, or was void.
    None,
    /// Start.
    Boot(ActorId),
    /// Take a message.
    Message(ActorId, Message),
    /// Be gone.
    Removed(ActorId),
}

impl Core {
    pub(super) fn new(description: Description, seed: Seed, start: Timestamp) -> Self {
        Self {
            agenda: Agenda::new(start),
            seed,
            services: vec![Service::default(); description.services.len()],
            actors: Vec::new(),
            network: Network::new(&description.network),
            exchanges: Exchanges::default(),
            visitors: Visitors::new(&description.traffic, seed, start),
            flows: Flows::default(),
            daemon: Daemon::new(start),
            notices: Notices::default(),
            description,
            scratch: Vec::new(),
        }
    }

    pub(super) fn now(&self) -> Timestamp {
        self.agenda.now()
    }

    pub(super) fn actor(&self, actor: ActorId) -> &Actor {
        &self.actors[actor.0 as usize]
    }

    pub(super) fn actor_mut(&mut self, actor: ActorId) -> &mut Actor {
        &mut self.actors[actor.0 as usize]
    }

    pub(super) fn description_of(&self, actor: ActorId) -> &ServiceDescription {
        &self.description.services[self.actor(actor).service as usize]
    }

    pub(super) fn surroundings(&self, actor: ActorId) -> Surroundings<'_> {
        let (connections_in, connections_out) = self.count_connections(actor);
        let actor = self.actor(actor);
        Surroundings {
            now: self.now(),
            started: actor.started_at.unwrap_or(actor.created_at),
            hostname: &actor.id,
            connections_in,
            connections_out,
            daemon: &self.daemon,
            pools: &actor.pools,
        }
    }

    /// Enters an item so many seconds from now, to the nearest millisecond.
    pub(super) fn enter_after(&mut self, seconds: f64, item: Item) {
        let at = self.now().saturating_add(Millis::from_secs_f64(seconds));
        self.agenda.enter(at, item);
    }

    pub(super) fn set_timer(&mut self, actor: ActorId, at: Timestamp, token: u64) {
        let run = self.actor(actor).run;
        self.agenda.enter(at, Item::Timer { actor, run, token });
    }

    pub(super) fn tell(&mut self, event: NoticeEvent) {
        self.notices.push(self.now(), event);
    }

    /// Does what an item says, up to the point where a program has its turn.
    pub(super) fn process(&mut self, item: Item) -> Turn {
        match item {
            Item::Boot { actor, run } => self.boot(actor, run),
            Item::Timer { actor, run, token } => self.deliver(actor, run, item, |_| Message::Timer { token }),
            Item::Signal { actor, run, signal } => {
                self.deliver(actor, run, item, |_| Message::Signal(signal))
            }
            Item::Arrive(id) => self.arrive(id, item),
            Item::Answer(id) => self.answer(id, item),
            Item::Deadline(id) => self.expire(id),
            Item::Exit { actor, run, code } => self.exit(actor, run, item, code),
            Item::Kill { actor, run } => self.kill_at_last(actor, run),
            Item::Restart { actor, run } => self.start_again(actor, run),
            Item::Remove { actor } => self.remove(actor),
            Item::Visitor { epoch } => self.visitor_comes(epoch),
            Item::SendNext { batch } => self.send_next(batch),
            Item::Patience => self.lose_patience(),
        }
    }

    /// Gives a message to a process, unless it has ended (the item is void) or is paused (the item waits).
    fn deliver(&mut self, id: ActorId, run: u32, item: Item, message: impl FnOnce(&Self) -> Message) -> Turn {
        let actor = self.actor_mut(id);
        if actor.run != run || !actor.is_alive() {
            return Turn::None;
        }
        if actor.paused {
            actor.frozen.push(item);
            return Turn::None;
        }
        Turn::Message(id, message(self))
    }

    pub(super) fn signal(&mut self, actor: ActorId, signal: Signal) {
        let run = self.actor(actor).run;
        self.agenda.enter(self.now(), Item::Signal { actor, run, signal });
    }
}
