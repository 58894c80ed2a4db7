//! Layer 2: metrics pages, written and parsed: text 0.0.4 and OpenMetrics. Stores nothing and fetches nothing.

mod convert;
mod dump;
mod family;
mod lint;
mod parse;
mod strict;
mod write;

pub use convert::{ClassicGatherer, ConvertedHistogram, Gathered};
pub use dump::{DUMP_END, TimedEntry, read_timed_page, write_dump_series};
pub use family::{Exemplar, Family, NativeHistogram, Point, Suffix};
pub use lint::lint;
pub(crate) use parse::parse_float;
pub use parse::{Entry, KnownSample, Limits, ParseError, ParseOptions, Parser, Sample, bound_as_float};
pub use strict::check_openmetrics;
pub use write::{openmetrics_float, write_page};

/// In which of Prometheus's two text forms a page is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// The text format, version 0.0.4.
    Text,
    /// OpenMetrics 1.0.
    OpenMetrics,
}

impl Format {
    /// The value of the header `Content-Type`, as Go's client library sends it.
    #[must_use]
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Text => "text/plain; version=0.0.4; charset=utf-8",
            Self::OpenMetrics => "application/openmetrics-text; version=1.0.0; charset=utf-8",
        }
    }

    /// The format of a page that came without a header: OpenMetrics where it ends with `# EOF`.
    #[must_use]
    pub fn detect(page: &[u8]) -> Self {
        let page = page.strip_suffix(b"\n").unwrap_or(page);
        if page == b"# EOF" || page.ends_with(b"\n# EOF") { Self::OpenMetrics } else { Self::Text }
    }
}
