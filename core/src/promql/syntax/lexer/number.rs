//! Numbers and durations: finding their end, and a number's value.

use super::super::token::TokenKind;
use super::{Characters, LexError, is_word};
use crate::base::number::quote;

/// Takes a number or a duration.
pub fn number_or_duration(characters: &mut Characters) -> Result<TokenKind, LexError> {
    if scan(characters, false) {
        return Ok(TokenKind::Number);
    }
    if rest_of_duration(characters) { Ok(TokenKind::Duration) } else { Err(LexError::Number) }
}

/// Takes a number; a hexadecimal one only outside series notation, where `0x5` repeats a zero.
pub fn number(characters: &mut Characters) -> Result<TokenKind, LexError> {
    if scan(characters, true) { Ok(TokenKind::Number) } else { Err(LexError::NumberOnly) }
}

/// Takes what looks like a number; false where something stands in it that may not.
fn scan(characters: &mut Characters, series: bool) -> bool {
    let before = characters.rest().len();
    let hexadecimal = !series && characters.accept('0') && characters.accept_if(|c| c == 'x' || c == 'X');
    if hexadecimal {
        characters.accept('_');
    }
    let is_digit = |c: char| if hexadecimal { c.is_ascii_hexdigit() } else { c.is_ascii_digit() };
    characters.accept('.');
    characters.accept_if(is_digit);
    let (mut seen_dot, mut seen_exponent) = (false, false);
    while let Some(next) = characters.peek() {
        match next {
            '.' => {
                characters.next();
                if seen_dot || characters.accept_if(|c| c == '_' || c == '.') || hexadecimal {
                    return false;
                }
                seen_dot = true;
            }
            'e' | 'E' => {
                characters.next();
                if seen_exponent {
                    return false;
                }
                seen_exponent = true;
                characters.accept_if(|c| c == '+' || c == '-');
                if ends_badly(characters) {
                    return false;
                }
            }
            '_' => {
                characters.next();
                if ends_badly(characters) {
                    return false;
                }
            }
            // An `e` that opens a run of hexadecimal digits was taken for an exponent above, as Prometheus does.
            c if is_digit(c) => {
                characters.skip_while(is_digit);
            }
            _ => break,
        }
    }
    let next = characters.peek();
    characters.rest().len() != before && (next.is_none_or(|c| !is_word(c)) || (series && next == Some('x')))
}

/// Behind an exponent or an underscore there must be a digit.
fn ends_badly(characters: &mut Characters) -> bool {
    characters.accept_if(|c| matches!(c, '.' | '_' | 'e' | 'E')) || characters.peek().is_none()
}

/// Takes the unit behind a number, and further numbers with units. A unit may be wrong still (`hs`): its value says so.
fn rest_of_duration(characters: &mut Characters) -> bool {
    let unit = |characters: &mut Characters, units: &str| {
        let found = characters.accept_if(|c| units.contains(c));
        if found {
            characters.accept('s');
        }
        found
    };
    if !unit(characters, "smhdwy") {
        return false;
    }
    while characters.skip_while(|c| c.is_ascii_digit()) > 0 {
        if !unit(characters, "smhdw") {
            return false;
        }
    }
    // A letter behind it is shown in the error.
    !characters.accept_if(is_word)
}

/// The value of a number as written: Go's integers of any base first, then its floats.
///
/// # Errors
/// Go's message, when it is no number after all (`0x`) or too large.
pub fn value(written: &str) -> Result<f64, String> {
    if let Some(integer) = integer(written) {
        return Ok(integer as f64);
    }
    let lower = written.to_ascii_lowercase();
    let well_formed = underscores_separate(&lower)
        && (matches!(&*lower, "inf" | "nan") || !lower.starts_with("0x") && lower != ".");
    let float = if well_formed { lower.replace('_', "").parse::<f64>().ok() } else { None };
    match float {
        None => Err(format!("strconv.ParseFloat: parsing {}: invalid syntax", quote(written))),
        Some(value) if value.is_infinite() && lower != "inf" => {
            Err(format!("strconv.ParseFloat: parsing {}: value out of range", quote(written)))
        }
        Some(value) => Ok(value),
    }
}

/// Go's `ParseInt` with base 0: a leading `0x` or `0` tells the base.
fn integer(written: &str) -> Option<i64> {
    let lower = written.to_ascii_lowercase();
    if !underscores_separate(&lower) {
        return None;
    }
    let plain = lower.replace('_', "");
    if let Some(digits) = plain.strip_prefix("0x") {
        return i64::from_str_radix(digits, 16).ok();
    }
    match plain.strip_prefix('0') {
        Some(digits) if !digits.is_empty() => i64::from_str_radix(digits, 8).ok(),
        _ => plain.parse().ok(),
    }
}

/// Underscores stand between digits only, or between `0x` and a digit.
fn underscores_separate(lower: &str) -> bool {
    let (hexadecimal, digits) = lower.strip_prefix("0x").map_or((false, lower), |digits| (true, digits));
    let is_digit = |c: u8| if hexadecimal { c.is_ascii_hexdigit() } else { c.is_ascii_digit() };
    let bytes = digits.as_bytes();
    bytes.iter().enumerate().filter(|(_, byte)| **byte == b'_').all(|(at, _)| {
        let before = at.checked_sub(1).map_or(hexadecimal, |before| is_digit(bytes[before]));
        before && bytes.get(at + 1).is_some_and(|after| is_digit(*after))
    })
}

#[cfg(test)]
mod tests {
    use super::value;

    #[test]
    fn values_of_numbers() {
        for (written, expected) in [
            ("1", 1.0),
            (".5", 0.5),
            ("5.", 5.0),
            ("1e3", 1000.0),
            ("1_000", 1000.0),
            ("0x1F", 31.0),
            ("0x_1F", 31.0),
            ("0755", 493.0),
            ("08", 8.0),
            ("00_1_23_4.56_7_8", 1234.5678),
            ("9223372036854775808", 9_223_372_036_854_775_808.0),
            ("Inf", f64::INFINITY),
            ("1e-999", 0.0),
        ] {
            assert_eq!(value(written), Ok(expected), "{written}");
        }
        assert!(value("nan").is_ok_and(f64::is_nan));
    }

    #[test]
    fn what_is_no_number() {
        let error = |written, why| Err(format!("strconv.ParseFloat: parsing \"{written}\": {why}"));
        assert_eq!(value("1e999"), error("1e999", "value out of range"));
        assert_eq!(value("0x"), error("0x", "invalid syntax"));
        assert_eq!(value("0xffffffffffffffffffff"), error("0xffffffffffffffffffff", "invalid syntax"));
    }
}
