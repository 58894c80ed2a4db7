//! Layer 3: PromQL: [`syntax`] reads and prints it, [`eval`] computes it over a [`crate::tsdb`] head with
//! [`functions`] and [`aggregators`].

pub mod aggregators;
pub mod eval;
pub mod functions;
pub mod syntax;
