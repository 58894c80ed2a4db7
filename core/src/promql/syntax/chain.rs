//! Chains of operators: `a + b + c` lies left in left, as deep as it is long. What walks a tree goes along a chain in a
//! loop, from its first operand, so that a long sum needs no more stack than a short one.

use super::ast::{Binary, Expr, ExprKind, NumberLiteral};
use crate::base::span::Span;

/// A chain: its first operand, and the operations on it, the innermost first. No operation: not an operator.
#[derive(Clone, Debug)]
pub struct Chain<'e> {
    /// The expression from which the first operation starts.
    pub first: &'e Expr,
    /// The operations with their places.
    pub operations: Vec<(&'e Binary, Span)>,
}

impl<'e> Chain<'e> {
    /// The chain whose outermost operation is `expr`.
    #[must_use]
    pub fn of(expr: &'e Expr) -> Self {
        let (mut first, mut operations) = (expr, Vec::new());
        while let ExprKind::Binary(binary) = &first.kind {
            operations.push((binary, first.span));
            first = &binary.left;
        }
        operations.reverse();
        Self { first, operations }
    }
}

/// Leaves the first operand of a chain in `expr`; gives the operations, the innermost last, each without its left
/// operand.
pub fn take_apart(expr: &mut Expr) -> Vec<Expr> {
    let mut operations = Vec::new();
    while let ExprKind::Binary(binary) = &mut expr.kind {
        let left = std::mem::replace(&mut *binary.left, nothing());
        operations.push(std::mem::replace(expr, left));
    }
    operations
}

/// Makes `expr` the left operand of an operation that lacks one.
pub fn put_on(mut operation: Expr, expr: &mut Expr) {
    if let ExprKind::Binary(binary) = &mut operation.kind {
        *binary.left = std::mem::replace(expr, nothing());
    }
    *expr = operation;
}

/// What stands where an operand was taken away.
fn nothing() -> Expr {
    let number = NumberLiteral { value: f64::NAN, as_duration: false };
    Expr { kind: ExprKind::Number(number), span: Span::default() }
}

impl Binary {
    fn on(&self, left: Expr) -> Self {
        Self {
            op: self.op,
            left: Box::new(left),
            right: self.right.clone(),
            returns_bool: self.returns_bool,
            matching: self.matching.clone(),
        }
    }
}

impl Clone for Binary {
    fn clone(&self) -> Self {
        let below = Chain::of(&self.left);
        let left = below.operations.iter().fold(below.first.clone(), |left, (binary, span)| Expr {
            kind: ExprKind::Binary(binary.on(left)),
            span: *span,
        });
        self.on(left)
    }
}

impl Drop for Binary {
    fn drop(&mut self) {
        // Each operation loses its operand before it goes, so that none takes the whole chain with it.
        drop(take_apart(&mut self.left));
    }
}

#[cfg(test)]
mod tests {
    use super::super::ast::{AggregateOp, ValueType};
    use super::super::{MAX_OPERATORS, Options, parse, pretty};
    use super::*;

    /// A stack that a recursion over a long chain would not fit.
    const SMALL_STACK: usize = 160 * 1024;

    #[test]
    fn long_chains_need_no_more_stack_than_short_ones() {
        let longest = format!("a{}", " + b".repeat(MAX_OPERATORS as usize));
        let work = move || {
            let expr = parse(&format!("sum({longest})"), &Options::all()).expect("is read");
            let mut copy = expr.clone();
            assert_eq!(copy.to_string(), format!("sum({longest})"));
            assert_eq!(pretty(&copy, 100).lines().count(), 2 * MAX_OPERATORS as usize + 3 - 2 * 24);
            let ExprKind::Aggregate(aggregate) = &mut copy.kind else { panic!("no sum") };
            assert_eq!(
                (aggregate.op, aggregate.expr.value_type()),
                (AggregateOp::Sum, ValueType::InstantVector)
            );
            let mut operations = take_apart(&mut aggregate.expr);
            assert_eq!(
                (operations.len(), aggregate.expr.to_string().as_str()),
                (MAX_OPERATORS as usize, "a")
            );
            while let Some(operation) = operations.pop() {
                put_on(operation, &mut aggregate.expr);
            }
            assert_eq!(copy.to_string(), expr.to_string());
        };
        std::thread::Builder::new().stack_size(SMALL_STACK).spawn(work).unwrap().join().unwrap();
    }
}
