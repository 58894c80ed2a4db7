//! What a target exposed before: from the text of a series to the series itself, so that a known line costs neither
//! parsing of labels nor relabeling; and which series it exposed last, so that those which go can be marked stale.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::families::Families;
use super::page_memo::{PageMemo, Value};
use crate::base::lookup::Lookup;
use crate::exposition::Format;
use crate::model::labels::Labels;
use crate::tsdb::SeriesId;

/// What became of a line's labels.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Fate {
    /// A rule drops the sample.
    Dropped,
    /// The final labels of a series of which no sample was stored yet.
    New(Labels),
    /// The series in the store.
    Stored(SeriesId),
}

/// A series as one target writes it.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Entry {
    /// The text: `name{label="value"}`.
    text: Arc<[u8]>,
    fate: Fate,
    /// The last scrape that showed it.
    seen: u64,
    /// The last scrape after which its absence means staleness.
    tracked: u64,
}

/// The entries of one target.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(from = "Saved", into = "Saved")]
pub struct SeriesCache {
    entries: Vec<Entry>,
    by_text: Lookup<Arc<[u8]>, u32>,
    /// The running number of the scrape, from 1.
    scrape: u64,
    /// Where the next line is expected: pages list their series in the same order each time.
    expected: usize,
    /// Entries shown by this scrape.
    seen: usize,
    /// Entries after the last scrape that worked.
    settled: usize,
    /// What the target says of its metric families.
    pub families: Families,
    /// Its last page. Saves time only, so it is not written.
    memo: PageMemo,
}

/// The cache as it is written: the index is made again.
#[derive(Clone, Serialize, Deserialize)]
struct Saved {
    entries: Vec<Entry>,
    scrape: u64,
    settled: u64,
    families: Families,
}

impl From<SeriesCache> for Saved {
    fn from(cache: SeriesCache) -> Self {
        Self {
            entries: cache.entries,
            scrape: cache.scrape,
            settled: cache.settled as u64,
            families: cache.families,
        }
    }
}

impl From<Saved> for SeriesCache {
    fn from(saved: Saved) -> Self {
        let mut cache = Self {
            entries: saved.entries,
            scrape: saved.scrape,
            settled: saved.settled as usize,
            families: saved.families,
            ..Self::default()
        };
        cache.index();
        cache
    }
}

/// What the cache knows of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// Never seen.
    No,
    /// Seen before, at this place among the entries; and whether in this scrape already.
    Yes(usize, bool),
}

impl SeriesCache {
    /// Begins a scrape.
    pub fn begin(&mut self) {
        self.scrape = self.scrape.saturating_add(1);
        self.expected = 0;
        self.seen = 0;
        self.families.begin();
    }

    /// Looks a line up and notes that it was shown.
    pub fn look_up(&mut self, text: &[u8]) -> Known {
        let as_expected = self.entries.get(self.expected).is_some_and(|entry| *entry.text == *text);
        let at =
            if as_expected { Some(self.expected) } else { self.by_text.get(text).map(|at| *at as usize) };
        let Some(at) = at else {
            return Known::No;
        };
        self.expected = at + 1;
        Known::Yes(at, self.show(at))
    }

    /// The line that is expected next, with its place.
    pub fn expected(&self) -> Option<(usize, Arc<[u8]>)> {
        self.entries.get(self.expected).map(|entry| (self.expected, entry.text.clone()))
    }

    /// Says which line comes next.
    pub fn expect(&mut self, at: usize) {
        self.expected = at;
    }

    /// Notes that the line at a place was shown; gives whether it was in this scrape already.
    pub fn show(&mut self, at: usize) -> bool {
        let entry = &mut self.entries[at];
        let again = entry.seen == self.scrape;
        entry.seen = self.scrape;
        self.seen += usize::from(!again);
        again
    }

    /// The samples of a page, where it is like the last one.
    ///
    /// # Errors
    /// The page itself, where it must be parsed.
    pub fn follow(&mut self, page: String, format: Format) -> Result<Vec<Value>, String> {
        let entries = &self.entries;
        self.memo.follow(page, format, |at| &entries[at as usize].text).map(Iterator::collect)
    }

    /// Remembers a page that was taken in, with its samples in their order.
    pub fn remember(&mut self, page: String, format: Format, samples: &[Value]) {
        let entries = &self.entries;
        self.memo.remember(page, format, samples, |at| &entries[at as usize].text);
    }

    /// Keeps the text of a page that was taken in, without what its lines mean.
    pub fn keep(&mut self, page: String) {
        self.memo.keep(page);
    }

    /// The text of the last page that was taken in; empty before the first, and after the cache was written and read.
    pub const fn last_page(&self) -> &Arc<String> {
        self.memo.page()
    }

    /// Adds a line that was never seen; gives its place.
    pub fn add(&mut self, text: &[u8], fate: Fate) -> usize {
        let text: Arc<[u8]> = text.into();
        let at = self.entries.len();
        self.by_text.insert(text.clone(), at as u32);
        self.entries.push(Entry { text, fate, seen: self.scrape, tracked: 0 });
        self.seen += 1;
        self.expected = at + 1;
        at
    }

    /// What became of the line at a place.
    pub fn fate(&self, at: usize) -> &Fate {
        &self.entries[at].fate
    }

    /// The series of the line at a place; `make` gives the id of one that is new to the store.
    pub fn series(&mut self, at: usize, make: impl FnOnce(&Labels) -> SeriesId) -> Option<SeriesId> {
        let fate = &mut self.entries[at].fate;
        if let Fate::New(labels) = fate {
            *fate = Fate::Stored(make(labels));
        }
        match fate {
            Fate::Stored(series) => Some(*series),
            Fate::Dropped | Fate::New(_) => None,
        }
    }

    /// All series that it names.
    pub fn all_series(&self) -> impl Iterator<Item = SeriesId> {
        self.entries.iter().filter_map(|entry| match entry.fate {
            Fate::Stored(series) => Some(series),
            Fate::Dropped | Fate::New(_) => None,
        })
    }

    /// The texts of the series that the last page showed which was read.
    pub fn last_series(&self) -> impl Iterator<Item = &[u8]> {
        let last = self.entries.iter().map(|entry| entry.seen).max().unwrap_or_default();
        self.entries.iter().filter(move |entry| entry.seen == last).map(|entry| &*entry.text)
    }

    /// Notes that the absence of this series in the next scrape will mean staleness.
    pub fn track(&mut self, at: usize) {
        self.entries[at].tracked = self.scrape;
    }

    /// The series that the scrape before tracked and this one does not.
    pub fn stale(&self) -> impl Iterator<Item = SeriesId> {
        let before = self.scrape - 1;
        self.entries.iter().filter_map(move |entry| match entry.fate {
            Fate::Stored(series) if before > 0 && entry.tracked == before => Some(series),
            _ => None,
        })
    }

    /// Ends a scrape. After one that `worked`, lines that it did not show are forgotten; after others only where the
    /// cache has grown beyond measure.
    pub fn end(&mut self, worked: bool) {
        let has_grown = self.entries.len() > self.settled * 2 + 1000;
        if (worked || has_grown) && self.seen < self.entries.len() {
            let scrape = self.scrape;
            self.entries.retain(|entry| entry.seen == scrape);
            self.memo.forget(); // it names places
            self.index();
        }
        if worked {
            self.settled = self.entries.len();
        }
    }

    fn index(&mut self) {
        self.by_text.clear();
        for (at, entry) in self.entries.iter().enumerate() {
            self.by_text.insert(entry.text.clone(), at as u32);
        }
    }
}
