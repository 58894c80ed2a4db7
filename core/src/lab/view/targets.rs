//! The targets of a Prometheus as the Targets page shows them.

use serde::{Deserialize, Serialize};

use crate::base::time::Millis;
use crate::model::labels::Labels;
pub use crate::scrape::{
    Health as HealthView, ScrapeRecord as ScrapeView, TargetId, TargetReport as TargetView,
};

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
    /// What relabeling dropped, as far as it is kept: the labels before.
    pub dropped: Vec<Labels>,
    /// How many it dropped.
    pub dropped_count: u64,
    /// Why found label sets could not be made targets, in Prometheus's words.
    pub failures: Vec<String>,
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
