//! What a query is asked for besides its expression: time, step, store. Asks nothing.

use scrapeyard_core::base::date;
use scrapeyard_core::base::time::{Millis, Timestamp};
use scrapeyard_core::lab::{Range, StoreId};

use super::drawing::Drawing;

/// How the value is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// The value at the end, as a table.
    Table,
    /// The values over the range, as lines.
    #[default]
    Graph,
    /// How the value at the end was made.
    Explain,
}

/// The last instant that is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum End {
    /// The present, wherever it is.
    #[default]
    Live,
    /// This one.
    At(Timestamp),
}

/// The settings of a panel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Table or graph.
    pub tab: Tab,
    /// How much time is shown.
    pub length: Millis,
    /// Up to when.
    pub end: End,
    /// Between two values; chosen by itself where it is `None`.
    pub step: Option<Millis>,
    /// Which store is asked.
    pub store: StoreId,
    /// Whether the truth lies beneath.
    pub truth: bool,
    /// Which chart, in which unit.
    pub drawing: Drawing,
}

/// The lengths on offer, in minutes.
pub const LENGTHS: [i64; 9] = [1, 5, 15, 30, 60, 180, 360, 720, 1440];
/// The steps on offer, in seconds.
pub const STEPS: [i64; 8] = [1, 3, 5, 10, 15, 30, 60, 300];
/// Prometheus's own limit of values a series.
const MOST_STEPS: i64 = 11_000;
/// So many values fill a graph.
const WANTED_STEPS: i64 = 300;

impl Default for Settings {
    fn default() -> Self {
        Self {
            tab: Tab::default(),
            length: Millis::from_minutes(15),
            end: End::Live,
            step: None,
            store: StoreId::Pulled,
            truth: false,
            drawing: Drawing::default(),
        }
    }
}

impl Settings {
    /// The last instant, `now` being the present.
    pub const fn last(&self, now: Timestamp) -> Timestamp {
        match self.end {
            End::Live => now,
            End::At(at) => at,
        }
    }

    /// The distance of two values: what was chosen, or a round one that fills the graph.
    pub fn step(&self) -> Millis {
        const ROUND: [i64; 14] = [1, 2, 3, 5, 10, 15, 20, 30, 60, 120, 300, 600, 1200, 3600];
        let least = self.length.0 / MOST_STEPS + 1;
        if let Some(step) = self.step {
            return Millis(step.0.max(least));
        }
        let wanted = self.length.0 / WANTED_STEPS;
        let round = ROUND.into_iter().map(|seconds| seconds * 1000).find(|step| *step >= wanted);
        Millis(round.unwrap_or(wanted).max(1000))
    }

    /// The time that the query covers. Steps lie on multiples of their distance, so that a graph that follows the
    /// present does not shimmer.
    pub fn range(&self, now: Timestamp) -> Range {
        let last = self.last(now);
        if self.tab != Tab::Graph {
            return Range::At(last);
        }
        let step = self.step();
        let from = last.0.saturating_sub(self.length.0);
        let first = from.div_euclid(step.0) * step.0 + if from.rem_euclid(step.0) == 0 { 0 } else { step.0 };
        Range::Steps { from: Timestamp(first), to: Timestamp(last.0.max(first)), step }
    }
}

/// An instant as it is typed: `2026-03-02 09:15:00`.
pub fn print_instant(at: Timestamp) -> String {
    date::print(at).replace('T', " ").split('.').next().unwrap_or_default().to_owned()
}

/// Reads what [`print_instant`] prints, and `HH:MM` or `HH:MM:SS` on the day of `near`.
pub fn parse_instant(text: &str, near: Timestamp) -> Option<Timestamp> {
    let text = text.trim();
    let full = if text.contains('-') {
        text.to_owned()
    } else {
        format!("{} {text}", print_instant(near).get(..10)?)
    };
    let full = full.replace(' ', "T").trim_end_matches('Z').to_owned();
    let full = if full.matches(':').count() == 1 { full + ":00" } else { full };
    date::parse(&format!("{full}Z"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_lie_on_their_multiples_and_fill_the_graph() {
        let settings = Settings::default();
        assert_eq!(settings.step(), Millis::from_secs(3));
        let Range::Steps { from, to, step } = settings.range(Timestamp(1_000_500)) else { panic!() };
        assert_eq!((from.0 % step.0, to), (0, Timestamp(1_000_500)));
        assert!(from.0 >= 1_000_500 - 900_000);
    }

    #[test]
    fn a_chosen_step_never_asks_for_more_than_prometheus_gives() {
        let day =
            Settings { length: Millis::from_minutes(1440), step: Some(Millis(1000)), ..Settings::default() };
        let Range::Steps { from, to, step } = day.range(Timestamp(100_000_000)) else { panic!() };
        assert!((to - from).0 / step.0 < MOST_STEPS);
    }

    #[test]
    fn an_instant_is_read_as_it_is_printed() {
        let at = date::parse("2026-03-02T09:15:00Z").unwrap();
        assert_eq!(print_instant(at), "2026-03-02 09:15:00");
        for text in ["2026-03-02 09:15:00", "09:15", " 09:15:00 ", "2026-03-02T09:15:00Z"] {
            assert_eq!(parse_instant(text, at), Some(at), "{text}");
        }
        assert_eq!(parse_instant("noon", at), None);
    }
}
