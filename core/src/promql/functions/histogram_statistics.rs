//! What a native histogram says without its buckets (`histogram_count`, `histogram_sum`, `histogram_avg`), and how far
//! its observations lie from their mean (`histogram_stddev`, `histogram_stdvar`). Floats go.

use super::Function;

/// `histogram_avg(v)`: the mean of the observations.
pub const HISTOGRAM_AVG: Function = Function::histogram("histogram_avg", |histogram| histogram.mean());
/// `histogram_count(v)`: the number of observations.
pub const HISTOGRAM_COUNT: Function = Function::histogram("histogram_count", |histogram| histogram.count);
/// `histogram_stddev(v)`: the standard deviation of the observations, each in the middle of its bucket.
pub const HISTOGRAM_STDDEV: Function =
    Function::histogram("histogram_stddev", |histogram| libm::sqrt(histogram.variance()));
/// `histogram_stdvar(v)`: the variance of the observations, each in the middle of its bucket.
pub const HISTOGRAM_STDVAR: Function =
    Function::histogram("histogram_stdvar", |histogram| histogram.variance());
/// `histogram_sum(v)`: the sum of the observations.
pub const HISTOGRAM_SUM: Function = Function::histogram("histogram_sum", |histogram| histogram.sum);
