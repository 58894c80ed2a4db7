//! What the image of the day counts: its own loads, Micrometer's timers, Tomcat's books, the log. Serves nothing.

use serde::{Deserialize, Serialize};

use crate::base::time::Timestamp;
use crate::model::metric::MetricType;
use crate::sim::collect::Collect;
use crate::sim::instruments::{Show, Summary, TimeWindowMax};

/// Threads that wait for requests even when there are none.
const THREADS_MIN: u32 = 10;
const THREADS_MAX: u32 = 200;
const CONNECTOR: (&str, &str) = ("name", "http-nio-80");

/// What a request was for: the label `uri`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) enum Route {
    Image,
    Prometheus,
    Actuator,
    Unknown,
}

impl Route {
    const fn uri(self) -> &'static str {
        match self {
            Self::Image => "/image",
            Self::Prometheus => "/actuator/prometheus",
            Self::Actuator => "/actuator/health",
            Self::Unknown => "/**",
        }
    }
}

/// How the handler ended: the exception's class, where there was one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) enum Outcome {
    None,
    TooManyRequests,
    ClientError,
    Unreachable,
}

impl Outcome {
    const fn class(self) -> Option<&'static str> {
        match self {
            Self::None => None,
            Self::TooManyRequests => Some("TooManyRequests"),
            Self::ClientError => Some("HttpClientErrorException"),
            Self::Unreachable => Some("ResourceAccessException"),
        }
    }
}

/// A Micrometer timer: count, sum and decaying maximum.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
struct Timer {
    all: Summary,
    longest: TimeWindowMax,
}

impl Timer {
    const fn new(now: Timestamp) -> Self {
        Self { all: Summary { count: 0, sum: 0.0 }, longest: TimeWindowMax::new(now) }
    }

    fn observe(&mut self, seconds: f64, now: Timestamp) {
        self.all.observe(seconds);
        self.longest.observe(seconds, now);
    }
}

/// Everything that is counted. Timers and counters with labels come into being with the first observation.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Metrics {
    fetched: u64,
    cached: u64,
    method: Vec<(Outcome, Timer)>,
    http: Vec<((Route, u16, Outcome), Timer)>,
    tomcat: Summary,
    tomcat_longest: f64,
    sent_bytes: f64,
    errors: u64,
    servlet: Summary,
    logged_errors: u64,
    threads: u32,
}

impl Metrics {
    /// Counts a picture: from NASA, or out of the cache.
    pub fn count_load(&mut self, fetched: bool) {
        *(if fetched { &mut self.fetched } else { &mut self.cached }) += 1;
    }

    /// Counts a run of the timed method.
    pub fn observe_method(&mut self, outcome: Outcome, seconds: f64, now: Timestamp) {
        let at = self.method.iter().position(|(key, _)| *key == outcome).unwrap_or_else(|| {
            self.method.push((outcome, Timer::new(now)));
            self.method.len() - 1
        });
        self.method[at].1.observe(seconds, now);
        if outcome != Outcome::None {
            self.logged_errors += 1;
        }
    }

    /// Counts a request.
    pub fn observe(
        &mut self,
        route: Route,
        status: u16,
        outcome: Outcome,
        seconds: f64,
        bytes: f64,
        now: Timestamp,
    ) {
        let key = (route, status, outcome);
        let at = self.http.iter().position(|(other, _)| *other == key).unwrap_or_else(|| {
            self.http.push((key, Timer::new(now)));
            self.http.len() - 1
        });
        self.http[at].1.observe(seconds, now);
        self.tomcat.observe(seconds);
        // Tomcat counts whole milliseconds.
        self.tomcat_longest = self.tomcat_longest.max(libm::round(seconds * 1000.0) / 1000.0);
        self.servlet.observe(seconds * 0.95);
        self.sent_bytes += bytes;
        self.errors += u64::from(status >= 400);
    }

    /// Threads come when more are needed and go again after a while; gives how many there are now.
    pub fn settle_threads(&mut self, busy: u32) -> u32 {
        let fewer = self.threads - self.threads.saturating_sub(THREADS_MIN) / 4;
        self.threads = busy.clamp(THREADS_MIN, THREADS_MAX).max(fewer);
        self.threads
    }

    /// Shows what the service itself and its web framework count.
    pub fn show_application(&self, now: Timestamp, collector: &mut impl Collect) {
        self.show_http(now, collector);
        if self.fetched + self.cached > 0 {
            collector.family("iotd_api_image_load_total", MetricType::Counter, "");
        }
        for (status, count) in [("cached", self.cached), ("success", self.fetched)] {
            if count > 0 {
                collector.value(&[("status", status)], count as f64);
            }
        }
        let events = [
            ("debug", 0.0),
            ("error", self.logged_errors as f64),
            ("info", 7.0 + self.fetched as f64),
            ("trace", 0.0),
            ("warn", 0.0),
        ];
        collector.counter_by(
            "logback_events_total",
            "Number of error level events that made it to the logs",
            "level",
            &events,
        );
        if !self.method.is_empty() {
            collector.family("method_timed_seconds", MetricType::Summary, "");
            for (outcome, timer) in &self.method {
                timer.all.show(collector, &method_labels(*outcome));
            }
            collector.family("method_timed_seconds_max", MetricType::Gauge, "");
            for (outcome, timer) in &self.method {
                collector.value(&method_labels(*outcome), timer.longest.value(now));
            }
        }
    }

    fn show_http(&self, now: Timestamp, collector: &mut impl Collect) {
        if self.http.is_empty() {
            return;
        }
        collector.family("http_server_requests_seconds", MetricType::Summary, "");
        for (key, timer) in &self.http {
            timer.all.show(collector, &http_labels(*key));
        }
        collector.family("http_server_requests_seconds_max", MetricType::Gauge, "");
        for (key, timer) in &self.http {
            collector.value(&http_labels(*key), timer.longest.value(now));
        }
    }

    /// Shows Tomcat's own books.
    pub fn show_tomcat(&self, busy: u32, collector: &mut impl Collect) {
        let cache = [CONNECTOR];
        for name in ["tomcat_cache_access_total", "tomcat_cache_hit_total"] {
            collector.family(name, MetricType::Counter, "");
            collector.value(&[("name", "/")], 0.0);
        }
        for (name, value) in [
            ("tomcat_global_error_total", self.errors as f64),
            ("tomcat_global_received_bytes_total", 0.0),
            ("tomcat_global_sent_bytes_total", self.sent_bytes),
        ] {
            collector.family(name, MetricType::Counter, "");
            collector.value(&cache, value);
        }
        collector.family("tomcat_global_request_max_seconds", MetricType::Gauge, "");
        collector.value(&cache, self.tomcat_longest);
        collector.family("tomcat_global_request_seconds", MetricType::Summary, "");
        self.tomcat.show(collector, &cache);
        let servlets =
            [("default", Summary::default(), 0.0), ("dispatcherServlet", self.servlet, self.tomcat_longest)];
        collector.family("tomcat_servlet_error_total", MetricType::Counter, "");
        for (name, ..) in &servlets {
            collector.value(&[("name", name)], 0.0);
        }
        collector.family("tomcat_servlet_request_max_seconds", MetricType::Gauge, "");
        for (name, _, longest) in &servlets {
            collector.value(&[("name", name)], *longest);
        }
        collector.family("tomcat_servlet_request_seconds", MetricType::Summary, "");
        for (name, all, _) in &servlets {
            all.show(collector, &[("name", name)]);
        }
        for name in ["active_current_sessions", "active_max_sessions", "alive_max_seconds"] {
            collector.gauge(&format!("tomcat_sessions_{name}"), "", 0.0);
        }
        for name in ["created", "expired", "rejected"] {
            collector.counter(&format!("tomcat_sessions_{name}_sessions_total"), "", 0.0);
        }
        let current = self.threads.max(busy).clamp(THREADS_MIN, THREADS_MAX);
        for (name, value) in [("busy", busy), ("config_max", THREADS_MAX), ("current", current)] {
            collector.family(&format!("tomcat_threads_{name}_threads"), MetricType::Gauge, "");
            collector.value(&cache, f64::from(value));
        }
    }
}

fn method_labels(outcome: Outcome) -> [(&'static str, &'static str); 3] {
    [("class", "iotd.ImageController"), ("exception", outcome.class().unwrap_or("none")), ("method", "get")]
}

fn http_labels((route, status, outcome): (Route, u16, Outcome)) -> [(&'static str, &'static str); 5] {
    let (status, group) = match status {
        200 => ("200", "SUCCESS"),
        404 => ("404", "CLIENT_ERROR"),
        _ => ("500", "SERVER_ERROR"),
    };
    [
        ("exception", outcome.class().unwrap_or("None")),
        ("method", "GET"),
        ("outcome", group),
        ("status", status),
        ("uri", route.uri()),
    ]
}
