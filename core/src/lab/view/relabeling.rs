//! Relabeling taken apart, as the Targets page shows it.

use serde::{Deserialize, Serialize};

use crate::model::labels::Labels;

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

/// What a job's metric relabeling makes of the series of a target's last page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MetricRelabelingView {
    /// The rules as they stand in a configuration: a YAML list.
    pub rules: String,
    /// What each rule did.
    pub steps: Vec<MetricRelabelStep>,
    /// Series on the page; 0 where none was read yet.
    pub series: u64,
    /// Those among them that were not looked at, since there are too many.
    pub left_out: u64,
    /// Series that are stored.
    pub kept: u64,
    /// Series that end with the labels of one before them, which alone is stored.
    pub merged: u64,
    /// A series whose labels fail the whole scrape, and why.
    pub refused: Option<(Labels, String)>,
}

/// What one rule did to the series that came to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MetricRelabelStep {
    /// The rule in one line.
    pub rule: String,
    /// Series that came to it.
    pub reached: u64,
    /// Series that it dropped.
    pub dropped: u64,
    /// Series whose labels it changed.
    pub changed: u64,
    /// The first that it dropped or changed: the labels before, and after; none after where it dropped them.
    pub examples: Vec<(Labels, Option<Labels>)>,
}
