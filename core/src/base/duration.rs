//! Prometheus's way of writing a length of time (`1h30m`, `15s`, `0`), read and printed.
//! Does not read PromQL's duration *expressions* (`5m + 10s`): those belong to its parser.
//!
//! Source: prometheus/common `model/time.go` (units in falling order, each once, integers only; a year is 365 days).

use super::time::Millis;

/// Units in the order in which they must appear, with their length in milliseconds.
const UNITS: [(&str, i64); 7] = [
    ("y", 365 * 86_400_000),
    ("w", 7 * 86_400_000),
    ("d", 86_400_000),
    ("h", 3_600_000),
    ("m", 60_000),
    ("s", 1000),
    ("ms", 1),
];

/// Why a text is not a duration. Displays in Prometheus's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DurationError {
    /// Nothing was written.
    Empty,
    /// Not of the form; holds the whole text.
    Malformed(String),
    /// Of the form, but with a unit that there is not (`5hs`).
    UnknownUnit {
        /// The unit.
        unit: String,
        /// The whole text.
        whole: String,
    },
    /// Longer than 2^63 nanoseconds, about 292 years.
    OutOfRange,
}

impl std::fmt::Display for DurationError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Empty => f.write_str("empty duration string"),
            Self::Malformed(text) => {
                write!(f, "not a valid duration string: {}", super::number::quote(text))
            }
            Self::UnknownUnit { unit, whole } => {
                let (unit, whole) = (super::number::quote(unit), super::number::quote(whole));
                write!(f, "unknown unit {unit} in duration {whole}")
            }
            Self::OutOfRange => f.write_str("duration out of range"),
        }
    }
}

impl std::error::Error for DurationError {}

/// Reads `1y2w3d4h5m6s7ms` (any of its parts, in this order) or the bare `0`.
///
/// # Errors
/// When the text is empty, of another form, or longer than about 292 years.
pub fn parse(text: &str) -> Result<Millis, DurationError> {
    if text.is_empty() {
        return Err(DurationError::Empty);
    }
    if text == "0" {
        return Ok(Millis::ZERO);
    }
    let malformed = || DurationError::Malformed(text.to_owned());
    let mut rest = text;
    let mut next_unit = 0;
    let mut total: i64 = 0;
    while !rest.is_empty() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let letters = rest[digits..].bytes().take_while(|byte| !byte.is_ascii_digit()).count();
        let unit = &rest[digits..digits + letters];
        // Like Prometheus: a number of more than 64 bits is malformed, a smaller one may be out of range.
        let amount: u64 = rest[..digits].parse().map_err(|_| malformed())?;
        if unit.is_empty() {
            return Err(malformed());
        }
        let index = UNITS
            .iter()
            .position(|(name, _)| *name == unit)
            .ok_or_else(|| DurationError::UnknownUnit { unit: unit.to_owned(), whole: text.to_owned() })?;
        if index < next_unit {
            return Err(malformed());
        }
        let amount = i64::try_from(amount).map_err(|_| DurationError::OutOfRange)?;
        total = amount
            .checked_mul(UNITS[index].1)
            .and_then(|length| total.checked_add(length))
            .ok_or(DurationError::OutOfRange)?;
        next_unit = index + 1;
        rest = &rest[digits + letters..];
    }
    // Prometheus holds durations in nanoseconds.
    if total > i64::MAX / 1_000_000 {
        return Err(DurationError::OutOfRange);
    }
    Ok(Millis(total))
}

/// Prints as Prometheus does: years and weeks only where they divide the whole exactly (`90d`, not `12w6d`).
#[must_use]
pub fn print(length: Millis) -> String {
    if length == Millis::ZERO {
        return "0s".to_owned();
    }
    let mut rest = length.0.unsigned_abs();
    let mut text = if length.0 < 0 { "-".to_owned() } else { String::new() };
    for (index, (name, unit)) in UNITS.iter().enumerate() {
        let unit = unit.unsigned_abs();
        let only_if_exact = index < 2;
        if only_if_exact && !rest.is_multiple_of(unit) {
            continue;
        }
        if rest >= unit {
            text.push_str(&format!("{}{name}", rest / unit));
            rest %= unit;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_prints() {
        for text in ["1y", "1w", "3d", "1h30m", "15s", "1m500ms", "7ms", "0s", "2w", "25h"] {
            let length = parse(text).unwrap();
            assert_eq!(parse(&print(length)).unwrap(), length, "{text}");
        }
        assert_eq!(print(parse("90m").unwrap()), "1h30m");
        assert_eq!(print(parse("5y1h").unwrap()), "1825d1h");
        assert_eq!(print(parse("90d").unwrap()), "90d");
        assert_eq!(print(parse("1w1d").unwrap()), "8d");
        assert_eq!(print(Millis::from_secs(86_400 * 365)), "1y");
    }

    #[test]
    fn refuses_other_forms() {
        for text in ["1", "1m1m", "1s1m", "-1s", "s", "99999999999999999999y"] {
            assert!(matches!(parse(text), Err(DurationError::Malformed(_))), "{text}");
        }
        for text in ["1.5s", "1S", "1 s", "5x", "5hs"] {
            assert!(matches!(parse(text), Err(DurationError::UnknownUnit { .. })), "{text}");
        }
        assert_eq!(parse("5y1hs").unwrap_err().to_string(), "unknown unit \"hs\" in duration \"5y1hs\"");
        assert_eq!(parse(""), Err(DurationError::Empty));
        assert_eq!(parse("294y"), Err(DurationError::OutOfRange));
        assert_eq!(parse("9999999999999999999y"), Err(DurationError::OutOfRange));
    }
}
