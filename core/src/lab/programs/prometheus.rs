//! Prometheus as a container of the yard: the scraper with its store, driven by messages and timers.
//! Decides nothing about scraping itself.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::prometheus_fetch::{POOL, call_for, failure, look_up, page};
use super::prometheus_metrics::OwnMetrics;
use super::{COMPATIBILITY_VARIABLE, compatibility_name};
use crate::base::random::Seed;
use crate::base::time::{Millis, Timestamp};
use crate::exposition::{Format, write_page};
use crate::model::matcher::Matcher;
use crate::scrape::{Compatibility, ConfigError, Engine, Event, FetchId, Need, Outcome};
use crate::sim::{
    Collect, Context, FamilyList, KeepAlive, Listener, Message, PoolId, Request, Response, Signal,
    Surroundings, Usage,
};
use crate::tsdb::Head;

/// Where the configuration lies in the container.
pub const CONFIG_FILE: &str = "/etc/prometheus/prometheus.yml";
/// The port of its web server.
const PORT: u16 = 9090;
/// How often is dropped what is not to be kept any longer.
const TRUNCATE_EVERY: Millis = Millis::from_minutes(120);
/// From the start of the process until it scrapes and serves.
const STARTUP: Millis = Millis(800);
/// The timer that ends the start-up; the scraper's own timers count up from it.
const READY: u64 = 0;

/// A Prometheus: what lies on its disk, and the process while one runs.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Prometheus {
    disk: Arc<Head>,
    process: Option<Box<Process>>,
}

/// What a running process holds.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Process {
    engine: Engine,
    /// Connections by job.
    pools: BTreeMap<Arc<str>, PoolId>,
    /// The timer that counts, and for when it was set.
    timer: (u64, Option<Timestamp>),
    /// What happened and was not taken yet.
    events: Vec<Event>,
    metrics: OwnMetrics,
    /// When what is too old was last dropped.
    truncated_at: Timestamp,
}

impl Prometheus {
    /// The store, of the running process or on disk.
    #[must_use]
    pub fn head(&self) -> &Arc<Head> {
        self.process.as_ref().map_or(&self.disk, |process| process.engine.head())
    }

    /// Deletes samples of the series that match; gives how many series had some.
    pub fn delete(&mut self, matchers: &[Matcher], from: Timestamp, to: Timestamp) -> usize {
        let head = self.process.as_mut().map_or(&mut self.disk, |process| process.engine.head_mut());
        Arc::make_mut(head).delete(matchers, from, to)
    }

    /// The scraper; `None` before the first start and while starting up. A process that was killed leaves its own
    /// behind until the next start: whether a process runs, the yard knows.
    #[must_use]
    pub fn engine(&self) -> Option<&Engine> {
        self.process.as_ref().map(|process| &process.engine)
    }

    /// When the configuration last came into force; `None` where no process has begun.
    #[must_use]
    pub fn reloaded_at(&self) -> Option<Timestamp> {
        self.process.as_ref().map(|process| process.metrics.reloaded_at())
    }

    /// Takes out what happened since the last time, in order.
    pub fn take_events(&mut self) -> Vec<Event> {
        self.process.as_mut().map(|process| std::mem::take(&mut process.events)).unwrap_or_default()
    }

    /// A process starts: memory is as new, the store on disk stays.
    pub fn boot(&mut self, context: &mut Context<'_>) {
        self.disk = self.head().clone();
        self.process = None;
        context.set_timer(context.now() + STARTUP, READY);
    }

    /// Takes a message.
    pub fn handle(&mut self, message: Message, context: &mut Context<'_>) {
        match message {
            Message::Timer { token: READY } => self.begin(context),
            Message::Timer { token } => self.run(token, context),
            Message::Response { token, response, took_seconds } => {
                self.fetched(FetchId(token), page(response, took_seconds), context);
            }
            Message::Failure { token, failure: reason, took_seconds } => {
                self.fetched(FetchId(token), failure(reason, took_seconds), context);
            }
            Message::Request(request) => self.serve(&request, context),
            Message::Signal(Signal::Terminate) => {
                self.disk = self.head().clone();
                context.exit(0.05, 0);
            }
            Message::Signal(Signal::Hangup) => {
                let _ = self.reload(context);
            }
        }
        self.set_timer(context);
    }

    /// Reads the configuration file again.
    ///
    /// # Errors
    /// When it is refused; then the one in force goes on.
    pub fn reload(&mut self, context: &mut Context<'_>) -> Result<(), ConfigError> {
        let Some(process) = &mut self.process else { return Ok(()) };
        let text = context.file(CONFIG_FILE).cloned().unwrap_or_default();
        let outcome = process.engine.reload(&text, context.now());
        match &outcome {
            Ok(()) => {
                process.metrics.reloaded(context.now());
                context.log("msg=\"Completed loading of configuration file\"");
            }
            Err(error) => {
                context.log(format!("level=error msg=\"Error reloading config\" err={:?}", error.to_string()))
            }
        }
        process.events.extend(process.engine.drain_events());
        self.set_timer(context);
        outcome
    }

    fn begin(&mut self, context: &mut Context<'_>) {
        let text = context.file(CONFIG_FILE).cloned().unwrap_or_default();
        let compatibility = match context.environment(COMPATIBILITY_VARIABLE) {
            Some(value) if **value == *compatibility_name(Compatibility::V2_13) => Compatibility::V2_13,
            _ => Compatibility::V3,
        };
        let seed = Seed(context.random().bits());
        match Engine::new(&text, compatibility, seed, context.now()) {
            Ok(mut engine) => {
                engine.take_head(std::mem::take(&mut self.disk));
                context.listen(Listener {
                    port: PORT,
                    loopback_only: false,
                    backlog: 128,
                    keep_alive: KeepAlive::FOREVER,
                });
                context.log("msg=\"Server is ready to receive web requests.\"");
                self.process = Some(Box::new(Process {
                    engine,
                    pools: BTreeMap::new(),
                    timer: (READY, None),
                    events: Vec::new(),
                    metrics: OwnMetrics::new(context.now()),
                    truncated_at: context.now(),
                }));
            }
            Err(error) => {
                context.log(format!("level=error msg=\"Error loading config\" err={:?}", error.to_string()));
                context.exit(0.0, 2);
            }
        }
    }

    fn fetched(&mut self, fetch: FetchId, outcome: Outcome, context: &mut Context<'_>) {
        let Some(process) = &mut self.process else { return };
        let now = context.now();
        process.engine.fetched(fetch, outcome, now);
        for event in process.engine.drain_events() {
            if let Event::Scraped { record, .. } = &event {
                process.metrics.scraped(record.samples, now, context.random());
            }
            process.events.push(event);
        }
    }

    /// Does what the scraper has to do now, where the timer is the one that counts.
    fn run(&mut self, token: u64, context: &mut Context<'_>) {
        let Some(process) = &mut self.process else { return };
        if process.timer.0 != token {
            return;
        }
        process.timer.1 = None;
        let now = context.now();
        for need in process.engine.run(now) {
            match need {
                Need::Lookup(lookup) => {
                    let outcome = look_up(&lookup, context);
                    process.engine.resolved(lookup.id, outcome, now);
                }
                Need::Fetch(fetch) => {
                    let pool = *process.pools.entry(fetch.job.clone()).or_insert_with(|| context.pool(POOL));
                    context.call(call_for(&fetch, pool));
                }
            }
        }
        process.events.extend(process.engine.drain_events());
        if now - process.truncated_at >= TRUNCATE_EVERY {
            process.truncated_at = now;
            let storage = process.engine.config().storage;
            let head = Arc::make_mut(process.engine.head_mut());
            if storage.retention_time > Millis::ZERO {
                head.truncate(now.saturating_sub(storage.retention_time));
            }
            if storage.retention_bytes > 0 {
                head.truncate_to_bytes(storage.retention_bytes);
            }
        }
    }

    /// Keeps a timer for the instant at which the scraper wants to be run next.
    fn set_timer(&mut self, context: &mut Context<'_>) {
        let Some(process) = &mut self.process else { return };
        let next = process.engine.next_at();
        if process.timer.1 != next {
            process.timer = (process.timer.0 + 1, next);
            if let Some(at) = next {
                context.set_timer(at, process.timer.0);
            }
        }
    }

    fn serve(&mut self, request: &Request, context: &mut Context<'_>) {
        let Some(process) = &mut self.process else { return };
        let path = request.path.split('?').next().unwrap_or_default();
        let plain = |text: &str| Response::with_body(200, Some("text/plain; charset=utf-8"), text.to_owned());
        let (response, after_seconds) = match path {
            "/metrics" => {
                let mut families = FamilyList::default();
                process.metrics.show(&process.engine, &context.surroundings(), &mut families);
                let mut text = String::with_capacity(8192);
                write_page(Format::Text, &families.families, &mut text);
                (Response::with_body(200, Some(Format::Text.content_type()), text), 0.004)
            }
            "/-/healthy" => (plain("Prometheus is Healthy.\n"), 0.000_2),
            "/-/ready" => (plain("Prometheus is Ready.\n"), 0.000_2),
            "/" => (Response::status(302), 0.000_2),
            _ => (Response::status(404), 0.000_2),
        };
        process.metrics.count_request(path, response.status);
        context.respond(request.id, after_seconds, response);
    }

    /// Shows its own metrics.
    pub fn gather<C: Collect>(&self, surroundings: &Surroundings<'_>, collector: &mut C) {
        if let Some(process) = &self.process {
            process.metrics.show(&process.engine, surroundings, collector);
        }
    }

    /// What the process uses of the machine.
    #[must_use]
    pub fn usage(&self, surroundings: &Surroundings<'_>) -> Usage {
        let process = self.process.as_ref();
        process.map(|process| process.metrics.usage(&process.engine, surroundings)).unwrap_or_default()
    }
}
