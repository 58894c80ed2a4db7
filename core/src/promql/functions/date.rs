//! Parts of a date in UTC, from seconds since the Unix epoch. Fractions of a second are cut off toward zero, as
//! Prometheus does; the calendar is the Gregorian one, carried on before 1582.

use super::{Body, Function, Optional, VECTOR};

const fn date(name: &'static str, body: fn(f64) -> f64) -> Function {
    Function::new(name, &[VECTOR], Body::Date(body)).optional(Optional::Last(1)).depends_on_time()
}

/// `minute(v=vector(time()))`: 0 to 59.
pub const MINUTE: Function = date("minute", |seconds| (second_of_day(seconds) / 60 % 60) as f64);
/// `hour(v=vector(time()))`: 0 to 23.
pub const HOUR: Function = date("hour", |seconds| (second_of_day(seconds) / 3600) as f64);
/// `day_of_week(v=vector(time()))`: 0 (Sunday) to 6.
pub const DAY_OF_WEEK: Function =
    date("day_of_week", |seconds| (days_since_epoch(seconds) + 4).rem_euclid(7) as f64);
/// `day_of_month(v=vector(time()))`: 1 to 31.
pub const DAY_OF_MONTH: Function = date("day_of_month", |seconds| Date::of(seconds).day as f64);
/// `day_of_year(v=vector(time()))`: 1 to 366.
pub const DAY_OF_YEAR: Function = date("day_of_year", |seconds| {
    let date = Date::of(seconds);
    let before: i64 = (1..date.month).map(|month| days_in_month(date.year, month)).sum();
    (before + date.day) as f64
});
/// `days_in_month(v=vector(time()))`: 28 to 31.
pub const DAYS_IN_MONTH: Function = date("days_in_month", |seconds| {
    let date = Date::of(seconds);
    days_in_month(date.year, date.month) as f64
});
/// `month(v=vector(time()))`: 1 to 12.
pub const MONTH: Function = date("month", |seconds| Date::of(seconds).month as f64);
/// `year(v=vector(time()))`
pub const YEAR: Function = date("year", |seconds| Date::of(seconds).year as f64);

const SECONDS_A_DAY: i64 = 86_400;

/// Whole seconds since the Unix epoch. What no 64 bits hold, and NaN, are the last second of all, as they are to
/// Prometheus on a usual processor.
fn whole_seconds(seconds: f64) -> i64 {
    if seconds.abs() < 9_223_372_036_854_775_808.0 { seconds as i64 } else { i64::MAX }
}

fn days_since_epoch(seconds: f64) -> i64 {
    whole_seconds(seconds).div_euclid(SECONDS_A_DAY)
}

fn second_of_day(seconds: f64) -> i64 {
    whole_seconds(seconds).rem_euclid(SECONDS_A_DAY)
}

fn is_leap(year: i64) -> bool {
    (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
}

fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// A day of the Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Date {
    pub(crate) year: i64,
    pub(crate) month: i64, // 1 to 12
    pub(crate) day: i64,   // 1 to 31
}

impl Date {
    /// The day in UTC of milliseconds since the Unix epoch.
    pub(crate) fn of_millis(at: i64) -> Self {
        Self::of_day(at.div_euclid(1000 * SECONDS_A_DAY))
    }

    fn of(seconds: f64) -> Self {
        Self::of_day(days_since_epoch(seconds))
    }

    /// Counts years from the first of March, so that the leap day comes last: then a month's first day is a linear
    /// function of its number (153 days in five months).
    fn of_day(days_since_epoch: i64) -> Self {
        let from_march_of_year_0 = days_since_epoch + 719_468;
        let era = from_march_of_year_0.div_euclid(146_097); // of 400 years
        let day_of_era = from_march_of_year_0.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
        Self { year: era * 400 + year_of_era + i64::from(month <= 2), month, day }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(seconds: f64) -> (i64, i64, i64) {
        let date = Date::of(seconds);
        (date.year, date.month, date.day)
    }

    #[test]
    fn reads_known_dates() {
        assert_eq!(parts(0.0), (1970, 1, 1));
        assert_eq!(parts(951_782_400.0), (2000, 2, 29));
        assert_eq!(parts(951_868_800.0), (2000, 3, 1));
        assert_eq!(parts(1_735_689_599.9), (2024, 12, 31));
        assert_eq!(parts(-86_400.0), (1969, 12, 31));
    }

    #[test]
    fn a_day_follows_the_other_through_four_centuries() {
        let mut before = parts(0.0);
        for day in 1..146_097 {
            let now = parts((day * SECONDS_A_DAY) as f64);
            let month_over = before.2 == days_in_month(before.0, before.1);
            let expected = match (month_over, before.1) {
                (false, _) => (before.0, before.1, before.2 + 1),
                (true, 12) => (before.0 + 1, 1, 1),
                (true, month) => (before.0, month + 1, 1),
            };
            assert_eq!(now, expected);
            before = now;
        }
    }

    #[test]
    fn no_number_is_out_of_range() {
        for seconds in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e300, -1e300] {
            assert_eq!(parts(seconds), (292_277_026_596, 12, 4));
            assert_eq!((second_of_day(seconds) / 3600, second_of_day(seconds) / 60 % 60), (15, 30));
        }
    }
}
