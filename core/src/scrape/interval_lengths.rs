//! How long the intervals between scrapes really were: `prometheus_target_interval_length_seconds`.
//!
//! Differs: quantiles are exact over the last 5 to 10 minutes, where Prometheus estimates them over the last 10.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::base::time::{Millis, Timestamp};

/// How long a generation of lengths is filled.
const GENERATION: Millis = Millis::from_minutes(5);

/// The lengths of the intervals of one configured length.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct IntervalLengths {
    /// How many were ever observed.
    pub count: u64,
    sum_ms: i64,
    /// Lengths in milliseconds with how often they occurred: lately, and before that.
    lately: BTreeMap<i64, u64>,
    before: BTreeMap<i64, u64>,
    turned_at: Timestamp,
}

impl IntervalLengths {
    /// Observes an interval that ended at `now`.
    pub fn observe(&mut self, length: Millis, now: Timestamp) {
        let age = now - self.turned_at;
        if age >= GENERATION {
            let lately = std::mem::take(&mut self.lately);
            self.before = if age < GENERATION * 2 { lately } else { BTreeMap::new() };
            self.turned_at = now;
        }
        self.count += 1;
        self.sum_ms += length.0;
        *self.lately.entry(length.0).or_default() += 1;
    }

    /// Their sum in seconds.
    #[must_use]
    pub fn sum_seconds(&self) -> f64 {
        self.sum_ms as f64 / 1000.0
    }

    /// A quantile in seconds of those observed lately; NaN where there was none.
    #[must_use]
    pub fn quantile(&self, quantile: f64, now: Timestamp) -> f64 {
        let is_old = now - self.turned_at >= GENERATION * 2;
        let mut counts = BTreeMap::new();
        for (length, count) in self.lately.iter().chain(&self.before).filter(|_| !is_old) {
            *counts.entry(*length).or_default() += *count;
        }
        let all: u64 = counts.values().sum();
        let rank = (libm::ceil(quantile * all as f64) as u64).max(1);
        let mut seen = 0;
        let found = counts.into_iter().find_map(|(length, count)| {
            seen += count;
            (seen >= rank).then_some(length)
        });
        found.map_or(f64::NAN, |length| length as f64 / 1000.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_of_the_last_minutes_and_the_sum_of_all() {
        let mut lengths = IntervalLengths::default();
        let at = |minute: i64| Timestamp(minute * 60_000);
        assert!(lengths.quantile(0.5, at(0)).is_nan());
        for length in [10_000, 10_000, 10_000, 12_500] {
            lengths.observe(Millis(length), at(1));
        }
        assert_eq!((lengths.quantile(0.5, at(2)), lengths.quantile(0.99, at(2))), (10.0, 12.5));
        lengths.observe(Millis(5_000), at(7));
        assert_eq!(lengths.quantile(0.99, at(7)), 12.5, "the generation before counts too");
        lengths.observe(Millis(5_000), at(12));
        lengths.observe(Millis(5_000), at(17));
        assert_eq!(lengths.quantile(0.99, at(17)), 5.0);
        assert!(lengths.quantile(0.5, at(28)).is_nan());
        assert_eq!((lengths.count, lengths.sum_seconds()), (7, 57.5));
    }
}
