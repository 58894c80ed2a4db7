//! Instant and range selectors: the leaves that read the head.

use super::annotation::Note;
use super::buffer::Selection;
use super::error::EvalError;
use super::lanes::LaneMut;
use super::node::Node;
use super::operator::{Context, Operator, Progress};
use super::output::Output;
use super::remarks::Remarks;
use super::steps::Steps;
use super::value::Value;
use super::window::{Reach, Window, slide};
use crate::base::number::is_stale;
use crate::base::span::Span;
use crate::model::histogram::ResetHint;
use crate::promql::functions::extended_histogram::interpolated_histogram;
use crate::tsdb::{Reading, Samples};

/// What an instant selector gives of each step's sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gives {
    /// Its value.
    Value,
    /// When it was taken, in seconds (`timestamp`).
    Time,
    /// When it was taken, in seconds, if it is a number; a histogram stays one (`info`).
    TimeOfNumber,
    /// Since when it counts, in seconds; 0 where that is not known (`start_timestamp`).
    Start,
    /// The value on the line between the samples around the step (`smoothed`).
    Between,
}

/// `name{label="value"}`: of each series the newest sample within the lookback, or the value between two samples.
#[derive(Debug)]
pub struct InstantSelector {
    selection: Selection,
    /// Of each series that is read on and on how far; none of those that are kept in `samples`.
    readings: Vec<Option<Reading>>,
    samples: Vec<Samples>,
    /// What was read on of one series.
    part: Samples,
    /// The series to go on with.
    next_row: usize,
    /// The lookback as a window.
    reach: Reach,
    gives: Gives,
    /// The place of the selector in the query.
    span: Span,
}

impl InstantSelector {
    /// A selector whose lookback is the length of `reach`; one that gives what is between samples may look as far
    /// before and after each step as `reach` says.
    #[must_use]
    pub fn new(selection: Selection, reach: Reach, gives: Gives, span: Span) -> Self {
        let (readings, samples) = (Vec::new(), Vec::new());
        let part = Samples::default();
        Self { selection, readings, samples, part, next_row: 0, reach, gives, span }
    }

    /// Decides how each series is read: where the newest sample alone counts, and it is a float, none is kept.
    fn begin(&mut self, context: &Context<'_>) {
        self.selection.select(context);
        if !self.readings.is_empty() {
            return;
        }
        let is_newest = self.gives == Gives::Value;
        let ids = self.selection.ids().iter();
        self.readings = ids.map(|id| context.head.reading(*id).filter(|_| is_newest)).collect();
    }

    /// Fills the lane of a series whose samples are kept.
    fn fill(&self, row: usize, steps: &Steps, lane: &mut LaneMut<'_>, context: &mut Context<'_>) {
        let (samples, reach) = (&self.samples[row], self.reach);
        match self.gives {
            // The lane is new and has no histogram to empty.
            Gives::Value if samples.histograms.is_empty() => {
                newest_floats(samples, reach, steps, lane.values, lane.present);
            }
            Gives::Value => newest(samples, reach, steps, |step, at| match samples.histograms.packed(at) {
                Some(histogram) => lane.set_packed(step, &histogram),
                None => lane.set(step, samples.values[at]),
            }),
            Gives::Time => {
                newest(samples, reach, steps, |step, at| lane.set(step, seconds(samples.times[at])));
            }
            Gives::TimeOfNumber => {
                newest(samples, reach, steps, |step, at| match samples.histograms.packed(at) {
                    Some(histogram) => lane.set_packed(step, &histogram),
                    None => lane.set(step, seconds(samples.times[at])),
                });
            }
            Gives::Start => newest(samples, reach, steps, |step, at| {
                lane.set(step, seconds(samples.starts.get(at).copied().unwrap_or(0)));
            }),
            Gives::Between => {
                let mut remarks = Remarks::new(&self.selection.rows[row].labels, self.span, context.notes);
                slide(samples, reach, steps, |step, window| {
                    if let Some(value) = between(window, &mut remarks) {
                        lane.put(step, value);
                    }
                });
            }
        }
    }
}

impl Operator for InstantSelector {
    fn prepare(&mut self, context: &mut Context<'_>) -> Result<usize, EvalError> {
        Ok(self.selection.select(context))
    }

    fn apply(
        &mut self,
        _inputs: &mut [Node],
        steps: &Steps,
        out: &mut Output,
        context: &mut Context<'_>,
    ) -> Result<Progress, EvalError> {
        let (from, to) = needed(self.reach, steps);
        self.begin(context);
        if self.readings.iter().any(Option::is_none) {
            let is_kept = |row: usize| self.readings[row].is_none();
            if self.selection.fill((from, to), is_kept, &mut self.samples, context)? == Progress::Pending {
                return Ok(Progress::Pending);
            }
        }
        let (vector, rows) = (&mut out.vector, self.readings.len());
        if self.next_row == 0 {
            vector.follow(&self.selection.rows, Clone::clone);
            vector.lanes.reset(rows, steps.count);
        }
        while self.next_row < rows {
            let row = self.next_row;
            let mut lane = vector.lanes.lane_mut(row);
            match &mut self.readings[row] {
                None => self.fill(row, steps, &mut lane, context),
                Some(_) if context.budget.slice_is_over() => return Ok(Progress::Pending),
                Some(reading) => {
                    let id = self.selection.ids()[row];
                    context.head.read_on(id, reading, (from, to), &mut self.part);
                    context.budget.spend(self.part.times.len() + 8);
                    newest_floats(&self.part, self.reach, steps, lane.values, lane.present);
                }
            }
            self.next_row += 1;
        }
        self.next_row = 0;
        context.budget.spend(rows * steps.count);
        Ok(Progress::Ready)
    }
}

fn seconds(millis: i64) -> f64 {
    millis as f64 / 1000.0
}

/// The instants whose samples the steps need.
fn needed(reach: Reach, steps: &Steps) -> (i64, i64) {
    (reach.offered(steps.start).0, reach.offered(steps.last()).1)
}

/// Fills the cells of a lane with the newest sample of each step's window, a word of the bitmap at a time; a stale marker
/// leaves the step empty. What [`newest`] does, for the selectors that most queries are made of.
fn newest_floats(samples: &Samples, reach: Reach, steps: &Steps, cells: &mut [f64], present: &mut [u64]) {
    let length = samples.times.len().min(samples.values.len());
    let (times, values) = (&samples.times[..length], &samples.values[..length]);
    let stride = if reach.at.is_some() { 0 } else { steps.step };
    let ((_, mut end), mut first) = (reach.edges(steps.start), reach.first(steps.start));
    let mut next = times.partition_point(|time| *time <= end);
    for (cells, word) in cells.chunks_mut(64).zip(present) {
        let mut there = 0;
        for (bit, cell) in cells.iter_mut().enumerate() {
            while next < times.len() && times[next] <= end {
                next += 1;
            }
            if let Some(at) = next.checked_sub(1) {
                let is_there = times[at] >= first && !is_stale(values[at]);
                there |= u64::from(is_there) << bit;
                *cell = if is_there { values[at] } else { 0.0 };
            }
            (first, end) = (first.saturating_add(stride), end.saturating_add(stride));
        }
        *word = there;
    }
}

/// Calls `body` with each step and the place of the newest sample of its window; a stale marker leaves the step empty.
fn newest(samples: &Samples, reach: Reach, steps: &Steps, mut body: impl FnMut(usize, usize)) {
    // Said once that both columns have one length, so that the loop need not check it.
    let length = samples.times.len().min(samples.values.len());
    let (times, values) = (&samples.times[..length], &samples.values[..length]);
    let stride = if reach.at.is_some() { 0 } else { steps.step };
    let ((_, mut end), mut first) = (reach.edges(steps.start), reach.first(steps.start));
    let mut next = times.partition_point(|time| *time <= end);
    for step in 0..steps.count {
        while next < times.len() && times[next] <= end {
            next += 1;
        }
        if let Some(at) = next.checked_sub(1)
            && times[at] >= first
            && !is_stale(values[at])
        {
            body(step, at);
        }
        (first, end) = (first.saturating_add(stride), end.saturating_add(stride));
    }
}

/// `name[5m]`: the samples of each step's window.
#[derive(Debug)]
pub struct RangeSelector {
    selection: Selection,
    reach: Reach,
}

impl RangeSelector {
    /// A selector of windows.
    #[must_use]
    pub const fn new(selection: Selection, reach: Reach) -> Self {
        Self { selection, reach }
    }
}

impl Operator for RangeSelector {
    fn prepare(&mut self, context: &mut Context<'_>) -> Result<usize, EvalError> {
        Ok(self.selection.select(context))
    }

    fn apply(
        &mut self,
        _inputs: &mut [Node],
        steps: &Steps,
        out: &mut Output,
        context: &mut Context<'_>,
    ) -> Result<Progress, EvalError> {
        let (from, to) = needed(self.reach, steps);
        let windows = &mut out.windows;
        let progress = self.selection.fill((from, to), |_| true, &mut windows.samples, context)?;
        windows.reach = self.reach;
        if windows.rows.is_empty() {
            windows.rows.clone_from(&self.selection.rows);
        }
        Ok(progress)
    }
}

/// The value at the window's end: on the line between the samples around it; after the last sample it goes on level.
fn between(window: &Window<'_>, remarks: &mut Remarks<'_>) -> Option<Value> {
    let histograms = window.histogram_count();
    if histograms > 0 && histograms < window.times.len() {
        remarks.add(Note::MixedInWindow { metric: remarks.metric() });
        return None;
    }
    let after = window.times.partition_point(|time| *time < window.end);
    let is_exact = window.times.get(after) == Some(&window.end);
    if is_exact {
        return Some(window.value(after));
    }
    let before = after.checked_sub(1)?;
    if after == window.times.len() {
        return Some(window.value(before));
    }
    let times = (window.times[before], window.times[after]);
    match (window.value(before), window.value(after)) {
        (Value::Float(from), Value::Float(to)) => {
            Some(Value::Float(interpolated((times.0, from), (times.1, to), window.end)))
        }
        (Value::Histogram(from), Value::Histogram(to)) => {
            let is_counter = from.hint != ResetHint::Gauge && to.hint != ResetHint::Gauge;
            let share = (window.end - times.0) as f64 / (times.1 - times.0) as f64;
            Some(interpolated_histogram(&from, &to, share, is_counter, remarks)?.into())
        }
        _ => None,
    }
}

/// The value at an instant on the line between two points.
#[must_use]
pub fn interpolated(from: (i64, f64), to: (i64, f64), at: i64) -> f64 {
    from.1 + (to.1 - from.1) * (at - from.0) as f64 / (to.0 - from.0) as f64
}
