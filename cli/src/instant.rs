//! Instants as Prometheus's API reads them: Unix seconds with a fraction, or RFC 3339.

use scrapeyard_core::base::number::quote;
use scrapeyard_core::base::time::Timestamp;

/// Reads an instant.
///
/// # Errors
/// When the text has neither form, in Prometheus's words.
pub fn parse(text: &str) -> Result<Timestamp, String> {
    let seconds = text.parse::<f64>().ok().filter(|seconds| seconds.abs() < 9.2e15);
    if let Some(seconds) = seconds {
        return Ok(Timestamp((seconds * 1000.0).round() as i64));
    }
    rfc3339(text).ok_or_else(|| format!("cannot parse {} to a valid timestamp", quote(text)))
}

/// `2024-12-25T08:00:00.5+09:00`
fn rfc3339(text: &str) -> Option<Timestamp> {
    let (date, clock) = text.split_once(['T', 't', ' '])?;
    let zone_at = clock.find(['Z', 'z', '+', '-'])?;
    let (clock, zone) = clock.split_at(zone_at);
    let [year, month, day] = numbers(date, '-')?;
    let (clock, fraction) = clock.split_once('.').unwrap_or((clock, ""));
    let [hour, minute, second] = numbers(clock, ':')?;
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let mut millis = 0;
    for (digit, weight) in fraction.bytes().zip([100, 10, 1]) {
        millis += i64::from(digit.checked_sub(b'0').filter(|digit| *digit < 10)?) * weight;
    }
    let seconds = days(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offset(zone)?;
    Some(Timestamp(seconds * 1000 + millis))
}

fn numbers(text: &str, separator: char) -> Option<[i64; 3]> {
    let mut numbers = [0; 3];
    let mut parts = text.split(separator);
    for number in &mut numbers {
        let part = parts.next().filter(|part| part.bytes().all(|byte| byte.is_ascii_digit()))?;
        *number = part.parse().ok()?;
    }
    parts.next().is_none().then_some(numbers)
}

/// Seconds that a zone is ahead of UTC.
fn offset(zone: &str) -> Option<i64> {
    if zone.eq_ignore_ascii_case("z") {
        return Some(0);
    }
    let sign = if zone.starts_with('-') { -1 } else { 1 };
    let (hours, minutes) = zone.get(1..)?.split_once(':')?;
    Some(sign * (hours.parse::<i64>().ok()? * 3600 + minutes.parse::<i64>().ok()? * 60))
}

/// Days since the Unix epoch, counted in years that begin in March.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let month = (month + 9) % 12;
    let day_of_year = (153 * month + 2) / 5 + day - 1;
    year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + day_of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_seconds_and_dates() {
        for (text, millis) in [
            ("0", 0),
            ("1.5", 1500),
            ("-2", -2000),
            ("1970-01-01T00:00:00Z", 0),
            ("2000-02-29T12:00:00.25Z", 951_825_600_250),
            ("2015-07-01T20:10:51.781+02:00", 1_435_774_251_781),
        ] {
            assert_eq!(parse(text), Ok(Timestamp(millis)), "{text}");
        }
        for text in ["", "yesterday", "2015-07-01", "2015-13-01T00:00:00Z", "2015-07-01T00:00Z"] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
