//! The upright axis: from where to where it goes, its grid lines and their labels. Maps no pixels.

use super::unit::Unit;
use super::written::{grouped, trimmed};

/// How many grid lines are wanted at most.
const MOST_TICKS: f64 = 5.0;

/// Values whose least is more than this share of the greatest are shown close up, without zero.
const NARROW: f64 = 0.8;

/// An axis of values.
#[derive(Clone, Debug, PartialEq)]
pub struct ValueAxis {
    /// The value at the foot.
    pub least: f64,
    /// The value at the head.
    pub greatest: f64,
    /// The grid lines, from the foot up.
    pub ticks: Vec<ValueTick>,
    /// The sign of what the labels count: `MiB`, `ms`, `%`; empty for bare numbers.
    pub sign: &'static str,
}

/// A grid line.
#[derive(Clone, Debug, PartialEq)]
pub struct ValueTick {
    /// Its value.
    pub value: f64,
    /// What stands beside it.
    pub label: String,
}

impl ValueAxis {
    /// An axis in `unit` that holds all values from `least` to `greatest`, with round numbers at both ends. It starts at
    /// zero unless the values lie in a narrow band far from it. `ends` fixes the foot, the head or both, where they
    /// are numbers that leave room between them.
    #[must_use]
    pub fn holding(extent: Option<(f64, f64)>, unit: Unit, ends: (Option<f64>, Option<f64>)) -> Self {
        let (free_least, free_greatest) = opened(extent);
        let finite = |end: Option<f64>| end.filter(|end| end.is_finite());
        let (foot, head) = (finite(ends.0), finite(ends.1));
        let (foot, head) = match (foot, head) {
            (Some(foot), Some(head)) if foot >= head => (None, None),
            other => other,
        };
        let mut least = foot.unwrap_or(free_least);
        let mut greatest = head.unwrap_or(free_greatest);
        if greatest <= least {
            // What is free gives way to what is fixed.
            if foot.is_some() { greatest = least + 1.0 } else { least = greatest - 1.0 }
        }
        let magnitude = unit.magnitude(least.abs().max(greatest.abs()));
        let step = round_step((greatest - least) / magnitude.factor / MOST_TICKS);
        let (scaled_least, scaled_greatest) = (least / magnitude.factor, greatest / magnitude.factor);
        // A value on the head line itself is fine; one above it by rounding alone needs no further line.
        let inner = |at: f64| libm::ceil(at / step - 1e-9);
        let first = if foot.is_some() { inner(scaled_least) } else { libm::floor(scaled_least / step) };
        let last = if head.is_some() { -inner(-scaled_greatest) } else { inner(scaled_greatest) };
        let least_count = if foot.is_some() || head.is_some() { 0.0 } else { 1.0 };
        let count = (last - first).clamp(least_count, 20.0) as i32;
        let exponent = libm::floor(libm::log10(step)) as i32;
        let tick = |index: i32| {
            let scaled = (first + f64::from(index)) * step;
            ValueTick { value: scaled * magnitude.factor, label: label(scaled, exponent) }
        };
        Self {
            least: foot.unwrap_or(first * step * magnitude.factor),
            greatest: head.unwrap_or((first + f64::from(count)) * step * magnitude.factor),
            ticks: (0..=count).map(tick).collect(),
            sign: magnitude.sign,
        }
    }

    /// Whether zero is on the axis; where it is not, the page says so.
    #[must_use]
    pub fn holds_zero(&self) -> bool {
        self.least <= 0.0 && self.greatest >= 0.0
    }

    /// Where `value` lies: 0 at the foot, 1 at the head.
    #[must_use]
    pub fn share(&self, value: f64) -> f64 {
        (value - self.least) / (self.greatest - self.least)
    }
}

/// The values that are shown where no end is fixed: down to zero unless they lie in a narrow band far from it.
fn opened(extent: Option<(f64, f64)>) -> (f64, f64) {
    let (mut least, mut greatest) = extent.unwrap_or((0.0, 1.0));
    if least >= 0.0 && least <= greatest * NARROW || least == greatest && least > 0.0 {
        least = 0.0;
    } else if greatest <= 0.0 && greatest >= least * NARROW {
        greatest = 0.0;
    }
    if greatest <= least {
        (least, greatest) = (least - 1.0, least + 1.0);
        if extent.is_some_and(|(least, greatest)| least == 0.0 && greatest == 0.0) {
            least = 0.0;
        }
    }
    (least, greatest)
}

/// The smallest of 1, 2, 2.5 and 5 times a power of ten that is not below `wanted`.
fn round_step(wanted: f64) -> f64 {
    if !(wanted > 0.0 && wanted.is_finite()) {
        return if wanted.is_finite() { 1.0 } else { 1e307 };
    }
    let power = libm::pow(10.0, libm::floor(libm::log10(wanted)));
    let factors = [1.0, 2.0, 2.5, 5.0, 10.0];
    factors
        .into_iter()
        .map(|factor| factor * power)
        .find(|step| *step >= wanted * (1.0 - 1e-12))
        .unwrap_or(power * 10.0)
}

/// A tick's label: as many decimals as the step needs, thousands grouped, from a million on with the letter of its
/// power; powers beyond the letters as an exponent.
fn label(value: f64, step_exponent: i32) -> String {
    const LETTERS: [(f64, i32, &str); 3] = [(1e12, 12, "T"), (1e9, 9, "G"), (1e6, 6, "M")];
    let magnitude = value.abs();
    if value == 0.0 {
        return "0".to_owned();
    }
    if magnitude >= 1e15 || step_exponent < -6 {
        return format!("{value:.1e}");
    }
    let letter = LETTERS.iter().find(|(size, _, _)| magnitude >= *size);
    let (size, power, letter) = letter.map_or((1.0, 0, ""), |(size, power, letter)| (*size, *power, *letter));
    // One digit more than the step's own place: a step of 2.5 needs it.
    let decimals = (power - step_exponent + 1).clamp(0, 9) as usize;
    let text = format!("{:.decimals$}", value / size);
    format!("{}{letter}", grouped(trimmed(&text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn free(least: f64, greatest: f64) -> ValueAxis {
        ValueAxis::holding(Some((least, greatest)), Unit::None, (None, None))
    }

    fn labels(least: f64, greatest: f64) -> Vec<String> {
        free(least, greatest).ticks.into_iter().map(|tick| tick.label).collect()
    }

    #[test]
    fn rates_and_counts_start_at_zero_in_round_steps() {
        assert_eq!(labels(0.3, 9.8), ["0", "2", "4", "6", "8", "10"]);
        assert_eq!(labels(1.0, 12.0), ["0", "2.5", "5", "7.5", "10", "12.5"]);
        assert_eq!(labels(3.0, 3.0), ["0", "1", "2", "3"]);
        assert_eq!(labels(0.0, 0.0), ["0", "0.2", "0.4", "0.6", "0.8", "1"]);
        assert_eq!(labels(0.0, 24_000.0), ["0", "5,000", "10,000", "15,000", "20,000", "25,000"]);
        assert_eq!(labels(0.0, 0.000_4), ["0", "0.0001", "0.0002", "0.0003", "0.0004"]);
    }

    #[test]
    fn a_narrow_band_far_from_zero_is_shown_close() {
        let axis = free(118e6, 121e6);
        assert!(!axis.holds_zero());
        assert_eq!(axis.ticks[0].label, "118M");
        assert_eq!(axis.ticks[1].label, "119M");
        assert_eq!(labels(-4.0, 4.0), ["-4", "-2", "0", "2", "4"]);
        assert_eq!(labels(-10.0, -9.0).last().map(String::as_str), Some("-9"));
    }

    #[test]
    fn every_value_lies_within_its_axis() {
        let extents = [(0.0, 1e-12), (-1e300, 1e300), (5e-324, 5e-324), (1e15, 1e15 + 1.0), (-3.0, 7.0)];
        for (least, greatest) in extents {
            let axis = free(least, greatest);
            assert!((-0.001..=1.001).contains(&axis.share(least)), "{least} {axis:?}");
            assert!((-0.001..=1.001).contains(&axis.share(greatest)), "{greatest} {axis:?}");
        }
    }

    #[test]
    fn steps_are_round_in_the_magnitude_that_is_shown() {
        for (unit, greatest, sign, expected) in [
            (Unit::Bytes, 3.2 * 1024.0 * 1024.0, "MiB", vec!["0", "1", "2", "3", "4"]),
            (Unit::Seconds, 0.042, "ms", vec!["0", "10", "20", "30", "40", "50"]),
            (Unit::PercentShare, 0.97, "%", vec!["0", "20", "40", "60", "80", "100"]),
            (Unit::Milliseconds, 90_000.0, "min", vec!["0", "0.5", "1", "1.5"]),
            (Unit::RequestsPerSecond, 9.0, "req/s", vec!["0", "2", "4", "6", "8", "10"]),
        ] {
            let axis = ValueAxis::holding(Some((0.0, greatest)), unit, (None, None));
            let labels: Vec<String> = axis.ticks.iter().map(|tick| tick.label.clone()).collect();
            assert_eq!((axis.sign, labels), (sign, expected.into_iter().map(str::to_owned).collect()));
            assert!(axis.share(greatest) <= 1.0 && axis.share(greatest) > 0.7);
        }
    }

    #[test]
    fn fixed_ends_stay_where_they_are_put() {
        let fixed = |least, greatest| {
            let axis = ValueAxis::holding(Some((2.0, 9.0)), Unit::None, (least, greatest));
            let labels: Vec<String> = axis.ticks.iter().map(|tick| tick.label.clone()).collect();
            (axis.least, axis.greatest, labels.join(" "))
        };
        assert_eq!(fixed(Some(1.0), Some(7.0)), (1.0, 7.0, "2 4 6".to_owned()));
        assert_eq!(fixed(None, Some(100.0)), (0.0, 100.0, "0 20 40 60 80 100".to_owned()));
        assert_eq!(fixed(Some(20.0), None).2, "20 20.2 20.4 20.6 20.8 21");
        for (least, greatest) in [(Some(5.0), Some(5.0)), (Some(f64::NAN), None), (None, Some(f64::INFINITY))]
        {
            assert_eq!(fixed(least, greatest).2, "0 2 4 6 8 10");
        }
    }
}
