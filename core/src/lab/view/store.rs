//! Stores, what is in them, metrics pages and configurations as a page shows them.

use serde::{Deserialize, Serialize};

use crate::base::time::{Millis, Timestamp};
use crate::lab::problem::Problem;
use crate::lab::store::StoreId;
use crate::tsdb::HeadStatistics;

/// A store with its size.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoreView {
    /// Which.
    pub store: StoreId,
    /// How many series it holds.
    pub series: u64,
    /// How many samples it holds.
    pub samples: u64,
    /// Bytes of its compressed chunks.
    pub chunk_bytes: u64,
    /// The oldest and the newest sample; `None` where there is none.
    pub spans: Option<(Timestamp, Timestamp)>,
}

/// What a store holds and how it is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StorageView {
    /// Which store.
    pub store: StoreId,
    /// What is in it now, with the greatest names, labels and pairs.
    pub statistics: HeadStatistics,
    /// How many samples were ever taken.
    pub samples_appended: u64,
    /// How long samples are kept; `None`: for ever.
    pub retention_time: Option<Millis>,
    /// How many bytes of chunks are kept; `None`: any.
    pub retention_bytes: Option<u64>,
    /// How late a sample may come; zero: not at all.
    pub out_of_order_window: Millis,
    /// The span of time that chunks do not cross.
    pub chunk_range: Millis,
    /// How many samples a chunk is meant to have.
    pub samples_per_chunk: u32,
    /// The instants of the lab's kept states, oldest first: going back starts at one of them.
    pub snapshots: Vec<Timestamp>,
}

/// A file to take along.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileView {
    /// Its name.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// A metric family of a store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MetricView {
    /// The name that a query writes.
    pub name: String,
    /// `counter`, `gauge` and so on; empty where nobody said.
    pub metric_type: String,
    /// The help text; empty where nobody gave one.
    pub help: String,
}

/// A configuration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfigView {
    /// The container of the Prometheus that runs it.
    pub prometheus: String,
    /// Whether its process runs and has read a configuration.
    pub is_running: bool,
    /// The text in force; that of the container's file while nothing is in force.
    pub text: String,
    /// Why the last reload was refused; while nothing is in force, why the file would be. `None` where it is good.
    pub reload_problem: Option<Problem>,
    /// What is valid in the text and has no effect in a lab, each with its place.
    pub remarks: Vec<Problem>,
}
