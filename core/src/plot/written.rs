//! Numbers as they are written beside an axis and in a legend: grouped thousands, no idle zeros. Knows no unit.

use crate::base::number::print_plain;

/// Without zeros at the end of its decimals.
pub(super) fn trimmed(number: &str) -> &str {
    if number.contains('.') { number.trim_end_matches('0').trim_end_matches('.') } else { number }
}

/// As [`group_thousands`], and never a minus before nothing but zeros.
pub(super) fn grouped(number: &str) -> String {
    let is_zero = number.bytes().all(|byte| matches!(byte, b'-' | b'0' | b'.'));
    group_thousands(if is_zero { number.trim_start_matches('-') } else { number })
}

/// A finite value with six digits, thousands grouped.
pub(super) fn six_digits(value: f64) -> String {
    let magnitude = value.abs();
    if value == 0.0 {
        return "0".to_owned();
    }
    if !(1e-4..1e15).contains(&magnitude) {
        return format!("{value:.5e}");
    }
    let whole_digits = print_plain(libm::trunc(magnitude)).len();
    let decimals = if magnitude < 1.0 { 6 } else { 6_usize.saturating_sub(whole_digits) };
    grouped(trimmed(&format!("{value:.decimals$}")))
}

/// Sets commas between groups of three digits before the point: `-12345.67` becomes `-12,345.67`. Texts that are no
/// plain number stay as they are.
#[must_use]
pub fn group_thousands(number: &str) -> String {
    let (sign, rest) = number.strip_prefix('-').map_or(("", number), |rest| ("-", rest));
    let whole = rest.split('.').next().unwrap_or(rest);
    if whole.is_empty() || !rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
        return number.to_owned();
    }
    let mut grouped = String::from(sign);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped.push_str(&rest[whole.len()..]);
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_grouped_before_the_point_only() {
        for (number, grouped) in [
            ("1234567.8901", "1,234,567.8901"),
            ("-123", "-123"),
            ("1000", "1,000"),
            ("NaN", "NaN"),
            ("1e+06", "1e+06"),
        ] {
            assert_eq!(group_thousands(number), grouped);
        }
    }

    #[test]
    fn six_digits_and_no_minus_before_zero() {
        for (value, shown) in [(0.1 + 0.2, "0.3"), (1e-9, "1.00000e-9"), (-1234.5, "-1,234.5"), (-0.0, "0")] {
            assert_eq!(six_digits(value), shown);
        }
        assert_eq!(grouped("-0.00"), "0.00");
    }
}
