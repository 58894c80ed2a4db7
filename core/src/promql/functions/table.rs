//! The one list of functions, sorted by name: a function is its drawer and one line here.

use super::Function;
use super::{clamp, date, mathematics, moment, trigonometry};

static TABLE: &[Function] = &[
    mathematics::ABS,
    trigonometry::ACOS,
    trigonometry::ACOSH,
    trigonometry::ASIN,
    trigonometry::ASINH,
    trigonometry::ATAN,
    trigonometry::ATANH,
    mathematics::CEIL,
    clamp::CLAMP,
    clamp::CLAMP_MAX,
    clamp::CLAMP_MIN,
    trigonometry::COS,
    trigonometry::COSH,
    date::DAY_OF_MONTH,
    date::DAY_OF_WEEK,
    date::DAY_OF_YEAR,
    date::DAYS_IN_MONTH,
    trigonometry::DEG,
    moment::END,
    mathematics::EXP,
    mathematics::FLOOR,
    date::HOUR,
    mathematics::LN,
    mathematics::LOG10,
    mathematics::LOG2,
    date::MINUTE,
    date::MONTH,
    moment::PI,
    trigonometry::RAD,
    moment::RANGE,
    clamp::ROUND,
    mathematics::SGN,
    trigonometry::SIN,
    trigonometry::SINH,
    mathematics::SQRT,
    moment::START,
    moment::STEP,
    trigonometry::TAN,
    trigonometry::TANH,
    moment::TIME,
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
        let plain = |function: &Function| function.name.replace('_', "");
        for pair in TABLE.windows(2) {
            assert!(plain(&pair[0]) < plain(&pair[1]), "{} before {}", pair[0].name, pair[1].name);
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
