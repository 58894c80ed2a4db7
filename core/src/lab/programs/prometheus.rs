//! Prometheus as a container of the yard: the scraper with its store, driven by messages and timers.
//! Decides nothing about scraping itself.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::prometheus_discovery::{self as discovery, DISCOVERY};
use super::prometheus_fetch::{POOL, call_for, failure, misses_tls, page, without_tls};
use super::prometheus_metrics::OwnMetrics;
use super::prometheus_web::handling_seconds;
use super::{COMPATIBILITY_VARIABLE, compatibility_named};
use crate::base::random::Seed;
use crate::base::time::{Millis, Timestamp};
use crate::exposition::{Format, write_page};
use crate::model::matcher::Matcher;
use crate::scrape::{
    Compatibility, ConfigError, Engine, Event, FetchId, LookupId, LookupOutcome, Need, Outcome, Warning,
};
use crate::sim::{
    Collect, Context, FamilyList, KeepAlive, Listener, Message, Page, PoolId, Request, Response, Signal,
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
/// Its own page, which the lab draws itself.
const PAGE: &str = "<!DOCTYPE html><title>Prometheus Time Series Collection and Processing Server</title>\n";
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
    /// Fetches under way that ask for TLS where there is none.
    without_tls: BTreeSet<u64>,
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
                self.answered(token, page(response, took_seconds), context);
            }
            Message::Failure { token, failure: reason, took_seconds } => {
                self.answered(token, failure(reason, took_seconds), context);
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
        process.take_events(context);
        self.set_timer(context);
        outcome
    }

    fn begin(&mut self, context: &mut Context<'_>) {
        let text = context.file(CONFIG_FILE).cloned().unwrap_or_default();
        let version = context.environment(COMPATIBILITY_VARIABLE);
        let compatibility = compatibility_named(version.map_or("", |version| version));
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
                    without_tls: BTreeSet::new(),
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

    /// Takes the end of a call: of a fetch, or of a discovery.
    fn answered(&mut self, token: u64, outcome: Outcome, context: &mut Context<'_>) {
        let Some(process) = &mut self.process else { return };
        let now = context.now();
        if token & DISCOVERY != 0 {
            let outcome = LookupOutcome::Page(outcome.result);
            process.engine.resolved(LookupId(token & !DISCOVERY), &outcome, now);
        } else {
            let in_the_clear = process.without_tls.remove(&token) && outcome.result.is_ok();
            let outcome = if in_the_clear { without_tls(outcome.took_seconds) } else { outcome };
            process.engine.fetched(FetchId(token), outcome, now);
        }
        process.take_events(context);
    }

    /// A file of the container has changed: lists of targets are read again at once, as a watch would have it.
    pub fn files_changed(&mut self, context: &mut Context<'_>) {
        if let Some(process) = &mut self.process {
            process.engine.files_changed(context.now());
            self.set_timer(context);
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
            process.satisfy(&need, context);
        }
        process.take_events(context);
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
        let response = match path {
            "/metrics" => {
                let mut families = FamilyList::default();
                process.show(&context.surroundings(), &mut families);
                let mut text = String::with_capacity(8192);
                write_page(Format::Text, &families.families, &mut text);
                let page = Page {
                    content_type: Some(Format::Text.content_type().to_owned()),
                    body: text,
                    histograms: families.histograms,
                    ..Page::default()
                };
                Response { status: 200, page: Some(Box::new(page)) }
            }
            "/-/healthy" => plain("Prometheus is Healthy.\n"),
            "/-/ready" => plain("Prometheus is Ready.\n"),
            "/" => {
                let is_new = process.engine.compatibility() == Compatibility::V3;
                let location = if is_new { "/query" } else { "/graph" };
                let page = Page { location: Some(location.to_owned()), ..Page::default() };
                Response { status: 302, page: Some(Box::new(page)) }
            }
            "/query" | "/graph" => {
                Response::with_body(200, Some("text/html; charset=utf-8"), PAGE.to_owned())
            }
            _ => {
                Response::with_body(404, Some("text/plain; charset=utf-8"), "404 page not found\n".to_owned())
            }
        };
        let after_seconds = handling_seconds(path);
        let bytes = response.page.as_ref().map_or(0, |page| page.body.len());
        if response.status != 404 {
            process.metrics.web.count(path, response.status, bytes);
        }
        context.respond(request.id, after_seconds, response);
    }

    /// Shows its own metrics.
    pub fn gather<C: Collect>(&self, surroundings: &Surroundings<'_>, collector: &mut C) {
        if let Some(process) = &self.process {
            process.show(surroundings, collector);
        }
    }

    /// What the process uses of the machine.
    #[must_use]
    pub fn usage(&self, surroundings: &Surroundings<'_>) -> Usage {
        let process = self.process.as_ref();
        process.map(|process| process.metrics.usage(&process.engine, surroundings)).unwrap_or_default()
    }
}

impl Process {
    fn show<C: Collect>(&self, surroundings: &Surroundings<'_>, collector: &mut C) {
        self.metrics.show(&self.engine, &self.pools, surroundings, collector);
    }

    /// Does what the scraper needs, or begins to.
    fn satisfy(&mut self, need: &Need, context: &mut Context<'_>) {
        let mut pool = |of: &str, context: &mut Context<'_>| {
            *self.pools.entry(of.into()).or_insert_with(|| context.pool(POOL))
        };
        let (id, outcome) = match need {
            Need::Lookup(lookup) => (lookup.id, discovery::names(lookup, context)),
            Need::Files(lookup) => (lookup.id, discovery::files(lookup, context)),
            Need::Containers(lookup) => (lookup.id, discovery::containers(lookup, context)),
            Need::Page(lookup) => {
                // A list of targets is fetched over connections of its own.
                let pool = pool(&format!("{}:{}", lookup.host, lookup.port), context);
                return context.call(discovery::call_for(lookup, pool));
            }
            Need::Fetch(fetch) => {
                if misses_tls(fetch.scheme, fetch.port) {
                    self.without_tls.insert(fetch.id.0);
                }
                let pool = pool(&fetch.job, context);
                return context.call(call_for(fetch, pool));
            }
        };
        self.engine.resolved(id, &outcome, context.now());
    }

    /// Keeps what happened, and writes into the log what Prometheus writes there.
    fn take_events(&mut self, context: &mut Context<'_>) {
        for event in self.engine.drain_events() {
            match &event {
                Event::Scraped { record, .. } => {
                    self.metrics.scraped(record.samples, context.now(), context.random());
                }
                Event::LookupFailed { name, error } => {
                    context.log(format!(
                        "level=error component=\"discovery manager scrape\" msg=\"Unable to refresh target groups\" \
                         target={name} err={error:?}"
                    ));
                }
                Event::TargetAdded { .. } | Event::TargetRemoved { .. } => {}
            }
            self.events.push(event);
        }
        for warning in self.engine.drain_warnings() {
            let Warning { job, url, text, dropped } = warning;
            context.log(format!(
                "level=warn component=\"scrape manager\" scrape_pool={job} target={url} msg=\"{text}\" num_dropped={dropped}"
            ));
        }
    }
}
