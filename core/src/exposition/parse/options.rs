//! How a page is read, and how much of it.

/// How much of a page is read before it is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The whole page, in bytes; at most 4 GiB count.
    pub page_bytes: usize,
    /// One line, in bytes.
    pub line_bytes: usize,
    /// Labels of one sample, the metric's name not counted.
    pub labels: usize,
    /// Samples of the page: each may become a series, which costs far more than its line.
    pub samples: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { page_bytes: 16 << 20, line_bytes: 64 << 10, labels: 128, samples: 500_000 }
    }
}

/// How a page is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseOptions {
    /// The budgets.
    pub limits: Limits,
    /// Write `le` of histograms and `quantile` of summaries as floats (`1` becomes `1.0`). Prometheus does since
    /// version 3.
    pub normalize_bounds: bool,
    /// Read the `_created` lines of OpenMetrics as start times of their series ([`Sample::start`]) instead of as
    /// samples. Prometheus does where zero ingestion of start times is on.
    pub created_as_start: bool,
}

impl Default for ParseOptions {
    fn default() -> Self {
        Self { limits: Limits::default(), normalize_bounds: true, created_as_start: false }
    }
}
