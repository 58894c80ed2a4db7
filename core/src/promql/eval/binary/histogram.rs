//! What the operators do with histograms, alone or with a number.

use std::sync::Arc;

use super::number;
use crate::base::span::Span;
use crate::model::histogram::{Combined, FloatHistogram, HistogramError, Keep, ResetHint};
use crate::promql::eval::annotation::{Annotations, Note};
use crate::promql::eval::value::Value;
use crate::promql::syntax::ast::BinaryOp;

/// An operator, and where remarks about its operands go.
#[derive(Debug)]
pub struct Operation<'a> {
    /// The operator.
    pub op: BinaryOp,
    /// Whether a comparison gives 0 or 1.
    pub returns_bool: bool,
    /// The place of the operation in the query.
    pub span: Span,
    /// The remarks of the query.
    pub notes: &'a mut Annotations,
}

impl Operation<'_> {
    /// What is left of two elements; nothing, and a remark, where the operator does not take them.
    pub fn element(&mut self, left: Value, right: Value) -> Option<Value> {
        let (value, holds) = match (left, right) {
            (Value::Float(left), Value::Float(right)) => {
                return self.numbers(left, right).map(Value::Float);
            }
            (Value::Float(left), Value::Histogram(right)) => match self.op {
                BinaryOp::Mul => (scaled(&right, left), true),
                _ => return self.incompatible("float", "histogram"),
            },
            (Value::Histogram(left), Value::Float(right)) => match self.op {
                BinaryOp::Mul => (scaled(&left, right), true),
                BinaryOp::Div => (FloatHistogram::clone(&left).divided(right).into(), true),
                BinaryOp::TrimUpper => (left.trimmed(right, Keep::Below).into(), true),
                BinaryOp::TrimLower => (left.trimmed(right, Keep::Above).into(), true),
                _ => return self.incompatible("histogram", "float"),
            },
            (Value::Histogram(left), Value::Histogram(right)) => match self.op {
                BinaryOp::Add => (self.combined(&left, &right, "addition", FloatHistogram::add)?, true),
                BinaryOp::Sub => (self.combined(&left, &right, "subtraction", FloatHistogram::sub)?, true),
                BinaryOp::Equal | BinaryOp::NotEqual => {
                    let is_same = left.is_same_as(&right);
                    (Value::Histogram(left), is_same == (self.op == BinaryOp::Equal))
                }
                _ => return self.incompatible("histogram", "histogram"),
            },
        };
        if self.returns_bool {
            return Some(Value::Float(f64::from(u8::from(holds))));
        }
        holds.then_some(value)
    }

    fn numbers(&mut self, left: f64, right: f64) -> Option<f64> {
        if is_trim(self.op) {
            self.incompatible("float", "float");
            return None;
        }
        number::element(self.op, self.returns_bool, left, right, left)
    }

    /// Says that the operator does not take these operands.
    pub fn incompatible(&mut self, left: &'static str, right: &'static str) -> Option<Value> {
        let note = Note::IncompatibleTypes { left, op: number::symbol(self.op), right };
        self.notes.add(note, self.span);
        None
    }

    fn combined(
        &mut self,
        left: &FloatHistogram,
        right: &FloatHistogram,
        operation: &'static str,
        combine: fn(&mut FloatHistogram, &FloatHistogram) -> Result<Combined, HistogramError>,
    ) -> Option<Value> {
        let mut result = left.clone();
        let Ok(combined) = combine(&mut result, right) else {
            self.notes.add(Note::IncompatibleBuckets { op: number::symbol(self.op) }, self.span);
            return None;
        };
        if combined.hint_collision {
            self.notes.add(Note::CounterResetCollision { operation }, self.span);
        }
        if combined.bounds_reconciled {
            self.notes.add(Note::ReconciledBuckets { operation }, self.span);
        }
        if self.op == BinaryOp::Sub {
            // Less than before may be left: no counter gives that.
            result.hint = ResetHint::Gauge;
        }
        Some(result.into())
    }
}

/// Whether the operator cuts histograms off.
#[must_use]
pub const fn is_trim(op: BinaryOp) -> bool {
    matches!(op, BinaryOp::TrimUpper | BinaryOp::TrimLower)
}

fn scaled(histogram: &Arc<FloatHistogram>, factor: f64) -> Value {
    FloatHistogram::clone(histogram).scaled(factor).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::histogram::Buckets;

    #[test]
    fn what_an_operator_does_not_take_is_left_out_with_a_remark() {
        let histogram = FloatHistogram {
            count: 3.0,
            sum: 6.0,
            positive: Buckets::from_pairs([(1, 3.0)]),
            ..FloatHistogram::default()
        };
        let mut notes = Annotations::default();
        let mut of = |op, returns_bool, left: Value, right: Value| {
            Operation { op, returns_bool, span: Span::default(), notes: &mut notes }.element(left, right)
        };
        let element = || Value::from(histogram.clone());
        let half = of(BinaryOp::Div, false, element(), 2.0.into()).unwrap();
        assert_eq!(half.histogram().unwrap().count, 1.5);
        assert_eq!(of(BinaryOp::Equal, true, element(), element()), Some(Value::Float(1.0)));
        let difference = of(BinaryOp::Sub, false, element(), element()).unwrap();
        assert_eq!(difference.histogram().unwrap().hint, ResetHint::Gauge);
        assert_eq!(of(BinaryOp::Greater, true, element(), 1.0.into()), None);
        assert_eq!(of(BinaryOp::TrimUpper, false, 1.0.into(), 2.0.into()), None);
        let texts: Vec<String> = notes.iter().map(|annotation| annotation.note.to_string()).collect();
        assert_eq!(
            texts,
            [
                "incompatible sample types encountered for binary operator \"</\": float </ float",
                "incompatible sample types encountered for binary operator \">\": histogram > float",
            ]
        );
    }
}
