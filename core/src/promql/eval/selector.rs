//! Instant and range selectors: the leaves that read the head.

use super::buffer::Selection;
use super::error::EvalError;
use super::lanes::LaneMut;
use super::node::Node;
use super::operator::{Context, Operator, Progress};
use super::output::Output;
use super::steps::Steps;
use super::window::{Reach, slide};
use crate::base::number::is_stale;
use crate::tsdb::Samples;

/// `name{label="value"}`: the newest sample of each series within the lookback.
#[derive(Debug)]
pub struct InstantSelector {
    selection: Selection,
    samples: Vec<Samples>,
    /// The lookback as a window.
    reach: Reach,
    /// Gives each sample's own time in seconds instead of its value (`timestamp`).
    gives_times: bool,
}

impl InstantSelector {
    /// A selector whose lookback is the length of `reach`.
    #[must_use]
    pub const fn new(selection: Selection, reach: Reach, gives_times: bool) -> Self {
        Self { selection, samples: Vec::new(), reach, gives_times }
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
        if self.selection.fill(from, to, &mut self.samples, context)? == Progress::Pending {
            return Ok(Progress::Pending);
        }
        let vector = &mut out.vector;
        vector.follow(&self.selection.rows, Clone::clone);
        vector.lanes.reset(self.selection.rows.len(), steps.count);
        for (row, samples) in self.samples.iter().enumerate() {
            newest(samples, self.reach, steps, self.gives_times, &mut vector.lanes.lane_mut(row));
        }
        context.budget.spend(self.selection.rows.len() * steps.count);
        Ok(Progress::Ready)
    }
}

/// The instants whose samples the steps need.
fn needed(reach: Reach, steps: &Steps) -> (i64, i64) {
    (reach.offered(steps.start).0, reach.offered(steps.last()).1)
}

/// Fills a lane with the newest sample of each step's window; a stale marker leaves the step empty.
fn newest(samples: &Samples, reach: Reach, steps: &Steps, gives_times: bool, lane: &mut LaneMut<'_>) {
    // Said once that both columns have one length, so that the loop need not check it.
    let length = samples.times.len().min(samples.values.len());
    let (times, values) = (&samples.times[..length], &samples.values[..length]);
    let mut next = times.partition_point(|time| *time <= reach.edges(steps.start).1);
    for step in 0..steps.count {
        let time = steps.time(step);
        let (_, end) = reach.edges(time);
        while next < times.len() && times[next] <= end {
            next += 1;
        }
        let Some(at) = next.checked_sub(1) else { continue };
        if times[at] >= reach.first(time) && !is_stale(values[at]) {
            lane.set(step, if gives_times { times[at] as f64 / 1000.0 } else { values[at] });
        }
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
        let progress = self.selection.fill(from, to, &mut windows.samples, context)?;
        windows.reach = self.reach;
        if windows.rows.is_empty() {
            windows.rows.clone_from(&self.selection.rows);
        }
        Ok(progress)
    }
}

/// `name smoothed`: between the samples around each step in proportion; after the last one it goes on level.
#[derive(Debug)]
pub struct SmoothedSelector {
    selection: Selection,
    samples: Vec<Samples>,
    reach: Reach,
}

impl SmoothedSelector {
    /// A selector that may look as far before and after each step as `reach` says.
    #[must_use]
    pub const fn new(selection: Selection, reach: Reach) -> Self {
        Self { selection, samples: Vec::new(), reach }
    }
}

impl Operator for SmoothedSelector {
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
        if self.selection.fill(from, to, &mut self.samples, context)? == Progress::Pending {
            return Ok(Progress::Pending);
        }
        let vector = &mut out.vector;
        vector.follow(&self.selection.rows, Clone::clone);
        vector.lanes.reset(self.selection.rows.len(), steps.count);
        for (row, samples) in self.samples.iter().enumerate() {
            let mut lane = vector.lanes.lane_mut(row);
            slide(samples, self.reach, steps, |step, window| {
                let after = window.times.partition_point(|time| *time < window.end);
                let point = |at: usize| (window.times[at], window.values[at]);
                let next = (after < window.times.len()).then(|| point(after));
                match (after.checked_sub(1).map(point), next) {
                    (_, Some((time, value))) if time == window.end => lane.set(step, value),
                    (Some(before), Some(next)) => lane.set(step, interpolated(before, next, window.end)),
                    (Some((_, value)), None) => lane.set(step, value),
                    (None, _) => {}
                }
            });
        }
        context.budget.spend(self.selection.rows.len() * steps.count);
        Ok(Progress::Ready)
    }
}

/// The value at an instant on the line between two points.
#[must_use]
pub fn interpolated(from: (i64, f64), to: (i64, f64), at: i64) -> f64 {
    from.1 + (to.1 - from.1) * (at - from.0) as f64 / (to.0 - from.0) as f64
}
