//! Deleting samples by matcher and span of time: they are marked and no longer read; chunks keep them until retention
//! takes the whole chunk, as a Prometheus does.

use std::sync::Arc;

use super::{Head, SeriesId};
use crate::base::time::Timestamp;
use crate::model::matcher::Matcher;

impl Head {
    /// Deletes the samples with `from <= time <= to` of the series that match all matchers; gives how many series had
    /// such a span. What is appended later is not touched.
    pub fn delete(&mut self, matchers: &[Matcher], from: Timestamp, to: Timestamp) -> usize {
        let found = self.select(matchers, from, to);
        found.iter().for_each(|id| self.mark_deleted(*id, from.0, to.0));
        found.len()
    }

    /// Marks a span of one series as deleted, as far as it has samples.
    pub(super) fn mark_deleted(&mut self, id: SeriesId, from: i64, to: i64) {
        let series = &mut self.series[id.0 as usize];
        let Some((first, last)) = series.time_range() else { return };
        let (from, to) = (from.max(first), to.min(last));
        if from <= to {
            Arc::make_mut(series.amendments.get_or_insert_default()).delete(from, to);
        }
    }

    /// The deleted spans of a series, both ends in them.
    pub(super) fn deleted_spans(&self, id: SeriesId) -> &[(i64, i64)] {
        let amendments = self.series[id.0 as usize].amendments.as_ref();
        amendments.map_or(&[], |amendments| amendments.deleted())
    }

    /// How many deleted spans there are.
    #[must_use]
    pub fn tombstones(&self) -> u64 {
        let amendments = self.series.iter().filter_map(|series| series.amendments.as_ref());
        amendments.map(|amendments| amendments.deleted().len() as u64).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::labels::Labels;
    use crate::tsdb::Samples;

    fn filled() -> Head {
        let mut head = Head::new();
        for name in ["a", "b"] {
            let id = head.series_id(&Labels::from_pairs([("__name__", name)]));
            (0..300).for_each(|at| head.append(id, Timestamp(at * 1000), at as f64).unwrap());
        }
        head
    }

    fn times(head: &Head, name: &str) -> Vec<i64> {
        let mut samples = Samples::default();
        for id in head.select(&[Matcher::equal("__name__", name)], Timestamp::MIN, Timestamp::MAX) {
            head.read(id, Timestamp::MIN, Timestamp::MAX, &mut samples);
        }
        samples.times
    }

    #[test]
    fn what_is_deleted_is_not_read_and_the_rest_is() {
        let mut head = filled();
        let pinned = head.clone();
        assert_eq!(head.delete(&[Matcher::equal("__name__", "a")], Timestamp(10_000), Timestamp(250_000)), 1);
        assert_eq!(head.delete(&[Matcher::equal("__name__", "c")], Timestamp(0), Timestamp(9)), 0);
        let wanted: Vec<i64> = (0..10).chain(251..300).map(|at| at * 1000).collect();
        assert_eq!(times(&head, "a"), wanted);
        assert_eq!((times(&head, "b").len(), times(&pinned, "a").len(), head.tombstones()), (300, 300, 1));
        let saved = postcard::to_allocvec(&head).unwrap();
        let mut again: Head = postcard::from_bytes(&saved).unwrap();
        assert_eq!((times(&again, "a"), again.digest()), (wanted, head.digest()));
        again.truncate(Timestamp(260_000));
        assert_eq!(again.tombstones(), 1, "its chunk reaches past the limit");
    }

    #[test]
    fn the_newest_may_be_deleted_and_later_ones_come() {
        let mut head = filled();
        assert_eq!(head.delete(&[], Timestamp(200_000), Timestamp::MAX), 2);
        let id = head.select(&[], Timestamp::MIN, Timestamp::MAX)[0];
        assert_eq!(head.newest(id).map(|sample| sample.at), Some(Timestamp(199_000)));
        head.append(id, Timestamp(300_000), 1.0).unwrap();
        assert_eq!(times(&head, "a").last(), Some(&300_000));
        head.delete(&[], Timestamp::MIN, Timestamp::MAX);
        assert_eq!(head.newest(id), None);
    }
}
