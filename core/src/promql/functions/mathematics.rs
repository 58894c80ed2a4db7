//! Elementary functions of one number. All of them by `libm`, so that a browser computes the same bits.

use super::Function;

/// `abs(v)`: the absolute value.
pub const ABS: Function = Function::number("abs", libm::fabs);
/// `ceil(v)`: the smallest whole number not below.
pub const CEIL: Function = Function::number("ceil", libm::ceil);
/// `exp(v)`: e to the power.
pub const EXP: Function = Function::number("exp", libm::exp);
/// `floor(v)`: the largest whole number not above.
pub const FLOOR: Function = Function::number("floor", libm::floor);
/// `ln(v)`: the natural logarithm.
pub const LN: Function = Function::number("ln", libm::log);
/// `log10(v)`: the decimal logarithm.
pub const LOG10: Function = Function::number("log10", libm::log10);
/// `log2(v)`: the binary logarithm.
pub const LOG2: Function = Function::number("log2", libm::log2);
/// `sgn(v)`: -1, 0 or 1; zeros and NaN pass as they are.
pub const SGN: Function = Function::number("sgn", sign);
/// `sqrt(v)`: the square root.
pub const SQRT: Function = Function::number("sqrt", libm::sqrt);

fn sign(value: f64) -> f64 {
    if value < 0.0 {
        -1.0
    } else if value > 0.0 {
        1.0
    } else {
        value
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_sign_of_zero_and_nan_passes() {
        assert_eq!(super::sign(-0.5), -1.0);
        assert_eq!(super::sign(f64::INFINITY), 1.0);
        assert!(super::sign(-0.0).is_sign_negative());
        assert!(super::sign(f64::NAN).is_nan());
    }
}
