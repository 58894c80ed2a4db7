//! Requests under way, from the call to its answer, in slots that are used again. Moves nothing by itself.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::ActorId;
use super::address::{Address, Ip};
use super::call::{Endpoint, PoolId};
use super::message::{Failure, Method, RequestId, Response};
use super::notice::Party;
use crate::base::time::Timestamp;

/// Names a request under way; void once that has ended, though its slot is used again.
pub(super) type ExchangeId = RequestId;

/// Who made a call.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(super) enum Caller {
    /// A process, in one of its runs.
    Process { actor: ActorId, run: u32 },
    /// A visitor of the traffic.
    Visitor,
    /// A request of a batch.
    Batch(u32),
}

impl Caller {
    pub fn party(self) -> Party {
        match self {
            Self::Process { actor, .. } => Party::Actor(actor),
            Self::Visitor | Self::Batch(_) => Party::Visitors,
        }
    }
}

/// An established connection that serves one request now.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Link {
    pub server: ActorId,
    pub run: u32,
    pub ip: Ip,
    /// The server's port, behind any publishing.
    pub port: u16,
    /// The caller's end, as the server sees it.
    pub peer: Address,
    /// Requests on this connection, with this one.
    pub requests: u32,
}

/// How far an exchange has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Stage {
    /// On its way to the server, or waiting there for a process that does not take it.
    Sent,
    /// The server's program has it.
    Handling,
    /// On its way back.
    Answered,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Exchange {
    pub caller: Caller,
    pub token: u64,
    pub endpoint: Endpoint,
    pub pool: Option<PoolId>,
    pub method: Method,
    pub path: Arc<str>,
    pub subject: Option<Address>,
    pub announced: bool,
    pub sent: Timestamp,
    pub deadline: Option<Timestamp>,
    /// `None` where no connection came about.
    pub link: Option<Link>,
    /// Seconds spent on name, connection and wire.
    pub wire_seconds: f64,
    pub took_seconds: f64,
    pub stage: Stage,
    pub outcome: Result<Response, Failure>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Slot {
    generation: u32,
    exchange: Option<Exchange>,
}

/// All exchanges under way.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Exchanges {
    slots: Vec<Slot>,
    free: Vec<u32>,
}

impl Exchanges {
    pub fn insert(&mut self, exchange: Exchange) -> ExchangeId {
        let index = self.free.pop().unwrap_or_else(|| {
            self.slots.push(Slot::default());
            self.slots.len() as u32 - 1
        });
        let slot = &mut self.slots[index as usize];
        slot.exchange = Some(exchange);
        ExchangeId { index, generation: slot.generation }
    }

    pub fn get(&self, id: ExchangeId) -> Option<&Exchange> {
        let slot = self.slots.get(id.index as usize)?;
        if slot.generation == id.generation { slot.exchange.as_ref() } else { None }
    }

    pub fn get_mut(&mut self, id: ExchangeId) -> Option<&mut Exchange> {
        let slot = self.slots.get_mut(id.index as usize)?;
        if slot.generation == id.generation { slot.exchange.as_mut() } else { None }
    }

    /// Ends an exchange; its id is void from now on.
    pub fn remove(&mut self, id: ExchangeId) -> Option<Exchange> {
        let slot = self.slots.get_mut(id.index as usize)?;
        if slot.generation != id.generation {
            return None;
        }
        let exchange = slot.exchange.take()?;
        slot.generation = slot.generation.wrapping_add(1);
        self.free.push(id.index);
        Some(exchange)
    }

    /// Makes the old id void, so that what was entered under it will be passed over, and gives a new one.
    pub fn renew(&mut self, id: ExchangeId) -> ExchangeId {
        let slot = &mut self.slots[id.index as usize];
        slot.generation = slot.generation.wrapping_add(1);
        ExchangeId { generation: slot.generation, ..id }
    }

    pub fn iter(&self) -> impl Iterator<Item = (ExchangeId, &Exchange)> {
        self.slots.iter().enumerate().filter_map(|(index, slot)| {
            let id = ExchangeId { index: index as u32, generation: slot.generation };
            Some((id, slot.exchange.as_ref()?))
        })
    }
}
