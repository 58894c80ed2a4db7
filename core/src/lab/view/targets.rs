//! The targets of a Prometheus as the Targets page shows them.

use serde::{Deserialize, Serialize};

use crate::base::time::Millis;
use crate::model::labels::Labels;
pub use crate::scrape::{Health as HealthView, ScrapeRecord as ScrapeView, TargetReport as TargetView};

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

/// What a job's relabeling makes of a label set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RelabelingView {
    /// The rules as they stand in a configuration: a YAML list.
    pub rules: String,
    /// What each rule did, up to the first that drops.
    pub steps: Vec<RelabelStep>,
    /// What came of it.
    pub outcome: RelabelOutcome,
}

/// What one rule did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RelabelStep {
    /// The rule in one line.
    pub rule: String,
    /// The labels after it.
    pub labels: Labels,
    /// Whether it kept them.
    pub kept: bool,
}

/// What comes of a label set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum RelabelOutcome {
    /// A target.
    Target {
        /// The URL that is fetched.
        url: String,
        /// The labels that its samples get.
        labels: Labels,
    },
    /// Nothing: a rule drops it.
    Dropped,
    /// Nothing: what is left cannot be scraped; says why.
    Refused(String),
}
