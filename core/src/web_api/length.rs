//! Lengths of time as the API reads them: seconds with a fraction, or a duration. In nanoseconds, as Prometheus has
//! them, so that a limit of time below a millisecond is one.

use super::time::go_float;
use crate::base::duration;
use crate::base::number::quote;

/// Reads a length in nanoseconds.
///
/// # Errors
/// When the text is none, in Prometheus's words.
pub fn parse(text: &str) -> Result<i64, String> {
    if let Some(seconds) = go_float(text) {
        let nanoseconds = seconds * 1e9;
        if nanoseconds > i64::MAX as f64 || nanoseconds < i64::MIN as f64 {
            return Err(format!("cannot parse {} to a valid duration. It overflows int64", quote(text)));
        }
        return Ok(nanoseconds as i64);
    }
    let millis = duration::parse(text).ok().and_then(|length| length.0.checked_mul(1_000_000));
    millis.ok_or_else(|| format!("cannot parse {} to a valid duration", quote(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_seconds_and_durations() {
        assert_eq!(parse("1.5"), Ok(1_500_000_000));
        assert_eq!(parse("-2"), Ok(-2_000_000_000));
        assert_eq!(parse("1h30m"), Ok(5_400_000_000_000));
        assert_eq!(
            parse("1e300"),
            Err("cannot parse \"1e300\" to a valid duration. It overflows int64".to_owned())
        );
        assert_eq!(parse("x"), Err("cannot parse \"x\" to a valid duration".to_owned()));
    }
}
