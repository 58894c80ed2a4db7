//! What Prometheus counts of its own scraping, for its `prometheus_*` series. Exposes nothing itself.

use serde::{Deserialize, Serialize};

/// Counts since the start of the scraper.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counters {
    /// Scrapes that have ended, well or badly.
    pub scrapes: u64,
    /// Those that failed.
    pub failed_scrapes: u64,
    /// `prometheus_tsdb_head_samples_appended_total`, as far as scraping appended them.
    pub samples_appended: u64,
    /// `prometheus_sd_dns_lookups_total`
    pub dns_lookups: u64,
    /// `prometheus_sd_dns_lookup_failures_total`
    pub dns_lookup_failures: u64,
    /// `prometheus_sd_file_read_errors_total`
    pub file_read_errors: u64,
    /// `prometheus_sd_http_failures_total`
    pub http_failures: u64,
    /// `prometheus_sd_updates_total`: batches of discovered targets that were handed on.
    pub discovery_updates: u64,
    /// `prometheus_target_scrape_pools_total`
    pub pools: u64,
    /// `prometheus_target_scrape_pool_reloads_total`
    pub pool_reloads: u64,
    /// `prometheus_target_sync_failed_total`: targets that could not be made.
    pub failed_targets: u64,
    /// `prometheus_target_scrapes_exceeded_sample_limit_total`
    pub exceeded_sample_limit: u64,
    /// `prometheus_target_scrapes_exceeded_native_histogram_bucket_limit_total`
    pub exceeded_bucket_limit: u64,
    /// `prometheus_target_scrapes_exceeded_body_size_limit_total`
    pub exceeded_body_size_limit: u64,
    /// `prometheus_target_scrape_pool_exceeded_label_limits_total`
    pub exceeded_label_limits: u64,
    /// `prometheus_target_scrape_pool_exceeded_target_limit_total`
    pub exceeded_target_limit: u64,
    /// `prometheus_target_scrapes_sample_duplicate_timestamp_total`
    pub duplicate_samples: u64,
    /// `prometheus_target_scrapes_sample_out_of_order_total`
    pub out_of_order_samples: u64,
    /// `prometheus_target_scrapes_sample_out_of_bounds_total`
    pub out_of_bounds_samples: u64,
    /// Configurations that were put in force after the first.
    pub reloads: u64,
    /// Configurations that were refused.
    pub failed_reloads: u64,
}
