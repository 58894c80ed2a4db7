//! Scalars that need no series: the evaluation time, the query's range, and π.

use super::Function;

/// `time()`: the instant of the step, in seconds.
pub const TIME: Function = Function::moment("time", |moment| moment.time as f64 / 1000.0).depends_on_time();
/// `pi()`
pub const PI: Function = Function::moment("pi", |_| std::f64::consts::PI);
/// `start()`: the first instant of the query, in seconds.
pub const START: Function = Function::moment("start", |moment| moment.start as f64 / 1000.0).experimental();
/// `end()`: the last instant of the query, in seconds.
pub const END: Function = Function::moment("end", |moment| moment.end as f64 / 1000.0).experimental();
/// `range()`: from the first to the last instant of the query, in seconds.
pub const RANGE: Function =
    Function::moment("range", |moment| (moment.end - moment.start) as f64 / 1000.0).experimental();
/// `step()`: the query's step in seconds; 0 for an instant query.
pub const STEP: Function = Function::moment("step", |moment| moment.step as f64 / 1000.0).experimental();
