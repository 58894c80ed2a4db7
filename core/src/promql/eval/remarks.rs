//! Where the body of a function leaves what it has to say about one series.

use std::sync::Arc;

use super::annotation::{Annotations, Note};
use crate::base::span::Span;
use crate::model::labels::Labels;

/// The remarks about one series at one place of the query.
#[derive(Debug)]
pub struct Remarks<'a> {
    labels: &'a Labels,
    place: Span,
    notes: &'a mut Annotations,
    /// What was said last: neighbouring windows mostly say the same.
    last: Option<Note>,
}

impl<'a> Remarks<'a> {
    /// Remarks about the series with `labels`, to stand at `place`.
    pub const fn new(labels: &'a Labels, place: Span, notes: &'a mut Annotations) -> Self {
        Self { labels, place, notes, last: None }
    }

    /// The name of the series' metric; empty where it has none.
    #[must_use]
    pub fn metric(&self) -> Arc<str> {
        Arc::from(self.labels.metric_name().unwrap_or(""))
    }

    /// Leaves a remark.
    pub fn add(&mut self, note: Note) {
        if self.last.as_ref() != Some(&note) {
            self.notes.add(note.clone(), self.place);
            self.last = Some(note);
        }
    }
}
