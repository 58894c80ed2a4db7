//! Functions that keep numbers within bounds or on a grid.

use super::{Body, Function, Optional, SCALAR, VECTOR};

/// `clamp(v, min, max)`: nothing where `min` is above `max`; NaN where a bound is.
pub const CLAMP: Function = Function::new("clamp", &[VECTOR, SCALAR, SCALAR], Body::NumberWith(clamp));
/// `clamp_max(v, max)`
pub const CLAMP_MAX: Function = Function::new(
    "clamp_max",
    &[VECTOR, SCALAR],
    Body::NumberWith(|value, bounds| Some(min(bounds[0], value))),
);
/// `clamp_min(v, min)`
pub const CLAMP_MIN: Function = Function::new(
    "clamp_min",
    &[VECTOR, SCALAR],
    Body::NumberWith(|value, bounds| Some(max(bounds[0], value))),
);
/// `round(v, to_nearest=1)`: ties go up, also below zero.
pub const ROUND: Function =
    Function::new("round", &[VECTOR, SCALAR], Body::NumberWith(round)).optional(Optional::Last(1));

/// The larger number; NaN where one of both is (unlike `f64::max`) and the other not +Inf, and +0 above -0. As Go's.
pub(crate) fn max(left: f64, right: f64) -> f64 {
    if left == f64::INFINITY || right == f64::INFINITY {
        f64::INFINITY
    } else if left.is_nan() || right.is_nan() {
        f64::NAN
    } else if left == 0.0 && right == 0.0 {
        if left.is_sign_negative() { right } else { left }
    } else if left > right {
        left
    } else {
        right
    }
}

/// The smaller number; NaN where one of both is (unlike `f64::min`) and the other not -Inf, and -0 below +0. As Go's.
pub(crate) fn min(left: f64, right: f64) -> f64 {
    -max(-left, -right)
}

fn clamp(value: f64, bounds: &[f64]) -> Option<f64> {
    let (lower, upper) = (bounds[0], bounds[1]);
    if upper < lower {
        return None;
    }
    Some(max(lower, min(upper, value)))
}

fn round(value: f64, nearest: &[f64]) -> Option<f64> {
    // Prometheus multiplies by the inverse because it finds the grid points of decimal fractions better.
    let inverse = 1.0 / nearest.first().copied().unwrap_or(1.0);
    Some(libm::floor(value * inverse + 0.5) / inverse)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bound_that_is_nan_gives_nan() {
        assert!(clamp(1.0, &[f64::NAN, 2.0]).unwrap().is_nan());
        assert!(clamp(1.0, &[0.0, f64::NAN]).unwrap().is_nan());
        assert!(clamp(f64::NAN, &[0.0, 2.0]).unwrap().is_nan());
        assert_eq!(clamp(f64::INFINITY, &[f64::NAN, f64::INFINITY]), Some(f64::INFINITY));
        assert_eq!(min(f64::NAN, f64::NEG_INFINITY), f64::NEG_INFINITY);
    }

    #[test]
    fn crossed_bounds_leave_nothing() {
        assert_eq!(clamp(1.0, &[2.0, 0.0]), None);
        assert_eq!(clamp(5.0, &[0.0, 2.0]), Some(2.0));
        assert_eq!(clamp(f64::NEG_INFINITY, &[0.0, 2.0]), Some(0.0));
    }

    #[test]
    fn halves_round_up() {
        assert_eq!(round(-1.5, &[]), Some(-1.0));
        assert_eq!(round(2.5, &[]), Some(3.0));
        assert_eq!(round(7.0, &[5.0]), Some(5.0));
        assert_eq!(round(5.23, &[0.1]), Some(5.2));
    }
}
