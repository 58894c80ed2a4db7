//! `quantile_over_time`, and the quantile of sorted numbers that `quantile` uses too.

use super::{Body, Function, Remark, SCALAR, WINDOWS, WindowBody};
use crate::promql::eval::annotation::Note;
use crate::promql::eval::error::ErrorKind;

/// `quantile_over_time(φ, m)`: below or above all samples (∓Inf) where φ is not between 0 and 1.
pub const QUANTILE_OVER_TIME: Function = Function::new(
    "quantile_over_time",
    &[SCALAR, WINDOWS],
    Body::Window(
        &WindowBody::fresh(|window, scalars| {
            let mut values = window.values.to_vec();
            sort_with_nan_first(&mut values);
            Some(quantile_of_sorted(scalars[0], &values))
        })
        .inspect(inspect),
    ),
);

fn inspect(scalars: &[f64]) -> Result<Option<Remark>, ErrorKind> {
    Ok(invalid_quantile(scalars[0]).map(|note| Remark { argument: 0, note }))
}

/// What to say of a quantile that is none.
pub(crate) fn invalid_quantile(value: f64) -> Option<Note> {
    // Written so that NaN is invalid too.
    (!(0.0..=1.0).contains(&value)).then_some(Note::InvalidQuantile { value })
}

/// Sorts as Prometheus does for quantiles: NaN below every number.
pub(crate) fn sort_with_nan_first(values: &mut [f64]) {
    values.sort_by(|left, right| match (left.is_nan(), right.is_nan()) {
        (true, true) => std::cmp::Ordering::Equal,
        (true, false) => std::cmp::Ordering::Less,
        (false, true) => std::cmp::Ordering::Greater,
        (false, false) => left.total_cmp(right),
    });
}

/// The quantile of sorted numbers, between two of them in proportion; NaN of none.
pub(crate) fn quantile_of_sorted(quantile: f64, values: &[f64]) -> f64 {
    if values.is_empty() || quantile.is_nan() {
        return f64::NAN;
    }
    if quantile < 0.0 {
        return f64::NEG_INFINITY;
    }
    if quantile > 1.0 {
        return f64::INFINITY;
    }
    let rank = quantile * (values.len() - 1) as f64;
    let lower = libm::floor(rank).max(0.0);
    let upper = (lower as usize + 1).min(values.len() - 1);
    let weight = rank - lower;
    values[lower as usize] * (1.0 - weight) + values[upper] * weight
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lies_between_neighbours() {
        let values = [1.0, 2.0, 4.0];
        assert_eq!(quantile_of_sorted(0.0, &values), 1.0);
        assert_eq!(quantile_of_sorted(0.75, &values), 3.0);
        assert_eq!(quantile_of_sorted(1.0, &values), 4.0);
        assert_eq!(quantile_of_sorted(-0.1, &values), f64::NEG_INFINITY);
        assert_eq!(quantile_of_sorted(1.1, &values), f64::INFINITY);
        assert!(quantile_of_sorted(f64::NAN, &values).is_nan());
    }
}
