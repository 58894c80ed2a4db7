//! Layer 2: the time series database: a head of compressed chunks with an index by label. Reads and writes no files.

mod adoption;
mod amendments;
mod append;
pub mod block;
mod chunk;
mod deletion;
mod digest;
mod head;
mod index;
mod label_query;
mod options;
mod pattern;
pub mod postings;
mod reading;
mod retention;
mod samples;
mod saved;
mod select;
mod series;
mod series_histogram;
mod starts;
mod statistics;

pub use append::AppendError;
pub use chunk::{Chunk, Encoding};
pub use head::{Head, SeriesId};
pub use options::HeadOptions;
pub use reading::Reading;
pub use samples::Samples;
pub use statistics::{HeadSize, HeadStatistics, Tally};
