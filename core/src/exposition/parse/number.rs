//! Numbers of a page as Go's `strconv` reads them, with its words for what is no number.

use super::error::quote_bytes;
use crate::base::number::canonical;

/// Reads a float as Prometheus does: decimal forms, `Inf` and `NaN` in any case; no hexadecimal form, no
/// underscores. A NaN becomes the canonical one.
///
/// # Errors
/// In Go's words, when it is no number or beyond the largest one.
pub(crate) fn parse_float(text: &[u8]) -> Result<f64, String> {
    if let Some(small) = parse_small_integer(text) {
        return Ok(small);
    }
    if text.iter().any(|byte| matches!(byte, b'p' | b'P' | b'_')) {
        return Err("unsupported character in float".to_owned());
    }
    let failed = |why| Err(format!("strconv.ParseFloat: parsing {}: {why}", quote_bytes(text)));
    let digits = text.strip_prefix(b"-").or_else(|| text.strip_prefix(b"+")).unwrap_or(text);
    let signed_nan = digits.len() < text.len() && digits.eq_ignore_ascii_case(b"nan");
    match std::str::from_utf8(text).ok().and_then(|text| text.parse::<f64>().ok()) {
        Some(value)
            if value.is_infinite() && digits.first().is_some_and(|byte| !byte.is_ascii_alphabetic()) =>
        {
            failed("value out of range")
        }
        Some(value) if !signed_nan => Ok(canonical(value)),
        _ => failed("invalid syntax"),
    }
}

/// Most values of a page are small whole numbers: exact without the general algorithm.
fn parse_small_integer(text: &[u8]) -> Option<f64> {
    if text.is_empty() || text.len() > 15 {
        return None;
    }
    let mut number: u64 = 0;
    for byte in text {
        if !byte.is_ascii_digit() {
            return None;
        }
        number = number * 10 + u64::from(byte - b'0');
    }
    Some(number as f64)
}

/// Reads the milliseconds of the text format: digits alone reach here.
///
/// # Errors
/// In Go's words, when the number does not fit.
pub(super) fn parse_integer(digits: &[u8]) -> Result<i64, String> {
    let number = std::str::from_utf8(digits).ok().and_then(|digits| digits.parse().ok());
    number.ok_or_else(|| format!("strconv.ParseInt: parsing {}: value out of range", quote_bytes(digits)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::number::NORMAL_NAN_BITS;

    #[test]
    fn reads_what_go_reads() {
        for (text, value) in [
            ("0", 0.0),
            ("123456789012345", 123_456_789_012_345.0),
            ("-7", -7.0),
            ("+.5e1", 5.0),
            ("5.", 5.0),
            ("-Inf", f64::NEG_INFINITY),
            ("iNfInItY", f64::INFINITY),
            ("4.9351e-05", 4.9351e-05),
            ("1e-400", 0.0),
        ] {
            assert_eq!(parse_float(text.as_bytes()), Ok(value), "{text}");
        }
        assert_eq!(parse_float(b"nAn").map(f64::to_bits), Ok(NORMAL_NAN_BITS));
        assert!(parse_float(b"-0").is_ok_and(|zero| zero.is_sign_negative()));
    }

    #[test]
    fn refuses_in_gos_words() {
        for (text, why) in [
            ("true", r#"strconv.ParseFloat: parsing "true": invalid syntax"#),
            ("-nan", r#"strconv.ParseFloat: parsing "-nan": invalid syntax"#),
            ("1e999", r#"strconv.ParseFloat: parsing "1e999": value out of range"#),
            ("0x10", r#"strconv.ParseFloat: parsing "0x10": invalid syntax"#),
            ("0x1p-3", "unsupported character in float"),
            ("1_2", "unsupported character in float"),
        ] {
            assert_eq!(parse_float(text.as_bytes()), Err(why.to_owned()), "{text}");
        }
        assert!(parse_integer(b"99999999999999999999").is_err());
    }
}
