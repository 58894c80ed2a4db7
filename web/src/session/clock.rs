//! What the page knows of virtual time, and what can be done with it.

use scrapeyard_core::base::time::{Millis, Timestamp};
use web_sys::window;

/// The speeds on offer: virtual seconds in a real one.
pub const SPEEDS: [u32; 4] = [1, 10, 60, 600];

/// The speed of a first visit.
const FIRST_SPEED: u32 = 10;

/// Whether there is a lab.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Phase {
    /// The worker is on its way.
    #[default]
    Starting,
    /// The lab stands.
    Open,
    /// There is none, and there will be none.
    Dead,
}

/// Virtual time as the page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clock {
    /// Whether there is a lab.
    pub phase: Phase,
    /// The present virtual instant.
    pub now: Timestamp,
    /// When the scenario began.
    pub start: Timestamp,
    /// Whether time passes by itself.
    pub playing: bool,
    /// Virtual seconds in a real one.
    pub speed: u32,
    /// The jump under way.
    pub jump: Option<Jump>,
}

/// A jump under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Jump {
    /// Thousandths of the way.
    pub permille: u32,
}

/// What can be done with time. The core knows no speed: these move the page's own pulse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport {
    /// Play, or pause.
    Toggle,
    /// Another speed.
    Speed(u32),
    /// Up to the next scrape.
    Step,
    /// So far ahead.
    Jump(Millis),
    /// Ends the jump under way.
    Cancel,
}

impl Default for Clock {
    fn default() -> Self {
        Self {
            phase: Phase::Starting,
            now: Timestamp(0),
            start: Timestamp(0),
            playing: true,
            speed: FIRST_SPEED,
            jump: None,
        }
    }
}

impl Clock {
    /// The clock with the remembered speed.
    pub fn with_speed(remembered: Option<&str>) -> Self {
        let speed = remembered.and_then(|text| text.parse().ok()).filter(|speed| SPEEDS.contains(speed));
        Self { speed: speed.unwrap_or(FIRST_SPEED), ..Self::default() }
    }

    /// The time of day: `14:03:27`.
    pub fn time_of_day(&self) -> String {
        time_of_day(self.now)
    }

    /// Which day it is, counted from 1 on the day on which the scenario began.
    pub fn day(&self) -> u64 {
        const DAY_MS: i64 = 86_400_000;
        let days = self.now.0.div_euclid(DAY_MS) - self.start.0.div_euclid(DAY_MS);
        days.unsigned_abs() + 1
    }

    /// Whether pulses would follow one another too quickly to be seen.
    pub const fn is_fast(&self) -> bool {
        self.speed >= 60
    }
}

/// An instant as a time of day, UTC: `14:03:27`.
pub fn time_of_day(at: Timestamp) -> String {
    let seconds = at.0.div_euclid(1000).rem_euclid(86_400);
    format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// Real time since the page began, in milliseconds.
pub fn now_ms() -> f64 {
    window().and_then(|window| window.performance()).map_or(0.0, |performance| performance.now())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_day_is_counted_from_midnight() {
        let at = |hours: i64| Timestamp(hours * 3_600_000);
        let clock = Clock { start: at(9), now: at(26), ..Clock::default() };
        assert_eq!((clock.time_of_day().as_str(), clock.day()), ("02:00:00", 2));
        assert_eq!(Clock { now: at(23), ..clock }.day(), 1);
    }

    #[test]
    fn only_speeds_on_offer_are_remembered() {
        assert_eq!(Clock::with_speed(Some("600")).speed, 600);
        for odd in [None, Some("7"), Some("x")] {
            assert_eq!(Clock::with_speed(odd).speed, FIRST_SPEED);
        }
    }
}
