//! Dropping what is too old, a chunk at a time, or what is too much, a range of chunks at a time.

use std::collections::BTreeMap;
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
            if let Some(amendments) = &mut series.amendments
                && !Arc::make_mut(amendments).forget_before(limit.0, first)
            {
                series.amendments = None;
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

    /// Drops the oldest ranges of time (two hours each) until the chunks take at most `most` bytes; gives how many
    /// series had nothing else. The newest range stays, as a Prometheus never drops its head.
    pub fn truncate_to_bytes(&mut self, most: u64) -> usize {
        let range = self.options.chunk_range.0.max(1);
        let mut ranges: BTreeMap<i64, u64> = BTreeMap::new();
        for series in &self.series {
            for chunk in series.finished.iter() {
                *ranges.entry(chunk.max_time.div_euclid(range)).or_default() += chunk.bytes.len() as u64;
            }
            if !series.is_empty() {
                *ranges.entry(series.open.time().div_euclid(range)).or_default() +=
                    series.open.length() as u64;
            }
        }
        let mut total: u64 = ranges.values().sum();
        let newest = ranges.last_key_value().map_or(0, |(range, _)| *range);
        let mut limit = None;
        for (place, bytes) in ranges {
            if total <= most || place == newest {
                break;
            }
            total -= bytes;
            limit = Some((place + 1).saturating_mul(range));
        }
        limit.map_or(0, |limit| self.truncate(Timestamp(limit)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::labels::Labels;

    #[test]
    fn the_oldest_ranges_go_until_the_rest_fits() {
        let mut head = Head::new();
        let id = head.series_id(&Labels::from_pairs([("a", "1")]));
        let short = head.series_id(&Labels::from_pairs([("a", "2")]));
        head.append(short, Timestamp(0), 1.0).unwrap();
        (0..4800).for_each(|at| head.append(id, Timestamp(at * 15_000), libm::sin(at as f64)).unwrap());
        let whole = head.size().chunk_bytes;
        assert_eq!(head.truncate_to_bytes(whole), 0);
        assert_eq!(head.size().chunk_bytes, whole);
        assert_eq!(head.truncate_to_bytes(whole / 2), 1, "the short one has nothing else");
        let left = head.size();
        assert!(left.chunk_bytes <= whole / 2 && left.chunk_bytes > whole * 2 / 5, "{left:?}");
        assert_eq!(left.min_time.map(|time| time.0 % 7_200_000), Some(0), "whole ranges went");
        head.truncate_to_bytes(1);
        assert_eq!(head.size().min_time, Some(Timestamp(9 * 480 * 15_000)), "the newest range stays");
    }
}
