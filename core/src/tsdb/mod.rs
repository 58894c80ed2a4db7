//! Layer 2: the time series database: a head of compressed chunks with an index by label. Reads and writes no files.

mod chunk;
mod digest;
mod head;
mod index;
mod label_query;
mod pattern;
mod retention;
mod saved;
mod select;
mod series;
mod statistics;

pub use chunk::{Chunk, Encoding};
pub use head::{AppendError, Head, HeadOptions, Samples, SeriesId};
pub use statistics::{HeadStatistics, Tally};
