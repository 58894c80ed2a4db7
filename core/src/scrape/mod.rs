//! Layer 4: what Prometheus does to collect: configuration, discovery, targets, schedule, ingestion. It is handed a
//! page of text or a failure, never the yard, so it could scrape anything.

mod cache;
mod compatibility;
mod conclusion;
pub mod config;
mod content_type;
mod counters;
mod discovery;
mod docker;
mod engine;
mod engine_saved;
mod families;
mod fetching;
mod found;
mod histograms;
mod ingest;
mod interval_lengths;
mod loaded;
mod metric_relabeling;
mod need;
mod observer;
mod outcome;
mod page_memo;
mod pool;
pub mod relabel;
mod relabeling;
mod report;
mod report_series;
mod request;
mod response;
mod room;
mod sample_labels;
mod scrape_loop;
mod staging;
mod store_size;
mod target;
mod url;

pub use compatibility::Compatibility;
pub use config::ConfigError;
pub use counters::Counters;
pub use docker::{DockerContainer, DockerNetwork, DockerPort};
pub use engine::Engine;
pub use interval_lengths::IntervalLengths;
pub use metric_relabeling::{MetricRelabeled, MetricStep, SeriesChange};
pub use need::{
    ContainerLookup, Fetch, FetchId, FileLookup, LookupId, NameLookup, Need, PageLookup, RecordType, Scheme,
};
pub use observer::JobCounts;
pub use outcome::{FetchFailure, LookupOutcome, Outcome, Response};
pub use relabeling::Relabeled;
pub use report::{DroppedTarget, Event, Health, PoolReport, ScrapeRecord, TargetId, TargetReport, Warning};
pub use target::Target;
