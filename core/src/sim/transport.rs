//! Calls on their way: over a kept connection or a new one, to the server, and back. What the server does with a
//! request is its program's matter; who is where, the network's.

use super::ActorId;
use super::address::Address;
use super::agenda::Item;
use super::call::Call;
use super::connection::Idle;
use super::core::{Core, Turn};
use super::dial::Dialled;
use super::exchange::{Caller, Exchange, ExchangeId, Link, Stage};
use super::message::{Failure, Message, Request, Response};
use super::notice::{Called, NoticeEvent, Party};

impl Core {
    pub(super) fn call(&mut self, actor: ActorId, call: Call) {
        let now = self.now();
        let run = self.actor(actor).run;
        let deadline = call.timeout.map(|timeout| now.saturating_add(timeout));
        let id = self.exchanges.insert(Exchange {
            caller: Caller::Process { actor, run },
            token: call.token,
            endpoint: call.endpoint,
            pool: call.pool,
            method: call.method,
            path: call.path,
            subject: call.subject,
            announced: call.announced,
            sent: now,
            deadline,
            link: None,
            wire_seconds: 0.0,
            took_seconds: 0.0,
            stage: Stage::Sent,
            outcome: Ok(Response::default()),
        });
        if let Some(at) = deadline {
            self.agenda.enter(at, Item::Deadline(id));
        }
        self.connect(id, actor);
    }

    /// Finds a connection for a process's call and sends the request over it.
    pub(super) fn connect(&mut self, id: ExchangeId, caller: ActorId) {
        let kept = self.take_kept(id, caller);
        let dialled = match kept {
            Some(link) => {
                let wire_seconds = 0.000_05 + 0.000_1 * self.actor_mut(caller).wire.uniform();
                Dialled { link: Ok(link), seconds: wire_seconds }
            }
            None => {
                let Some(exchange) = self.exchanges.get(id) else { return };
                let (endpoint, pool) = (exchange.endpoint.clone(), exchange.pool);
                let dialled = self.dial(caller, &endpoint);
                let pools = &mut self.actor_mut(caller).pools;
                if let Some(pool) = pool.and_then(|pool| pools.get_mut(pool.0 as usize)) {
                    pool.dials.count(&dialled.link);
                }
                dialled
            }
        };
        self.send(id, dialled);
    }

    fn take_kept(&mut self, id: ExchangeId, caller: ActorId) -> Option<Link> {
        let now = self.now();
        let exchange = self.exchanges.get(id)?;
        let (pool, endpoint) = (exchange.pool?.0 as usize, &exchange.endpoint);
        // The pools are taken out for the moment, so that the other actors can be asked meanwhile.
        let mut pools = std::mem::take(&mut self.actors[caller.0 as usize].pools);
        let actors = &self.actors;
        let is_alive = |link: &Link| actors[link.server.0 as usize].run == link.run;
        let kept = pools.get_mut(pool).and_then(|pool| pool.take(endpoint, now, is_alive));
        self.actor_mut(caller).pools = pools;
        kept.map(|link| Link { requests: link.requests + 1, ..link })
    }

    /// Sends a request over the connection that was found, or fails the exchange with the reason why there is none.
    pub(super) fn send(&mut self, id: ExchangeId, dialled: Dialled) {
        let Some(exchange) = self.exchanges.get_mut(id) else { return };
        exchange.wire_seconds += dialled.seconds;
        match dialled.link {
            Ok(link) => {
                exchange.link = Some(link);
                exchange.stage = Stage::Sent;
                self.enter_after(dialled.seconds, Item::Arrive(id));
            }
            Err(failure) => {
                exchange.link = None;
                exchange.stage = Stage::Answered;
                exchange.took_seconds = exchange.wire_seconds;
                exchange.outcome = Err(failure);
                self.enter_after(dialled.seconds, Item::Answer(id));
            }
        }
    }

    pub(super) fn arrive(&mut self, id: ExchangeId, item: Item) -> Turn {
        let Some(exchange) = self.exchanges.get_mut(id) else { return Turn::None };
        let Some(link) = exchange.link else { return Turn::None };
        let server = &mut self.actors[link.server.0 as usize];
        if server.paused {
            server.frozen.push(item);
            return Turn::None;
        }
        exchange.stage = Stage::Handling;
        let request = Request {
            id,
            method: exchange.method,
            path: exchange.path.clone(),
            port: link.port,
            peer: link.peer,
            subject: exchange.subject,
        };
        Turn::Message(link.server, Message::Request(request))
    }

    pub(super) fn respond(&mut self, id: ExchangeId, after_seconds: f64, outcome: Result<Response, Failure>) {
        let now = self.now();
        let Some(exchange) = self.exchanges.get_mut(id) else { return };
        if exchange.stage != Stage::Handling {
            return;
        }
        let after_seconds = if after_seconds > 0.0 { after_seconds } else { 0.0 };
        exchange.stage = Stage::Answered;
        exchange.outcome = outcome;
        exchange.took_seconds = (now - exchange.sent).as_secs_f64() + exchange.wire_seconds + after_seconds;
        self.enter_after(after_seconds, Item::Answer(id));
    }

    pub(super) fn answer(&mut self, id: ExchangeId, item: Item) -> Turn {
        let Some(exchange) = self.exchanges.get(id) else { return Turn::None };
        if let Some(link) = exchange.link {
            let server = &mut self.actors[link.server.0 as usize];
            if server.paused && server.run == link.run {
                server.frozen.push(item);
                return Turn::None;
            }
        }
        self.finish(id, item)
    }

    pub(super) fn expire(&mut self, id: ExchangeId) -> Turn {
        let item = Item::Deadline(id);
        let now = self.now();
        let Some(exchange) = self.exchanges.get_mut(id) else { return Turn::None };
        exchange.took_seconds = (now - exchange.sent).as_secs_f64();
        exchange.outcome = Err(Failure::DeadlineExceeded);
        self.finish(id, item)
    }

    /// The end of an exchange: the connection is kept or closed, the caller is told.
    fn finish(&mut self, id: ExchangeId, item: Item) -> Turn {
        let Some(exchange) = self.exchanges.get(id) else { return Turn::None };
        if let Caller::Process { actor, run } = exchange.caller {
            let caller = &mut self.actors[actor.0 as usize];
            if caller.paused && caller.run == run {
                caller.frozen.push(item);
                return Turn::None;
            }
        }
        let Some(exchange) = self.exchanges.remove(id) else { return Turn::None };
        self.keep_connection(&exchange);
        self.count(&exchange);
        let Exchange { caller, token, outcome, took_seconds, .. } = exchange;
        match caller {
            Caller::Process { actor, run } => {
                let process = self.actor(actor);
                if process.run != run || !process.is_alive() {
                    return Turn::None;
                }
                Turn::Message(
                    actor,
                    match outcome {
                        Ok(response) => Message::Response { token, response, took_seconds },
                        Err(failure) => Message::Failure { token, failure, took_seconds },
                    },
                )
            }
            Caller::Visitor => {
                self.visitors.note(&outcome);
                Turn::None
            }
            Caller::Batch(batch) => {
                self.batch_answered(batch, &outcome);
                Turn::None
            }
        }
    }

    fn keep_connection(&mut self, exchange: &Exchange) {
        let (Caller::Process { actor, run }, Some(link), Some(pool), Ok(_)) =
            (exchange.caller, exchange.link, exchange.pool, &exchange.outcome)
        else {
            return;
        };
        let Some(listener) = self.actor(link.server).listener(link.port) else { return };
        let keep_alive = listener.keep_alive;
        let worn_out = keep_alive.requests_max.is_some_and(|most| link.requests >= most);
        if worn_out || self.actor(actor).run != run {
            return;
        }
        let idle = Idle {
            endpoint: exchange.endpoint.clone(),
            link,
            since: self.now(),
            server_timeout: keep_alive.idle_timeout,
        };
        let mut pools = std::mem::take(&mut self.actor_mut(actor).pools);
        let actors = &self.actors;
        let is_alive = |link: &Link| actors[link.server.0 as usize].run == link.run;
        if let Some(pool) = pools.get_mut(pool.0 as usize) {
            pool.put(idle, is_alive);
        }
        self.actor_mut(actor).pools = pools;
    }

    fn count(&mut self, exchange: &Exchange) {
        let now = self.now();
        let from = exchange.caller.party();
        let to = match exchange.link {
            Some(link) => Party::Actor(link.server),
            None => self.party_of(&exchange.endpoint),
        };
        let status = match &exchange.outcome {
            Ok(response) => Ok(response.status),
            Err(failure) => Err(failure),
        };
        self.flows.count(from, to, status.is_ok_and(|status| status < 500), now);
        if exchange.announced {
            let called = Called {
                caller: from,
                callee: exchange.link.map(|link| link.server),
                path: exchange.path.clone(),
                result: status.map_err(Clone::clone),
                took_seconds: exchange.took_seconds,
            };
            self.notices.push(now, NoticeEvent::Called(called));
        }
    }

    /// A process has ended: the connections to it break. A `GET` on a connection that had served before is sent once
    /// more on a new one.
    pub(super) fn break_connections(&mut self, server: ActorId, run: u32) {
        let of_server = |link: &Link| link.server == server && link.run == run;
        let broken: Vec<ExchangeId> = self
            .exchanges
            .iter()
            .filter(|(_, exchange)| exchange.link.as_ref().is_some_and(of_server))
            .map(|(id, _)| id)
            .collect();
        for id in broken {
            let id = self.exchanges.renew(id);
            self.break_connection(id);
        }
    }

    fn break_connection(&mut self, id: ExchangeId) {
        let now = self.now();
        let Some(exchange) = self.exchanges.get_mut(id) else { return };
        let Some(link) = exchange.link else { return };
        let waited = (now - exchange.sent).as_secs_f64();
        let caller = match exchange.caller {
            Caller::Process { actor, run } if self.actors[actor.0 as usize].run == run => Some(actor),
            Caller::Process { .. } | Caller::Visitor | Caller::Batch(_) => None,
        };
        if let (Some(caller), true, true) = (caller, link.requests > 1, exchange.method.is_repeatable()) {
            exchange.link = None;
            exchange.wire_seconds = waited;
            if let Some(at) = exchange.deadline {
                self.agenda.enter(at, Item::Deadline(id));
            }
            self.connect(id, caller);
            return;
        }
        let remote = Address { ip: link.ip, port: link.port };
        exchange.outcome = Err(match exchange.stage {
            // Bytes that the process never read: the kernel resets the connection instead of closing it.
            Stage::Sent => Failure::ConnectionReset { local: link.peer, remote },
            Stage::Handling | Stage::Answered => Failure::Closed,
        });
        exchange.stage = Stage::Answered;
        exchange.took_seconds = waited;
        self.agenda.enter(now, Item::Answer(id));
    }

    /// Open connections to and from a process, in use or kept.
    pub(super) fn count_connections(&self, actor: ActorId) -> (u32, u32) {
        let now = self.now();
        let (mut inward, mut outward) = (0, 0);
        let run = self.actor(actor).run;
        let mut count = |from: Option<ActorId>, link: &Link| {
            inward += u32::from(link.server == actor && link.run == run);
            outward += u32::from(from == Some(actor));
        };
        for (_, exchange) in self.exchanges.iter() {
            let from = match exchange.caller {
                Caller::Process { actor, run } if self.actor(actor).run == run => Some(actor),
                Caller::Process { .. } | Caller::Visitor | Caller::Batch(_) => None,
            };
            if let Some(link) = &exchange.link {
                count(from, link);
            }
        }
        let is_alive = |link: &Link| self.actor(link.server).run == link.run;
        for (from, caller) in self.actors.iter().enumerate() {
            for link in caller.pools.iter().flat_map(|pool| pool.open(now, is_alive)) {
                count(Some(ActorId(from as u32)), link);
            }
        }
        (inward, outward)
    }
}
