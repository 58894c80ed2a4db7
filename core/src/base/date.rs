//! Instants as RFC 3339 text in UTC (`2026-03-02T09:00:00.250Z`), written and read. Knows no time zone.

use super::time::Timestamp;

const DAY_MS: i64 = 86_400_000;
/// The first and the last instant of years that take four digits, in milliseconds since the Unix epoch.
const FOUR_DIGIT_YEARS: std::ops::RangeInclusive<i64> = -62_167_219_200_000..=253_402_300_799_999;

/// Year, month (1–12) and day (1–31) of a day counted from 1970-01-01, in the proleptic Gregorian calendar.
#[must_use]
pub fn civil(days: i64) -> (i64, u32, u32) {
    // Counted from 1 March of year 0, so that the leap day is the last of its year.
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = (day_of_year - (153 * month_from_march + 2) / 5 + 1) as u32;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    (era * 400 + year_of_era + i64::from(month <= 2), month as u32, day)
}

/// The day, counted from 1970-01-01, of a date; months and days beyond their range run on.
#[must_use]
pub fn days_of(year: i64, month: u32, day: u32) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let month_from_march = (i64::from(month) + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + i64::from(day) - 1;
    let year_of_era = year.rem_euclid(400);
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    year.div_euclid(400) * 146_097 + day_of_era - 719_468
}

/// Prints an instant with milliseconds: `2026-03-02T09:00:00.250Z`. Outside the years 0 to 9999 it prints the
/// milliseconds since the Unix epoch, which [`parse`] does not read.
#[must_use]
pub fn print(at: Timestamp) -> String {
    if !FOUR_DIGIT_YEARS.contains(&at.0) {
        return at.0.to_string();
    }
    let (year, month, day) = civil(at.0.div_euclid(DAY_MS));
    let ms = at.0.rem_euclid(DAY_MS);
    let (hour, minute, second) = (ms / 3_600_000, ms / 60_000 % 60, ms / 1000 % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{:03}Z", ms % 1000)
}

/// Reads `2026-03-02T09:00:00Z`, with up to three decimals of a second; `None` for any other form.
#[must_use]
pub fn parse(text: &str) -> Option<Timestamp> {
    let bytes = text.as_bytes();
    let number = |from: usize, to: usize| -> Option<i64> {
        let digits = bytes.get(from..to)?;
        digits
            .iter()
            .try_fold(0, |sum, digit| digit.is_ascii_digit().then(|| sum * 10 + i64::from(digit - b'0')))
    };
    let separators = [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':')];
    if separators.iter().any(|(at, byte)| bytes.get(*at) != Some(byte)) || bytes.last() != Some(&b'Z') {
        return None;
    }
    let (year, month, day) = (number(0, 4)?, number(5, 7)? as u32, number(8, 10)? as u32);
    let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
    let days = days_of(year, month.clamp(1, 12), day);
    if civil(days) != (year, month, day) || hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let fraction = match bytes.len() {
        20 => 0,
        22..=24 if bytes[19] == b'.' => {
            let digits = bytes.len() - 21;
            number(20, 20 + digits)? * [100, 10, 1][digits - 1]
        }
        _ => return None,
    };
    Some(Timestamp(days * DAY_MS + hour * 3_600_000 + minute * 60_000 + second * 1000 + fraction))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_prints() {
        for ms in [0, 1, -1, 1_772_442_000_250, 951_782_400_000, -62_167_219_200_000, 253_402_300_799_999] {
            assert_eq!(parse(&print(Timestamp(ms))), Some(Timestamp(ms)), "{}", print(Timestamp(ms)));
        }
        assert_eq!(print(Timestamp(1_772_442_000_250)), "2026-03-02T09:00:00.250Z");
        assert_eq!(parse("2024-02-29T00:00:00Z"), Some(Timestamp(1_709_164_800_000)));
        assert_eq!(parse("2026-03-02T09:00:00.5Z"), Some(Timestamp(1_772_442_000_500)));
    }

    #[test]
    fn refuses_what_is_not_a_date() {
        for text in [
            "",
            "2026",
            "2026-02-29T00:00:00Z",
            "2026-13-01T00:00:00Z",
            "2026-01-00T00:00:00Z",
            "2026-01-01T24:00:00Z",
            "2026-01-01T00:00:00",
            "2026-01-01T00:00:00.1234Z",
            "2026-01-01 00:00:00Z",
            "2026-01-01T00:00:0한Z",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
