//! Writes the file `index`, version 2, as the real one lays it out.
//!
//! Source: tsdb/docs/format/index.md; the order of sections is that of tsdb/index/index.go.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::checksum::checksum;
use super::index_read::{ChunkEntry, MAGIC, SERIES_ALIGNMENT};
use super::sink::Sink;
use crate::model::labels::Labels;

/// The values of a label with the series that have them.
type Values = BTreeMap<Arc<str>, Vec<u32>>;

/// An index on its way.
#[derive(Debug, Default)]
pub(super) struct IndexWriter {
    sink: Sink,
    symbols: BTreeMap<Arc<str>, u32>,
    all: Vec<u32>,
    names: BTreeMap<Arc<str>, Values>,
    symbols_at: u64,
    series_at: u64,
}

impl IndexWriter {
    /// Writes the texts of these label sets, which is the first section.
    pub(super) fn new<'a>(label_sets: impl Iterator<Item = &'a Labels>) -> Self {
        let mut symbols = BTreeMap::from([(Arc::from(""), 0)]);
        for label in label_sets.flatten() {
            for text in [&label.name, &label.value] {
                if !symbols.contains_key(text) {
                    symbols.insert(Arc::clone(text), 0);
                }
            }
        }
        let mut sink = Sink::default();
        sink.word(MAGIC);
        sink.0.push(2);
        symbols.values_mut().zip(0..).for_each(|(number, place)| *number = place);
        let symbols_at = sink.section(|sink| {
            sink.word(symbols.len() as u32);
            symbols.keys().for_each(|text| sink.text(text));
        });
        let series_at = sink.offset();
        Self { sink, symbols, symbols_at, series_at, ..Self::default() }
    }

    /// Adds a series; they come in order of their labels. Gives the name by which tombstones know it.
    pub(super) fn add(&mut self, labels: &Labels, chunks: &[ChunkEntry]) -> u64 {
        self.sink.align(SERIES_ALIGNMENT as usize);
        let reference = (self.sink.offset() / SERIES_ALIGNMENT) as u32;
        let number = |text: &Arc<str>| u64::from(self.symbols.get(text).copied().unwrap_or_default());
        let mut entry = Sink::default();
        entry.unsigned(labels.len() as u64);
        for label in labels {
            entry.unsigned(number(&label.name));
            entry.unsigned(number(&label.value));
        }
        entry.unsigned(chunks.len() as u64);
        let mut last: Option<&ChunkEntry> = None;
        for chunk in chunks {
            match last {
                None => entry.signed(chunk.min_time),
                Some(last) => entry.unsigned(chunk.min_time.wrapping_sub(last.max_time) as u64),
            }
            entry.unsigned(chunk.max_time.wrapping_sub(chunk.min_time) as u64);
            match last {
                None => entry.unsigned(chunk.reference),
                Some(last) => entry.signed(chunk.reference.wrapping_sub(last.reference) as i64),
            }
            last = Some(chunk);
        }
        self.sink.unsigned(entry.offset());
        self.sink.0.extend_from_slice(&entry.0);
        self.sink.word(checksum(&entry.0));
        self.all.push(reference);
        for label in labels {
            let values = self.names.entry(Arc::clone(&label.name)).or_default();
            values.entry(Arc::clone(&label.value)).or_default().push(reference);
        }
        u64::from(reference)
    }

    /// Writes the rest.
    pub(super) fn finish(mut self) -> Vec<u8> {
        let (names, all) = (std::mem::take(&mut self.names), std::mem::take(&mut self.all));
        let indices_at = self.sink.offset();
        let indices: Vec<(&Arc<str>, u64)> =
            names.iter().map(|(name, values)| (name, self.label_index(values))).collect();
        self.sink.align(4);
        let postings_at = self.sink.offset();
        let mut lists = vec![(("", ""), self.postings(&all))];
        for (name, values) in &names {
            for (value, list) in values {
                lists.push(((name, value), self.postings(list)));
            }
        }
        let sink = &mut self.sink;
        let indices_table_at = sink.section(|sink| {
            sink.word(indices.len() as u32);
            for (name, place) in indices {
                sink.unsigned(1);
                sink.text(name);
                sink.unsigned(place);
            }
        });
        let postings_table_at = sink.section(|sink| {
            sink.word(lists.len() as u32);
            for ((name, value), place) in lists {
                sink.unsigned(2);
                sink.text(name);
                sink.text(value);
                sink.unsigned(place);
            }
        });
        let contents = sink.0.len();
        for place in
            [self.symbols_at, self.series_at, indices_at, indices_table_at, postings_at, postings_table_at]
        {
            sink.long(place);
        }
        sink.word(checksum(&sink.0[contents..]));
        self.sink.0
    }

    /// Which values a label has; nothing has read it since version 2 of Prometheus.
    fn label_index(&mut self, values: &Values) -> u64 {
        self.sink.align(4);
        let symbols = &self.symbols;
        self.sink.section(|sink| {
            sink.word(1);
            sink.word(values.len() as u32);
            values.keys().for_each(|value| sink.word(symbols.get(value).copied().unwrap_or_default()));
        })
    }

    fn postings(&mut self, list: &[u32]) -> u64 {
        self.sink.align(4);
        self.sink.section(|sink| {
            sink.word(list.len() as u32);
            list.iter().for_each(|reference| sink.word(*reference));
        })
    }
}
