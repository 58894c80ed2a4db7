//! What the bench is asked and how it answers: a line of JSON each.

use serde::{Deserialize, Serialize};

/// A request.
#[derive(Debug, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Request {
    /// Forget all series and make those of a workload.
    Load {
        /// The workload's name.
        workload: String,
    },
    /// Run a query several times, each time a step earlier than before, and give the time each run took.
    Time {
        /// The query.
        #[serde(flatten)]
        query: Query,
        /// Most runs.
        runs: u32,
        /// No run begins after this many seconds.
        seconds: f64,
    },
    /// Run a query once and give what Prometheus's API would answer.
    Answer {
        /// The query.
        #[serde(flatten)]
        query: Query,
    },
    /// Append a workload's samples and read them all again, several times.
    Store {
        /// The workload's name.
        workload: String,
    },
}

/// A range query; times in milliseconds.
#[derive(Debug, Deserialize)]
pub struct Query {
    /// The expression.
    pub expr: String,
    /// The first instant.
    pub start: i64,
    /// The last instant.
    pub end: i64,
    /// From one instant to the next.
    pub step: i64,
}

/// What came of loading a workload.
#[derive(Debug, Serialize)]
pub struct Loaded {
    /// Series.
    pub series: u64,
    /// Samples.
    pub samples: u64,
    /// When the newest sample is, in milliseconds.
    pub newest: i64,
}

/// What came of timing a query.
#[derive(Debug, Serialize)]
pub struct Timed {
    /// Seconds of each run: planning, selecting, decoding, evaluating and sorting, but not reading the expression.
    pub seconds: Vec<f64>,
    /// Points of the first run's result.
    pub points: u64,
    /// A digest of the first run's result: equal digests, equal bits.
    pub digest: String,
}

/// What came of storing a workload. Times are the best of several rounds.
#[derive(Debug, Serialize)]
pub struct Stored {
    /// Samples.
    pub samples: u64,
    /// Bytes of all chunks, as a block would hold them.
    pub chunk_bytes: u64,
    /// Seconds to append them all.
    pub append_seconds: f64,
    /// Seconds to select all series and decode all samples.
    pub select_seconds: f64,
}
