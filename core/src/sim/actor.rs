//! One container as the yard keeps it: identity, state, ports, connections, log. Also used for processes of the
//! machine and outside services, which have no container around them.

use std::collections::VecDeque;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::address::{Address, Ip};
use super::agenda::Item;
use super::call::Listener;
use super::connection::Pool;
use super::description::Placement;
use super::notice::LogLine;
use super::refusal::Refusal;
use super::view::State;
use crate::base::random::Stream;
use crate::base::time::Timestamp;

/// How many lines of a log are kept.
const LOG_LINES_MAX: usize = 500;
/// The ports from which the kernel takes the near end of a connection.
const LOCAL_PORTS: std::ops::RangeInclusive<u16> = 32_768..=60_999;

/// Where a container is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Phase {
    /// Made, never started.
    Created,
    /// Docker is starting it.
    Launching,
    /// Its process runs.
    Alive,
    /// Its process ended by itself; Docker waits a little and starts it again.
    Restarting,
    /// Its process ended.
    Exited,
    /// Gone; only the number stays taken.
    Removed,
}

/// What is to happen once a process that was told to end has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Afterwards {
    Stay,
    Start,
    Remove,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Actor {
    pub name: Arc<str>,
    /// 12 hexadecimal digits, as `docker ps` shows it.
    pub id: Arc<str>,
    pub service: u32,
    pub number: u32,
    pub placement: Placement,
    /// The program's own randomness.
    pub random: Stream,
    /// The randomness of its way through the network: name answers, durations.
    pub wire: Stream,
    /// The randomness of what Docker does with it.
    pub engine: Stream,
    pub phase: Phase,
    pub paused: bool,
    /// Set from the signal to end until the end.
    pub ending: Option<Afterwards>,
    /// Stopped or killed by hand: a restart policy leaves it alone.
    pub by_hand: bool,
    /// Why the last start was refused; `None` where it was not.
    pub start_refused: Option<Refusal>,
    /// Counts processes: rises at each end, so whatever still refers to the old one is void.
    pub run: u32,
    pub ip: Option<Ip>,
    pub hosts: Vec<(Arc<str>, Ip)>,
    pub listeners: Vec<Listener>,
    pub pools: Vec<Pool>,
    /// Published ports: the machine's and the container's.
    pub ports: Vec<(u16, u16)>,
    next_local_port: u16,
    /// What reached it while it was paused.
    pub frozen: Vec<Item>,
    pub created_at: Timestamp,
    pub started_at: Option<Timestamp>,
    pub finished_at: Option<Timestamp>,
    /// Seconds Docker takes for the start under way.
    pub launch_seconds: f64,
    pub exit_code: Option<i32>,
    pub restarts: u32,
    /// Restarts in a row after short runs; each doubles the wait.
    pub backoff: u32,
    log: VecDeque<LogLine>,
    log_begin: u64,
}

/// What an actor is made from.
pub(super) struct Birth {
    pub name: Arc<str>,
    pub id: Arc<str>,
    pub service: u32,
    pub number: u32,
    pub placement: Placement,
    pub random: Stream,
    pub wire: Stream,
    pub engine: Stream,
    pub at: Timestamp,
}

impl Actor {
    pub fn new(birth: Birth) -> Self {
        Self {
            name: birth.name,
            id: birth.id,
            service: birth.service,
            number: birth.number,
            placement: birth.placement,
            random: birth.random,
            wire: birth.wire,
            engine: birth.engine,
            phase: Phase::Created,
            paused: false,
            ending: None,
            by_hand: false,
            start_refused: None,
            run: 0,
            ip: None,
            hosts: Vec::new(),
            listeners: Vec::new(),
            pools: Vec::new(),
            ports: Vec::new(),
            next_local_port: *LOCAL_PORTS.start(),
            frozen: Vec::new(),
            created_at: birth.at,
            started_at: None,
            finished_at: None,
            launch_seconds: 0.0,
            exit_code: None,
            restarts: 0,
            backoff: 0,
            log: VecDeque::new(),
            log_begin: 0,
        }
    }

    pub fn is_alive(&self) -> bool {
        self.phase == Phase::Alive
    }

    /// Whether it is a container that is there and stays.
    pub fn is_kept(&self) -> bool {
        self.phase != Phase::Removed && self.ending != Some(Afterwards::Remove)
    }

    pub fn listener(&self, port: u16) -> Option<&Listener> {
        self.listeners.iter().find(|listener| listener.port == port)
    }

    pub fn state(&self) -> State {
        match self.phase {
            Phase::Created => State::Created,
            Phase::Launching => State::Starting,
            Phase::Alive if self.paused => State::Paused,
            Phase::Alive if self.listeners.is_empty() => State::Starting,
            Phase::Alive => State::Running,
            Phase::Restarting => State::Restarting,
            Phase::Exited | Phase::Removed => State::Exited,
        }
    }

    /// The near end of a new connection.
    pub fn local_address(&mut self, ip: Ip) -> Address {
        let port = self.next_local_port;
        self.next_local_port = port_after(port);
        Address { ip, port }
    }

    /// Whether as many connections wait for the paused process as the kernel takes.
    pub fn backlog_is_full(&self, listener: &Listener) -> bool {
        let waiting = self.frozen.iter().filter(|item| matches!(item, Item::Arrive(_)));
        self.paused
            && self.frozen.len() >= listener.backlog as usize
            && waiting.count() >= listener.backlog as usize
    }

    /// Drops what takes memory, once the container is gone.
    pub fn forget(&mut self) {
        self.log = VecDeque::new();
        self.hosts = Vec::new();
    }

    pub fn write_log(&mut self, line: LogLine) {
        if self.log.len() >= LOG_LINES_MAX {
            self.log.pop_front();
            self.log_begin += 1;
        }
        self.log.push_back(line);
    }

    /// The lines kept, and the number of the first.
    pub fn log(&self) -> (u64, &VecDeque<LogLine>) {
        (self.log_begin, &self.log)
    }
}

/// The next near-end port, beginning again after the last.
pub(super) fn port_after(port: u16) -> u16 {
    if LOCAL_PORTS.contains(&(port + 1)) { port + 1 } else { *LOCAL_PORTS.start() }
}

/// The first near-end port, and how many there are.
pub(super) const fn local_ports() -> (u16, u64) {
    (*LOCAL_PORTS.start(), *LOCAL_PORTS.end() as u64 - *LOCAL_PORTS.start() as u64 + 1)
}
