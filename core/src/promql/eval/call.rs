//! Calls of functions that work on one element at a time.

use super::error::EvalError;
use super::lanes::bits;
use super::node::Node;
use super::operator::{Context, Operator, Progress};
use super::output::{Output, Row};
use super::steps::Steps;
use crate::model::histogram::FloatHistogram;
use crate::model::labels::Labels;
use crate::promql::functions::Moment;

/// A scalar from the instant alone.
#[derive(Debug)]
pub struct MomentCall(pub fn(&Moment) -> f64);

impl Operator for MomentCall {
    fn apply(
        &mut self,
        _inputs: &mut [Node],
        steps: &Steps,
        out: &mut Output,
        context: &mut Context<'_>,
    ) -> Result<Progress, EvalError> {
        let range = context.range;
        let moment = Moment { time: 0, start: range.start().0, end: range.end().0, step: range.step().0 };
        out.scalar.clear();
        let values = (0..steps.count).map(|step| (self.0)(&Moment { time: steps.time(step), ..moment }));
        out.scalar.extend(values);
        Ok(Progress::Ready)
    }
}

/// A number to a number, for every element of the one argument, or for a scalar. Histograms go.
#[derive(Debug)]
pub struct NumberCall(pub fn(f64) -> f64);

impl Operator for NumberCall {
    fn apply(
        &mut self,
        inputs: &mut [Node],
        _steps: &Steps,
        out: &mut Output,
        context: &mut Context<'_>,
    ) -> Result<Progress, EvalError> {
        change_numbers(inputs, out, context, self.0);
        out.vector.lanes.drop_histograms();
        Ok(Progress::Ready)
    }
}

/// Takes over the one input, a vector or a scalar, with every number changed; a cell of a histogram holds none.
fn change_numbers(
    inputs: &mut [Node],
    out: &mut Output,
    context: &mut Context<'_>,
    change: impl Fn(f64) -> f64,
) {
    let input = &mut inputs[0].output;
    std::mem::swap(&mut input.scalar, &mut out.scalar);
    out.vector.take_over(&mut input.vector);
    for value in out.scalar.iter_mut().chain(out.vector.lanes.values_mut()) {
        *value = change(*value);
    }
    context.budget.spend(out.vector.lanes.rows() * out.vector.lanes.width());
}

/// A native histogram to a number, for every element of the one argument. Numbers go.
#[derive(Debug)]
pub struct HistogramCall(pub fn(&FloatHistogram) -> f64);

impl Operator for HistogramCall {
    fn apply(
        &mut self,
        inputs: &mut [Node],
        steps: &Steps,
        out: &mut Output,
        context: &mut Context<'_>,
    ) -> Result<Progress, EvalError> {
        let input = &inputs[0].output.vector;
        out.vector.follow(&input.rows, Clone::clone);
        out.vector.lanes.reset(input.rows.len(), steps.count);
        for row in 0..input.rows.len() {
            let mut lane = out.vector.lanes.lane_mut(row);
            for (step, histogram) in input.lanes.lane(row).histograms() {
                let histogram = histogram.whole();
                lane.set(step, (self.0)(&histogram));
                context.budget.spend(histogram.positive.len() + histogram.negative.len());
            }
        }
        context.budget.spend(input.rows.len() * steps.count);
        Ok(Progress::Ready)
    }
}

/// Unary minus, of numbers and of histograms.
#[derive(Debug)]
pub struct Negation;

impl Operator for Negation {
    fn is_in_place(&self) -> bool {
        true
    }

    fn apply(
        &mut self,
        inputs: &mut [Node],
        _steps: &Steps,
        out: &mut Output,
        context: &mut Context<'_>,
    ) -> Result<Progress, EvalError> {
        change_numbers(inputs, out, context, |value| -value);
        let lanes = &mut out.vector.lanes;
        for row in 0..lanes.rows() {
            let histograms = lanes.lane_mut(row).histograms;
            for step in 0..histograms.len() {
                let negated = histograms.packed(step).map(|histogram| histogram.whole().scaled(-1.0));
                if let Some(negated) = negated {
                    histograms.put(step, &negated);
                }
            }
        }
        Ok(Progress::Ready)
    }
}

/// A number and scalar arguments to a number or nothing, for every element of the first argument. Histograms go.
#[derive(Debug)]
pub struct NumberWithCall(pub fn(f64, &[f64]) -> Option<f64>);

impl Operator for NumberWithCall {
    fn apply(
        &mut self,
        inputs: &mut [Node],
        steps: &Steps,
        out: &mut Output,
        context: &mut Context<'_>,
    ) -> Result<Progress, EvalError> {
        let Some((first, scalars)) = inputs.split_first_mut() else { return Ok(Progress::Ready) };
        out.vector.take_over(&mut first.output.vector);
        let lanes = &mut out.vector.lanes;
        lanes.drop_histograms();
        let mut bounds = Vec::with_capacity(scalars.len());
        for step in 0..steps.count {
            bounds.clear();
            bounds.extend(scalars.iter().map(|scalar| scalar.output.scalar[step]));
            for row in 0..lanes.rows() {
                let Some(value) = lanes.get(row, step) else { continue };
                match (self.0)(value, &bounds) {
                    Some(value) => lanes.set(row, step, value),
                    None => lanes.lane_mut(row).unset(step),
                }
            }
        }
        context.budget.spend(lanes.rows() * lanes.width());
        Ok(Progress::Ready)
    }
}

/// `vector(s)`: a scalar as an element without labels.
#[derive(Debug)]
pub struct VectorOf;

impl Operator for VectorOf {
    fn apply(
        &mut self,
        inputs: &mut [Node],
        steps: &Steps,
        out: &mut Output,
        _context: &mut Context<'_>,
    ) -> Result<Progress, EvalError> {
        let vector = &mut out.vector;
        if vector.rows.is_empty() {
            vector.rows.push(Row::new(Labels::default()));
        }
        vector.lanes.reset(1, steps.count);
        let lane = vector.lanes.lane_mut(0);
        lane.values.copy_from_slice(&inputs[0].output.scalar);
        bits::fill(lane.present, steps.count);
        Ok(Progress::Ready)
    }
}
