//! The image gallery: a Go web server whose page needs two others, and fails one time in ten by itself.
//! Its counter misses what panics, as the client library's does.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::promhttp::{MetricsHandler, metrics_response};
use crate::base::random::{Seed, Stream};
use crate::base::time::{Millis, Timestamp};
use crate::model::metric::MetricType;
use crate::sim::call::{Call, Endpoint, KeepAlive, Listener, PoolId, PoolPolicy};
use crate::sim::collect::Collect;
use crate::sim::context::{Context, Surroundings};
use crate::sim::instruments::Show;
use crate::sim::message::{Message, Method, Request, Response, Signal};
use crate::sim::program::Usage;
use crate::sim::runtimes::{GoProcess, GoProfile, GoRuntime};

/// Of ten requests one fails.
const FAILING_OF: u64 = 10;
/// The gallery's HTTP client.
const CLIENT: PoolPolicy =
    PoolPolicy { idle_max: 1, idle_max_per_endpoint: 1, idle_timeout: Millis::from_secs(1) };
const PROFILE: GoProfile = GoProfile {
    live_bytes: 1_050_000.0,
    resident_base_bytes: 9_600_000.0,
    heap_sys_bytes: 66_912_256.0,
    threads: 7.0,
    idle_cpu: 0.000_5,
};
/// Goroutines of an idle process: the server, the runtime's own, the library's.
const GOROUTINES_IDLE: u32 = 7;
const TICK: Millis = Millis::from_minutes(1);
/// The timer that comes each minute; other timers carry a page's place.
const TICK_TOKEN: u64 = u64::MAX;

/// A page being made: whom it is for, and how far it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct PageInWork {
    request: Request,
    stage: Stage,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Stage {
    Picture,
    Rendering,
    Logging,
}

/// What each process needs of the world, found out once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Wiring {
    client: PoolId,
    iotd: Endpoint,
    iotd_path: Arc<str>,
    accesslog: Endpoint,
    accesslog_path: Arc<str>,
    panic_line: Arc<str>,
}

/// The program.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ImageGallery {
    process: Option<Box<Process>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Process {
    wiring: Wiring,
    runtime: GoRuntime,
    /// Decides which requests fail, one after the other as they come, whatever else goes on.
    failures: Stream,
    /// By status and method, as they first came up.
    requests: Vec<(u16, Method, u64)>,
    in_flight: u32,
    pages: Vec<Option<PageInWork>>,
    free: Vec<u32>,
    metrics: MetricsHandler,
}

impl ImageGallery {
    pub(super) fn boot(&mut self, context: &mut Context<'_>) {
        let now = context.now();
        let wiring = Wiring {
            client: context.pool(CLIENT),
            iotd: Endpoint::new("iotd", 80),
            iotd_path: "/image".into(),
            accesslog: Endpoint::new("accesslog", 80),
            accesslog_path: "/access-log".into(),
            panic_line:
                "http: panic serving {}: runtime error: invalid memory address or nil pointer dereference"
                    .into(),
        };
        self.process = Some(Box::new(Process {
            wiring,
            runtime: GoRuntime::new(PROFILE, now),
            failures: Seed(context.random().bits()).stream("failures"),
            requests: Vec::new(),
            in_flight: 0,
            pages: Vec::new(),
            free: Vec::new(),
            metrics: MetricsHandler::default(),
        }));
        context.listen(Listener {
            port: 80,
            loopback_only: false,
            backlog: 4096,
            keep_alive: KeepAlive::FOREVER,
        });
        context.set_timer(now + TICK, TICK_TOKEN);
    }

    pub(super) fn handle(&mut self, message: Message, context: &mut Context<'_>) {
        let Some(process) = &mut self.process else { return };
        match message {
            Message::Request(request) if &*request.path == "/metrics" => process.show_page(&request, context),
            Message::Request(request) => process.begin(request, context),
            // Whatever the picture's status was, the page is rendered.
            Message::Response { token, .. } => process.answered(token, context),
            Message::Failure { token, .. } => process.panic(token, context),
            Message::Timer { token: TICK_TOKEN } => {
                process.runtime.tick(context.now(), context.random());
                context.set_timer(context.now() + TICK, TICK_TOKEN);
            }
            Message::Timer { token } => process.rendered(token, context),
            // As the first process of a container a Go program cannot die of the signal: the runtime gives up with 2.
            Message::Signal(Signal::Terminate | Signal::Hangup) => context.exit(0.01, 2),
        }
    }

    pub(super) fn gather(&self, surroundings: &Surroundings<'_>, collector: &mut impl Collect) {
        if let Some(process) = &self.process {
            process.show(surroundings, collector);
        }
    }

    pub(super) fn usage(&self, surroundings: &Surroundings<'_>) -> Usage {
        let Some(process) = &self.process else { return Usage::default() };
        Usage {
            cpu_seconds: process.runtime.cpu_seconds(surroundings.now - surroundings.started),
            memory_bytes: process.runtime.resident_bytes(process.goroutines(surroundings)),
        }
    }
}

impl Process {
    fn begin(&mut self, request: Request, context: &mut Context<'_>) {
        self.in_flight += 1;
        if self.failures.below(FAILING_OF) == FAILING_OF - 1 {
            self.work(9_000.0, 0.000_15, context);
            self.count(500, request.method);
            self.in_flight -= 1;
            let after_seconds = 0.000_2 + 0.000_3 * context.random().uniform();
            context.respond(request.id, after_seconds, Response::status(500));
            return;
        }
        let page = PageInWork { request, stage: Stage::Picture };
        let place = match self.free.pop() {
            Some(place) => {
                self.pages[place as usize] = Some(page);
                place
            }
            None => {
                self.pages.push(Some(page));
                self.pages.len() as u32 - 1
            }
        };
        let wiring = &self.wiring;
        let mut call = Call::get(wiring.iotd.clone(), wiring.iotd_path.clone(), u64::from(place));
        call.pool = Some(wiring.client);
        context.call(call);
    }

    fn page(&mut self, token: u64) -> Option<&mut PageInWork> {
        self.pages.get_mut(token as usize)?.as_mut()
    }

    fn answered(&mut self, token: u64, context: &mut Context<'_>) {
        let Some(page) = self.page(token) else { return };
        if page.stage == Stage::Logging {
            self.finish(token, context);
            return;
        }
        page.stage = Stage::Rendering;
        let render_millis = 1 + i64::from(context.random().chance(0.2));
        context.set_timer(context.now() + Millis(render_millis), token);
    }

    fn rendered(&mut self, token: u64, context: &mut Context<'_>) {
        let Some(page) = self.page(token) else { return };
        page.stage = Stage::Logging;
        let peer = page.request.peer;
        let wiring = &self.wiring;
        // Nobody reads the answer's body to its end, so Go closes this connection: no pool.
        let mut call = Call::get(wiring.accesslog.clone(), wiring.accesslog_path.clone(), token);
        call.method = Method::Post;
        call.subject = Some(peer);
        context.call(call);
    }

    fn finish(&mut self, token: u64, context: &mut Context<'_>) {
        let Some(page) = self.take(token) else { return };
        self.work(46_000.0, 0.000_7, context);
        self.count(200, page.request.method);
        self.in_flight -= 1;
        context.respond(page.request.id, 0.000_1, Response::status(200));
    }

    /// A call failed, and the handler uses the answer that is not there.
    fn panic(&mut self, token: u64, context: &mut Context<'_>) {
        let Some(page) = self.take(token) else { return };
        self.work(30_000.0, 0.000_5, context);
        self.in_flight -= 1;
        context.log_request(&self.wiring.panic_line, page.request.peer);
        context.drop_connection(page.request.id, 0.000_1);
    }

    fn take(&mut self, token: u64) -> Option<PageInWork> {
        let page = self.pages.get_mut(token as usize)?.take()?;
        self.free.push(token as u32);
        Some(page)
    }

    fn work(&mut self, bytes: f64, cpu_seconds: f64, context: &mut Context<'_>) {
        let now: Timestamp = context.now();
        self.runtime.work(bytes, cpu_seconds, self.in_flight, now, context.random());
    }

    fn count(&mut self, code: u16, method: Method) {
        let key = (code, method);
        match self.requests.binary_search_by_key(&key, |(code, method, _)| (*code, *method)) {
            Ok(at) => self.requests[at].2 += 1,
            Err(at) => self.requests.insert(at, (code, method, 1)),
        }
    }

    fn goroutines(&self, surroundings: &Surroundings<'_>) -> u32 {
        // A server's connection has one, and one more that watches it while a request is served; a client's has two.
        GOROUTINES_IDLE + surroundings.connections_in + self.in_flight + 2 * surroundings.connections_out
    }

    fn show_page(&mut self, request: &Request, context: &mut Context<'_>) {
        self.metrics.begin();
        let surroundings = context.surroundings();
        let response = metrics_response(|list| self.show(&surroundings, list));
        self.metrics.end();
        self.work(58_000.0, 0.001_2, context);
        let after_seconds = 0.001_2 + 0.002_5 * context.random().uniform();
        context.respond(request.id, after_seconds, response);
    }

    fn show(&self, surroundings: &Surroundings<'_>, collector: &mut impl Collect) {
        let running = surroundings.now - surroundings.started;
        let goroutines = self.goroutines(surroundings);
        self.runtime.show("go1.13.4", goroutines, running, collector);
        collector.gauge(
            "image_gallery_in_flight_requests",
            "Image Gallery: requests being served.",
            f64::from(self.in_flight),
        );
        // Without a request yet the family is not there at all.
        if !self.requests.is_empty() {
            collector.family(
                "image_gallery_requests_total",
                MetricType::Counter,
                "Image Gallery: requests served.",
            );
        }
        for (code, method, count) in &self.requests {
            let code = match code {
                200 => "200",
                _ => "500",
            };
            collector.value(&[("code", code), ("method", method.lower())], *count as f64);
        }
        let process = GoProcess {
            cpu_seconds: self.runtime.cpu_seconds(running),
            open_fds: f64::from(6 + surroundings.connections_in + surroundings.connections_out),
            resident_bytes: self.runtime.resident_bytes(goroutines),
            virtual_bytes: self.runtime.virtual_bytes(),
            started: surroundings.started,
        };
        process.show(collector);
        self.metrics.show(collector);
    }
}
