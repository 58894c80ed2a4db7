//! Samples with their times as a page, in the shape that `promtool tsdb dump-openmetrics` prints, and back.
//! Knows no store: the writer is handed columns, the reader hands out samples.
//!
//! The shape is nearly OpenMetrics: label values are quoted as Go quotes (`\t`, `\u200b`), braces stand even where
//! they are empty, and the real promtool prints names bare that its own parser then refuses (`a.b{c.d="e"}`). The
//! reader takes all of that, and any OpenMetrics or text page whose samples carry timestamps.

mod escape;
mod raw_names;
mod read;
mod write;

pub(in crate::exposition) use escape::unescape_go;
pub use read::{TimedEntry, read_timed_page};
pub use write::{DUMP_END, write_dump_series};
