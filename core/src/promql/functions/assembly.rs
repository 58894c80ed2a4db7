//! How the series of a vector make up histograms: one that is native, or classic ones, whose upper bound is in `le`.

use std::sync::Arc;

use super::buckets::Bucket;
use crate::base::lookup::Lookup;
use crate::base::span::Span;
use crate::model::histogram::FloatHistogram;
use crate::model::labels::Labels;
use crate::promql::eval::annotation::Note;
use crate::promql::eval::operator::Context;
use crate::promql::eval::output::{Row, Vector};

/// The histograms that the rows of a vector make up, found once a row.
#[derive(Clone, Debug, Default)]
pub struct Assembly {
    by_labels: Lookup<Labels, usize>,
    /// The labels of each histogram; of a classic one without `le`.
    pub rows: Vec<Row>,
    /// The rows and bounds of each histogram's buckets, bounds rising.
    buckets: Vec<Vec<(f64, usize)>>,
    /// The row of each histogram that is, at some step, a native one.
    native: Vec<Option<usize>>,
    /// Rows without a readable bound.
    malformed: Vec<usize>,
    seen: usize,
}

/// What there is of a histogram at a step.
#[derive(Clone, Debug)]
pub enum Found {
    /// Nothing.
    Nothing,
    /// Classic buckets.
    Classic,
    /// A native histogram.
    Native(FloatHistogram),
    /// Both, which cannot be told apart.
    Both,
}

impl Assembly {
    /// Takes in what is new in a block: rows, and rows that turn out to hold native histograms. Says which series have
    /// no readable bound.
    pub fn follow(&mut self, vector: &Vector, place: Span, context: &mut Context<'_>) {
        for (index, row) in vector.rows.iter().enumerate().skip(self.seen) {
            let Some(bound) = row.labels.get("le").and_then(bound) else {
                self.malformed.push(index);
                continue;
            };
            let histogram = self.histogram(row.labels.without("le"), row.drops_name);
            let buckets = &mut self.buckets[histogram];
            let at = buckets.partition_point(|(other, _)| other.total_cmp(&bound).is_le());
            buckets.insert(at, (bound, index));
        }
        self.seen = vector.rows.len();
        for (index, row) in vector.rows.iter().enumerate() {
            if vector.lanes.lane(index).histograms().next().is_some() {
                let histogram = self.histogram(row.labels.clone(), row.drops_name);
                self.native[histogram] = Some(index);
            }
        }
        for row in &self.malformed {
            if vector.lanes.lane(*row).iter().next().is_some() {
                let row = &vector.rows[*row];
                let label = Arc::from(row.labels.get("le").unwrap_or(""));
                let metric = remark_name(row, context.options.delayed_name_removal);
                context.notes.add(Note::BadBucketLabel { label, metric }, place);
            }
        }
    }

    fn histogram(&mut self, labels: Labels, drops_name: bool) -> usize {
        let next = self.rows.len();
        let at = *self.by_labels.get_or_insert_with(labels.clone(), || next);
        if at == next {
            self.rows.push(Row::new(labels));
            self.buckets.push(Vec::new());
            self.native.push(None);
        }
        self.rows[at].drops_name |= drops_name;
        at
    }

    /// What there is of a histogram at a step. The buckets of a classic one go to `into`, equal bounds as one.
    pub fn gather(&self, histogram: usize, vector: &Vector, step: usize, into: &mut Vec<Bucket>) -> Found {
        into.clear();
        for (bound, row) in &self.buckets[histogram] {
            let Some(count) = vector.lanes.get(*row, step) else { continue };
            match into.last_mut() {
                Some(last) if last.bound == *bound => last.count += count,
                _ => into.push(Bucket { bound: *bound, count }),
            }
        }
        let native = self.native[histogram].and_then(|row| {
            let lane = vector.lanes.lane(row);
            lane.histogram(step).filter(|_| lane.has(step))
        });
        match (native, into.is_empty()) {
            (None, true) => Found::Nothing,
            (None, false) => Found::Classic,
            (Some(native), true) => Found::Native(native.whole()),
            (Some(_), false) => Found::Both,
        }
    }

    /// The name of a histogram's metric for remarks.
    pub fn metric(&self, histogram: usize, context: &Context<'_>) -> Arc<str> {
        remark_name(&self.rows[histogram], context.options.delayed_name_removal)
    }
}

/// The upper bound that a label's value says. Digits beyond the largest float are no bound, as in Go.
fn bound(text: &str) -> Option<f64> {
    let bound: f64 = text.parse().ok()?;
    let is_too_large = bound.is_infinite() && text.contains(|character: char| character.is_ascii_digit());
    (!is_too_large).then_some(bound)
}

/// The name that a remark about a row mentions: only where names are removed at the end, as Prometheus does.
fn remark_name(row: &Row, delayed_names: bool) -> Arc<str> {
    let name = if delayed_names { row.labels.metric_name() } else { None };
    Arc::from(name.unwrap_or(""))
}
