//! The samples of a selection, decoded once and kept while blocks of steps pass over them.

use std::sync::Arc;

use super::error::EvalError;
use super::operator::{Context, Progress};
use super::output::Row;
use super::value::weight;
use crate::base::time::Timestamp;
use crate::model::histogram::FloatHistogram;
use crate::model::matcher::Matcher;
use crate::tsdb::{Samples, SeriesId};

/// What is kept of the samples that are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sampling {
    /// Stale markers are left out, as range selectors want it.
    pub skips_stale: bool,
    /// Of histograms only count and sum are needed. Whether each was reset is said by its hint then.
    pub only_totals: bool,
}

/// The series that a selector names and a moving part of their samples.
#[derive(Clone, Debug)]
pub struct Selection {
    matchers: Vec<Matcher>,
    sampling: Sampling,
    /// The instants that the query can reach.
    span: (i64, i64),
    ids: Option<Vec<SeriesId>>,
    /// The series, in order of their labels.
    pub rows: Vec<Row>,
    /// Up to when each series has been read.
    read_to: Vec<i64>,
    next: usize,
    /// The last histogram of each series that was read, where only totals are kept.
    before: Vec<Option<Arc<FloatHistogram>>>,
}

impl Selection {
    /// A selection that has not been made yet, of series with samples within `span`.
    #[must_use]
    pub const fn new(matchers: Vec<Matcher>, span: (i64, i64), sampling: Sampling) -> Self {
        Self {
            matchers,
            sampling,
            span,
            ids: None,
            rows: Vec::new(),
            read_to: Vec::new(),
            next: 0,
            before: Vec::new(),
        }
    }

    /// Finds the series. Gives their number.
    pub fn select(&mut self, context: &Context<'_>) -> usize {
        let ids = self.ids.get_or_insert_with(|| {
            let (from, to) = self.span;
            let ids = context.head.select(&self.matchers, Timestamp(from), Timestamp(to));
            self.rows = ids.iter().map(|id| Row::new(context.head.labels(*id).clone())).collect();
            ids
        });
        ids.len()
    }

    /// The series found, in order of their labels.
    #[must_use]
    pub fn ids(&self) -> &[SeriesId] {
        self.ids.as_deref().unwrap_or_default()
    }

    /// Makes the samples within `[from, to]` available in `into`, a series each, of those rows that are `wanted`; earlier
    /// ones may go, later ones of a chunk that was begun may be there. Stops between series when the slice of work is over.
    ///
    /// # Errors
    /// When too many samples are held.
    pub fn fill(
        &mut self,
        (from, to): (i64, i64),
        wanted: impl Fn(usize) -> bool,
        into: &mut Vec<Samples>,
        context: &mut Context<'_>,
    ) -> Result<Progress, EvalError> {
        self.select(context);
        let Some(ids) = &self.ids else { return Ok(Progress::Ready) };
        into.resize(ids.len(), Samples::default());
        self.read_to.resize(ids.len(), i64::MIN);
        while self.next < ids.len() {
            if !wanted(self.next) {
                self.next += 1;
                continue;
            }
            if context.budget.slice_is_over() {
                return Ok(Progress::Pending);
            }
            let samples = &mut into[self.next];
            context.budget.release(weight_of(samples));
            forget(samples, from);
            let read_to = &mut self.read_to[self.next];
            let unread = read_to.saturating_add(1).max(from);
            if unread <= to {
                let (id, known) = (ids[self.next], samples.times.len());
                *read_to = context.head.end_of_chunk(id, Timestamp(to)).0.min(self.span.1).max(to);
                context.head.read(id, Timestamp(unread), Timestamp(*read_to), samples);
                context.budget.spend(samples.times.len() - known + 8);
                if self.sampling.skips_stale {
                    samples.remove_stale(known);
                }
                if self.sampling.only_totals && !samples.histograms.is_empty() {
                    self.before.resize(ids.len(), None);
                    samples.histograms.keep_totals(known, &mut self.before[self.next]);
                }
            }
            context.budget.hold(weight_of(samples))?;
            self.next += 1;
        }
        self.next = 0;
        Ok(Progress::Ready)
    }
}

/// Drops samples before `from` once they are the larger part, so that moving the others pays.
pub fn forget(samples: &mut Samples, from: i64) {
    let passed = samples.times.partition_point(|time| *time < from);
    if passed * 2 > samples.times.len() {
        samples.drop_first(passed);
    }
}

/// The samples that are numbers.
#[must_use]
pub fn floats_of(samples: &Samples) -> Samples {
    let is_float = |at: &usize| !samples.histograms.has(*at);
    let kept: Vec<usize> = (0..samples.times.len()).filter(is_float).collect();
    Samples {
        times: kept.iter().map(|at| samples.times[*at]).collect(),
        values: kept.iter().map(|at| samples.values[*at]).collect(),
        starts: if samples.starts.is_empty() {
            Vec::new()
        } else {
            kept.iter().map(|at| samples.starts[*at]).collect()
        },
        ..Samples::default()
    }
}

/// How many samples count as held in memory: a histogram weighs as several floats. The histograms of a series are much
/// alike, so the newest one stands for all.
#[must_use]
pub fn weight_of(samples: &Samples) -> usize {
    let newest = (0..samples.histograms.len()).rev().find_map(|at| samples.histograms.packed(at));
    let more = newest.map_or(0, |histogram| weight(&histogram.whole()).saturating_sub(1));
    samples.times.len() + samples.histograms.len() * more
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn histograms_are_told_from_numbers() {
        let mut samples = Samples::of_floats(vec![1], vec![5.0]);
        samples.push_histogram(2, &FloatHistogram::default());
        samples.push(3, 6.0);
        samples.starts = vec![0, 1, 2];
        let floats = floats_of(&samples);
        assert_eq!((&floats.times[..], &floats.values[..]), (&[1, 3][..], &[5.0, 6.0][..]));
        assert!(floats.histograms.is_empty() && floats.starts == [0, 2]);
        assert!(weight_of(&samples) > 10 && weight_of(&floats) == 2);
    }

    #[test]
    fn passed_samples_go_when_they_are_many() {
        let mut samples = Samples::of_floats(vec![1, 2, 3, 4], vec![0.0; 4]);
        forget(&mut samples, 3);
        assert_eq!(samples.times.len(), 4);
        forget(&mut samples, 4);
        assert_eq!(samples.times, [4]);
    }
}
