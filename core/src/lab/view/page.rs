//! A container's metrics page as the Yard page shows it, with what changed since the last scrape.

use serde::{Deserialize, Serialize};

use crate::base::time::Timestamp;

/// A metrics page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PageView {
    /// The page as it would be served now.
    pub text: String,
    /// What it says otherwise than the page of the last scrape; `None` where no scrape has taken one in.
    pub changes: Option<PageChanges>,
}

/// What a page says otherwise than the one that a scrape took in last.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PageChanges {
    /// When that scrape began.
    pub at: Timestamp,
    /// The container of the Prometheus that scraped.
    pub prometheus: String,
    /// The target's job.
    pub job: String,
    /// The target's `instance` label.
    pub instance: String,
    /// The lines that are new or have another value, by their places on the page, counted from 0.
    pub lines: Vec<(u32, LineChange)>,
    /// The lines that are there no more, in their order.
    pub gone: Vec<GoneLine>,
}

/// How a line changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum LineChange {
    /// It was not there.
    Added,
    /// It had another value.
    Changed {
        /// The value as it was written then.
        before: String,
        /// How much more it is now; `None` where that is no number.
        difference: Option<f64>,
    },
}

/// A line that is there no more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoneLine {
    /// The place of the line before which it stood, on the page as it is now.
    pub before: u32,
    /// The line.
    pub text: String,
}
