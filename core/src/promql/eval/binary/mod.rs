//! Binary operators: of two scalars, of a vector and a scalar, and of two vectors whose elements find each other.

pub mod groups;
pub mod histogram;
pub mod matching;
pub mod number;
mod scalar;
mod set;

use super::error::EvalError;
use super::node::Node;
use super::plan::Planner;
use crate::base::span::Span;
use crate::promql::syntax::ast::{Binary, BinaryOp, ValueType, VectorMatching};
use matching::MatchingOperator;
use scalar::{ScalarOperator, VectorScalarOperator};
use set::SetOperator;

/// The node of a binary operation at `span` whose left operand has its node and its type.
///
/// # Errors
/// When the right operand cannot be evaluated.
pub fn plan(
    planner: &mut Planner<'_>,
    (left, left_type): (Node, ValueType),
    binary: &Binary,
    span: Span,
) -> Result<Node, EvalError> {
    let operands = vec![left, planner.node(&binary.right)?];
    let op = binary.op;
    match (left_type == ValueType::Scalar, binary.right.value_type() == ValueType::Scalar) {
        (true, true) => Ok(Node::new(ScalarOperator { op }, operands)),
        (false, false) => {
            let matching = binary.matching.clone().unwrap_or_else(one_to_one);
            if matches!(op, BinaryOp::And | BinaryOp::Or | BinaryOp::Unless) {
                return Ok(Node::new(SetOperator::new(op, matching), operands));
            }
            let delayed = planner.options.delayed_name_removal;
            let operator = MatchingOperator::new(op, binary.returns_bool, matching, delayed, span);
            Ok(Node::new(operator, operands))
        }
        (scalar_on_left, _) => {
            let operator =
                VectorScalarOperator { op, returns_bool: binary.returns_bool, scalar_on_left, span };
            let node = Node::new(operator, operands);
            let drops_name = binary.returns_bool || number::is_arithmetic(op);
            Ok(if drops_name { planner.without_name(node) } else { node })
        }
    }
}

/// What holds where nothing is written.
fn one_to_one() -> VectorMatching {
    VectorMatching {
        cardinality: crate::promql::syntax::ast::Cardinality::OneToOne,
        labels: Vec::new(),
        on: false,
        include: Vec::new(),
        fill_left: None,
        fill_right: None,
    }
}
