//! The targets of a Prometheus as the Targets page shows them.

use serde::{Deserialize, Serialize};

use crate::base::time::{Millis, Timestamp};
use crate::model::labels::Labels;

/// All targets of one Prometheus.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TargetsView {
    /// The container of that Prometheus.
    pub prometheus: String,
    /// Whether its process runs and has read its configuration; else nothing is scraped and there is no job.
    pub is_running: bool,
    /// Its jobs, in the order of the configuration.
    pub jobs: Vec<JobView>,
}

/// The targets of one job.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct JobView {
    /// The job's name.
    pub job: String,
    /// The time between scrapes that its configuration asks for.
    pub interval: Millis,
    /// How it finds targets, each way once; empty where it names no way.
    pub discovery: Vec<DiscoveryView>,
    /// Its targets, in order of their labels.
    pub targets: Vec<TargetView>,
    /// The labels of what relabeling dropped.
    pub dropped: Vec<Labels>,
}

/// A way to find targets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DiscoveryView {
    /// `static_configs`: the addresses stand in the configuration.
    Static,
    /// `dns_sd_configs`: a name is looked up.
    Dns,
    /// `file_sd_configs`: files hold lists of targets.
    File,
    /// `http_sd_configs`: a server hands a list of targets out.
    Http,
    /// `docker_sd_configs`: the Docker engine lists its containers.
    Docker,
    /// One that a lab does not carry out; it finds nothing.
    Unsimulated,
}

/// A target.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TargetView {
    /// The URL that is fetched.
    pub url: String,
    /// The labels that its samples get.
    pub labels: Labels,
    /// The labels before relabeling, `__meta_` and all.
    pub discovered: Labels,
    /// Whether the last scrape worked.
    pub health: HealthView,
    /// Why the last scrape failed; empty where it worked.
    pub last_error: String,
    /// When the last finished scrape began.
    pub last_scrape: Option<Timestamp>,
    /// How long it took, in seconds.
    pub last_duration_seconds: f64,
    /// When the next scrape begins.
    pub next_scrape: Timestamp,
    /// The time between scrapes.
    pub interval: Millis,
    /// The time a scrape may take.
    pub timeout: Millis,
    /// The last scrapes, the newest last.
    pub history: Vec<ScrapeView>,
}

/// Whether a target's last scrape worked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum HealthView {
    /// Not scraped yet.
    Unknown,
    /// It worked.
    Up,
    /// It failed.
    Down,
}

/// One scrape that has ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScrapeView {
    /// When it began.
    pub at: Timestamp,
    /// How long it took, in seconds.
    pub duration_seconds: f64,
    /// Samples on the page.
    pub samples: u64,
    /// Why it failed; empty where it worked.
    pub error: String,
}
