//! The one list of functions, sorted by name: a function is its drawer and one line here.

use super::Function;
use super::{
    absent, average, changes, clamp, date, delta, deviation, extremum, histogram_fraction,
    histogram_quantile, histogram_statistics, info, label_replace, mathematics, moment, quantile, rate,
    regression, scalar, smoothing, sort, sum, timestamp, trigonometry, window_ends,
};

static TABLE: &[Function] = &[
    mathematics::ABS,
    absent::ABSENT,
    absent::ABSENT_OVER_TIME,
    trigonometry::ACOS,
    trigonometry::ACOSH,
    trigonometry::ASIN,
    trigonometry::ASINH,
    trigonometry::ATAN,
    trigonometry::ATANH,
    average::AVG_OVER_TIME,
    mathematics::CEIL,
    changes::CHANGES,
    clamp::CLAMP,
    clamp::CLAMP_MAX,
    clamp::CLAMP_MIN,
    trigonometry::COS,
    trigonometry::COSH,
    sum::COUNT_OVER_TIME,
    date::DAY_OF_MONTH,
    date::DAY_OF_WEEK,
    date::DAY_OF_YEAR,
    date::DAYS_IN_MONTH,
    trigonometry::DEG,
    delta::DELTA,
    regression::DERIV,
    smoothing::DOUBLE_EXPONENTIAL_SMOOTHING,
    moment::END,
    mathematics::EXP,
    window_ends::FIRST_OVER_TIME,
    mathematics::FLOOR,
    histogram_statistics::HISTOGRAM_AVG,
    histogram_statistics::HISTOGRAM_COUNT,
    histogram_fraction::HISTOGRAM_FRACTION,
    histogram_quantile::HISTOGRAM_QUANTILE,
    histogram_quantile::HISTOGRAM_QUANTILES,
    histogram_statistics::HISTOGRAM_STDDEV,
    histogram_statistics::HISTOGRAM_STDVAR,
    histogram_statistics::HISTOGRAM_SUM,
    date::HOUR,
    delta::IDELTA,
    rate::INCREASE,
    info::INFO,
    delta::IRATE,
    label_replace::LABEL_JOIN,
    label_replace::LABEL_REPLACE,
    window_ends::LAST_OVER_TIME,
    mathematics::LN,
    mathematics::LOG10,
    mathematics::LOG2,
    deviation::MAD_OVER_TIME,
    scalar::MAX_OF,
    extremum::MAX_OVER_TIME,
    scalar::MIN_OF,
    extremum::MIN_OVER_TIME,
    date::MINUTE,
    date::MONTH,
    moment::PI,
    regression::PREDICT_LINEAR,
    sum::PRESENT_OVER_TIME,
    quantile::QUANTILE_OVER_TIME,
    trigonometry::RAD,
    moment::RANGE,
    rate::RATE,
    changes::RESETS,
    clamp::ROUND,
    scalar::SCALAR_OF,
    mathematics::SGN,
    trigonometry::SIN,
    trigonometry::SINH,
    sort::SORT,
    sort::SORT_BY_LABEL,
    sort::SORT_BY_LABEL_DESC,
    sort::SORT_DESC,
    mathematics::SQRT,
    moment::START,
    timestamp::START_TIMESTAMP,
    deviation::STDDEV_OVER_TIME,
    deviation::STDVAR_OVER_TIME,
    moment::STEP,
    sum::SUM_OVER_TIME,
    trigonometry::TAN,
    trigonometry::TANH,
    moment::TIME,
    timestamp::TIMESTAMP,
    window_ends::TS_OF_FIRST_OVER_TIME,
    window_ends::TS_OF_LAST_OVER_TIME,
    extremum::TS_OF_MAX_OVER_TIME,
    extremum::TS_OF_MIN_OVER_TIME,
    scalar::VECTOR_OF,
    date::YEAR,
];

/// All functions in order of their names.
#[must_use]
pub fn all() -> &'static [Function] {
    TABLE
}

/// The function called `name`; names are case-sensitive.
#[must_use]
pub fn find(name: &str) -> Option<&'static Function> {
    TABLE.iter().find(|function| function.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::promql::functions::Optional;

    #[test]
    fn every_name_stands_once_and_in_order() {
        for pair in TABLE.windows(2) {
            assert!(pair[0].name < pair[1].name, "{} before {}", pair[0].name, pair[1].name);
        }
        for function in TABLE {
            assert!(std::ptr::eq(find(function.name).unwrap(), function));
            if let Optional::Last(count) = function.optional {
                assert!(count <= function.arguments.len(), "{}", function.name);
            }
        }
        assert!(find("ABS").is_none() && find("").is_none());
    }
}
