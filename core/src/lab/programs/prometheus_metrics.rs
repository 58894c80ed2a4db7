//! What a Prometheus shows of itself under `/metrics`. Counts web requests; all else is asked of the scraper.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::base::random::Stream;
use crate::base::time::{Millis, Timestamp};
use crate::model::metric::MetricType;
use crate::scrape::{Compatibility, Counters, Engine};
use crate::sim::instruments::Show;
use crate::sim::runtimes::{GoProcess, GoProfile, GoRuntime};
use crate::sim::{Collect, Surroundings, Usage};

const PROFILE: GoProfile = GoProfile {
    live_bytes: 14_000_000.0,
    resident_base_bytes: 38_000_000.0,
    heap_sys_bytes: 66_420_736.0,
    threads: 10.0,
    idle_cpu: 0.002,
};
/// Goroutines besides those of targets.
const GOROUTINES_IDLE: u32 = 32;
/// What a scraped sample costs: memory that is garbage soon, and time.
const SAMPLE_BYTES: f64 = 220.0;
const SAMPLE_CPU_SECONDS: f64 = 2.0e-6;

/// What a process keeps for its own metrics.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OwnMetrics {
    runtime: GoRuntime,
    /// Web requests by handler and status.
    requests: BTreeMap<(String, u16), u64>,
    reloaded_at: Timestamp,
}

impl OwnMetrics {
    /// The metrics of a process that starts now.
    pub fn new(now: Timestamp) -> Self {
        Self { runtime: GoRuntime::new(PROFILE, now), requests: BTreeMap::new(), reloaded_at: now }
    }

    /// Counts a web request.
    pub fn count_request(&mut self, handler: &str, status: u16) {
        *self.requests.entry((handler.to_owned(), status)).or_default() += 1;
    }

    /// A configuration came into force.
    pub fn reloaded(&mut self, now: Timestamp) {
        self.reloaded_at = now;
    }

    /// When a configuration last came into force.
    pub const fn reloaded_at(&self) -> Timestamp {
        self.reloaded_at
    }

    /// A scrape brought so many samples.
    pub fn scraped(&mut self, samples: u64, now: Timestamp, random: &mut Stream) {
        let samples = samples as f64;
        let (bytes, cpu_seconds) =
            (40_000.0 + samples * SAMPLE_BYTES, 0.000_4 + samples * SAMPLE_CPU_SECONDS);
        self.runtime.work(bytes, cpu_seconds, 1, now, random);
    }

    /// What the process uses of the machine; the store's memory counts as the heap it is.
    pub fn usage(&self, engine: &Engine, surroundings: &Surroundings<'_>) -> Usage {
        Usage {
            cpu_seconds: self.runtime.cpu_seconds(running(surroundings)),
            memory_bytes: self.runtime.resident_bytes(goroutines(engine)) + series(engine) * 3_000.0,
        }
    }

    /// Shows all families in the order of the page.
    pub fn show<C: Collect>(&self, engine: &Engine, surroundings: &Surroundings<'_>, collector: &mut C) {
        let is_new = engine.compatibility() == Compatibility::V3;
        let (version, go) = if is_new { ("3.5.0", "go1.24.5") } else { ("2.13.1", "go1.13.1") };
        self.runtime.show(go, goroutines(engine), running(surroundings), collector);
        let process = GoProcess {
            cpu_seconds: self.runtime.cpu_seconds(running(surroundings)),
            open_fds: f64::from(14 + surroundings.connections_in + surroundings.connections_out),
            resident_bytes: self.usage(engine, surroundings).memory_bytes,
            virtual_bytes: self.runtime.virtual_bytes(),
            started: surroundings.started,
        };
        process.show(collector);
        collector.family("prometheus_build_info", MetricType::Gauge, "A metric with a constant '1' value labeled by version, revision, branch, goversion from which prometheus was built.");
        collector.value(&[("branch", "HEAD"), ("goversion", go), ("version", version)], 1.0);
        self.show_config(engine, collector);
        self.show_requests(collector);
        if is_new {
            collector.gauge("prometheus_ready", "Whether Prometheus startup was fully completed and the server is ready for normal operation.", 1.0);
        }
        show_discovery(engine, collector);
        show_scraping(engine, is_new, collector);
        show_store(engine, is_new, collector);
    }

    fn show_config(&self, engine: &Engine, collector: &mut impl Show) {
        let successful = f64::from(u8::from(engine.reload_error().is_none()));
        collector.gauge(
            "prometheus_config_last_reload_successful",
            "Whether the last configuration reload attempt was successful.",
            successful,
        );
        let reloaded = self.reloaded_at.as_secs_f64();
        let name = "prometheus_config_last_reload_success_timestamp_seconds";
        collector.gauge(name, "Timestamp of the last successful configuration reload.", reloaded);
    }

    fn show_requests(&self, collector: &mut impl Show) {
        collector.family("prometheus_http_requests_total", MetricType::Counter, "Counter of HTTP requests.");
        for ((handler, status), count) in &self.requests {
            collector.value(&[("code", &status.to_string()), ("handler", handler)], *count as f64);
        }
    }
}

fn running(surroundings: &Surroundings<'_>) -> Millis {
    surroundings.now - surroundings.started
}

fn goroutines(engine: &Engine) -> u32 {
    let targets: u64 = engine.target_counts().map(|(_, targets)| targets).sum();
    GOROUTINES_IDLE + 3 * targets as u32
}

fn series(engine: &Engine) -> f64 {
    engine.head().series_ids().len() as f64
}

fn show_discovery(engine: &Engine, collector: &mut impl Show) {
    let counters = engine.counters();
    let name = "prometheus_sd_dns_lookup_failures_total";
    collector.counter(name, "The number of DNS-SD lookup failures.", counters.dns_lookup_failures as f64);
    let name = "prometheus_sd_dns_lookups_total";
    collector.counter(name, "The number of DNS-SD lookups.", counters.dns_lookups as f64);
    let updates = [("scrape", counters.discovery_updates as f64)];
    collector.counter_by(
        "prometheus_sd_updates_total",
        "Total number of update events sent to the SD consumers.",
        "name",
        &updates,
    );
}

fn show_scraping(engine: &Engine, is_new: bool, collector: &mut impl Show) {
    let counters: &Counters = engine.counters();
    let counts: [(&str, &str, u64, bool); 8] = [
        (
            "scrape_pool_exceeded_label_limits_total",
            "Total number of times scrape pools hit the label limits, during sync or config reload.",
            counters.exceeded_label_limits,
            true,
        ),
        (
            "scrape_pool_exceeded_target_limit_total",
            "Total number of times scrape pools hit the target limit, during sync or config reload.",
            counters.exceeded_target_limit,
            true,
        ),
        ("scrape_pool_reloads_total", "Total number of scrape pool reloads.", counters.pool_reloads, true),
        ("scrape_pools_total", "Total number of scrape pool creation attempts.", counters.pools, true),
        (
            "scrapes_exceeded_body_size_limit_total",
            "Total number of scrapes that hit the body size limit",
            counters.exceeded_body_size_limit,
            true,
        ),
        (
            "scrapes_exceeded_sample_limit_total",
            "Total number of scrapes that hit the sample limit and were rejected.",
            counters.exceeded_sample_limit,
            false,
        ),
        (
            "scrapes_sample_duplicate_timestamp_total",
            "Total number of samples rejected due to duplicate timestamps but different values.",
            counters.duplicate_samples,
            false,
        ),
        (
            "scrapes_sample_out_of_order_total",
            "Total number of samples rejected due to not being out of the expected order.",
            counters.out_of_order_samples,
            false,
        ),
    ];
    let mut name = String::with_capacity(80);
    for (part, help, count, only_new) in counts {
        if is_new || !only_new {
            name.clear();
            name.push_str("prometheus_target_");
            name.push_str(part);
            collector.counter(&name, help, count as f64);
        }
    }
    if is_new {
        collector.family(
            "prometheus_target_scrape_pool_targets",
            MetricType::Gauge,
            "Current number of targets in this scrape pool.",
        );
        for (job, targets) in engine.target_counts() {
            collector.value(&[("scrape_job", job)], targets as f64);
        }
    }
}

fn show_store(engine: &Engine, is_new: bool, collector: &mut impl Show) {
    let head = engine.head();
    if let Some(newest) = head.max_time() {
        collector.gauge(
            "prometheus_tsdb_head_max_time",
            "Maximum timestamp of the head block. The unit is decided by the library consumer.",
            newest.0 as f64,
        );
    }
    let appended = head.samples_appended() as f64;
    let (name, help) = ("prometheus_tsdb_head_samples_appended_total", "Total number of appended samples.");
    if is_new {
        collector.counter_by(name, help, "type", &[("float", appended)]);
    } else {
        collector.counter(name, help, appended);
    }
    collector.gauge(
        "prometheus_tsdb_head_series",
        "Total number of series in the head block.",
        series(engine),
    );
}
