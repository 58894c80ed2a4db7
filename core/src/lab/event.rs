//! What happened in the lab, as one ordered feed. Arrows, logs and annotations all read this.

use serde::{Deserialize, Serialize};

use crate::base::time::Timestamp;

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Its number: rising by one from event to event, from 1.
    pub sequence: u64,
    /// When.
    pub at: Timestamp,
    /// What.
    pub kind: EventKind,
}

/// The kinds of event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum EventKind {
    /// A Prometheus has finished a scrape.
    Scraped {
        /// The container of that Prometheus.
        prometheus: String,
        /// The target's job.
        job: String,
        /// The target's `instance` label.
        instance: String,
        /// The container that was reached; `None` where none was.
        container: Option<String>,
        /// Why it failed; empty where it worked.
        error: String,
        /// How long it took, in seconds.
        duration_seconds: f64,
        /// Samples on the page.
        samples: u64,
    },
    /// A Prometheus scrapes a target from now on.
    TargetAdded {
        /// The container of that Prometheus.
        prometheus: String,
        /// The target's job.
        job: String,
        /// The target's `instance` label.
        instance: String,
    },
    /// A Prometheus scrapes a target no more.
    TargetRemoved {
        /// The container of that Prometheus.
        prometheus: String,
        /// The target's job.
        job: String,
        /// The target's `instance` label.
        instance: String,
    },
    /// Service discovery could not look a name up.
    LookupFailed {
        /// The container of that Prometheus.
        prometheus: String,
        /// The name.
        name: String,
        /// Why.
        error: String,
    },
    /// A container came into another state.
    Container {
        /// Its name.
        container: String,
        /// The service it belongs to.
        service: String,
        /// What became of it.
        change: ContainerChange,
    },
    /// A container wrote a line of note; lines of single requests are in its log only.
    Log {
        /// Its name.
        container: String,
        /// The line, without its end.
        line: String,
    },
    /// A command was done.
    Command {
        /// Its line.
        line: String,
    },
    /// A task of a lesson was reached.
    TaskReached {
        /// The lesson.
        lesson: String,
        /// The task.
        task: String,
    },
    /// A Prometheus was asked to read its configuration again.
    Reloaded {
        /// The container of that Prometheus.
        prometheus: String,
        /// Why the configuration was refused; `None` where it is in force.
        error: Option<String>,
    },
}

/// What became of a container.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ContainerChange {
    /// It exists, and does not run yet.
    Created,
    /// Its process runs and is starting up.
    Started,
    /// It serves.
    Ready,
    /// Its process has ended.
    Exited {
        /// The exit code: 0 for a clean end, 137 after a kill.
        code: i32,
    },
    /// Its processes are frozen.
    Paused,
    /// Its processes go on.
    Unpaused,
    /// It is gone.
    Removed,
}

/// A stretch of the feed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Feed {
    /// The events in order.
    pub events: Vec<Event>,
    /// The sequence number to ask for next.
    pub next: u64,
    /// Whether events before the first one given were wanted but are kept no more.
    pub lost: bool,
}
