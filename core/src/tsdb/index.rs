//! Which series have which label: postings per label pair, symbols shared, and the order of label sets.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::SeriesId;
use super::postings::{self, Postings};
use super::series::Series;
use crate::base::lookup::Lookup;
use crate::model::labels::Labels;

/// The distance between the order keys of neighbours when there is room.
const KEY_STEP: u64 = 1 << 40;

/// The values of one label name with the series that have them. No list is empty.
pub(super) type ValuePostings = BTreeMap<Arc<str>, Postings>;

/// The index over a head's series.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    /// Every series ever made, also those without samples: an id means one label set for good.
    ids: Lookup<Labels, SeriesId>,
    /// Each label text once.
    symbols: Lookup<Arc<str>, Arc<str>>,
    names: BTreeMap<Arc<str>, ValuePostings>,
    /// The indexed series in order of their labels.
    order: Vec<SeriesId>,
    /// By id: rises with the order of labels, so that a selection is sorted by one number a series.
    keys: Vec<u64>,
}

impl Index {
    /// The series with these labels.
    pub(super) fn id(&self, labels: &Labels) -> Option<SeriesId> {
        self.ids.get(labels).copied()
    }

    /// Enters a series that was never here, before it is pushed to `series`; gives its labels made of shared symbols.
    pub(super) fn add_new(&mut self, id: SeriesId, labels: &Labels, series: &[Series]) -> Labels {
        let labels = Labels::from_pairs(labels.iter().map(|label| {
            let name = self.symbol(&label.name);
            (name, self.symbol(&label.value))
        }));
        self.ids.insert(labels.clone(), id);
        self.keys.resize(id.0 as usize + 1, 0);
        self.enter(id, &labels, series);
        labels
    }

    /// Enters a series that had been left out of a rebuilt index.
    pub(super) fn add(&mut self, id: SeriesId, series: &[Series]) {
        self.enter(id, &series[id.0 as usize].labels, series);
    }

    /// An index of those of `series` that are indexed; the ids of the others stay taken.
    pub(super) fn rebuild(series: &[Series]) -> Self {
        let mut index = Self::default();
        index.keys.resize(series.len(), 0);
        for (number, one) in series.iter().enumerate() {
            let id = SeriesId(number as u32);
            index.ids.insert(one.labels.clone(), id);
            for label in &one.labels {
                index.symbol(&label.name);
                index.symbol(&label.value);
            }
            if one.is_indexed {
                index.post(id, &one.labels);
                index.order.push(id);
            }
        }
        index
            .order
            .sort_by(|left, right| series[left.0 as usize].labels.cmp(&series[right.0 as usize].labels));
        index.spread_keys();
        index
    }

    /// The one allocation of a text.
    fn symbol(&mut self, text: &Arc<str>) -> Arc<str> {
        self.symbols.get_or_insert_with(text.clone(), || text.clone()).clone()
    }

    fn enter(&mut self, id: SeriesId, labels: &Labels, series: &[Series]) {
        self.post(id, labels);
        let at = self.order.partition_point(|other| series[other.0 as usize].labels < *labels);
        let key = |position: usize| self.keys[self.order[position].0 as usize];
        let low = if at == 0 { 0 } else { key(at - 1) };
        let high = if at == self.order.len() { low.saturating_add(2 * KEY_STEP) } else { key(at) };
        self.order.insert(at, id);
        let between = low + (high - low) / 2;
        if between == low || high == u64::MAX {
            self.spread_keys();
        } else {
            self.keys[id.0 as usize] = between;
        }
    }

    fn post(&mut self, id: SeriesId, labels: &Labels) {
        for label in labels {
            let values = self.names.entry(label.name.clone()).or_default();
            postings::insert(values.entry(label.value.clone()).or_default(), id);
        }
    }

    /// Gives all keys their distance again.
    fn spread_keys(&mut self) {
        for (position, id) in self.order.iter().enumerate() {
            self.keys[id.0 as usize] =
                (position as u64 + 1) * KEY_STEP.min(u64::MAX / (self.order.len() as u64 + 2));
        }
    }

    /// How many label texts there are.
    pub(super) fn symbol_count(&self) -> usize {
        self.symbols.len()
    }

    /// The values of a label name with their series.
    pub(super) fn values(&self, name: &str) -> Option<&ValuePostings> {
        self.names.get(name)
    }

    /// All label names with their values, in order.
    pub(super) fn names(&self) -> &BTreeMap<Arc<str>, ValuePostings> {
        &self.names
    }

    /// All indexed series in order of their labels.
    pub(super) fn in_order(&self) -> &[SeriesId] {
        &self.order
    }

    /// Brings series into the order of their labels.
    pub(super) fn sort(&self, ids: &mut [SeriesId]) {
        // Keys are unique, so an unstable sort has one outcome.
        ids.sort_unstable_by_key(|id| self.keys[id.0 as usize]);
    }
}
