//! The samples of a selection, decoded once and kept while blocks of steps pass over them.

use std::sync::Arc;

use super::error::EvalError;
use super::operator::{Context, Progress};
use super::output::Row;
use super::value::weight;
use crate::base::time::Timestamp;
use crate::model::histogram::{FloatHistogram, ResetHint};
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

    /// Makes the samples within `[from, to]` available in `into`, a series each; earlier ones may go, later ones of a
    /// chunk that was begun may be there. Stops between series when the slice of work is over.
    ///
    /// # Errors
    /// When too many samples are held.
    pub fn fill(
        &mut self,
        from: i64,
        to: i64,
        into: &mut Vec<Samples>,
        context: &mut Context<'_>,
    ) -> Result<Progress, EvalError> {
        self.select(context);
        let Some(ids) = &self.ids else { return Ok(Progress::Ready) };
        into.resize(ids.len(), Samples::default());
        self.read_to.resize(ids.len(), i64::MIN);
        while self.next < ids.len() {
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
                    keep_totals(&mut samples.histograms[known..], &mut self.before[self.next]);
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

/// Reduces histograms to their totals, and says by the hint of each whether the counter was reset before it.
fn keep_totals(histograms: &mut [Option<Arc<FloatHistogram>>], before: &mut Option<Arc<FloatHistogram>>) {
    for histogram in histograms.iter_mut().flatten() {
        let hint = match (histogram.hint, before.as_ref()) {
            (ResetHint::Unknown, Some(before)) if histogram.is_reset_after(before) => ResetHint::Reset,
            (ResetHint::Unknown, Some(_)) => ResetHint::NotReset,
            (hint, _) => hint,
        };
        let totals = FloatHistogram {
            schema: histogram.schema,
            count: histogram.count,
            sum: histogram.sum,
            custom_bounds: Arc::clone(&histogram.custom_bounds),
            hint,
            ..FloatHistogram::default()
        };
        *before = Some(std::mem::replace(histogram, Arc::new(totals)));
    }
}

/// The samples that are numbers.
#[must_use]
pub fn floats_of(samples: &Samples) -> Samples {
    let is_float = |at: &usize| samples.histograms.get(*at).is_none_or(Option::is_none);
    let kept: Vec<usize> = (0..samples.times.len()).filter(is_float).collect();
    Samples {
        times: kept.iter().map(|at| samples.times[*at]).collect(),
        values: kept.iter().map(|at| samples.values[*at]).collect(),
        histograms: Vec::new(),
        starts: if samples.starts.is_empty() {
            Vec::new()
        } else {
            kept.iter().map(|at| samples.starts[*at]).collect()
        },
    }
}

/// How many samples count as held in memory: a histogram weighs as several floats. The histograms of a series are much
/// alike, so the newest one stands for all.
#[must_use]
pub fn weight_of(samples: &Samples) -> usize {
    let newest = samples.histograms.iter().rev().flatten().next();
    let more = newest.map_or(0, |histogram| weight(histogram).saturating_sub(1));
    samples.times.len() + samples.histograms.len() * more
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::histogram::Buckets;

    #[test]
    fn histograms_are_told_from_numbers() {
        let mut samples = Samples::of_floats(vec![1], vec![5.0]);
        samples.push_histogram(2, Arc::new(FloatHistogram::default()));
        samples.push(3, 6.0);
        samples.starts = vec![0, 1, 2];
        let floats = floats_of(&samples);
        assert_eq!((&floats.times[..], &floats.values[..]), (&[1, 3][..], &[5.0, 6.0][..]));
        assert!(floats.histograms.is_empty() && floats.starts == [0, 2]);
        assert!(weight_of(&samples) > 10 && weight_of(&floats) == 2);
    }

    #[test]
    fn totals_know_of_resets_that_only_buckets_show() {
        let of = |counts: [f64; 2]| {
            let positive = Buckets::from_pairs([(0, counts[0]), (1, counts[1])]);
            Some(Arc::new(FloatHistogram { count: 9.0, positive, ..FloatHistogram::default() }))
        };
        let mut histograms = [of([1.0, 5.0]), None, of([2.0, 5.0]), of([3.0, 4.0])];
        keep_totals(&mut histograms, &mut None);
        let hints: Vec<ResetHint> = histograms.iter().flatten().map(|histogram| histogram.hint).collect();
        assert_eq!(hints, [ResetHint::Unknown, ResetHint::NotReset, ResetHint::Reset]);
        assert!(histograms.iter().flatten().all(|histogram| histogram.positive.is_empty()));
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
