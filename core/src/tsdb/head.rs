//! The head: series by label set, their samples, and the ways to append and to select.

use serde::{Deserialize, Serialize};

use crate::base::lookup::Lookup;
use crate::base::number::canonical;
use crate::base::time::Timestamp;
use crate::model::labels::Labels;
use crate::model::matcher::Matcher;

/// Names a series within one head; never reused, ordered by creation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SeriesId(pub u32);

/// Samples of one series as columns of one length.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Samples {
    /// Milliseconds since the Unix epoch, rising.
    pub times: Vec<i64>,
    /// The values, stale markers included.
    pub values: Vec<f64>,
}

impl Samples {
    /// Forgets the samples, keeps the room.
    pub fn clear(&mut self) {
        self.times.clear();
        self.values.clear();
    }
}

/// Why a sample was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AppendError {
    /// Older than the newest sample of its series.
    OutOfOrder,
    /// At the same instant as the newest sample, with another value.
    DuplicateTimestamp,
}

/// The head.
#[derive(Clone, Debug, Default)]
pub struct Head {
    series: Vec<(Labels, Samples)>,
    by_labels: Lookup<Labels, SeriesId>,
}

impl Head {
    /// An empty head.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The series with these labels, made where there is none. Later appends by id skip the look-up.
    pub fn series_id(&mut self, labels: &Labels) -> SeriesId {
        let next = SeriesId(self.series.len() as u32);
        let id = *self.by_labels.get_or_insert_with(labels.clone(), || next);
        if id == next {
            self.series.push((labels.clone(), Samples::default()));
        }
        id
    }

    /// Appends a sample to a series of this head.
    ///
    /// # Errors
    /// When the sample is older than the newest one, or at its instant with another value.
    pub fn append(&mut self, id: SeriesId, at: Timestamp, value: f64) -> Result<(), AppendError> {
        let samples = &mut self.series[id.0 as usize].1;
        let value = canonical(value);
        if let (Some(newest), Some(newest_value)) = (samples.times.last(), samples.values.last()) {
            if at.0 < *newest {
                return Err(AppendError::OutOfOrder);
            }
            if at.0 == *newest {
                let same = newest_value.to_bits() == value.to_bits();
                return if same { Ok(()) } else { Err(AppendError::DuplicateTimestamp) };
            }
        }
        samples.times.push(at.0);
        samples.values.push(value);
        Ok(())
    }

    /// The series that match all matchers and may have samples within `[from, to]`, in order of their labels.
    #[must_use]
    pub fn select(&self, matchers: &[Matcher], from: Timestamp, to: Timestamp) -> Vec<SeriesId> {
        let _ = (from, to);
        let matching = |labels: &Labels| matchers.iter().all(|matcher| matcher.matches_labels(labels));
        let mut found: Vec<SeriesId> =
            (0..self.series.len() as u32).map(SeriesId).filter(|id| matching(self.labels(*id))).collect();
        found.sort_by(|left, right| self.labels(*left).cmp(self.labels(*right)));
        found
    }

    /// The labels of a series of this head.
    #[must_use]
    pub fn labels(&self, id: SeriesId) -> &Labels {
        &self.series[id.0 as usize].0
    }

    /// Adds the samples of a series with `from <= time <= to` to `into`.
    pub fn read(&self, id: SeriesId, from: Timestamp, to: Timestamp, into: &mut Samples) {
        let samples = &self.series[id.0 as usize].1;
        let first = samples.times.partition_point(|time| *time < from.0);
        let end = samples.times.partition_point(|time| *time <= to.0).max(first);
        into.times.extend_from_slice(&samples.times[first..end]);
        into.values.extend_from_slice(&samples.values[first..end]);
    }
}
