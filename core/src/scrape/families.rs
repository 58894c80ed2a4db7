//! What one target says of its metric families, so that the store is told only what is new: a page repeats type and
//! help at every scrape.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::exposition::Entry;
use crate::model::metric::Metadata;
use crate::tsdb::Head;

/// The families of one target in the order of its page.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Families {
    known: Vec<(Arc<str>, Metadata)>,
    /// Where the next metadata line is expected to belong.
    expected: u32,
}

/// How many families of one target are remembered.
const MOST: usize = 10_000;

impl Families {
    /// The families in the order of the page.
    pub fn known(&self) -> &[(Arc<str>, Metadata)] {
        &self.known
    }

    /// Begins a page.
    pub fn begin(&mut self) {
        self.expected = 0;
    }

    /// Takes a metadata line; tells the store where it says something new. Other entries are passed over.
    pub fn take(&mut self, entry: &Entry<'_, '_>, head: &mut Head) {
        let (Entry::Help { name, .. } | Entry::Type { name, .. } | Entry::Unit { name, .. }) = entry else {
            return;
        };
        let Some(at) = self.place(name) else { return };
        self.expected = at as u32;
        let (name, metadata) = &mut self.known[at];
        let changed = match entry {
            Entry::Help { text, .. } => replace(&mut metadata.help, text),
            Entry::Unit { unit, .. } => replace(&mut metadata.unit, unit),
            Entry::Type { metric_type, .. } => {
                std::mem::replace(&mut metadata.metric_type, *metric_type) != *metric_type
            }
            _ => false,
        };
        if changed {
            head.set_metadata(name, metadata);
        }
    }

    /// The place of a family, made where there is none: where it is expected, one further, or anywhere.
    fn place(&mut self, name: &str) -> Option<usize> {
        let is_there = |at: usize| self.known.get(at).is_some_and(|(known, _)| **known == *name);
        let expected = self.expected as usize;
        if let Some(at) = [expected, expected + 1].into_iter().find(|at| is_there(*at)) {
            return Some(at);
        }
        if let Some(at) = self.known.iter().position(|(known, _)| **known == *name) {
            return Some(at);
        }
        if self.known.len() >= MOST {
            return None;
        }
        self.known.push((name.into(), Metadata::default()));
        Some(self.known.len() - 1)
    }
}

fn replace(field: &mut Arc<str>, text: &str) -> bool {
    if **field == *text {
        return false;
    }
    *field = Arc::from(text);
    true
}
