//! Instruments: what programs count and measure with, kept as the client libraries keep them. Knows no program.

mod histogram;
mod show;
mod summary;
mod time_window_max;

pub use histogram::{Histogram, Scale};
pub(super) use show::to_nanoseconds;
pub use show::{Label, Show};
pub use summary::Summary;
pub use time_window_max::TimeWindowMax;
