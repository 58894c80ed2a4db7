//! Pinning a query to an instant: `@` on everything that reads samples, so that it gives the same whenever it is
//! evaluated.

use crate::base::time::Timestamp;
use crate::promql::syntax::ast::{At, Expr, ExprKind, TimeShift};
use crate::promql::syntax::chain::{put_on, take_apart};

/// Functions whose result depends on when they are evaluated, whatever their arguments.
const UNSAFE: [&str; 15] = [
    "days_in_month",
    "day_of_month",
    "day_of_week",
    "day_of_year",
    "end",
    "hour",
    "minute",
    "month",
    "year",
    "predict_linear",
    "range",
    "start",
    "step",
    "time",
    "timestamp",
];

/// The query with `@ at` on every selector and subquery that has none and is not inside a subquery; `None` where
/// that does not make it independent of the evaluation time.
pub fn pinned(expr: &Expr, at: Timestamp) -> Option<Expr> {
    let mut pinned = expr.clone();
    pin(&mut pinned, at).then_some(pinned)
}

/// Pins a tree; `false` where it calls a function that cannot be pinned.
fn pin(expr: &mut Expr, at: Timestamp) -> bool {
    let mut operations = take_apart(expr);
    let mut is_safe = pin_operand(expr, at);
    while let Some(operation) = operations.pop() {
        put_on(operation, expr);
        if let ExprKind::Binary(binary) = &mut expr.kind {
            is_safe &= pin(&mut binary.right, at);
        }
    }
    is_safe
}

fn pin_operand(expr: &mut Expr, at: Timestamp) -> bool {
    let set = |shift: &mut TimeShift| {
        shift.at.get_or_insert(At::Time(at));
    };
    match &mut expr.kind {
        ExprKind::Number(_) | ExprKind::String(_) | ExprKind::Broken(_) | ExprKind::Binary(_) => true,
        ExprKind::VectorSelector(selector) => {
            set(&mut selector.shift);
            true
        }
        ExprKind::MatrixSelector(matrix) => {
            set(&mut matrix.selector.shift);
            true
        }
        ExprKind::Subquery(subquery) => {
            set(&mut subquery.shift);
            is_safe(&subquery.expr)
        }
        ExprKind::Call(call) => {
            let safe = call.arguments.iter_mut().all(|argument| pin(argument, at));
            safe && !UNSAFE.contains(&call.function.name)
        }
        ExprKind::Aggregate(aggregate) => {
            let parameter = aggregate.parameter.as_deref_mut().is_none_or(|parameter| pin(parameter, at));
            pin(&mut aggregate.expr, at) && parameter
        }
        ExprKind::Unary(unary) => pin(&mut unary.expr, at),
        ExprKind::Paren(inner) => pin(inner, at),
    }
}

/// Whether nothing in the tree calls a function that cannot be pinned.
fn is_safe(expr: &Expr) -> bool {
    pin(&mut expr.clone(), Timestamp(0))
}
