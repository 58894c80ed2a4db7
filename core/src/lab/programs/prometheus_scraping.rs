//! What a Prometheus shows of its discoveries and its scraping. Counts nothing itself.

use crate::base::number::print_plain;
use crate::base::time::Timestamp;
use crate::exposition::Suffix;
use crate::model::metric::MetricType;
use crate::scrape::{Engine, IntervalLengths};
use crate::sim::instruments::Show;

/// What making the targets of a job takes; it is nearly always the same.
const SYNC_SECONDS: f64 = 0.000_12;

/// Shows the families in the order of the page.
pub fn show(engine: &Engine, is_new: bool, now: Timestamp, collector: &mut impl Show) {
    show_discovery(engine, is_new, collector);
    collector.family(
        "prometheus_target_interval_length_seconds",
        MetricType::Summary,
        "Actual intervals between scrapes.",
    );
    for (interval, lengths) in engine.interval_lengths() {
        show_intervals(&interval.to_string(), lengths, now, collector);
    }
    show_scraping(engine, is_new, collector);
    show_pools(engine, is_new, collector);
}

fn show_intervals(interval: &str, lengths: &IntervalLengths, now: Timestamp, collector: &mut impl Show) {
    for quantile in [0.01, 0.05, 0.5, 0.9, 0.99] {
        let labels = [("interval", interval), ("quantile", &print_plain(quantile))];
        collector.value(&labels, lengths.quantile(quantile, now));
    }
    collector.sample(Suffix::Sum, &[("interval", interval)], lengths.sum_seconds(), None);
    collector.sample(Suffix::Count, &[("interval", interval)], lengths.count as f64, None);
}

fn show_discovery(engine: &Engine, is_new: bool, collector: &mut impl Show) {
    let counters = engine.counters();
    collector.family(
        "prometheus_sd_discovered_targets",
        MetricType::Gauge,
        "Current number of discovered targets.",
    );
    for job in engine.job_counts() {
        collector.value(&[("config", job.job), ("name", "scrape")], job.discovered as f64);
    }
    let name = "prometheus_sd_dns_lookup_failures_total";
    collector.counter(name, "The number of DNS-SD lookup failures.", counters.dns_lookup_failures as f64);
    let name = "prometheus_sd_dns_lookups_total";
    collector.counter(name, "The number of DNS-SD lookups.", counters.dns_lookups as f64);
    if is_new {
        let name = "prometheus_sd_file_read_errors_total";
        collector.counter(name, "The number of File-SD read errors.", counters.file_read_errors as f64);
        let name = "prometheus_sd_http_failures_total";
        collector.counter(
            name,
            "Number of HTTP service discovery refresh failures.",
            counters.http_failures as f64,
        );
        let name = "prometheus_sd_refresh_failures_total";
        let help = "Number of refresh failures for the given SD mechanism.";
        collector.family(name, MetricType::Counter, help);
        for job in engine.job_counts() {
            for (mechanism, failures) in &job.refresh_failures {
                collector.value(&[("config", job.job), ("mechanism", mechanism)], *failures as f64);
            }
        }
    }
    let updates = [("scrape", counters.discovery_updates as f64)];
    let name = "prometheus_sd_updates_total";
    collector.counter_by(name, "Total number of update events sent to the SD consumers.", "name", &updates);
}

/// A count with the end of its name, its text, and whether only newer versions have it.
type Count = (&'static str, &'static str, u64, bool);

fn counts(engine: &Engine) -> [Count; 12] {
    let counters = engine.counters();
    [
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
        ("scrape_pool_reloads_failed_total", "Total number of failed scrape pool reloads.", 0, true),
        ("scrape_pool_reloads_total", "Total number of scrape pool reloads.", counters.pool_reloads, true),
        ("scrape_pools_failed_total", "Total number of scrape pool creations that failed.", 0, true),
        ("scrape_pools_total", "Total number of scrape pool creation attempts.", counters.pools, true),
        (
            "scrapes_exceeded_body_size_limit_total",
            "Total number of scrapes that hit the body size limit",
            counters.exceeded_body_size_limit,
            true,
        ),
        (
            "scrapes_exceeded_native_histogram_bucket_limit_total",
            "Total number of scrapes that hit the native histogram bucket limit and were rejected.",
            counters.exceeded_bucket_limit,
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
            "scrapes_sample_out_of_bounds_total",
            "Total number of samples rejected due to timestamp falling outside of the time bounds.",
            counters.out_of_bounds_samples,
            false,
        ),
        (
            "scrapes_sample_out_of_order_total",
            "Total number of samples rejected due to not being out of the expected order.",
            counters.out_of_order_samples,
            false,
        ),
    ]
}

fn show_scraping(engine: &Engine, is_new: bool, collector: &mut impl Show) {
    let mut name = String::with_capacity(80);
    for (part, help, count, only_new) in counts(engine) {
        if is_new || !only_new {
            name.clear();
            name.push_str("prometheus_target_");
            name.push_str(part);
            collector.counter(&name, help, count as f64);
        }
    }
    if is_new {
        collector.counter(
            "prometheus_target_sync_failed_total",
            "Total number of target sync failures.",
            engine.counters().failed_targets as f64,
        );
    }
}

fn show_pools(engine: &Engine, is_new: bool, collector: &mut impl Show) {
    let name = "prometheus_target_scrape_pool_sync_total";
    let help = "Total number of syncs that were executed on a scrape pool.";
    collector.family(name, MetricType::Counter, help);
    for job in engine.job_counts() {
        collector.value(&[("scrape_job", job.job)], job.syncs as f64);
    }
    if is_new {
        let name = "prometheus_target_scrape_pool_target_limit";
        let help = "Maximum number of targets allowed in this scrape pool.";
        collector.family(name, MetricType::Gauge, help);
        for job in engine.job_counts() {
            collector.value(&[("scrape_job", job.job)], job.target_limit as f64);
        }
        let name = "prometheus_target_scrape_pool_targets";
        collector.family(name, MetricType::Gauge, "Current number of targets in this scrape pool.");
        for job in engine.job_counts() {
            collector.value(&[("scrape_job", job.job)], job.targets as f64);
        }
    }
    let name = "prometheus_target_sync_length_seconds";
    collector.family(name, MetricType::Summary, "Actual interval to sync the scrape pool.");
    for job in engine.job_counts() {
        for quantile in ["0.01", "0.05", "0.5", "0.9", "0.99"] {
            collector.value(&[("scrape_job", job.job), ("quantile", quantile)], SYNC_SECONDS);
        }
        let labels = [("scrape_job", job.job)];
        collector.sample(Suffix::Sum, &labels, SYNC_SECONDS * job.syncs as f64, None);
        collector.sample(Suffix::Count, &labels, job.syncs as f64, None);
    }
}
