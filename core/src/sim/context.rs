//! What a program can do and see: the only door between a program and the yard.

use std::sync::Arc;

use super::ActorId;
use super::address::{Address, Ip};
use super::call::{Call, Listener, PoolId, PoolPolicy};
use super::connection::Pool;
use super::core::Core;
use super::daemon::Daemon;
use super::dials::Dials;
use super::message::{Failure, RequestId, Response};
use super::notice::{LifeChange, LogLine, NoticeEvent};
use crate::base::random::Stream;
use crate::base::time::Timestamp;

/// The yard as one running program acts on it.
pub struct Context<'a> {
    pub(super) core: &'a mut Core,
    pub(super) actor: ActorId,
}

/// The yard as a program sees it when it shows its metrics; nothing here can be changed.
#[derive(Clone, Copy)]
pub struct Surroundings<'a> {
    /// The present.
    pub now: Timestamp,
    /// When the process started.
    pub started: Timestamp,
    /// The container's host name: its id of 12 hexadecimal digits.
    pub hostname: &'a str,
    /// Connections to this process that are open, in use or kept.
    pub connections_in: u32,
    /// Connections of this process to others that are open, in use or kept.
    pub connections_out: u32,
    /// The Docker engine's books.
    pub daemon: &'a Daemon,
    pub(super) pools: &'a [Pool],
}

impl Surroundings<'_> {
    /// How often the process dialled for a set of connections.
    #[must_use]
    pub fn dials(&self, pool: PoolId) -> Dials {
        self.pools.get(pool.0 as usize).map(|pool| pool.dials).unwrap_or_default()
    }
}

impl Context<'_> {
    /// The present.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.core.now()
    }

    /// The randomness that belongs to this container alone.
    pub fn random(&mut self) -> &mut Stream {
        &mut self.core.actor_mut(self.actor).random
    }

    /// What [`super::Program::gather`] needs to show the program's metrics now.
    #[must_use]
    pub fn surroundings(&self) -> Surroundings<'_> {
        self.core.surroundings(self.actor)
    }

    /// The container's name.
    #[must_use]
    pub fn name(&self) -> &Arc<str> {
        &self.core.actor(self.actor).name
    }

    /// The value of an environment variable of the service.
    #[must_use]
    pub fn environment(&self, variable: &str) -> Option<&Arc<str>> {
        self.core.description_of(self.actor).environment.get(variable)
    }

    /// The text of a file of the service.
    #[must_use]
    pub fn file(&self, path: &str) -> Option<&Arc<str>> {
        self.core.description_of(self.actor).files.get(path)
    }

    /// The files of the service, in order of their paths.
    pub fn files(&self) -> impl Iterator<Item = (&Arc<str>, &Arc<str>)> {
        self.core.description_of(self.actor).files.iter()
    }

    /// Adds a line to the container's `/etc/hosts`; good until the container stops.
    pub fn add_host(&mut self, name: impl Into<Arc<str>>, ip: Ip) {
        self.core.add_host(self.actor, name.into(), ip);
    }

    /// Opens a port. Until then connections to it are refused.
    pub fn listen(&mut self, listener: Listener) {
        let actor = self.core.actor_mut(self.actor);
        actor.listeners.retain(|other| other.port != listener.port);
        actor.listeners.push(listener);
        self.core.life(self.actor, LifeChange::Listening { port: listener.port });
    }

    /// Answers a request `after_seconds` from now (finer than the yard's milliseconds: it counts in full in the
    /// durations that others measure). A request whose caller is gone is forgotten.
    pub fn respond(&mut self, request: RequestId, after_seconds: f64, response: Response) {
        self.core.respond(request, after_seconds, Ok(response));
    }

    /// Closes the connection of a request without an answer, as a handler that panicked does.
    pub fn drop_connection(&mut self, request: RequestId, after_seconds: f64) {
        self.core.respond(request, after_seconds, Err(Failure::Closed));
    }

    /// A new set of kept-alive connections, empty.
    pub fn pool(&mut self, policy: PoolPolicy) -> PoolId {
        let pools = &mut self.core.actor_mut(self.actor).pools;
        pools.push(Pool::new(policy));
        PoolId(pools.len() as u32 - 1)
    }

    /// Calls another server. The answer, or the failure, comes as a message with the call's token.
    pub fn call(&mut self, call: Call) {
        self.core.call(self.actor, call);
    }

    /// Asks the name server for the addresses of `name`; they come in random order.
    ///
    /// # Errors
    /// [`Failure::NoSuchHost`] where there is none.
    pub fn resolve(&mut self, name: &str) -> Result<Vec<Ip>, Failure> {
        self.core.resolve(self.actor, name)
    }

    /// Sends this program [`super::Message::Timer`] with `token` at `at`, at once where that has passed. A timer
    /// cannot be taken back: let the program remember which token still counts.
    pub fn set_timer(&mut self, at: Timestamp, token: u64) {
        self.core.set_timer(self.actor, at, token);
    }

    /// Writes a line to the container's log, and tells it.
    pub fn log(&mut self, text: impl Into<Arc<str>>) {
        let line = LogLine { at: self.now(), text: text.into(), address: None };
        self.core.tell(NoticeEvent::Log { container: self.actor, line: line.clone() });
        self.core.actor_mut(self.actor).write_log(line);
    }

    /// Writes a line as it comes with each request: `{}` in `text` stands for `address`. It is not told, and costs no
    /// allocation when `text` is kept.
    pub fn log_request(&mut self, text: &Arc<str>, address: Address) {
        let line = LogLine { at: self.now(), text: text.clone(), address: Some(address) };
        self.core.actor_mut(self.actor).write_log(line);
    }

    /// Ends the process with an exit code, `after_seconds` from now.
    pub fn exit(&mut self, after_seconds: f64, code: i32) {
        self.core.exit_later(self.actor, after_seconds, code);
    }
}
