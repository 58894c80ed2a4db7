//! Image of the day: a Spring Boot service that asks NASA for a picture and keeps it for two hours.
//! Takes its time to start; until then nobody can connect.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::iotd_metrics::{Metrics, Outcome, Route};
use super::nasa;
use super::page::text_of;
use crate::base::time::{Millis, Timestamp};
use crate::sim::call::{Call, Endpoint, KeepAlive, Listener, PoolId, PoolPolicy};
use crate::sim::collect::Collect;
use crate::sim::context::{Context, Surroundings};
use crate::sim::message::{Message, Request, Response, Signal};
use crate::sim::program::Usage;
use crate::sim::runtimes::JvmRuntime;

/// How long a picture is kept.
const CACHE_LIFE: Millis = Millis::from_minutes(120);
const TICK: Millis = Millis::from_secs(5);
/// The timers: the start is over; housekeeping.
const STARTED: u64 = 0;
const HOUSEKEEPING: u64 = 1;
/// Tomcat: connections the kernel holds for it, requests on one connection, how long an idle one is kept.
const ACCEPT_COUNT: u32 = 100;
const KEEP_ALIVE: KeepAlive =
    KeepAlive { idle_timeout: Some(Millis::from_secs(60)), requests_max: Some(100) };
/// Java's own HTTP client.
const CLIENT: PoolPolicy =
    PoolPolicy { idle_max: 5, idle_max_per_endpoint: 5, idle_timeout: Millis::from_secs(5) };
const CONTENT_TYPE: &str = "text/plain; version=0.0.4;charset=utf-8";

/// The program.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Iotd {
    process: Option<Box<Process>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Process {
    client: PoolId,
    nasa: Endpoint,
    nasa_path: Arc<str>,
    startup_seconds: f64,
    /// `None` until the start is over.
    serving: Option<Serving>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Serving {
    runtime: JvmRuntime,
    metrics: Metrics,
    /// When the picture came; `None` without one.
    cached_at: Option<Timestamp>,
    /// Requests that wait for NASA, with when they came. One asks, the others wait for the same answer.
    waiting: Vec<(Request, Timestamp)>,
    requests: u64,
    pages: u64,
}

impl Iotd {
    pub(super) fn boot(&mut self, context: &mut Context<'_>) {
        let startup_seconds = 5.0 + 10.0 * context.random().uniform() * context.random().uniform();
        self.process = Some(Box::new(Process {
            client: context.pool(CLIENT),
            nasa: Endpoint::new(nasa::HOST, nasa::PORT),
            nasa_path: "/planetary/apod?count=5&api_key=DEMO_KEY".into(),
            startup_seconds,
            serving: None,
        }));
        context.log("Starting Application");
        context.set_timer(context.now() + Millis::from_secs_f64(startup_seconds), STARTED);
    }

    pub(super) fn handle(&mut self, message: Message, context: &mut Context<'_>) {
        let Some(process) = &mut self.process else { return };
        match message {
            Message::Timer { token: STARTED } => process.start(context),
            Message::Timer { .. } => {
                if let Some(serving) = &mut process.serving {
                    serving.tick(context);
                }
            }
            Message::Request(request) => process.serve(request, context),
            Message::Response { response, .. } => process.nasa_answered(response.status, context),
            Message::Failure { failure, .. } => {
                context.log(format!("I/O error on GET request for \"https://{}/\": {failure}", nasa::HOST));
                process.nasa_failed(Outcome::Unreachable, context);
            }
            Message::Signal(signal) => {
                let code = match signal {
                    Signal::Terminate => 143,
                    Signal::Hangup => 129,
                };
                let after_seconds = 0.2 + 0.5 * context.random().uniform();
                context.exit(after_seconds, code);
            }
        }
    }

    pub(super) fn gather(&self, surroundings: &Surroundings<'_>, collector: &mut impl Collect) {
        if let Some(serving) = self.process.as_ref().and_then(|process| process.serving.as_ref()) {
            serving.show(0, surroundings, collector);
        }
    }

    pub(super) fn usage(&self, surroundings: &Surroundings<'_>) -> Usage {
        let Some(process) = &self.process else { return Usage::default() };
        let runtime = process.serving.as_ref().map(|serving| &serving.runtime);
        runtime.map_or_else(
            || {
                let seconds = (surroundings.now - surroundings.started).as_secs_f64();
                let grown = (seconds / process.startup_seconds).min(1.0);
                Usage { cpu_seconds: 1.3 * seconds, memory_bytes: 30e6 + 150e6 * grown }
            },
            |runtime| Usage { cpu_seconds: runtime.cpu_seconds(), memory_bytes: runtime.resident_bytes() },
        )
    }
}

impl Process {
    fn start(&mut self, context: &mut Context<'_>) {
        let now = context.now();
        let runtime = JvmRuntime::new(now, self.startup_seconds, context.random());
        self.serving = Some(Serving {
            runtime,
            metrics: Metrics::default(),
            cached_at: None,
            waiting: Vec::new(),
            requests: 0,
            pages: 0,
        });
        context.listen(Listener {
            port: 80,
            loopback_only: false,
            backlog: ACCEPT_COUNT,
            keep_alive: KEEP_ALIVE,
        });
        let seconds = self.startup_seconds;
        context.log("Tomcat started on port(s): 80 (http)");
        context.log(format!(
            "Started Application in {:.3} seconds (JVM running for {seconds:.3})",
            seconds * 0.93
        ));
        context.set_timer(now + TICK, HOUSEKEEPING);
    }

    fn serve(&mut self, request: Request, context: &mut Context<'_>) {
        let Some(serving) = &mut self.serving else { return };
        let now = context.now();
        match request.path.split('?').next().unwrap_or_default() {
            "/image" => {
                let fresh = serving.cached_at.is_some_and(|cached_at| now - cached_at < CACHE_LIFE);
                if fresh {
                    serving.answer_cached(&request, now, context);
                    return;
                }
                serving.waiting.push((request, now));
                if serving.waiting.len() == 1 {
                    let mut call = Call::get(self.nasa.clone(), self.nasa_path.clone(), 0);
                    call.pool = Some(self.client);
                    context.call(call);
                }
            }
            "/actuator/prometheus" => serving.show_page(&request, context),
            "/actuator/health" | "/actuator/info" => {
                serving.answer_plain(&request, Route::Actuator, 200, context)
            }
            _ => serving.answer_plain(&request, Route::Unknown, 404, context),
        }
    }

    fn nasa_answered(&mut self, status: u16, context: &mut Context<'_>) {
        let now = context.now();
        if status != 200 {
            context.log(format!("{status} from {}", nasa::HOST));
            let outcome = if status == 429 { Outcome::TooManyRequests } else { Outcome::ClientError };
            self.nasa_failed(outcome, context);
            return;
        }
        context.log("Fetched new APOD image from NASA");
        let Some(serving) = &mut self.serving else { return };
        serving.cached_at = Some(now);
        // The one who asked has fetched it; the others find it in the cache.
        for (index, (request, came)) in std::mem::take(&mut serving.waiting).into_iter().enumerate() {
            if index == 0 {
                serving.metrics.count_load(true);
                serving.answer(&request, came, Outcome::None, context);
            } else {
                serving.answer_cached(&request, came, context);
            }
        }
    }

    fn nasa_failed(&mut self, outcome: Outcome, context: &mut Context<'_>) {
        let Some(serving) = &mut self.serving else { return };
        for (request, came) in std::mem::take(&mut serving.waiting) {
            serving.answer(&request, came, outcome, context);
        }
    }
}

impl Serving {
    fn tick(&mut self, context: &mut Context<'_>) {
        let now = context.now();
        self.runtime.tick(now, context.random());
        let threads = self.metrics.settle_threads(self.waiting.len() as u32);
        self.runtime.set_serving_threads(threads);
        context.set_timer(now + TICK, HOUSEKEEPING);
    }

    fn answer_cached(&mut self, request: &Request, came: Timestamp, context: &mut Context<'_>) {
        self.metrics.count_load(false);
        self.answer(request, came, Outcome::None, context);
    }

    /// Answers a request for the picture.
    fn answer(&mut self, request: &Request, came: Timestamp, outcome: Outcome, context: &mut Context<'_>) {
        let now = context.now();
        // Code that ran a few times only is not compiled yet.
        let warm_up = 1.0 + 6.0 * libm::exp(-(self.requests as f64) / 40.0);
        self.requests += 1;
        let seconds = (0.001_2 + context.random().exponential(0.001_8)) * warm_up;
        let total = (now - came).as_secs_f64() + seconds;
        self.runtime.work(90_000.0, 0.001 * warm_up, now, context.random());
        self.metrics.observe_method(outcome, total * 0.8, now);
        let status = if outcome == Outcome::None { 200 } else { 500 };
        self.metrics.observe(Route::Image, status, outcome, total, 236.0, now);
        context.respond(request.id, seconds, Response::status(status));
    }

    fn answer_plain(&mut self, request: &Request, route: Route, status: u16, context: &mut Context<'_>) {
        let now = context.now();
        let seconds = 0.001_5 + 0.002 * context.random().uniform();
        self.runtime.work(60_000.0, 0.001, now, context.random());
        self.metrics.observe(route, status, Outcome::None, seconds, 120.0, now);
        context.respond(request.id, seconds, Response::status(status));
    }

    fn show_page(&mut self, request: &Request, context: &mut Context<'_>) {
        let now = context.now();
        let surroundings = context.surroundings();
        let text = text_of(|list| self.show(1, &surroundings, list));
        let first = self.pages == 0;
        self.pages += 1;
        let draw = context.random().uniform();
        let seconds = if first { 0.2 + 0.3 * draw } else { 0.01 + 0.03 * draw * draw };
        self.runtime.work(1_400_000.0, 0.4 * seconds, now, context.random());
        self.metrics.observe(Route::Prometheus, 200, Outcome::None, seconds, text.len() as f64, now);
        context.respond(request.id, seconds, Response::with_body(200, Some(CONTENT_TYPE), text));
    }

    fn show(&self, showing: u32, surroundings: &Surroundings<'_>, collector: &mut impl Collect) {
        let now = surroundings.now;
        let busy = self.waiting.len() as u32 + showing;
        self.metrics.show_application(now, collector);
        self.runtime.show_jvm(busy, now, collector);
        let open_files = 18 + surroundings.connections_in + surroundings.connections_out;
        let running = now - surroundings.started;
        self.runtime.show_process(surroundings.started, running, open_files, collector);
        self.metrics.show_tomcat(busy, collector);
    }
}
