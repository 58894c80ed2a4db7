//! Instants and limits as the API reads them.

use super::form::Form;
use super::reply::ApiError;
use crate::base::date::{civil, days_of};
use crate::base::number::quote;
use crate::base::time::Timestamp;

/// The instants that clients send for "from the beginning" and "to the end", as they write them.
const EARLIEST: (&str, Timestamp) = ("-292273086-05-16T16:47:06Z", Timestamp(-9_223_309_901_257_974_000));
const LATEST: (&str, Timestamp) =
    ("292277025-08-18T07:12:54.999999999Z", Timestamp(9_223_309_901_257_974_999));

/// Reads an instant: Unix seconds with a fraction, or RFC 3339; what is below a millisecond is cut off.
///
/// # Errors
/// When the text has neither form, in Prometheus's words.
pub fn parse(text: &str) -> Result<Timestamp, String> {
    if let Some(seconds) = go_float(text) {
        return Ok(of_seconds(seconds));
    }
    if let Some(at) = rfc3339(text) {
        return Ok(at);
    }
    [EARLIEST, LATEST]
        .into_iter()
        .find_map(|(known, at)| (known == text).then_some(at))
        .ok_or_else(|| format!("cannot parse {} to a valid timestamp", quote(text)))
}

/// A parameter with an instant, `default` where it is not given.
///
/// # Errors
/// When it is none.
pub(super) fn parameter(form: &Form, name: &str, default: Timestamp) -> Result<Timestamp, ApiError> {
    let text = form.first(name);
    if text.is_empty() {
        return Ok(default);
    }
    parse(text)
        .map_err(|reason| ApiError::parameter(name, &format!("invalid time value for '{name}': {reason}")))
}

/// The parameters `start` and `end`; all of time where they are not given.
///
/// # Errors
/// When one is no instant.
pub(super) fn span(form: &Form) -> Result<(Timestamp, Timestamp), ApiError> {
    Ok((parameter(form, "start", EARLIEST.1)?, parameter(form, "end", LATEST.1)?))
}

/// The parameter `limit`; 0 is none.
///
/// # Errors
/// When it is no number, or negative.
pub(super) fn limit(form: &Form) -> Result<usize, ApiError> {
    let text = form.first("limit");
    if text.is_empty() {
        return Ok(0);
    }
    let limit = go_integer(text, "Atoi", i64::MAX).map_err(|reason| ApiError::parameter("limit", &reason))?;
    usize::try_from(limit).map_err(|_| ApiError::parameter("limit", "limit must be non-negative"))
}

/// Reads a whole number of at most `most` with the words of Go's `strconv`.
///
/// # Errors
/// When the text is no number or it is too large.
pub(super) fn go_integer(text: &str, function: &str, most: i64) -> Result<i64, String> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let fault = |reason: &str| Err(format!("strconv.{function}: parsing {}: {reason}", quote(text)));
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return fault("invalid syntax");
    }
    match text.parse() {
        Ok(number) if number <= most && number >= -most - 1 => Ok(number),
        _ => fault("value out of range"),
    }
}

/// Reads a number as Go's `ParseFloat` does, but for hexadecimal ones.
pub(super) fn go_float(text: &str) -> Option<f64> {
    if !text.contains('_') {
        return text.parse().ok();
    }
    // Go lets an underscore stand between two digits.
    let bytes = text.as_bytes();
    let is_digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    let between = |at: usize| is_digit(at.checked_sub(1)) && is_digit(Some(at + 1));
    let are_between = bytes.iter().enumerate().all(|(at, byte)| *byte != b'_' || between(at));
    are_between.then(|| text.replace('_', "").parse().ok())?
}

/// Rounds to milliseconds as Prometheus does: the fraction in floats.
fn of_seconds(seconds: f64) -> Timestamp {
    let whole = libm::trunc(seconds);
    let fraction = libm::round((seconds - whole) * 1000.0) / 1000.0;
    let nanoseconds = (fraction * 1e9) as i64;
    Timestamp((whole as i64).saturating_mul(1000).saturating_add(nanoseconds.div_euclid(1_000_000)))
}

/// `2024-12-25T08:00:00.5+09:00`, as Go reads it: hours may have one digit, fractions any number behind `.` or `,`.
fn rfc3339(text: &str) -> Option<Timestamp> {
    let (date, clock) = text.split_once('T')?;
    let zone_at = clock.find(['Z', '+', '-'])?;
    let (clock, zone) = clock.split_at(zone_at);
    let (clock, fraction) = match clock.split_once(['.', ',']) {
        Some((_, "")) => return None,
        Some((clock, fraction)) => (clock, fraction),
        None => (clock, ""),
    };
    let [year, month, day] = numbers(date, '-', [4, 2, 2], false)?;
    let [hour, minute, second] = numbers(clock, ':', [2, 2, 2], true)?;
    let days = days_of(year, month as u32, day as u32);
    let is_date = (1..=12).contains(&month) && civil(days) == (year, month as u32, day as u32);
    if !is_date || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    if !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut millis = 0;
    for (digit, weight) in fraction.bytes().zip([100, 10, 1]) {
        millis += i64::from(digit - b'0') * weight;
    }
    let seconds = days * 86_400 + hour * 3600 + minute * 60 + second - offset(zone)?;
    Some(Timestamp(seconds * 1000 + millis))
}

/// Three numbers of so many digits each; the first may have fewer where that is allowed.
fn numbers(text: &str, separator: char, digits: [usize; 3], first_may_be_short: bool) -> Option<[i64; 3]> {
    let mut parts = text.split(separator);
    let mut numbers = [0; 3];
    for (at, (number, wanted)) in numbers.iter_mut().zip(digits).enumerate() {
        let part = parts.next().filter(|part| part.bytes().all(|byte| byte.is_ascii_digit()))?;
        let is_long_enough = part.len() == wanted || (at == 0 && first_may_be_short && part.len() == 1);
        *number = is_long_enough.then(|| part.parse().ok())??;
    }
    parts.next().is_none().then_some(numbers)
}

/// Seconds that a zone is ahead of UTC.
fn offset(zone: &str) -> Option<i64> {
    if zone == "Z" {
        return Some(0);
    }
    let sign = if zone.starts_with('-') { -1 } else { 1 };
    let (hours, minutes) = zone.get(1..)?.split_once(':')?;
    let number = |part: &str, below: i64| {
        let is_number = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| part.parse::<i64>().ok())?.filter(|number| *number < below)
    };
    Some(sign * (number(hours, 25)? * 3600 + number(minutes, 60)? * 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_seconds_and_dates() {
        for (text, millis) in [
            ("0", 0),
            ("1.5", 1500),
            ("-1.5", -1500),
            (".0005", 1),
            ("1_000", 1_000_000),
            ("1543578564.705", 1_543_578_564_705),
            ("1970-01-01T00:00:00Z", 0),
            ("2000-02-29T12:00:00.25Z", 951_825_600_250),
            ("2015-02-03T1:00:00,1239Z", 1_422_925_200_123),
            ("2015-07-01T20:10:51.781+02:00", 1_435_774_251_781),
            (EARLIEST.0, EARLIEST.1.0),
            (LATEST.0, LATEST.1.0),
        ] {
            assert_eq!(parse(text), Ok(Timestamp(millis)), "{text}");
        }
        for text in [
            "",
            "yesterday",
            "1__0",
            "_1",
            "0x10",
            "2015-07-01",
            "2015-02-30T00:00:00Z",
            "2015-13-01T00:00:00Z",
            "2015-07-01T00:00Z",
            "2015-07-01t00:00:00Z",
            "2015-07-01T00:00:00.Z",
            "2015-07-01T00:00:00+2:00",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn limits_are_refused_in_the_words_of_go() {
        let limit = |text: &str| {
            limit(&Form::of([("limit".to_owned(), text.to_owned())])).map_err(|error| error.text)
        };
        assert_eq!(limit("+5"), Ok(5));
        let fault = |reason: &str| Err(format!("invalid parameter \"limit\": {reason}"));
        assert_eq!(limit("x"), fault("strconv.Atoi: parsing \"x\": invalid syntax"));
        assert_eq!(
            limit("99999999999999999999"),
            fault("strconv.Atoi: parsing \"99999999999999999999\": value out of range")
        );
        assert_eq!(limit("-1"), fault("limit must be non-negative"));
    }
}
