//! The lab without a page: a simulated yard, text exposition, scraping, storage and PromQL.
//!
//! Everything here is pure: values in, values out. No clock, file, socket, environment, thread or random device is
//! read (`core/clippy.toml` forbids them), so the same seed and the same commands give the same bytes natively and
//! in a browser. The modules are layers; `tests` checks that each uses only layers below its own:
//!
//! | layer | modules |
//! |---|---|
//! | 0 | [`base`] |
//! | 1 | [`model`], [`yaml`] |
//! | 2 | [`exposition`], [`tsdb`], `plot` (feature `plot`) |
//! | 3 | [`promql`], [`sim`] |
//! | 4 | [`scrape`], [`promqltest`] |
//! | 5 | [`dashboard`] |
//! | 6 | [`web_api`] |
//! | 7 | [`lab`] |

pub mod base;
pub mod dashboard;
pub mod exposition;
pub mod lab;
pub mod model;
#[cfg(feature = "plot")]
pub mod plot;
pub mod promql;
pub mod promqltest;
pub mod scrape;
pub mod sim;
pub mod tsdb;
pub mod web_api;
pub mod yaml;
