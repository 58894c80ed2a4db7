//! What the operators do with two numbers.

use crate::promql::syntax::ast::BinaryOp;

/// Whether the operator computes a new number (and so drops the metric's name).
#[must_use]
pub const fn is_arithmetic(op: BinaryOp) -> bool {
    matches!(
        op,
        BinaryOp::Add
            | BinaryOp::Sub
            | BinaryOp::Mul
            | BinaryOp::Div
            | BinaryOp::Mod
            | BinaryOp::Pow
            | BinaryOp::Atan2
    )
}

/// The result of an arithmetic operator; NaN for another one.
#[must_use]
pub fn arithmetic(op: BinaryOp, left: f64, right: f64) -> f64 {
    match op {
        BinaryOp::Add => left + right,
        BinaryOp::Sub => left - right,
        BinaryOp::Mul => left * right,
        BinaryOp::Div => left / right,
        BinaryOp::Mod => libm::fmod(left, right),
        BinaryOp::Pow => libm::pow(left, right),
        BinaryOp::Atan2 => libm::atan2(left, right),
        _ => f64::NAN,
    }
}

/// Whether a comparison holds; `false` for another operator.
#[must_use]
pub fn holds(op: BinaryOp, left: f64, right: f64) -> bool {
    match op {
        BinaryOp::Equal => left == right,
        BinaryOp::NotEqual => left != right,
        BinaryOp::Less => left < right,
        BinaryOp::LessOrEqual => left <= right,
        BinaryOp::Greater => left > right,
        BinaryOp::GreaterOrEqual => left >= right,
        _ => false,
    }
}

/// The operator as written.
#[must_use]
pub const fn symbol(op: BinaryOp) -> &'static str {
    match op {
        BinaryOp::Add => "+",
        BinaryOp::Sub => "-",
        BinaryOp::Mul => "*",
        BinaryOp::Div => "/",
        BinaryOp::Mod => "%",
        BinaryOp::Pow => "^",
        BinaryOp::Atan2 => "atan2",
        BinaryOp::Equal => "==",
        BinaryOp::NotEqual => "!=",
        BinaryOp::Less => "<",
        BinaryOp::LessOrEqual => "<=",
        BinaryOp::Greater => ">",
        BinaryOp::GreaterOrEqual => ">=",
        BinaryOp::TrimUpper => "</",
        BinaryOp::TrimLower => ">/",
        BinaryOp::And => "and",
        BinaryOp::Or => "or",
        BinaryOp::Unless => "unless",
    }
}

/// What an operator leaves of two numbers: 0 or 1 with `bool`, the number to keep where a comparison holds, the
/// result of arithmetic.
#[must_use]
#[inline]
pub fn element(op: BinaryOp, returns_bool: bool, left: f64, right: f64, kept: f64) -> Option<f64> {
    if is_arithmetic(op) {
        Some(arithmetic(op, left, right))
    } else if returns_bool {
        Some(f64::from(u8::from(holds(op, left, right))))
    } else {
        holds(op, left, right).then_some(kept)
    }
}

/// Applies an operator cell by cell, `target` being the left operand and the result; cells whose comparison does
/// not hold lose their bit. One loop an operator, so that the compiler makes it wide.
pub fn lane(op: BinaryOp, returns_bool: bool, target: &mut [f64], present: &mut [u64], right: &[f64]) {
    match op {
        BinaryOp::Add => zip(target, right, |left, right| left + right),
        BinaryOp::Sub => zip(target, right, |left, right| left - right),
        BinaryOp::Mul => zip(target, right, |left, right| left * right),
        BinaryOp::Div => zip(target, right, |left, right| left / right),
        _ if is_arithmetic(op) => zip(target, right, |left, right| arithmetic(op, left, right)),
        _ if returns_bool => zip(target, right, |left, right| f64::from(u8::from(holds(op, left, right)))),
        BinaryOp::Equal => filter(target, right, present, |left, right| left == right),
        BinaryOp::NotEqual => filter(target, right, present, |left, right| left != right),
        BinaryOp::Less => filter(target, right, present, |left, right| left < right),
        BinaryOp::LessOrEqual => filter(target, right, present, |left, right| left <= right),
        BinaryOp::Greater => filter(target, right, present, |left, right| left > right),
        BinaryOp::GreaterOrEqual => filter(target, right, present, |left, right| left >= right),
        // Trimming is for histograms: of floats nothing is left.
        _ => present.fill(0),
    }
}

fn zip(target: &mut [f64], right: &[f64], body: impl Fn(f64, f64) -> f64) {
    for (target, right) in target.iter_mut().zip(right) {
        *target = body(*target, *right);
    }
}

fn filter(target: &[f64], right: &[f64], present: &mut [u64], body: impl Fn(f64, f64) -> bool) {
    for ((target, right), word) in target.chunks(64).zip(right.chunks(64)).zip(present) {
        let mut kept = 0;
        for (bit, (left, right)) in target.iter().zip(right).enumerate() {
            kept |= u64::from(body(*left, *right)) << bit;
        }
        *word &= kept;
    }
}
