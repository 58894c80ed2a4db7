//! The level axis: virtual time, with ticks on round seconds, minutes, hours and days (UTC). Maps no pixels.

use crate::base::date;
use crate::base::time::{Millis, Timestamp};

const SECOND: i64 = 1000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// The distances between ticks that read well on a clock.
const STEPS: [i64; 22] = [
    SECOND,
    2 * SECOND,
    5 * SECOND,
    10 * SECOND,
    15 * SECOND,
    30 * SECOND,
    MINUTE,
    2 * MINUTE,
    5 * MINUTE,
    10 * MINUTE,
    15 * MINUTE,
    30 * MINUTE,
    HOUR,
    2 * HOUR,
    3 * HOUR,
    6 * HOUR,
    12 * HOUR,
    DAY,
    2 * DAY,
    7 * DAY,
    30 * DAY,
    365 * DAY,
];

/// An axis of virtual time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeAxis {
    /// The instant at the start.
    pub from: Timestamp,
    /// The instant at the end; later than `from`.
    pub to: Timestamp,
    /// The ticks in order.
    pub ticks: Vec<TimeTick>,
}

/// A tick.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeTick {
    /// Its instant.
    pub at: Timestamp,
    /// What stands under it: `14:03`, `14:03:20`, or `03-02` where a day begins.
    pub label: String,
}

impl TimeAxis {
    /// An axis over `width_px`, with ticks far enough apart for their labels.
    #[must_use]
    pub fn over(from: Timestamp, to: Timestamp, width_px: f64) -> Self {
        /// A label with seconds is about 50 pixels wide.
        const APART_PX: f64 = 92.0;
        let to = Timestamp(to.0.max(from.0.saturating_add(1)));
        let length = (to.0 as f64 - from.0 as f64).max(1.0);
        let wanted = length * APART_PX / width_px.max(APART_PX);
        let step = STEPS.into_iter().find(|step| *step as f64 >= wanted).unwrap_or(365 * DAY);
        let first = from
            .0
            .div_euclid(step)
            .saturating_add(i64::from(from.0.rem_euclid(step) != 0))
            .saturating_mul(step);
        let ticks = (0..200)
            .map(|index| first.saturating_add(step * index))
            .take_while(|at| *at <= to.0)
            .map(|at| TimeTick { at: Timestamp(at), label: label(at, step) })
            .collect();
        Self { from, to, ticks }
    }

    /// Where `at` lies: 0 at the start, 1 at the end.
    #[must_use]
    pub fn share(&self, at: Timestamp) -> f64 {
        (at.0 as f64 - self.from.0 as f64) / (self.to.0 as f64 - self.from.0 as f64)
    }

    /// The instant at a share of the axis.
    #[must_use]
    pub fn at(&self, share: f64) -> Timestamp {
        let length = self.to.0 as f64 - self.from.0 as f64;
        self.from.saturating_add(Millis(libm::round(length * share) as i64))
    }
}

fn label(at: i64, step: i64) -> String {
    if at.rem_euclid(DAY) == 0 {
        let (year, month, day) = date::civil(at.div_euclid(DAY));
        return if step >= 30 * DAY { format!("{year}-{month:02}") } else { format!("{month:02}-{day:02}") };
    }
    let (hour, minute, second) =
        (at.rem_euclid(DAY) / HOUR, at.rem_euclid(HOUR) / MINUTE, at.rem_euclid(MINUTE) / SECOND);
    if step < MINUTE {
        format!("{hour:02}:{minute:02}:{second:02}")
    } else {
        format!("{hour:02}:{minute:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(from: &str, minutes: i64, width_px: f64) -> Vec<String> {
        let from = date::parse(from).unwrap();
        let axis = TimeAxis::over(from, from + Millis::from_minutes(minutes), width_px);
        axis.ticks.into_iter().map(|tick| tick.label).collect()
    }

    #[test]
    fn ticks_stand_on_round_minutes() {
        assert_eq!(
            labels("2026-03-02T13:48:27Z", 15, 1056.0),
            ["13:50", "13:52", "13:54", "13:56", "13:58", "14:00", "14:02"]
        );
        assert_eq!(labels("2026-03-02T13:48:27Z", 15, 280.0), ["13:50", "13:55", "14:00"]);
        assert_eq!(labels("2026-03-02T09:00:00Z", 1, 300.0), ["09:00:00", "09:00:30", "09:01:00"]);
    }

    #[test]
    fn a_day_begins_with_its_date() {
        assert_eq!(labels("2026-03-02T22:00:00Z", 240, 400.0), ["22:00", "23:00", "03-03", "01:00", "02:00"]);
        assert_eq!(labels("2026-12-30T12:00:00Z", 3 * 24 * 60, 400.0), ["12-31", "01-01", "01-02"]);
    }

    #[test]
    fn an_empty_or_endless_span_does_no_harm() {
        assert_eq!(labels("2026-03-02T09:00:00Z", 0, 400.0), ["09:00:00"]);
        let axis = TimeAxis::over(Timestamp::MIN, Timestamp::MAX, 400.0);
        assert!(axis.ticks.len() <= 200);
        assert_eq!(axis.share(axis.at(0.5)), 0.5);
    }
}
