//! What is not in a series' chunks but changes what is read of them: samples that came late, and deleted spans.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Samples;
use crate::model::histogram::FloatHistogram;

/// A span of time, both ends in it, in milliseconds since the Unix epoch.
pub(super) type Span = (i64, i64);

/// Late samples and deleted spans of one series.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Amendments {
    /// Times of late samples, rising.
    times: Vec<i64>,
    /// Their values; an ordinary NaN where a histogram stands.
    values: Vec<f64>,
    /// Their histograms; as long as `times`, or empty where there is none.
    histograms: Vec<Option<Arc<FloatHistogram>>>,
    /// Deleted spans, rising, with gaps between them.
    deleted: Vec<Span>,
}

impl Amendments {
    /// Adds a late sample; says whether its instant was free among the late ones.
    pub(super) fn insert(&mut self, time: i64, value: f64, histogram: Option<Arc<FloatHistogram>>) -> bool {
        let place = self.times.partition_point(|other| *other < time);
        if self.times.get(place) == Some(&time) {
            return false;
        }
        if histogram.is_some() && self.histograms.is_empty() {
            self.histograms.resize(self.times.len(), None);
        }
        if histogram.is_some() || !self.histograms.is_empty() {
            self.histograms.insert(place, histogram);
        }
        self.times.insert(place, time);
        self.values.insert(place, value);
        true
    }

    /// Marks a span as deleted.
    pub(super) fn delete(&mut self, from: i64, to: i64) {
        let first = self.deleted.partition_point(|span| span.1 < from.saturating_sub(1));
        let past = self.deleted.partition_point(|span| span.0 <= to.saturating_add(1));
        let touched = &self.deleted[first..past.max(first)];
        let from = touched.first().map_or(from, |span| span.0.min(from));
        let to = touched.last().map_or(to, |span| span.1.max(to));
        self.deleted.splice(first..past.max(first), [(from, to)]);
    }

    /// The deleted spans.
    pub(super) fn deleted(&self) -> &[Span] {
        &self.deleted
    }

    /// Whether an instant is deleted.
    pub(super) fn is_deleted(&self, time: i64) -> bool {
        let place = self.deleted.partition_point(|span| span.1 < time);
        self.deleted.get(place).is_some_and(|span| span.0 <= time)
    }

    /// How many late samples there are.
    pub(super) fn late_count(&self) -> u64 {
        self.times.len() as u64
    }

    /// The earliest late sample's time.
    pub(super) fn first_late(&self) -> Option<i64> {
        self.times.first().copied()
    }

    /// Puts the late samples with `from <= time <= to` among those of `into` from index `known` on. Of two at one
    /// instant the one that came in time stays.
    pub(super) fn merge(&self, known: usize, from: i64, to: i64, into: &mut Samples) {
        let first = self.times.partition_point(|time| *time < from);
        let past = self.times.partition_point(|time| *time <= to);
        if first >= past {
            return;
        }
        let (times, values) = (into.times.split_off(known), into.values.split_off(known));
        let mut histograms = into.histograms.split_off(known).into_iter();
        let mut late = first;
        let mut pass = |until: Option<i64>, into: &mut Samples| {
            while late < past && until.is_none_or(|until| self.times[late] < until) {
                let histogram = self.histograms.get(late).cloned().flatten();
                push(into, self.times[late], self.values[late], histogram);
                late += 1;
            }
            late += usize::from(late < past && Some(self.times[late]) == until);
        };
        for (time, value) in times.into_iter().zip(values) {
            pass(Some(time), into);
            push(into, time, value, histograms.next().flatten());
        }
        pass(None, into);
    }

    /// Takes what is deleted out of `into`, from index `known` on.
    pub(super) fn remove_deleted(&self, known: usize, into: &mut Samples) {
        let outside = into
            .times
            .get(known)
            .zip(into.times.last())
            .is_none_or(|(first, last)| self.deleted.iter().all(|(from, to)| to < first || last < from));
        if !outside {
            into.retain(known, |time| !self.is_deleted(time));
        }
    }

    /// Forgets late samples before `limit`, and spans that no sample from `first` on can lie in. Says whether anything
    /// is left.
    pub(super) fn forget_before(&mut self, limit: i64, first: Option<i64>) -> bool {
        let old = self.times.partition_point(|time| *time < limit);
        self.times.drain(..old);
        self.values.drain(..old);
        self.histograms.drain(..old.min(self.histograms.len()));
        self.deleted.retain(|span| first.is_some_and(|first| span.1 >= first));
        !self.times.is_empty() || !self.deleted.is_empty()
    }

    /// Whether the columns fit each other and everything is in order.
    pub(super) fn is_sound(&self) -> bool {
        let rises = self.times.windows(2).all(|pair| pair[0] < pair[1]);
        let parted = self.deleted.windows(2).all(|pair| pair[0].1 < pair[1].0)
            && self.deleted.iter().all(|span| span.0 <= span.1);
        let fits = self.values.len() == self.times.len()
            && (self.histograms.is_empty() || self.histograms.len() == self.times.len());
        let is_valid = |histogram: &Arc<FloatHistogram>| histogram.validate().is_ok();
        rises && parted && fits && self.histograms.iter().flatten().all(is_valid)
    }
}

fn push(into: &mut Samples, time: i64, value: f64, histogram: Option<Arc<FloatHistogram>>) {
    match histogram {
        Some(histogram) => into.push_histogram(time, &histogram),
        None => into.push(time, value),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn deleted_spans_are_the_union(spans in proptest::collection::vec((-20_i64..20, 0_i64..8), 0..12)) {
            let mut amendments = Amendments::default();
            spans.iter().for_each(|(from, length)| amendments.delete(*from, from + length));
            prop_assert!(amendments.is_sound());
            for time in -25..35 {
                let wanted = spans.iter().any(|(from, length)| (*from..=from + length).contains(&time));
                prop_assert_eq!(amendments.is_deleted(time), wanted);
            }
        }

        #[test]
        fn late_samples_lie_among_the_others(
            timely in proptest::collection::btree_set(0_i64..60, 0..30),
            late in proptest::collection::vec((0_i64..60, any::<bool>()), 0..30),
            (from, to) in (0_i64..60, 0_i64..60),
        ) {
            let mut amendments = Amendments::default();
            let mut wanted = std::collections::BTreeMap::new();
            for (time, is_histogram) in &late {
                let histogram = is_histogram.then(Arc::<FloatHistogram>::default);
                let was_free = !wanted.contains_key(time);
                prop_assert_eq!(amendments.insert(*time, 2.0, histogram), was_free);
                wanted.entry(*time).or_insert(if *is_histogram { 3 } else { 2 });
            }
            wanted.extend(timely.iter().map(|time| (*time, 1)));
            let within: Vec<i64> = timely.into_iter().filter(|time| (from..=to).contains(time)).collect();
            let mut into = Samples::of_floats(vec![-9], vec![9.0]);
            within.iter().for_each(|time| into.push(*time, 1.0));
            amendments.merge(1, from, to, &mut into);
            let found: Vec<(i64, i32)> = (1..into.times.len())
                .map(|at| match into.histograms.get(at) {
                    Some(_) => (into.times[at], 3),
                    None => (into.times[at], into.values[at] as i32),
                })
                .collect();
            let wanted = wanted.into_iter().filter(|(time, _)| (from..=to).contains(time));
            prop_assert_eq!(found, wanted.collect::<Vec<_>>());
            prop_assert!(amendments.is_sound());
        }
    }
}
