//! What can be seen of the scraper from outside: targets with their health and history, and what just happened.
//! Plain values; changes nothing.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::base::time::{Millis, Timestamp};
use crate::model::labels::Labels;

/// Names one target for as long as it lives; numbers rise and are never reused.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TargetId(pub u64);

/// Whether the last scrape worked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Health {
    /// Not scraped yet.
    #[default]
    Unknown,
    /// The last scrape worked.
    Up,
    /// The last scrape failed.
    Down,
}

impl Health {
    /// The word that the API and the Targets page use.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Up => "up",
            Self::Down => "down",
        }
    }
}

/// One scrape that has ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ScrapeRecord {
    /// When it began: the time of its samples.
    pub at: Timestamp,
    /// How long it took, in seconds.
    pub duration_seconds: f64,
    /// Samples on the page, before metric relabeling.
    pub samples: u64,
    /// Why it failed; empty where it worked.
    pub error: String,
}

/// The targets of one job.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PoolReport {
    /// The job's name.
    pub job: Arc<str>,
    /// Its targets, in order of their labels.
    pub targets: Vec<TargetReport>,
    /// What relabeling dropped, as far as `keep_dropped_targets` keeps it.
    pub dropped: Vec<DroppedTarget>,
    /// How many relabeling dropped.
    pub dropped_count: u64,
    /// Why found label sets could not be made targets, in Prometheus's words.
    pub failures: Vec<String>,
}

/// A target as the Targets page shows it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TargetReport {
    /// Its number.
    pub id: TargetId,
    /// The job it belongs to.
    pub job: Arc<str>,
    /// The URL that is fetched.
    pub url: Arc<str>,
    /// The labels that its samples get.
    pub labels: Labels,
    /// The labels before relabeling, `__meta_` and all.
    pub discovered: Labels,
    /// Whether the last scrape worked.
    pub health: Health,
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
    /// The last scrapes, at most 20, the newest last.
    pub history: Vec<ScrapeRecord>,
}

/// A target that relabeling dropped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DroppedTarget {
    /// The labels before relabeling.
    pub discovered: Labels,
}

/// Something that a page held could not be stored: a line of Prometheus's log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// The target's job.
    pub job: Arc<str>,
    /// The target's URL.
    pub url: Arc<str>,
    /// What is wrong, in Prometheus's words.
    pub text: &'static str,
    /// How many samples it concerns.
    pub dropped: u64,
}

/// What happened since one last asked, in order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Event {
    /// A target is scraped from now on.
    TargetAdded {
        /// Which.
        target: TargetId,
        /// Its job.
        job: Arc<str>,
        /// Its `instance` label.
        instance: Arc<str>,
    },
    /// A target is scraped no more.
    TargetRemoved {
        /// Which.
        target: TargetId,
        /// Its job.
        job: Arc<str>,
        /// Its `instance` label.
        instance: Arc<str>,
    },
    /// A scrape has ended.
    Scraped {
        /// Which target.
        target: TargetId,
        /// Its job.
        job: Arc<str>,
        /// Its `instance` label.
        instance: Arc<str>,
        /// How it went.
        record: ScrapeRecord,
    },
    /// Service discovery could not find out what it asked.
    LookupFailed {
        /// The name, path or address that was asked for.
        name: Arc<str>,
        /// Why.
        error: String,
    },
}
