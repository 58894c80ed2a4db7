//! Dropping what is too old, a chunk at a time.

use std::sync::Arc;

use super::Head;
use super::index::Index;
use crate::base::time::Timestamp;

impl Head {
    /// Drops the chunks that end before `limit`, and the series that have no samples then; gives their number. Samples
    /// before `limit` stay where their chunk reaches past it. The ids of dropped series stay good: a later append
    /// brings the series back.
    pub fn truncate(&mut self, limit: Timestamp) -> usize {
        let mut dropped = 0;
        for series in &mut self.series {
            let old = series.finished.partition_point(|chunk| chunk.max_time < limit.0);
            if old > 0 {
                Arc::make_mut(&mut series.finished).drain(..old);
            }
            if !series.is_empty() && series.open.time() < limit.0 {
                series.open = super::chunk::Open::default();
            }
            let first = series.time_range().map(|(first, _)| first);
            if let Some(starts) = &mut series.starts {
                starts.forget_before(first);
            }
            if series.is_indexed && series.is_empty() {
                series.is_indexed = false;
                dropped += 1;
            }
        }
        if dropped > 0 {
            self.index = Arc::new(Index::rebuild(&self.series));
        }
        dropped
    }
}
