//! How numbers with units are written. Units are the same in both languages; words come from the texts.

use scrapeyard_core::base::number::print_plain;
use scrapeyard_core::base::time::Millis;
use scrapeyard_core::plot::group_thousands;

use super::Texts;

/// A length of time that has passed: `1.2 s ago`, `3 min ago`.
pub fn age(texts: &Texts, length: Millis) -> String {
    let seconds = length.0.max(0) as f64 / 1000.0;
    if seconds < 100.0 {
        return texts.with("age-seconds", &[("seconds", (&format!("{seconds:.1}")).into())]);
    }
    if seconds < 5400.0 {
        return texts.with("age-minutes", &[("minutes", (&format!("{:.0}", seconds / 60.0)).into())]);
    }
    if seconds >= 172_800.0 {
        return texts.with("age-days", &[("days", ((seconds / 86_400.0) as u64).into())]);
    }
    texts.with("age-hours", &[("hours", (&format!("{:.1}", seconds / 3600.0)).into())])
}

/// A duration: `3 ms`, `1.2 s`.
pub fn seconds(length: f64) -> String {
    let ms = length * 1000.0;
    if ms < 10.0 {
        format!("{ms:.1} ms")
    } else if ms < 1000.0 {
        format!("{ms:.0} ms")
    } else {
        format!("{length:.1} s")
    }
}

/// A size: `11.8 MB`.
pub fn bytes(size: f64) -> String {
    const UNITS: [(f64, &str); 3] = [(1e9, "GB"), (1e6, "MB"), (1e3, "kB")];
    let unit = UNITS.iter().find(|(unit, _)| size >= *unit);
    unit.map_or_else(|| format!("{size:.0} B"), |(unit, name)| format!("{:.1} {name}", size / unit))
}

/// Something a second: `5.4`, `0.03`, `0`.
pub fn rate(per_second: f64) -> String {
    if per_second == 0.0 {
        "0".to_owned()
    } else if per_second < 0.095 {
        format!("{per_second:.2}")
    } else if per_second < 100.0 {
        format!("{per_second:.1}")
    } else {
        group_thousands(&format!("{per_second:.0}"))
    }
}

/// A sample's value with six digits, thousands grouped. What is copied has them all.
pub fn value_shown(value: f64) -> String {
    let magnitude = value.abs();
    if !value.is_finite() || value == 0.0 {
        return print_plain(value);
    }
    if !(1e-4..1e15).contains(&magnitude) {
        return format!("{value:.5e}");
    }
    let whole_digits = print_plain(magnitude.trunc()).len();
    let decimals = if magnitude < 1.0 { 6 } else { 6_usize.saturating_sub(whole_digits) };
    let text = format!("{value:.decimals$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    group_thousands(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_digits_are_shown() {
        for (value, shown) in [
            (5.123_456_789, "5.12346"),
            (123_456_789.0, "123,456,789"),
            (0.1 + 0.2, "0.3"),
            (1e-9, "1.00000e-9"),
            (-1234.5, "-1,234.5"),
            (3.0, "3"),
            (f64::NAN, "NaN"),
            (f64::INFINITY, "+Inf"),
        ] {
            assert_eq!(value_shown(value), shown);
        }
    }

    #[test]
    fn units_follow_the_size() {
        assert_eq!((bytes(11_800_000.0), bytes(999.0)), ("11.8 MB".to_owned(), "999 B".to_owned()));
        assert_eq!(
            (seconds(0.0031), seconds(0.021), seconds(3.0)),
            ("3.1 ms".into(), "21 ms".into(), "3.0 s".into())
        );
        assert_eq!((rate(5.44), rate(0.03), rate(1234.0)), ("5.4".into(), "0.03".into(), "1,234".into()));
    }
}
