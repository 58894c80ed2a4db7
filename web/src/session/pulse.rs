//! The page's pulse: how far virtual time may go now. One pulse is under way at a time, so a slow worker slows time
//! down instead of falling behind.

use scrapeyard_core::base::time::{Millis, Timestamp};

use super::clock::{Clock, Phase};

/// The longest stretch of real time that one pulse makes up for: a page that was busy does not leap.
const LONGEST_BEAT_MS: f64 = 250.0;

/// Turns real time into virtual time.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pulse {
    under_way: bool,
    last_ms: Option<f64>,
}

impl Pulse {
    /// Milliseconds between two beats.
    pub const BEAT_MS: u32 = 50;
    /// Real time that the worker may take for a pulse; the rest of a beat is for questions.
    pub const BUDGET_MS: u32 = 35;

    /// Up to when time may pass now, `now_ms` being a real instant; `None` while a pulse is under way or time stands.
    pub fn due(&mut self, clock: &Clock, visible: bool, now_ms: f64) -> Option<Timestamp> {
        let runs = clock.playing && clock.phase == Phase::Open && clock.jump.is_none() && visible;
        if !runs {
            self.last_ms = None;
            return None;
        }
        if self.under_way {
            return None;
        }
        let last_ms = self.last_ms.replace(now_ms)?;
        let real_ms = (now_ms - last_ms).clamp(0.0, LONGEST_BEAT_MS);
        let length = Millis((real_ms * f64::from(clock.speed)) as i64);
        if length == Millis::ZERO {
            return None;
        }
        self.under_way = true;
        Some(clock.now + length)
    }

    /// The pulse has ended, however it did.
    pub fn ended(&mut self) {
        self.under_way = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clock() -> Clock {
        Clock { phase: Phase::Open, speed: 10, now: Timestamp(1000), ..Clock::default() }
    }

    #[test]
    fn one_pulse_at_a_time_and_no_leap_after_a_pause() {
        let mut pulse = Pulse::default();
        assert_eq!(pulse.due(&clock(), true, 0.0), None);
        assert_eq!(pulse.due(&clock(), true, 50.0), Some(Timestamp(1500)));
        assert_eq!(pulse.due(&clock(), true, 100.0), None);
        pulse.ended();
        assert_eq!(pulse.due(&clock(), true, 100.0), Some(Timestamp(1500)));
        pulse.ended();
        assert_eq!(pulse.due(&clock(), true, 60_000.0), Some(Timestamp(3500)));
        pulse.ended();
        assert_eq!(pulse.due(&clock(), false, 60_050.0), None);
        assert_eq!(pulse.due(&clock(), true, 90_000.0), None);
    }
}
