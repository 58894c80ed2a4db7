//! What a Prometheus shows of itself under `/metrics`: its process, its configuration, its web server. What it counts of
//! scraping and storing stands beside it.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::prometheus_web::WebMetrics;
use super::{prometheus_scraping, prometheus_storage};
use crate::base::random::Stream;
use crate::base::time::{Millis, Timestamp};
use crate::exposition::Suffix;
use crate::model::metric::MetricType;
use crate::scrape::{Compatibility, Engine};
use crate::sim::instruments::Show;
use crate::sim::runtimes::{GoProcess, GoProfile, GoRuntime};
use crate::sim::{Collect, PoolId, Surroundings, Usage};

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
    /// The web server's counts.
    pub web: WebMetrics,
    reloaded_at: Timestamp,
}

impl OwnMetrics {
    /// The metrics of a process that starts now.
    pub fn new(now: Timestamp) -> Self {
        Self { runtime: GoRuntime::new(PROFILE, now), web: WebMetrics::default(), reloaded_at: now }
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

    /// Shows all families; `pools` are the connections by job.
    pub fn show<C: Collect>(
        &self,
        engine: &Engine,
        pools: &BTreeMap<Arc<str>, PoolId>,
        surroundings: &Surroundings<'_>,
        collector: &mut C,
    ) {
        let is_new = engine.compatibility() == Compatibility::V3;
        let go = if is_new { "go1.25.4" } else { "go1.13.1" };
        self.runtime.show(go, goroutines(engine), running(surroundings), collector);
        show_dials(pools, surroundings, collector);
        let process = GoProcess {
            cpu_seconds: self.runtime.cpu_seconds(running(surroundings)),
            open_fds: f64::from(14 + surroundings.connections_in + surroundings.connections_out),
            resident_bytes: self.usage(engine, surroundings).memory_bytes,
            virtual_bytes: self.runtime.virtual_bytes(),
            started: surroundings.started,
        };
        process.show(collector);
        let name = "prometheus_build_info";
        let help = match is_new {
            true => {
                "A metric with a constant '1' value labeled by version, revision, branch, goversion from which prometheus was built, and the goos and goarch for the build."
            }
            false => {
                "A metric with a constant '1' value labeled by version, revision, branch, goversion from which prometheus was built."
            }
        };
        collector.family(name, MetricType::Gauge, help);
        let version = engine.compatibility().version();
        match is_new {
            true => collector.value(
                &[
                    ("branch", "HEAD"),
                    ("goarch", "amd64"),
                    ("goos", "linux"),
                    ("goversion", go),
                    ("revision", "unknown"),
                    ("tags", "netgo,builtinassets"),
                    ("version", version),
                ],
                1.0,
            ),
            false => collector.value(&[("branch", "HEAD"), ("goversion", go), ("version", version)], 1.0),
        }
        self.show_config(engine, collector);
        show_queries(collector);
        self.web.show(is_new, collector);
        show_notifications(collector);
        if is_new {
            collector.gauge("prometheus_ready", "Whether Prometheus startup was fully completed and the server is ready for normal operation.", 1.0);
        }
        prometheus_scraping::show(engine, is_new, surroundings.now, collector);
        prometheus_storage::show(engine, is_new, collector);
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
}

/// Connections dialled for each job: whether they are kept shows here.
fn show_dials(
    pools: &BTreeMap<Arc<str>, PoolId>,
    surroundings: &Surroundings<'_>,
    collector: &mut impl Show,
) {
    let name = "net_conntrack_dialer_conn_attempted_total";
    let help = "Total number of connections attempted by the given dialer a given name.";
    collector.family(name, MetricType::Counter, help);
    for (job, pool) in pools {
        collector.value(&[("dialer_name", job)], surroundings.dials(*pool).attempted() as f64);
    }
    let name = "net_conntrack_dialer_conn_established_total";
    let help = "Total number of connections successfully established by the given dialer a given name.";
    collector.family(name, MetricType::Counter, help);
    for (job, pool) in pools {
        collector.value(&[("dialer_name", job)], surroundings.dials(*pool).established as f64);
    }
    let name = "net_conntrack_dialer_conn_failed_total";
    let help = "Total number of connections failed to dial by the dialer a given name.";
    collector.family(name, MetricType::Counter, help);
    for (job, pool) in pools {
        let dials = surroundings.dials(*pool);
        let reasons = [
            ("refused", dials.refused),
            ("resolution", dials.unresolved),
            ("timeout", dials.timed_out),
            ("unknown", dials.otherwise),
        ];
        for (reason, count) in reasons {
            collector.value(&[("dialer_name", job), ("reason", reason)], count as f64);
        }
    }
}

/// Queries of the page go past the web server, so none was ever asked.
fn show_queries(collector: &mut impl Show) {
    collector.gauge(
        "prometheus_engine_queries",
        "The current number of queries being executed or waiting.",
        0.0,
    );
    let name = "prometheus_engine_queries_concurrent_max";
    collector.gauge(name, "The max number of concurrent queries.", 20.0);
    collector.family("prometheus_engine_query_duration_seconds", MetricType::Summary, "Query timings");
    for slice in ["inner_eval", "prepare_time", "queue_time", "result_sort"] {
        for quantile in ["0.5", "0.9", "0.99"] {
            collector.value(&[("slice", slice), ("quantile", quantile)], f64::NAN);
        }
        collector.sample(Suffix::Sum, &[("slice", slice)], 0.0, None);
        collector.sample(Suffix::Count, &[("slice", slice)], 0.0, None);
    }
}

/// Nobody is told of alerts: there is no Alertmanager.
fn show_notifications(collector: &mut impl Show) {
    let (name, help) = (
        "prometheus_notifications_alertmanagers_discovered",
        "The number of alertmanagers discovered and active.",
    );
    collector.gauge(name, help, 0.0);
    let (name, help) = (
        "prometheus_notifications_dropped_total",
        "Total number of alerts dropped due to errors when sending to Alertmanager.",
    );
    collector.counter(name, help, 0.0);
    let (name, help) =
        ("prometheus_notifications_queue_capacity", "The capacity of the alert notifications queue.");
    collector.gauge(name, help, 10_000.0);
    let (name, help) =
        ("prometheus_notifications_queue_length", "The number of alert notifications in the queue.");
    collector.gauge(name, help, 0.0);
}

fn running(surroundings: &Surroundings<'_>) -> Millis {
    surroundings.now - surroundings.started
}

fn goroutines(engine: &Engine) -> u32 {
    let targets: u64 = engine.job_counts().map(|job| job.targets).sum();
    GOROUTINES_IDLE + 3 * targets as u32
}

pub(super) fn series(engine: &Engine) -> f64 {
    engine.head().series_ids().len() as f64
}
