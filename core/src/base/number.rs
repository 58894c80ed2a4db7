//! Floats as Prometheus has them: the stale marker, one canonical NaN, compensated sums, Go's ways of printing.

use std::fmt::Write as _;

use super::bytes::byte_of;

/// The bit pattern that marks a series as stale from its timestamp on (Prometheus `value.StaleNaN`).
pub const STALE_NAN_BITS: u64 = 0x7ff0_0000_0000_0002;
/// The one NaN that is stored and hashed for every NaN that is not the stale marker (Prometheus `value.NormalNaN`).
pub const NORMAL_NAN_BITS: u64 = 0x7ff8_0000_0000_0001;

/// The stale marker as a float.
#[must_use]
pub fn stale_nan() -> f64 {
    f64::from_bits(STALE_NAN_BITS)
}

/// Whether the value is the stale marker (an ordinary NaN is not).
#[must_use]
pub fn is_stale(value: f64) -> bool {
    value.to_bits() == STALE_NAN_BITS
}

/// The value itself, or the one canonical NaN for any NaN but the stale marker.
///
/// NaNs made by the processor differ in sign and payload between machines, and between run time and constant
/// folding; stored and hashed values must not.
#[must_use]
pub fn canonical(value: f64) -> f64 {
    if value.is_nan() && !is_stale(value) { f64::from_bits(NORMAL_NAN_BITS) } else { value }
}

/// One step of Neumaier's compensated sum, as Prometheus's `kahansum.Inc`: adds `value` to `sum` with the lost low
/// part collected in `compensation`. The total is `sum + compensation`.
pub fn add_compensated(value: f64, sum: &mut f64, compensation: &mut f64) {
    let total = *sum + value;
    if total.is_infinite() {
        *compensation = 0.0;
    } else if sum.abs() >= value.abs() {
        *compensation += (*sum - total) + value;
    } else {
        *compensation += (value - total) + *sum;
    }
    *sum = total;
}

/// Whether two numbers differ by no more than `relative` of their magnitude (Prometheus `almost.Equal`): all NaN but
/// the stale marker are equal, zero is equal only to what is as small as the smallest normal float.
#[must_use]
pub fn almost_equal(left: f64, right: f64, relative: f64) -> bool {
    if is_stale(left) || is_stale(right) {
        return is_stale(left) && is_stale(right);
    }
    if left.is_nan() && right.is_nan() || left == right {
        return true;
    }
    let (sum, difference) = (left.abs() + right.abs(), (left - right).abs());
    if left == 0.0 || right == 0.0 || sum < f64::MIN_POSITIVE {
        return difference < relative * f64::MIN_POSITIVE;
    }
    difference / sum.min(f64::MAX) < relative
}

/// Shortest decimal digits that read back as the same float, with the exponent of the first digit:
/// `123.4` gives (`"1234"`, 2).
fn shortest_digits(magnitude: f64) -> (String, i32) {
    let text = format!("{magnitude:e}");
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    (mantissa.replace('.', ""), exponent.parse().unwrap_or(0))
}

fn special(value: f64) -> Option<&'static str> {
    if value.is_nan() {
        Some("NaN")
    } else if value == f64::INFINITY {
        Some("+Inf")
    } else if value == f64::NEG_INFINITY {
        Some("-Inf")
    } else {
        None
    }
}

/// Prints with an exponent of at least two digits, as Go's `'e'` format: `1.5e+09`.
fn print_exponent(value: f64) -> String {
    let (digits, exponent) = shortest_digits(value.abs());
    let mut text = String::new();
    if value.is_sign_negative() {
        text.push('-');
    }
    text.push_str(&digits[..1]);
    if digits.len() > 1 {
        text.push('.');
        text.push_str(&digits[1..]);
    }
    let sign = if exponent < 0 { '-' } else { '+' };
    let _ = write!(text, "e{sign}{:02}", exponent.abs());
    text
}

/// Prints without an exponent, as Go's `FormatFloat(v, 'f', -1, 64)`: `1500000000`, `0.000001`, `+Inf`, `NaN`.
#[must_use]
pub fn print_plain(value: f64) -> String {
    special(value).map_or_else(|| format!("{value}"), str::to_owned)
}

/// Prints as Go's `FormatFloat(v, 'g', -1, 64)`, the form of exposition pages and of PromQL's printer: with an
/// exponent from 1e6 on and below 1e-4 (`1e+06`, `1.234567e+06`, `123456`).
#[must_use]
pub fn print_general(value: f64) -> String {
    if let Some(text) = special(value) {
        return text.to_owned();
    }
    if value == 0.0 {
        return if value.is_sign_negative() { "-0".to_owned() } else { "0".to_owned() };
    }
    let (_, exponent) = shortest_digits(value.abs());
    // For the shortest form Go decides as if six digits had been asked for.
    if (-4..6).contains(&exponent) { format!("{value}") } else { print_exponent(value) }
}

/// Prints as `le` and `quantile` are printed in OpenMetrics: as [`print_general`], whole numbers with `.0`.
#[must_use]
pub fn print_open_metrics(value: f64) -> String {
    let mut text = print_general(value);
    if value.is_finite() && !text.contains(['e', '.']) {
        text.push_str(".0");
    }
    text
}

/// Prints as Prometheus's HTTP API prints sample values: plain, but with an exponent below 1e-6 and from 1e21 on.
#[must_use]
pub fn print_api(value: f64) -> String {
    if let Some(text) = special(value) {
        return text.to_owned();
    }
    let magnitude = value.abs();
    if magnitude != 0.0 && !(1e-6..1e21).contains(&magnitude) {
        // encoding/json's form: the exponent loses its leading zero (1e-07 becomes 1e-7).
        let text = print_exponent(value);
        return text.replace("e-0", "e-");
    }
    format!("{value}")
}

/// Quotes as Go's `strconv.Quote`: double quotes with Go's escapes, also for bytes that are no UTF-8; printable Unicode
/// stays as it is.
#[must_use]
pub fn quote(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\u{7}' => quoted.push_str("\\a"),
            '\u{8}' => quoted.push_str("\\b"),
            '\u{c}' => quoted.push_str("\\f"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '\u{b}' => quoted.push_str("\\v"),
            c if (c as u32) < 0x20 || c as u32 == 0x7f => {
                let _ = write!(quoted, "\\x{:02x}", c as u32);
            }
            c if byte_of(c).is_some() => {
                let _ = write!(quoted, "\\x{:02x}", byte_of(c).unwrap_or_default());
            }
            c if is_unprintable(c) => {
                let code = c as u32;
                let _ = if code < 0x1_0000 {
                    write!(quoted, "\\u{code:04x}")
                } else {
                    write!(quoted, "\\U{code:08x}")
                };
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// The unprintable characters that occur in practice: C1 controls, separators, marks of direction, byte order marks,
/// surrogate-like and private areas.
fn is_unprintable(c: char) -> bool {
    matches!(c as u32, 0x80..=0xa0 | 0xad | 0x2000..=0x200f | 0x2028..=0x202f | 0x205f..=0x206f | 0x3000
        | 0xe000..=0xf8ff | 0xfeff | 0xfff9..=0xfffb | 0xffff_u32 | 0xfffe | 0xe0000..=0x10_ffff)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearly_equal_is_relative_and_zero_is_strict() {
        assert!(almost_equal(1.0, 1.000_000_1, 1e-6) && !almost_equal(1.0, 1.000_01, 1e-6));
        assert!(!almost_equal(0.0, 1e-17, 1e-6) && almost_equal(0.0, -0.0, 1e-6));
        assert!(almost_equal(f64::NAN, -f64::NAN, 1e-6) && !almost_equal(f64::NAN, stale_nan(), 1e-6));
        assert!(
            almost_equal(f64::INFINITY, f64::INFINITY, 1e-6) && !almost_equal(f64::MAX, f64::INFINITY, 1e-6)
        );
    }

    #[test]
    fn quantile_labels_always_look_like_floats() {
        for (value, text) in
            [(1.0, "1.0"), (0.5, "0.5"), (1e6, "1e+06"), (f64::INFINITY, "+Inf"), (0.0, "0.0")]
        {
            assert_eq!(print_open_metrics(value), text);
        }
    }

    #[test]
    fn prints_as_go_does() {
        for (value, general, plain, api) in [
            (0.0, "0", "0", "0"),
            (-0.0, "-0", "-0", "-0"),
            (1.5, "1.5", "1.5", "1.5"),
            (1e6, "1e+06", "1000000", "1000000"),
            (1_234_567.0, "1.234567e+06", "1234567", "1234567"),
            (123_456.0, "123456", "123456", "123456"),
            (1e21, "1e+21", "1000000000000000000000", "1e+21"),
            (0.0001, "0.0001", "0.0001", "0.0001"),
            (0.00001, "1e-05", "0.00001", "0.00001"),
            (1e-7, "1e-07", "0.0000001", "1e-7"),
            (1e-10, "1e-10", "0.0000000001", "1e-10"),
            (f64::INFINITY, "+Inf", "+Inf", "+Inf"),
            (f64::NEG_INFINITY, "-Inf", "-Inf", "-Inf"),
            (f64::NAN, "NaN", "NaN", "NaN"),
        ] {
            assert_eq!(print_general(value), general);
            assert_eq!(print_plain(value), plain);
            assert_eq!(print_api(value), api);
        }
    }

    #[test]
    fn one_nan_but_the_stale_marker() {
        assert_eq!(canonical(-f64::NAN).to_bits(), NORMAL_NAN_BITS);
        assert_eq!(canonical(stale_nan()).to_bits(), STALE_NAN_BITS);
        assert_eq!(canonical(1.0), 1.0);
    }

    #[test]
    fn compensated_sum_keeps_the_low_part() {
        let (mut sum, mut compensation) = (0.0, 0.0);
        for value in [1.0, 1e100, 1.0, -1e100] {
            add_compensated(value, &mut sum, &mut compensation);
        }
        assert_eq!(sum + compensation, 2.0);
    }

    #[test]
    fn quotes_as_go_does() {
        assert_eq!(quote("a\"b\\\n\u{1}é한\u{200b}"), "\"a\\\"b\\\\\\n\\x01é한\\u200b\"");
    }
}
