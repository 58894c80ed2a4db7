//! Windows: the samples that a range selector or a subquery offers at each step.

use std::sync::Arc;

use super::output::Row;
use super::steps::Steps;
use super::value::Value;
use crate::model::histogram::FloatHistogram;
use crate::tsdb::Samples;

/// Where the window of a step begins and ends; all in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// The window's length.
    pub range: i64,
    /// How far the window is shifted back.
    pub offset: i64,
    /// The instant that `@` names instead of the step's own.
    pub at: Option<i64>,
    /// Whether a sample exactly at the window's begin is outside (Prometheus 3) or inside (2).
    pub left_open: bool,
    /// How far before the window samples are offered too (`anchored`, `smoothed`).
    pub before: i64,
    /// How far after the window samples are offered too (`smoothed`).
    pub after: i64,
}

impl Reach {
    /// The window's begin and end at a step.
    #[must_use]
    pub fn edges(&self, time: i64) -> (i64, i64) {
        let end = self.at.unwrap_or(time).saturating_sub(self.offset);
        (end.saturating_sub(self.range), end)
    }

    /// The earliest and latest instant of the samples offered at a step.
    #[must_use]
    pub fn offered(&self, time: i64) -> (i64, i64) {
        (self.first(time), self.edges(time).1.saturating_add(self.after))
    }

    /// The earliest instant of the samples offered at a step.
    #[must_use]
    pub fn first(&self, time: i64) -> i64 {
        let begin = self.edges(time).0.saturating_sub(self.before);
        if self.left_open { begin.saturating_add(1) } else { begin }
    }
}

/// Series of samples and the window at each step of a block.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Windows {
    /// The series.
    pub rows: Vec<Row>,
    /// Their samples without stale markers, at least those of the block's windows.
    pub samples: Vec<Samples>,
    /// The windows.
    pub reach: Reach,
}

/// The samples of one series in one window.
#[derive(Clone, Copy, Debug)]
pub struct Window<'a> {
    /// The place of the window's first sample among the samples of its series.
    pub first: usize,
    /// When, in milliseconds, rising.
    pub times: &'a [i64],
    /// The numbers; NaN where the sample is a histogram.
    pub values: &'a [f64],
    /// The histograms, `None` where the sample is a number; empty where the series has no histogram.
    pub histograms: &'a [Option<Arc<FloatHistogram>>],
    /// Since when each sample counts, in milliseconds, 0 where unknown; empty where the series knows none.
    pub starts: &'a [i64],
    /// The window's begin.
    pub begin: i64,
    /// The window's end.
    pub end: i64,
    /// The instant of the step; differs from `end` by the offset.
    pub time: i64,
}

impl Window<'_> {
    /// The window's length in seconds.
    #[must_use]
    pub fn range_seconds(&self) -> f64 {
        (self.end - self.begin) as f64 / 1000.0
    }

    /// How many of the samples are histograms.
    #[must_use]
    pub fn histogram_count(&self) -> usize {
        self.histograms.iter().flatten().count()
    }

    /// The histogram at a place, where the sample is one.
    #[must_use]
    pub fn histogram(&self, at: usize) -> Option<&FloatHistogram> {
        self.histograms.get(at).and_then(Option::as_deref)
    }

    /// The value of the sample at a place.
    #[must_use]
    pub fn value(&self, at: usize) -> Value {
        match self.histograms.get(at) {
            Some(Some(histogram)) => Value::Histogram(Arc::clone(histogram)),
            _ => Value::Float(self.values[at]),
        }
    }
}

/// A part of a column; nothing of an empty one.
fn part<T>(column: &[T], first: usize, end: usize) -> &[T] {
    if column.is_empty() { column } else { &column[first..end] }
}

/// The first and the end index of the samples within each step's window, found by moving two edges.
#[derive(Clone, Debug)]
pub struct Edges<'a> {
    times: &'a [i64],
    reach: Reach,
    first: usize,
    end: usize,
}

impl<'a> Edges<'a> {
    /// Edges over rising `times`, standing before the first window.
    #[must_use]
    pub fn new(times: &'a [i64], reach: Reach) -> Self {
        Self { times, reach, first: 0, end: 0 }
    }

    /// Moves to the window of a step, not earlier than the one before.
    pub fn move_to(&mut self, time: i64) -> (usize, usize) {
        let (inside, last) = self.reach.offered(time);
        self.end = advance(self.times, self.end, |at| at <= last);
        self.first = advance(self.times, self.first, |at| at < inside).min(self.end);
        (self.first, self.end)
    }
}

/// The first index from `from` on at which `before` no longer holds. Looks at the next few first, since edges
/// mostly move a little.
fn advance(times: &[i64], from: usize, before: impl Fn(i64) -> bool) -> usize {
    let mut at = from;
    for _ in 0..8 {
        match times.get(at) {
            Some(time) if before(*time) => at += 1,
            _ => return at,
        }
    }
    at + times[at..].partition_point(|time| before(*time))
}

/// Calls `body` with each step's index and window, in order. Gives the number of samples in all of them.
pub fn slide(samples: &Samples, reach: Reach, steps: &Steps, body: impl FnMut(usize, &Window<'_>)) -> usize {
    let histograms: Vec<Option<Arc<FloatHistogram>>> = samples.histograms.iter().collect();
    slide_over(samples, &histograms, reach, steps, body)
}

/// As [`slide`], with the histograms of the samples made whole already, or none where `body` does not look at them.
pub fn slide_over(
    samples: &Samples,
    histograms: &[Option<Arc<FloatHistogram>>],
    reach: Reach,
    steps: &Steps,
    mut body: impl FnMut(usize, &Window<'_>),
) -> usize {
    let mut count = 0;
    let mut edges = Edges::new(&samples.times, reach);
    for step in 0..steps.count {
        let time = steps.time(step);
        let (first, last) = edges.move_to(time);
        let (begin, end) = reach.edges(time);
        let window = Window {
            first,
            times: &samples.times[first..last],
            values: &samples.values[first..last],
            histograms: part(histograms, first, last),
            starts: part(&samples.starts, first, last),
            begin,
            end,
            time,
        };
        count += window.times.len();
        body(step, &window);
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sizes(left_open: bool, at: Option<i64>) -> Vec<usize> {
        let times: Vec<i64> = (0..100).map(|index| index * 10).collect();
        let samples = Samples::of_floats(times.clone(), vec![0.0; times.len()]);
        let reach = Reach { range: 20, at, left_open, ..Reach::default() };
        let mut sizes = Vec::new();
        slide(&samples, reach, &Steps::within(0, 1040, 260), |_, window| sizes.push(window.times.len()));
        sizes
    }

    #[test]
    fn the_begin_is_outside_unless_asked() {
        assert_eq!(sizes(true, None), [1, 2, 2, 2, 0]);
        assert_eq!(sizes(false, None), [1, 3, 3, 3, 0]);
        assert_eq!(sizes(true, Some(55)), [2; 5]);
    }
}
