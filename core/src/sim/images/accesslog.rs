//! The access log: a Node.js service that writes down who asked for a page. One thread, and a memory that only grows.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::page::text_of;
use crate::base::time::{Millis, Timestamp};
use crate::model::metric::MetricType;
use crate::sim::address::{Address, Ip};
use crate::sim::call::{KeepAlive, Listener};
use crate::sim::collect::Collect;
use crate::sim::context::{Context, Surroundings};
use crate::sim::instruments::{Label, Show};
use crate::sim::message::{Message, Method, Request, Response};
use crate::sim::program::Usage;
use crate::sim::runtimes::{NodeRuntime, REFRESH_INTERVAL};

/// The server closes an idle connection after so long: in effect at once.
const KEEP_ALIVE: Millis = Millis(10);
/// The environment variable with another time, in milliseconds: for a lesson on connections that are kept.
pub const KEEP_ALIVE_VARIABLE: &str = "KEEP_ALIVE_TIMEOUT";
/// What each entry keeps in memory for ever.
const ENTRY_BYTES: f64 = 72.0;
/// The timers: the start is over; prom-client's refresh.
const STARTED: u64 = 0;
const REFRESH: u64 = 1;

/// The program.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct AccessLog {
    process: Option<Box<Process>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Process {
    runtime: NodeRuntime,
    entries: u64,
    clients: Clients,
    entry_line: Arc<str>,
}

impl AccessLog {
    pub(super) fn boot(&mut self, context: &mut Context<'_>) {
        let now = context.now();
        self.process = Some(Box::new(Process {
            runtime: NodeRuntime::new(now),
            entries: 0,
            clients: Clients::default(),
            entry_line: "info: Access log, client IP: {}".into(),
        }));
        let startup_millis = 280 + (260.0 * context.random().uniform()) as i64;
        context.set_timer(now + Millis(startup_millis), STARTED);
    }

    pub(super) fn handle(&mut self, message: Message, context: &mut Context<'_>) {
        let Some(process) = &mut self.process else { return };
        match message {
            Message::Timer { token: STARTED } => {
                let set = context.environment(KEEP_ALIVE_VARIABLE).and_then(|text| text.parse().ok());
                let idle_timeout = Some(set.map_or(KEEP_ALIVE, |millis: u32| Millis(i64::from(millis))));
                let keep_alive = KeepAlive { idle_timeout, requests_max: None };
                context.listen(Listener { port: 80, loopback_only: false, backlog: 511, keep_alive });
                context.log("info: restify listening at http://[::]:80");
                process.refresh(context);
            }
            Message::Timer { token: REFRESH } => process.refresh(context),
            Message::Request(request) => process.serve(&request, context),
            // As the first process of a container Node.js does not get the signal's default: it goes on, and is killed.
            Message::Signal(_)
            | Message::Timer { .. }
            | Message::Response { .. }
            | Message::Failure { .. } => {}
        }
    }

    pub(super) fn gather(&self, surroundings: &Surroundings<'_>, collector: &mut impl Collect) {
        if let Some(process) = &self.process {
            process.show(surroundings.hostname, collector);
        }
    }

    pub(super) fn usage(&self, surroundings: &Surroundings<'_>) -> Usage {
        let Some(process) = &self.process else { return Usage::default() };
        Usage {
            cpu_seconds: process.runtime.cpu_seconds(surroundings.now),
            memory_bytes: process.runtime.resident_bytes(),
        }
    }
}

impl Process {
    fn refresh(&mut self, context: &mut Context<'_>) {
        let now: Timestamp = context.now();
        let connections = context.surroundings().connections_in;
        self.runtime.run(0.000_6, 60_000.0, now);
        self.runtime.refresh(now, connections, context.random());
        context.set_timer(now + REFRESH_INTERVAL, REFRESH);
    }

    fn serve(&mut self, request: &Request, context: &mut Context<'_>) {
        let now = context.now();
        let draw = context.random().uniform();
        match (request.method, request.path.split('?').next().unwrap_or_default()) {
            (Method::Post, "/access-log") => {
                let client = request.subject.unwrap_or(request.peer);
                context.log_request(&self.entry_line, client);
                self.entries += 1;
                self.clients.insert(client);
                self.runtime.retain(ENTRY_BYTES);
                // It makes a set of all entries to count the different ones: ever more work.
                let seconds = 0.000_7 + 0.000_6 * draw + 3e-8 * self.entries as f64;
                let after_seconds = self.runtime.run(seconds, 14_000.0, now);
                context.respond(request.id, after_seconds, Response::status(201));
            }
            (Method::Get, "/metrics") => {
                let surroundings = context.surroundings();
                let text = text_of(|list| self.show(surroundings.hostname, list));
                let after_seconds = self.runtime.run(0.001_4 + 0.002 * draw, 160_000.0, now);
                context.respond(request.id, after_seconds, Response::with_body(200, None, text));
            }
            (Method::Get, "/stats") => {
                let after_seconds = self.runtime.run(0.000_6, 9_000.0, now);
                let body = format!("{{\"logs\":{}}}", self.entries);
                let response = Response::with_body(200, Some("application/json"), body);
                context.respond(request.id, after_seconds, response);
            }
            _ => {
                let after_seconds = self.runtime.run(0.000_5, 9_000.0, now);
                context.respond(request.id, after_seconds, Response::status(404));
            }
        }
    }

    fn show(&self, hostname: &str, collector: &mut impl Collect) {
        let label: Label<'_> = ("hostname", hostname);
        collector.family("access_log_total", MetricType::Counter, "Access Log: entries written.");
        collector.value(&[label], self.entries as f64);
        let help = "Access Log: different clients (address and port).";
        collector.family("access_client_ip_current", MetricType::Gauge, help);
        collector.value(&[label], self.clients.len() as f64);
        self.runtime.show(label, collector);
    }
}

/// The different clients so far. They are told apart by address *and* port, so nearly every entry is a new one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Clients {
    /// By address: a bit for each port.
    ports: BTreeMap<Ip, Vec<u64>>,
    count: u64,
}

impl Clients {
    fn insert(&mut self, client: Address) {
        let words = self.ports.entry(client.ip).or_default();
        let (word, bit) = (usize::from(client.port / 64), 1_u64 << (client.port % 64));
        if words.len() <= word {
            words.resize(word + 1, 0);
        }
        if words[word] & bit == 0 {
            words[word] |= bit;
            self.count += 1;
        }
    }

    const fn len(&self) -> u64 {
        self.count
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clients_are_told_apart_by_address_and_port() {
        let mut clients = Clients::default();
        let client = |last, port| Address { ip: Ip::new(10, 0, 0, last), port };
        for (last, port) in [(1, 40_000), (1, 40_001), (1, 40_000), (2, 40_000), (1, 0), (1, 65_535)] {
            clients.insert(client(last, port));
        }
        assert_eq!(clients.len(), 5);
    }
}
