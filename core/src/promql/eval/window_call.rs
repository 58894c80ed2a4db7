//! Calls of functions of a window: `rate`, `max_over_time` and their like.

use std::sync::Arc;

use super::annotation::Note;
use super::error::EvalError;
use super::lanes::LaneMut;
use super::node::Node;
use super::operator::{Context, Operator, Progress};
use super::output::Output;
use super::steps::Steps;
use super::window::{Reach, slide};
use crate::base::span::Span;
use crate::promql::functions::{Remark, WindowBody};
use crate::tsdb::Samples;

/// A function of a window and perhaps of scalars.
#[derive(Debug)]
pub struct WindowCall {
    body: &'static WindowBody,
    /// Which argument is the window; all others are scalars.
    window: usize,
    /// The place of each argument, for remarks.
    spans: Vec<Span>,
    next_row: usize,
    /// Rows that were looked at for a counter's name.
    remarked: Vec<bool>,
}

impl WindowCall {
    /// A call whose argument number `window` is the range vector.
    #[must_use]
    pub const fn new(body: &'static WindowBody, window: usize, spans: Vec<Span>) -> Self {
        Self { body, window, spans, next_row: 0, remarked: Vec::new() }
    }

    /// Checks the scalar arguments of all steps.
    fn inspect(&self, scalars: &[&[f64]], steps: usize, context: &mut Context<'_>) -> Result<(), EvalError> {
        let Some(inspect) = self.body.inspect else { return Ok(()) };
        let mut values = Vec::with_capacity(scalars.len());
        for step in 0..steps {
            values.clear();
            values.extend(scalars.iter().map(|scalar| scalar[step]));
            match inspect(&values) {
                Ok(None) => {}
                Ok(Some(Remark { argument, note })) => {
                    context.notes.add(note, self.spans.get(argument).copied().unwrap_or_default());
                }
                Err(kind) => return Err(kind.nowhere()),
            }
        }
        Ok(())
    }

    /// Says once a series that its name is not a counter's.
    fn remark(&mut self, row: usize, name: Option<&str>, context: &mut Context<'_>) {
        self.remarked.resize(self.remarked.len().max(row + 1), false);
        if std::mem::replace(&mut self.remarked[row], true) {
            return;
        }
        let Some(name) = name.filter(|name| !name.is_empty()) else { return };
        let known = ["_total", "_sum", "_count", "_bucket"];
        if !known.iter().any(|suffix| name.ends_with(suffix)) {
            let note = Note::PossibleNonCounter { metric: Arc::from(name) };
            context.notes.add(note, self.spans[self.window]);
        }
    }
}

impl Operator for WindowCall {
    fn apply(
        &mut self,
        inputs: &mut [Node],
        steps: &Steps,
        out: &mut Output,
        context: &mut Context<'_>,
    ) -> Result<Progress, EvalError> {
        let windows = &inputs[self.window].output.windows;
        let others = inputs.iter().enumerate().filter(|(index, _)| *index != self.window);
        let scalars: Vec<&[f64]> = others.map(|(_, node)| node.output.scalar.as_slice()).collect();
        let vector = &mut out.vector;
        if self.next_row == 0 {
            vector.follow(&windows.rows, Clone::clone);
            vector.lanes.reset(windows.rows.len(), steps.count);
            if windows.samples.iter().any(|samples| !samples.times.is_empty()) {
                self.inspect(&scalars, steps.count, context)?;
            }
        }
        while self.next_row < windows.rows.len() {
            if context.budget.slice_is_over() {
                context.budget.check_time()?;
                return Ok(Progress::Pending);
            }
            let row = self.next_row;
            let mut lane = vector.lanes.lane_mut(row);
            let work = fill_lane(self.body, &windows.samples[row], windows.reach, steps, &scalars, &mut lane);
            context.budget.spend(work);
            if self.body.of_counters && vector.lanes.lane(row).any() {
                self.remark(row, windows.rows[row].labels.metric_name(), context);
            }
            self.next_row += 1;
        }
        self.next_row = 0;
        Ok(Progress::Ready)
    }
}

/// Computes the lane of one series, by the windowed form where there is one. Gives the work done.
pub fn fill_lane(
    body: &WindowBody,
    samples: &Samples,
    reach: Reach,
    steps: &Steps,
    scalars: &[&[f64]],
    lane: &mut LaneMut<'_>,
) -> usize {
    if let Some(windowed) = body.lane {
        windowed(samples, reach, steps, lane);
        return samples.times.len() + steps.count;
    }
    let mut arguments = vec![0.0; scalars.len()];
    let mut work = steps.count;
    slide(samples, reach, steps, |step, window| {
        if window.times.is_empty() {
            return;
        }
        for (argument, scalar) in arguments.iter_mut().zip(scalars) {
            *argument = scalar[step];
        }
        work += window.times.len();
        if let Some(value) = (body.fresh)(window, &arguments) {
            lane.set(step, value);
        }
    });
    work
}
