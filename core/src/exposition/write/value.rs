//! Numbers, names and label sets as both formats print them.

use std::fmt::Write as _;

use crate::base::time::Timestamp;
use crate::model::labels::{Labels, is_plain_label_name, is_plain_metric_name};

/// A float as OpenMetrics wants it, always recognisable as one: `1.0`, `0.25`, `1e+06`, `+Inf`.
#[must_use]
pub fn openmetrics_float(value: f64) -> String {
    let mut text = String::new();
    push_float(&mut text, value);
    push_point(&mut text, 0, value);
    text
}

/// Adds a float as OpenMetrics wants it.
pub(super) fn push_openmetrics_float(page: &mut String, value: f64) {
    let start = page.len();
    push_float(page, value);
    push_point(page, start, value);
}

fn push_point(page: &mut String, start: usize, value: f64) {
    if value.is_finite() && !page[start..].contains(['.', 'e']) {
        page.push_str(".0");
    }
}

/// Adds a float as Go's `FormatFloat(v, 'g', -1, 64)`, as `base::number::print_general` does, without an allocation.
pub(in crate::exposition) fn push_float(page: &mut String, value: f64) {
    let magnitude = value.abs();
    let written = if value.is_nan() {
        page.push_str("NaN");
        Ok(())
    } else if value.is_infinite() {
        page.push_str(if value > 0.0 { "+Inf" } else { "-Inf" });
        Ok(())
    } else if value == magnitude.trunc() && value.is_sign_positive() && value < 1e6 {
        push_digits(page, value as u32);
        Ok(())
    } else if value == 0.0 || (1e-4..1e6).contains(&magnitude) {
        write!(page, "{value}")
    } else {
        let start = page.len();
        let written = write!(page, "{value:e}");
        two_digit_exponent(page, start);
        written
    };
    debug_assert!(written.is_ok(), "writing to a String does not fail");
}

/// Adds a whole number below a million: most values of a page are, and the general way takes thrice as long.
fn push_digits(page: &mut String, mut number: u32) {
    let mut digits = [b'0'; 6];
    let mut first = digits.len();
    while first == digits.len() || number > 0 {
        first -= 1;
        digits[first] = b'0' + (number % 10) as u8;
        number /= 10;
    }
    page.push_str(std::str::from_utf8(&digits[first..]).unwrap_or_default());
}

/// Turns Rust's `1.5e9` into Go's `1.5e+09`.
fn two_digit_exponent(page: &mut String, start: usize) {
    let Some(mark) = page[start..].find('e').map(|at| start + at + 1) else { return };
    let negative = page[mark..].starts_with('-');
    let digits = mark + usize::from(negative);
    if page.len() - digits == 1 {
        page.insert(digits, '0');
    }
    if !negative {
        page.insert(mark, '+');
    }
}

/// Adds an instant in seconds with three decimals: `1520879607.789`.
pub(in crate::exposition) fn push_seconds(page: &mut String, at: Timestamp) {
    let sign = if at.0 < 0 { "-" } else { "" };
    let millis = at.0.unsigned_abs();
    let written = write!(page, "{sign}{}.{:03}", millis / 1000, millis % 1000);
    debug_assert!(written.is_ok(), "writing to a String does not fail");
}

/// A series to be printed: a name in two parts, labels, and which of them goes last in which form.
pub(super) struct Series<'a> {
    pub(super) name: &'a str,
    /// Whether the name can stand before the braces; asked once a family.
    pub(super) is_plain: bool,
    pub(super) suffix: &'a str,
    pub(super) labels: &'a Labels,
    /// `le` or `quantile`: client libraries write it after the others.
    pub(super) bound: Option<&'static str>,
    /// Whether the bound is written as a float.
    pub(super) float_bound: bool,
}

/// Adds `name{label="value",…}`; a name that is not a plain one goes, quoted, between the braces.
pub(super) fn push_series(page: &mut String, series: &Series<'_>) {
    if series.is_plain {
        page.push_str(series.name);
        page.push_str(series.suffix);
    }
    let mut opener = '{';
    if !series.is_plain {
        page.push_str("{\"");
        push_escaped(page, series.name, true);
        page.push_str(series.suffix);
        page.push('"');
        opener = ',';
    }
    let mut bound = None;
    for label in series.labels {
        if series.bound.is_some_and(|name| *name == *label.name) {
            bound = Some(label);
            continue;
        }
        push_label(page, opener, &label.name, &label.value);
        opener = ',';
    }
    if let Some(label) = bound {
        match label.value.parse() {
            Ok(bound) if series.float_bound => {
                push_label(page, opener, &label.name, &openmetrics_float(bound))
            }
            _ => push_label(page, opener, &label.name, &label.value),
        }
        opener = ',';
    }
    if opener == ',' {
        page.push('}');
    }
}

/// Adds a label set between braces, an empty pair where it is empty.
pub(super) fn push_exemplar_labels(page: &mut String, labels: &Labels) {
    page.push('{');
    for (index, label) in labels.iter().enumerate() {
        if index > 0 {
            page.push(',');
        }
        push_pair(page, &label.name, &label.value);
    }
    page.push('}');
}

fn push_label(page: &mut String, opener: char, name: &str, value: &str) {
    page.push(opener);
    push_pair(page, name, value);
}

fn push_pair(page: &mut String, name: &str, value: &str) {
    if is_plain_label_name(name) {
        page.push_str(name);
    } else {
        page.push('"');
        push_escaped(page, name, true);
        page.push('"');
    }
    page.push_str("=\"");
    push_escaped(page, value, true);
    page.push('"');
}

/// Adds a family's name as metadata lines have it.
pub(super) fn push_family_name(page: &mut String, name: &str) {
    if is_plain_metric_name(name) {
        page.push_str(name);
    } else {
        page.push('"');
        push_escaped(page, name, true);
        page.push('"');
    }
}

/// Adds a text with backslashes, newlines and, where asked, quotes escaped.
pub(super) fn push_escaped(page: &mut String, text: &str, quotes: bool) {
    let mut rest = text;
    let special = |byte: &u8| *byte == b'\\' || *byte == b'\n' || (quotes && *byte == b'"');
    while let Some(at) = rest.as_bytes().iter().position(special) {
        page.push_str(&rest[..at]);
        page.push_str(match rest.as_bytes()[at] {
            b'\\' => "\\\\",
            b'\n' => "\\n",
            _ => "\\\"",
        });
        rest = &rest[at + 1..];
    }
    page.push_str(rest);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::base::number::print_general;

    proptest! {
        #[test]
        fn floats_print_as_go_prints_them(bits: u64, small in -2_000_000_i64..2_000_000) {
            for value in [f64::from_bits(bits), small as f64, small as f64 / 1000.0] {
                let mut text = String::new();
                push_float(&mut text, value);
                prop_assert_eq!(text, print_general(value));
            }
        }
    }

    #[test]
    fn openmetrics_floats_look_like_floats() {
        for (value, text) in [
            (1.0, "1.0"),
            (-0.0, "-0.0"),
            (0.25, "0.25"),
            (1e6, "1e+06"),
            (f64::INFINITY, "+Inf"),
            (123.0, "123.0"),
        ] {
            assert_eq!(openmetrics_float(value), text);
        }
    }
}
