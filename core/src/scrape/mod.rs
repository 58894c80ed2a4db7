//! Layer 4: what Prometheus does to collect: configuration, discovery, targets, schedule, ingestion. It is handed a
//! page of text or a failure, never the yard, so it could scrape anything.

pub mod config;
mod engine;
mod need;
mod outcome;
pub mod relabel;
mod report;

pub use config::ConfigError;
pub use engine::{Compatibility, Engine};
pub use need::{Fetch, FetchId, LookupId, NameLookup, Need, RecordType, Scheme};
pub use outcome::{FetchFailure, LookupOutcome, Outcome, Response};
pub use report::{DroppedTarget, Event, Health, PoolReport, ScrapeRecord, TargetId, TargetReport};
