//! How much a query may cost: work in one slice, work altogether, samples held.

use super::error::{ErrorKind, EvalError};

/// Counts down a query's work. A unit is about one sample read or one cell computed: a few nanoseconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Budget {
    slice: u64,
    total: u64,
    spent: u64,
    max_samples: u64,
    /// Most samples that are really in memory.
    max_held: u64,
    samples: u64,
}

/// Most samples in memory, and most cells of a block that grows with the values, whatever a query is allowed: each takes
/// 16 bytes and more, and a page has four gigabytes.
const MOST_HELD: u64 = 50_000_000;

impl Budget {
    /// A budget of `total` units of work and `max_samples` samples by Prometheus's count ([`Self::check_samples`]). What
    /// is really held is another number: samples as they were read, which Prometheus does not count, and blocks of
    /// results, of which it counts more; it may be four times as high.
    #[must_use]
    pub const fn new(total: u64, max_samples: u64) -> Self {
        let max_held = max_samples.saturating_mul(4);
        let max_held = if max_held < MOST_HELD { max_held } else { MOST_HELD };
        Self { slice: 0, total, spent: 0, max_samples, max_held, samples: 0 }
    }

    /// Begins a slice of `units`.
    pub fn begin_slice(&mut self, units: u64) {
        self.slice = units;
    }

    /// Counts work.
    pub fn spend(&mut self, units: usize) {
        self.slice = self.slice.saturating_sub(units as u64);
        self.spent = self.spent.saturating_add(units as u64);
    }

    /// Whether the slice is used up: the node stops at the next place where it can go on later.
    #[must_use]
    pub fn slice_is_over(&self) -> bool {
        self.slice == 0
    }

    /// The work done so far.
    #[must_use]
    pub fn spent(&self) -> u64 {
        self.spent
    }

    /// Checks the work done against the whole budget.
    ///
    /// # Errors
    /// When it is exceeded: the query's timeout, counted in work so that it is the same everywhere.
    pub fn check_time(&self) -> Result<(), EvalError> {
        if self.spent > self.total { Err(ErrorKind::Timeout.nowhere()) } else { Ok(()) }
    }

    /// Counts samples that stay in memory.
    ///
    /// # Errors
    /// When they are too many.
    pub fn hold(&mut self, samples: usize) -> Result<(), EvalError> {
        self.samples = self.samples.saturating_add(samples as u64);
        if self.samples > self.max_held { Err(ErrorKind::TooManySamples.nowhere()) } else { Ok(()) }
    }

    /// Checks whether there is room for so many cells until the next block.
    ///
    /// # Errors
    /// When there is not.
    pub const fn check_room(&self, cells: usize) -> Result<(), EvalError> {
        if self.samples.saturating_add(cells as u64) > self.max_held {
            Err(ErrorKind::TooManySamples.nowhere())
        } else {
            Ok(())
        }
    }

    /// Checks how many samples Prometheus would hold at most, which keeps what every operand gave at all steps. Nothing
    /// here does; but what a server refuses is refused here too.
    ///
    /// # Errors
    /// When they are too many.
    pub fn check_samples(&self, peak: u64) -> Result<(), EvalError> {
        if peak > self.max_samples { Err(ErrorKind::TooManySamples.nowhere()) } else { Ok(()) }
    }

    /// Samples that are no longer in memory.
    pub fn release(&mut self, samples: usize) {
        self.samples = self.samples.saturating_sub(samples as u64);
    }
}
