//! Taking samples in, and why one is not taken.

use std::fmt;
use std::sync::Arc;

use super::series::Series;
use super::{Head, SeriesId};
use crate::base::time::Timestamp;
use crate::model::labels::Labels;

/// Why a sample was not taken. Displays in Prometheus's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AppendError {
    /// Older than the newest sample of its series.
    OutOfOrder,
    /// At the same instant as the newest sample, with another value.
    DuplicateTimestamp,
    /// Further behind the head's newest sample than half a chunk range ([`HeadOptions::is_bounded`]).
    OutOfBounds,
}

impl fmt::Display for AppendError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::OutOfOrder => "out of order sample",
            Self::DuplicateTimestamp => "duplicate sample for timestamp",
            Self::OutOfBounds => "out of bounds",
        })
    }
}

impl std::error::Error for AppendError {}

impl Head {
    /// The series with these labels, made where there is none. Later appends by id skip the look-up.
    pub fn series_id(&mut self, labels: &Labels) -> SeriesId {
        if let Some(id) = self.index.id(labels) {
            return id;
        }
        let id = SeriesId(self.series.len() as u32);
        let labels = Arc::make_mut(&mut self.index).add_new(id, labels, &self.series);
        self.series.push(Series::new(labels));
        id
    }

    /// Appends a sample to a series of this head. A NaN is stored in its canonical form, the stale marker as it is.
    /// The newest sample once more, bit for bit, is taken without effect.
    ///
    /// # Errors
    /// When the sample is older than the newest one, at its instant with another value, or out of the head's bounds.
    #[inline]
    pub fn append(&mut self, id: SeriesId, at: Timestamp, value: f64) -> Result<(), AppendError> {
        if self.options.is_bounded && at.0 < self.max_time.saturating_sub(self.options.chunk_range.0 / 2) {
            return Err(AppendError::OutOfBounds);
        }
        let series = &mut self.series[id.0 as usize];
        if series.append(at.0, value, &self.options)? {
            self.appended += 1;
            self.max_time = self.max_time.max(at.0);
            if !series.is_indexed {
                self.revive(id);
            }
        }
        Ok(())
    }

    /// Whether this head gave out the id.
    #[must_use]
    pub fn has(&self, id: SeriesId) -> bool {
        (id.0 as usize) < self.series.len()
    }

    /// Puts a series back that had lost its last sample.
    #[cold]
    fn revive(&mut self, id: SeriesId) {
        Arc::make_mut(&mut self.index).add(id, &self.series);
        self.series[id.0 as usize].is_indexed = true;
    }
}
