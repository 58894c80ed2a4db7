//! Visitors: people who come at random, and requests sent one after the other from the machine.

use std::collections::VecDeque;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::actor::{local_ports, port_after};
use super::address::{Address, Ip};
use super::agenda::Item;
use super::call::Endpoint;
use super::core::{Core, Turn};
use super::description::TrafficDescription;
use super::exchange::{Caller, Exchange, ExchangeId, Stage};
use super::message::{Failure, Method, Response};
use super::notice::NoticeEvent;
use super::refusal::Refusal;
use crate::base::random::{Seed, Stream};
use crate::base::time::{Millis, Timestamp};

/// How long a visitor waits for a page.
const PATIENCE: Millis = Millis::from_secs(30);
/// The most visitors a second that the lab carries.
pub const TRAFFIC_RATE_MAX: f64 = 1000.0;
/// The most requests of one batch.
pub const BATCH_MAX: u32 = 100_000;
/// The most batches under way at a time.
pub const BATCHES_MAX: usize = 16;

/// What became of requests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Sent so far.
    pub sent: u64,
    /// Answered with a status below 400.
    pub succeeded: u64,
    /// Answered with a status of 400 or more.
    pub failed: u64,
    /// The connection broke without an answer (curl: `Empty reply from server`).
    pub broken: u64,
    /// Nobody took the connection (curl: `Connection refused`).
    pub refused: u64,
    /// Given up after waiting too long.
    pub timed_out: u64,
}

impl Tally {
    fn note(&mut self, outcome: &Result<Response, Failure>) {
        *(match outcome {
            Ok(response) if response.status < 400 => &mut self.succeeded,
            Ok(_) => &mut self.failed,
            Err(Failure::Closed | Failure::ConnectionReset { .. }) => &mut self.broken,
            Err(Failure::DeadlineExceeded | Failure::ConnectionTimedOut(_)) => &mut self.timed_out,
            Err(Failure::ConnectionRefused(_) | Failure::NoRouteToHost(_) | Failure::NoSuchHost(_)) => {
                &mut self.refused
            }
        }) += 1;
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Batch {
    number: u32,
    left: u32,
    tally: Tally,
}

/// Everybody who asks for pages from outside.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Visitors {
    arrivals: Stream,
    wire: Stream,
    pauses: Stream,
    endpoint: Endpoint,
    path: Arc<str>,
    /// Rises when the rate changes: the arrival entered before is void.
    epoch: u32,
    /// The next arrival to the fraction of a millisecond, since `began`: rounding must not change the rate.
    began: Timestamp,
    next_millis: f64,
    come: u64,
    next_port: u16,
    waiting: VecDeque<(Timestamp, ExchangeId)>, // in order: all wait equally long
    watched: bool,
    pub tally: Tally,
    batches: Vec<Batch>,
    batches_begun: u32,
}

impl Visitors {
    pub fn new(description: &TrafficDescription, seed: Seed, start: Timestamp) -> Self {
        Self {
            arrivals: seed.stream("traffic/arrivals"),
            wire: seed.stream("traffic/wire"),
            pauses: seed.stream("traffic/pauses"),
            endpoint: Endpoint::new("localhost", description.port),
            path: description.path.clone(),
            epoch: 0,
            began: start,
            next_millis: 0.0,
            come: 0,
            next_port: local_ports().0,
            waiting: VecDeque::new(),
            watched: false,
            tally: Tally::default(),
            batches: Vec::new(),
            batches_begun: 0,
        }
    }

    pub fn wire(&mut self) -> &mut Stream {
        &mut self.wire
    }

    pub fn note(&mut self, outcome: &Result<Response, Failure>) {
        self.tally.note(outcome);
    }

    /// Each visitor comes from an address and port of his own, out of a range kept for documentation.
    fn visitor_address(&mut self) -> Address {
        let (first_port, ports) = local_ports();
        let (host, port) = (self.come / ports % 254, self.come % ports);
        self.come += 1;
        Address { ip: Ip(Ip::new(203, 0, 113, 1).0 + host as u32), port: first_port + port as u16 }
    }
}

impl Core {
    pub(super) fn set_traffic(&mut self, rate: f64) -> Result<(), Refusal> {
        if rate.is_nan() || rate < 0.0 {
            return Err(Refusal::InvalidRate(rate));
        }
        if rate > TRAFFIC_RATE_MAX {
            return Err(Refusal::TooMany { what: "visitors a second".into(), limit: TRAFFIC_RATE_MAX });
        }
        self.description.traffic.rate = rate;
        // A Poisson process has no memory: the next arrival is drawn anew from the present.
        let now = self.now();
        self.visitors.epoch = self.visitors.epoch.wrapping_add(1);
        self.visitors.began = now;
        self.visitors.next_millis = 0.0;
        self.expect_visitor();
        Ok(())
    }

    fn expect_visitor(&mut self) {
        let rate = self.description.traffic.rate;
        if rate <= 0.0 {
            return;
        }
        let visitors = &mut self.visitors;
        visitors.next_millis += visitors.arrivals.exponential(1000.0 / rate);
        let at = visitors.began.saturating_add(Millis(libm::round(visitors.next_millis) as i64));
        let epoch = visitors.epoch;
        self.agenda.enter(at, Item::Visitor { epoch });
    }

    pub(super) fn visitor_comes(&mut self, epoch: u32) -> Turn {
        if epoch != self.visitors.epoch {
            return Turn::None;
        }
        self.expect_visitor();
        let peer = self.visitors.visitor_address();
        self.visitors.tally.sent += 1;
        let id = self.visit(Caller::Visitor, peer);
        let leaves_at = self.now() + PATIENCE;
        let visitors = &mut self.visitors;
        while visitors.waiting.front().is_some_and(|(_, id)| self.exchanges.get(*id).is_none()) {
            visitors.waiting.pop_front();
        }
        visitors.waiting.push_back((leaves_at, id));
        if !visitors.watched {
            visitors.watched = true;
            self.agenda.enter(leaves_at, Item::Patience);
        }
        Turn::None
    }

    /// One entry in the agenda for all who wait: it lets those go whose time is over and comes back for the next.
    pub(super) fn lose_patience(&mut self) -> Turn {
        let now = self.now();
        while let Some((leaves_at, id)) = self.visitors.waiting.front().copied() {
            if self.exchanges.get(id).is_some() {
                if leaves_at > now {
                    self.agenda.enter(leaves_at, Item::Patience);
                    return Turn::None;
                }
                self.agenda.enter(now, Item::Deadline(id));
            }
            self.visitors.waiting.pop_front();
        }
        self.visitors.watched = false;
        Turn::None
    }

    fn visit(&mut self, caller: Caller, peer: Address) -> ExchangeId {
        let now = self.now();
        let port = self.visitors.endpoint.port;
        let announced = matches!(caller, Caller::Batch(_));
        let id = self.exchanges.insert(Exchange {
            caller,
            token: 0,
            endpoint: self.visitors.endpoint.clone(),
            pool: None,
            method: Method::Get,
            path: self.visitors.path.clone(),
            subject: None,
            announced,
            sent: now,
            deadline: None,
            link: None,
            wire_seconds: 0.0,
            took_seconds: 0.0,
            stage: Stage::Sent,
            outcome: Ok(Response::default()),
        });
        let mut dialled = self.dial_machine(None, Address { ip: Ip::LOCALHOST, port }, false);
        if let Ok(link) = &mut dialled.link {
            link.peer = peer;
        }
        self.send(id, dialled);
        id
    }

    pub(super) fn begin_batch(&mut self, count: u32) -> Result<u32, Refusal> {
        if count > BATCH_MAX {
            return Err(Refusal::TooMany { what: "requests".into(), limit: f64::from(BATCH_MAX) });
        }
        if self.visitors.batches.len() >= BATCHES_MAX {
            return Err(Refusal::TooMany { what: "batches of requests".into(), limit: BATCHES_MAX as f64 });
        }
        let visitors = &mut self.visitors;
        let number = visitors.batches_begun;
        visitors.batches_begun += 1;
        visitors.batches.push(Batch { number, left: count, tally: Tally::default() });
        self.agenda.enter(self.agenda.now(), Item::SendNext { batch: number });
        Ok(number)
    }

    pub(super) fn send_next(&mut self, number: u32) -> Turn {
        let visitors = &mut self.visitors;
        let Some(at) = visitors.batches.iter().position(|batch| batch.number == number) else {
            return Turn::None;
        };
        if visitors.batches[at].left == 0 {
            let batch = visitors.batches.remove(at);
            self.tell(NoticeEvent::Sent { batch: number, tally: batch.tally });
            return Turn::None;
        }
        visitors.batches[at].left -= 1;
        visitors.batches[at].tally.sent += 1;
        visitors.tally.sent += 1;
        // Each curl is a process of its own on the machine: it comes by the gateway, with a new port.
        let peer = Address { ip: self.network.gateway(), port: visitors.next_port };
        visitors.next_port = port_after(visitors.next_port);
        self.visit(Caller::Batch(number), peer);
        Turn::None
    }

    pub(super) fn batch_answered(&mut self, number: u32, outcome: &Result<Response, Failure>) {
        let visitors = &mut self.visitors;
        visitors.tally.note(outcome);
        if let Some(batch) = visitors.batches.iter_mut().find(|batch| batch.number == number) {
            batch.tally.note(outcome);
        }
        // The shell starts the next curl.
        let pause = 0.008 + 0.010 * visitors.pauses.uniform();
        self.enter_after(pause, Item::SendNext { batch: number });
    }
}
