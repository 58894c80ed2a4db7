//! `stddev_over_time`, `stdvar_over_time`, `mad_over_time`: how far samples lie from their middle.

use super::quantile::quantile_of_sorted;
use super::{Function, WindowBody};
use crate::base::number::add_compensated;

/// `stddev_over_time(m)`: the standard deviation of the population.
pub const STDDEV_OVER_TIME: Function = Function::window(
    "stddev_over_time",
    &WindowBody::fresh(|window, _| Some(libm::sqrt(variance(window.values)))),
);
/// `stdvar_over_time(m)`: the variance of the population.
pub const STDVAR_OVER_TIME: Function =
    Function::window("stdvar_over_time", &WindowBody::fresh(|window, _| Some(variance(window.values))));
/// `mad_over_time(m)`: the median distance from the median; NaN where any sample is.
pub const MAD_OVER_TIME: Function =
    Function::window("mad_over_time", &WindowBody::fresh(|window, _| Some(median_deviation(window.values))))
        .experimental();

/// Welford's method with both running sums compensated.
fn variance(values: &[f64]) -> f64 {
    let mut count = 0.0;
    let (mut mean, mut mean_low) = (0.0, 0.0);
    let (mut squares, mut squares_low) = (0.0, 0.0);
    for value in values {
        count += 1.0;
        let delta = value - (mean + mean_low);
        add_compensated(delta / count, &mut mean, &mut mean_low);
        add_compensated(delta * (value - (mean + mean_low)), &mut squares, &mut squares_low);
    }
    (squares + squares_low) / count
}

fn median_deviation(values: &[f64]) -> f64 {
    if values.iter().any(|value| value.is_nan()) {
        return f64::NAN;
    }
    let median = |mut values: Vec<f64>| {
        values.sort_by(f64::total_cmp);
        quantile_of_sorted(0.5, &values)
    };
    let middle = median(values.to_vec());
    median(values.iter().map(|value| (value - middle).abs()).collect())
}
