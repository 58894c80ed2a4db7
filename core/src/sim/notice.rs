//! What the yard tells of itself while it runs: container life, log lines, announced calls. Bounded; whoever wants
//! them takes them out in time.

use std::collections::VecDeque;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::ActorId;
use super::address::Address;
use super::message::Failure;
use crate::base::time::Timestamp;

/// How many notices wait to be taken; the oldest go first.
pub const NOTICES_MAX: usize = 8192;

/// Something that happened in the yard.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Notice {
    /// When.
    pub at: Timestamp,
    /// What.
    pub event: NoticeEvent,
}

/// What can happen in the yard.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum NoticeEvent {
    /// A container changed its state.
    Life {
        /// The container.
        container: ActorId,
        /// Its name, which stays known when the container is gone.
        name: Arc<str>,
        /// What became of it.
        change: LifeChange,
    },
    /// A container wrote a line. Lines that come with each request are not told; they stand in the container's log.
    Log {
        /// The container.
        container: ActorId,
        /// The line.
        line: LogLine,
    },
    /// An announced call came to its end.
    Called(Called),
    /// The requests sent one after the other came to their end.
    Sent {
        /// The number [`super::Yard::send`] gave.
        batch: u32,
        /// What became of them.
        tally: super::visitors::Tally,
    },
}

/// A line of a container's log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogLine {
    /// When it was written.
    pub at: Timestamp,
    /// The line; where there is an address, `{}` stands for it.
    pub text: Arc<str>,
    /// An address within the line: kept apart so that a line a request costs no allocation.
    pub address: Option<Address>,
}

impl std::fmt::Display for LogLine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.address, self.text.split_once("{}")) {
            (Some(address), Some((before, after))) => write!(f, "{before}{address}{after}"),
            _ => f.write_str(&self.text),
        }
    }
}

/// A change in the life of a container, in the order of `docker events`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LifeChange {
    /// It lies ready.
    Created,
    /// Its process runs.
    Started,
    /// It opened a port: from now on it can be reached.
    Listening {
        /// The port.
        port: u16,
    },
    /// It was sent a signal to end.
    Stopping,
    /// Its process ended.
    Exited {
        /// The exit code.
        code: i32,
    },
    /// It is frozen.
    Paused,
    /// It goes on.
    Unpaused,
    /// It is gone.
    Removed,
}

/// The end of an announced call.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Called {
    /// Who called.
    pub caller: Party,
    /// Who was reached; `None` where nobody was.
    pub callee: Option<ActorId>,
    /// The path.
    pub path: Arc<str>,
    /// The status, or why there was none.
    pub result: Result<u16, Failure>,
    /// Seconds from the call to its end.
    pub took_seconds: f64,
}

/// One side of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Party {
    /// People with browsers, and whoever sends requests from the machine.
    Visitors,
    /// A container, a process of the machine, or an outside service.
    Actor(ActorId),
    /// A service of which no container could be reached, by its place in the description.
    Service(u32),
    /// A name or address of nobody.
    Nobody,
}

/// Notices in order, bounded.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Notices {
    queue: VecDeque<Notice>,
    lost: u64,
}

impl Notices {
    pub(super) fn push(&mut self, at: Timestamp, event: NoticeEvent) {
        if self.queue.len() >= NOTICES_MAX {
            self.queue.pop_front();
            self.lost += 1;
        }
        self.queue.push_back(Notice { at, event });
    }

    /// All that wait, and how many were lost before them.
    pub(super) fn take(&mut self) -> (Vec<Notice>, u64) {
        (std::mem::take(&mut self.queue).into(), std::mem::take(&mut self.lost))
    }
}
