//! Everything of the yard but the programs, so that a program can be handed the rest of the yard while it runs.

use std::collections::VecDeque;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::ActorId;
use super::address::{Address, Ip};
use super::call::{Call, Listener, PoolId, PoolPolicy};
use super::context::Surroundings;
use super::daemon::Daemon;
use super::description::{Description, ServiceDescription};
use super::message::{Failure, RequestId, Response};
use super::notice::{LogLine, Notices};
use crate::base::random::Stream;
use crate::base::time::Timestamp;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Actor {
    pub name: Arc<str>,
    pub id: Arc<str>,
    pub service: u32,
    pub random: Stream,
    pub logs: VecDeque<LogLine>,
    pub started: Timestamp,
}

/// The yard without its programs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Core {
    pub(super) now: Timestamp,
    pub(super) description: Description,
    pub(super) actors: Vec<Actor>,
    pub(super) daemon: Daemon,
    pub(super) notices: Notices,
}

impl Core {
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
        let actor = self.actor(actor);
        Surroundings {
            now: self.now,
            started: actor.started,
            hostname: &actor.id,
            connections_in: 0,
            connections_out: 0,
            daemon: &self.daemon,
        }
    }

    pub(super) fn add_host(&mut self, _actor: ActorId, _name: Arc<str>, _ip: Ip) {}

    pub(super) fn listen(&mut self, _actor: ActorId, _listener: Listener) {}

    pub(super) fn respond(&mut self, _to: RequestId, _after_seconds: f64, _with: Result<Response, Failure>) {}

    pub(super) fn open_pool(&mut self, _actor: ActorId, _policy: PoolPolicy) -> PoolId {
        PoolId(0)
    }

    pub(super) fn call(&mut self, _actor: ActorId, _call: Call) {}

    pub(super) fn resolve(&mut self, _actor: ActorId, name: &str) -> Result<Vec<Ip>, Failure> {
        Err(Failure::NoSuchHost(name.into()))
    }

    pub(super) fn set_timer(&mut self, _actor: ActorId, _at: Timestamp, _token: u64) {}

    pub(super) fn log(&mut self, actor: ActorId, text: Arc<str>, address: Option<Address>) {
        let line = LogLine { at: self.now, text, address };
        self.actor_mut(actor).logs.push_back(line);
    }

    pub(super) fn exit_later(&mut self, _actor: ActorId, _after_seconds: f64, _code: i32) {}
}
