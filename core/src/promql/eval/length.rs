//! The value of a duration expression, which may use the query's step and range.

use super::error::{DurationFault, ErrorKind, EvalError};
use super::options::QueryRange;
use crate::promql::functions::clamp;
use crate::promql::syntax::ast::{BinaryOp, LengthExpr, LengthExprKind, Sign};

/// The length in milliseconds.
///
/// # Errors
/// When it divides by zero, is not finite, is beyond about 292 years, or is not above 0 where it must be.
pub fn millis(expr: &LengthExpr, range: QueryRange, positive: bool) -> Result<i64, EvalError> {
    let seconds = seconds(expr, range)?;
    if !seconds.is_finite() {
        return Err(fault(DurationFault::NotFinite, expr));
    }
    // Prometheus holds lengths in nanoseconds.
    if seconds.abs() > i64::MAX as f64 / 1e9 {
        return Err(fault(DurationFault::OutOfRange, expr));
    }
    // Whole nanoseconds first, then milliseconds, both cut off: so a length comes out as Prometheus's does.
    let millis = (seconds * 1e9) as i64 / 1_000_000;
    if positive && (seconds <= 0.0 || millis <= 0) {
        return Err(fault(DurationFault::NotPositive, expr));
    }
    Ok(millis)
}

fn fault(fault: DurationFault, expr: &LengthExpr) -> EvalError {
    ErrorKind::Duration(fault).at(expr.span)
}

fn seconds(expr: &LengthExpr, range: QueryRange) -> Result<f64, EvalError> {
    let value = |expr: &LengthExpr| seconds(expr, range);
    Ok(match &expr.kind {
        LengthExprKind::Number(literal) => literal.value,
        LengthExprKind::Step => range.step().as_secs_f64(),
        LengthExprKind::Range => (range.end() - range.start()).as_secs_f64(),
        LengthExprKind::Unary(Sign::Plus, operand) => value(operand)?,
        LengthExprKind::Unary(Sign::Minus, operand) => -value(operand)?,
        LengthExprKind::MinOf(left, right) => clamp::min(value(left)?, value(right)?),
        LengthExprKind::MaxOf(left, right) => clamp::max(value(left)?, value(right)?),
        LengthExprKind::Binary(op, left, right) => {
            let (left, right) = (value(left)?, value(right)?);
            match op {
                BinaryOp::Div if right == 0.0 => return Err(fault(DurationFault::DivisionByZero, expr)),
                BinaryOp::Mod if right == 0.0 => return Err(fault(DurationFault::ModuloByZero, expr)),
                _ => super::binary::number::arithmetic(*op, left, right),
            }
        }
    })
}
