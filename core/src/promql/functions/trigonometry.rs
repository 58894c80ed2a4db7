//! Circular and hyperbolic functions of one number, angles in radians. All of them by `libm`.

use std::f64::consts::PI;

use super::Function;

/// `acos(v)`: arc cosine.
pub const ACOS: Function = Function::number("acos", libm::acos);
/// `acosh(v)`: inverse hyperbolic cosine.
pub const ACOSH: Function = Function::number("acosh", libm::acosh);
/// `asin(v)`: arc sine.
pub const ASIN: Function = Function::number("asin", libm::asin);
/// `asinh(v)`: inverse hyperbolic sine.
pub const ASINH: Function = Function::number("asinh", libm::asinh);
/// `atan(v)`: arc tangent.
pub const ATAN: Function = Function::number("atan", libm::atan);
/// `atanh(v)`: inverse hyperbolic tangent.
pub const ATANH: Function = Function::number("atanh", libm::atanh);
/// `cos(v)`: cosine.
pub const COS: Function = Function::number("cos", libm::cos);
/// `cosh(v)`: hyperbolic cosine.
pub const COSH: Function = Function::number("cosh", libm::cosh);
/// `deg(v)`: radians to degrees.
pub const DEG: Function = Function::number("deg", |radians| radians * 180.0 / PI);
/// `rad(v)`: degrees to radians.
pub const RAD: Function = Function::number("rad", |degrees| degrees * PI / 180.0);
/// `sin(v)`: sine.
pub const SIN: Function = Function::number("sin", libm::sin);
/// `sinh(v)`: hyperbolic sine.
pub const SINH: Function = Function::number("sinh", libm::sinh);
/// `tan(v)`: tangent.
pub const TAN: Function = Function::number("tan", libm::tan);
/// `tanh(v)`: hyperbolic tangent.
pub const TANH: Function = Function::number("tanh", libm::tanh);
