//! Subqueries: an expression evaluated at steps of its own, aligned to the epoch, whose results are the samples of
//! windows.

use std::sync::Arc;

use super::buffer::{forget, weight_of};
use super::error::EvalError;
use super::node::Node;
use super::operator::{Context, Progress};
use super::output::{Output, Vector};
use super::steps::Steps;
use super::value::Value;
use super::window::{Reach, Windows};
use crate::model::histogram::{FloatHistogram, ResetHint};
use crate::tsdb::Samples;

/// `expression[range:step]`
#[derive(Debug)]
pub struct SubqueryNode {
    child: Node,
    reach: Reach,
    step: i64,
    /// The first inner step not yet evaluated.
    next: i64,
    /// Most inner steps in one block of the child.
    chunk: usize,
}

impl SubqueryNode {
    /// A subquery over `child` with a step above 0.
    #[must_use]
    pub const fn new(child: Node, reach: Reach, step: i64) -> Self {
        Self { child, reach, step, next: i64::MIN, chunk: 1 }
    }

    /// Selects series below; gives the widest selection.
    ///
    /// # Errors
    /// When a selection must fail.
    pub fn prepare(&mut self, context: &mut Context<'_>) -> Result<usize, EvalError> {
        let widest = self.child.prepare(context)?;
        self.chunk = (context.block_cells / widest.max(1)).max(1);
        Ok(widest)
    }

    /// The samples held at most, and those of the expression's result, over all steps so far.
    #[must_use]
    pub fn samples(&self) -> (u64, u64) {
        self.child.samples()
    }

    /// Computes the windows of the block `steps`.
    ///
    /// # Errors
    /// When the query must fail.
    pub fn poll(
        &mut self,
        steps: &Steps,
        out: &mut Output,
        context: &mut Context<'_>,
    ) -> Result<Progress, EvalError> {
        let windows = &mut out.windows;
        windows.reach = self.reach;
        while let Some(run) = self.next_run(steps) {
            if self.child.poll(&run, context)? == Progress::Pending {
                return Ok(Progress::Pending);
            }
            // Also where there is nothing below to read: else an empty expression could be evaluated for ever.
            context.budget.spend(run.count);
            context.budget.check_time()?;
            let from = self.reach.first(steps.start);
            append(&self.child.output.vector, &run, from, windows, context)?;
            self.next = run.last().saturating_add(self.step);
            if context.budget.slice_is_over() && self.next_run(steps).is_some() {
                return Ok(Progress::Pending);
            }
        }
        windows.samples.resize(windows.rows.len(), Samples::default());
        Ok(Progress::Ready)
    }

    /// The next inner steps to evaluate for the block; none when all its windows are there. Where the windows of two
    /// outer steps leave a gap, the gap is skipped.
    fn next_run(&self, steps: &Steps) -> Option<Steps> {
        let (_, end) = self.reach.edges(steps.last());
        let run = |first: i64, last: i64| {
            let first = self.next.max(self.aligned(first));
            // The last instant of all time has none after it, so going on would never end there.
            let run = Steps::within(first, last.min(i64::MAX - 1), self.step).part(0, self.chunk);
            (run.count > 0).then_some(run)
        };
        let has_gaps = self.reach.at.is_none() && steps.step > self.reach.range && steps.count > 1;
        if !has_gaps {
            return run(self.reach.first(steps.start), end);
        }
        let passed = self.next.saturating_sub(self.reach.edges(steps.start).1).max(0) / steps.step;
        (passed as usize..steps.count).find_map(|index| {
            let time = steps.time(index);
            run(self.reach.first(time), self.reach.edges(time).1)
        })
    }

    /// The first multiple of the step not before `time`.
    fn aligned(&self, time: i64) -> i64 {
        let rest = time.rem_euclid(self.step);
        if rest == 0 { time } else { time.saturating_add(self.step - rest) }
    }
}

/// Adds the results of the child's block to the samples of the windows and drops what lies before `from`.
fn append(
    vector: &Vector,
    run: &Steps,
    from: i64,
    windows: &mut Windows,
    context: &mut Context<'_>,
) -> Result<(), EvalError> {
    windows.rows.extend_from_slice(&vector.rows[windows.rows.len()..]);
    windows.samples.resize(vector.rows.len(), Samples::default());
    let series = windows.rows.iter_mut().zip(&mut windows.samples).zip(&vector.rows);
    for (row, ((own, samples), source)) in series.enumerate() {
        own.drops_name = source.drops_name;
        context.budget.release(weight_of(samples));
        forget(samples, from);
        let lane = vector.lanes.lane(row);
        if lane.histograms.is_empty() && samples.histograms.is_empty() {
            for (step, value) in lane.iter() {
                samples.times.push(run.time(step));
                samples.values.push(value);
            }
        } else {
            for (step, value) in lane.cells() {
                match value {
                    Value::Float(value) => samples.push(run.time(step), value),
                    Value::Histogram(histogram) => {
                        samples.push_histogram(run.time(step), &without_hint(histogram));
                    }
                }
            }
        }
        context.budget.hold(weight_of(samples))?;
    }
    Ok(())
}

/// What a histogram said about the one before it in its series says nothing about the one before it in the window.
fn without_hint(histogram: Arc<FloatHistogram>) -> Arc<FloatHistogram> {
    if matches!(histogram.hint, ResetHint::Gauge | ResetHint::Unknown) {
        return histogram;
    }
    Arc::new(FloatHistogram { hint: ResetHint::Unknown, ..FloatHistogram::clone(&histogram) })
}
