//! Layer 2: the time series database: a head of compressed chunks with an index by label.

mod head;

pub use head::{AppendError, Head, Samples, SeriesId};
