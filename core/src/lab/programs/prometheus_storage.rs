//! What a Prometheus shows of its store. Counts nothing itself.
//!
//! Differs: the lab's store is one head without blocks and without a log on disk, so what counts those stands at zero.

use super::prometheus_metrics::series;
use crate::model::metric::MetricType;
use crate::scrape::Engine;
use crate::sim::instruments::Show;

/// Shows the families in the order of the page.
pub fn show(engine: &Engine, is_new: bool, collector: &mut impl Show) {
    let head = engine.head();
    for (name, help, metric_type) in ZEROS {
        collector.family(name, metric_type, help);
        collector.value(&[], 0.0);
    }
    if let Some(newest) = head.max_time() {
        collector.gauge(
            "prometheus_tsdb_head_max_time",
            "Maximum timestamp of the head block. The unit is decided by the library consumer.",
            newest.0 as f64,
        );
        collector.gauge(
            "prometheus_tsdb_head_max_time_seconds",
            "Maximum timestamp of the head block.",
            newest.as_secs_f64(),
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
    let created = head.series_created() as f64;
    let (name, help) =
        ("prometheus_tsdb_head_series_created_total", "Total number of series created in the head");
    collector.counter(name, help, created);
    let (name, help) =
        ("prometheus_tsdb_head_series_removed_total", "Total number of series removed in the head");
    collector.counter(name, help, (created - series(engine)).max(0.0));
    if is_new {
        collector.family(
            "prometheus_tsdb_out_of_order_samples_total",
            MetricType::Counter,
            "Total number of out of order samples ingestion failed attempts due to out of order being disabled.",
        );
        let refused = engine.counters().out_of_order_samples as f64;
        collector.value(&[("type", "float")], refused);
    }
}

/// What a store without blocks never counts.
const ZEROS: [(&str, &str, MetricType); 7] = [
    ("prometheus_tsdb_blocks_loaded", "Number of currently loaded data blocks", MetricType::Gauge),
    (
        "prometheus_tsdb_compactions_failed_total",
        "Total number of compactions that failed for the partition.",
        MetricType::Counter,
    ),
    (
        "prometheus_tsdb_compactions_total",
        "Total number of compactions that were executed for the partition.",
        MetricType::Counter,
    ),
    (
        "prometheus_tsdb_head_active_appenders",
        "Number of currently active appender transactions",
        MetricType::Gauge,
    ),
    (
        "prometheus_tsdb_reloads_failures_total",
        "Number of times the database failed to reloadBlocks block data from disk.",
        MetricType::Counter,
    ),
    (
        "prometheus_tsdb_storage_blocks_bytes",
        "The number of bytes that are currently used for local storage by all blocks.",
        MetricType::Gauge,
    ),
    ("prometheus_tsdb_wal_corruptions_total", "Total number of WAL corruptions.", MetricType::Counter),
];
