//! Layer 3: PromQL: [`syntax`] reads and prints it, [`eval`] computes it over a [`crate::tsdb`] head with
//! [`functions`] and [`aggregators`], [`api`] writes results as Prometheus's HTTP API does.

pub mod aggregators;
pub mod api;
pub mod eval;
pub mod explain;
pub mod functions;
mod nearest;
pub mod syntax;
