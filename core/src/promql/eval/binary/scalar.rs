//! Operators with at least one scalar operand.

use std::sync::Arc;

use super::histogram::{Operation, is_trim};
use super::number;
use crate::base::span::Span;
use crate::model::histogram::FloatHistogram;
use crate::promql::eval::error::EvalError;
use crate::promql::eval::lanes::LaneMut;
use crate::promql::eval::node::Node;
use crate::promql::eval::operator::{Context, Operator, Progress};
use crate::promql::eval::output::Output;
use crate::promql::eval::steps::Steps;
use crate::promql::eval::value::Value;
use crate::promql::syntax::ast::BinaryOp;

/// Two scalars; comparisons give 0 and 1.
#[derive(Debug)]
pub struct ScalarOperator {
    pub op: BinaryOp,
}

impl Operator for ScalarOperator {
    fn apply(
        &mut self,
        inputs: &mut [Node],
        _steps: &Steps,
        out: &mut Output,
        _context: &mut Context<'_>,
    ) -> Result<Progress, EvalError> {
        let [left, right] = inputs else { return Ok(Progress::Ready) };
        std::mem::swap(&mut left.output.scalar, &mut out.scalar);
        for (value, right) in out.scalar.iter_mut().zip(&right.output.scalar) {
            *value = number::element(self.op, true, *value, *right, *value).unwrap_or(f64::NAN);
        }
        Ok(Progress::Ready)
    }
}

/// A vector and a scalar; the vector's values are what a filter keeps.
#[derive(Debug)]
pub struct VectorScalarOperator {
    pub op: BinaryOp,
    pub returns_bool: bool,
    pub scalar_on_left: bool,
    pub span: Span,
}

impl Operator for VectorScalarOperator {
    fn apply(
        &mut self,
        inputs: &mut [Node],
        _steps: &Steps,
        out: &mut Output,
        context: &mut Context<'_>,
    ) -> Result<Progress, EvalError> {
        let [left, right] = inputs else { return Ok(Progress::Ready) };
        let (vector, scalar) = if self.scalar_on_left { (right, left) } else { (left, right) };
        out.vector.take_over(&mut vector.output.vector);
        let scalar = &scalar.output.scalar[..];
        let lanes = &mut out.vector.lanes;
        let (op, returns_bool) = (self.op, self.returns_bool);
        let mut operation = Operation { op, returns_bool, span: self.span, notes: context.notes };
        for row in 0..lanes.rows() {
            let mut lane = lanes.lane_mut(row);
            let histograms = take_histograms(&mut lane);
            if is_trim(op) && lane.view().any() {
                operation.incompatible("float", "float");
            }
            if self.scalar_on_left {
                self.scalar_first(lane.values, lane.present, scalar);
            } else {
                number::lane(op, returns_bool, lane.values, lane.present, scalar);
            }
            for (step, histogram) in histograms {
                let (element, number) = (Value::Histogram(histogram), Value::Float(scalar[step]));
                let result = if self.scalar_on_left {
                    operation.element(number, element)
                } else {
                    operation.element(element, number)
                };
                if let Some(value) = result {
                    lane.put(step, value);
                }
            }
        }
        context.budget.spend(lanes.rows() * lanes.width());
        Ok(Progress::Ready)
    }
}

/// Takes the histograms out of a lane; their cells are empty then.
fn take_histograms(lane: &mut LaneMut<'_>) -> Vec<(usize, Arc<FloatHistogram>)> {
    if lane.histograms.is_empty() {
        return Vec::new();
    }
    let taken =
        lane.view().histograms().map(|(step, histogram)| (step, Arc::new(histogram.whole()))).collect();
    lane.drop_histograms();
    taken
}

impl VectorScalarOperator {
    /// The scalar is the left operand: filters turn round, arithmetic goes number by number.
    fn scalar_first(&self, values: &mut [f64], present: &mut [u64], scalar: &[f64]) {
        let turned = match self.op {
            BinaryOp::Less => BinaryOp::Greater,
            BinaryOp::LessOrEqual => BinaryOp::GreaterOrEqual,
            BinaryOp::Greater => BinaryOp::Less,
            BinaryOp::GreaterOrEqual => BinaryOp::LessOrEqual,
            other => other,
        };
        if number::is_arithmetic(self.op) {
            for (value, left) in values.iter_mut().zip(scalar) {
                *value = number::arithmetic(self.op, *left, *value);
            }
        } else {
            number::lane(turned, self.returns_bool, values, present, scalar);
        }
    }
}
