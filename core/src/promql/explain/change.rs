//! How `rate`, `increase` and `delta` make a number of the samples in a window: resets, spacing, the extrapolation to
//! each edge and why it ends where it does.
//!
//! Source: Prometheus 3 `extrapolatedRate`, as in `functions/rate.rs`; here every number on the way is kept.

use serde::{Deserialize, Serialize};

/// Which of the three functions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ChangeOf {
    /// `rate`: a counter, a second.
    Rate,
    /// `increase`: a counter.
    Increase,
    /// `delta`: a gauge.
    Delta,
}

impl ChangeOf {
    pub(super) fn of(function: &str) -> Option<Self> {
        match function {
            "rate" => Some(Self::Rate),
            "increase" => Some(Self::Increase),
            "delta" => Some(Self::Delta),
            _ => None,
        }
    }

    /// Whether falls are resets.
    #[must_use]
    pub const fn is_of_counter(self) -> bool {
        matches!(self, Self::Rate | Self::Increase)
    }
}

/// A fall of a counter.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reset {
    /// The place of the sample after the fall.
    pub at: u32,
    /// The value before; it is added.
    pub before: f64,
    /// The value after.
    pub after: f64,
}

/// How far the line through the samples is drawn on towards an edge.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Edge {
    /// From the edge to the nearest sample.
    pub gap_seconds: f64,
    /// How far it is drawn on.
    pub extended_seconds: f64,
    /// Why so far.
    pub reason: EdgeReason,
}

/// Why a line is drawn on so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum EdgeReason {
    /// The gap is below 1.1 times the spacing: up to the edge.
    Near,
    /// The gap is larger: the series is taken to begin or end there, half a spacing further.
    Far,
    /// A counter cannot have been below zero: up to where its line meets zero.
    Zero,
}

/// What the samples of a window are.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Points<'a> {
    /// When they were taken, in milliseconds.
    pub times: &'a [i64],
    /// Their values; of native histograms the counts of observations.
    pub values: &'a [f64],
    /// Places of samples before which the counter was reset though its value did not fall: a start time or a bucket says
    /// so.
    pub unseen_resets: &'a [usize],
    /// When the first sample began to count, where that is known to be inside the window.
    pub started: Option<i64>,
}

/// The samples of a window and every number between them and the result. All lengths in seconds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// Which function.
    pub function: ChangeOf,
    /// The window's begin, in milliseconds; a sample exactly there is outside.
    pub begin: i64,
    /// The window's end, in milliseconds; a sample exactly there is inside.
    pub end: i64,
    /// When the samples were taken, in milliseconds.
    pub times: Vec<i64>,
    /// Their values.
    pub values: Vec<f64>,
    /// The last value minus the first.
    pub difference: f64,
    /// The falls, in order; none of a gauge.
    pub resets: Vec<Reset>,
    /// When the first sample began to count, where that is known to be inside the window: the counter was at zero then, so
    /// all of the first value is added, and the line begins there.
    pub started: Option<i64>,
    /// The difference with what was lost in each fall added, and the first value where the counter started inside.
    pub change: f64,
    /// From the first sample, or the start, to the last sample.
    pub sampled_seconds: f64,
    /// From one sample to the next, on average.
    pub spacing_seconds: f64,
    /// A gap below this is near.
    pub near_seconds: f64,
    /// The left edge.
    pub left: Edge,
    /// The right edge.
    pub right: Edge,
    /// The window's length.
    pub range_seconds: f64,
    /// By how much the change grows through the extrapolation.
    pub factor: f64,
    /// What comes out.
    pub result: f64,
}

impl Change {
    /// Takes a window apart; `None` for fewer than two samples, or one whose start is known.
    #[must_use]
    pub fn of(function: ChangeOf, (begin, end): (i64, i64), points: Points<'_>) -> Option<Self> {
        let Points { times, values, .. } = points;
        let started = points.started.filter(|_| function.is_of_counter());
        if times.len() < 2 && started.is_none() {
            return None;
        }
        let (&first_time, &last_time) = times.first().zip(times.last())?;
        let (&first, &last) = values.first().zip(values.last())?;
        let difference = last - first;
        let resets = if function.is_of_counter() { resets(values, points.unseen_resets) } else { Vec::new() };
        let change = added(difference, &resets, started.map(|_| first));
        let between_seconds = (last_time - first_time) as f64 / 1000.0;
        let spacing_seconds = if times.len() > 1 { between_seconds / (times.len() - 1) as f64 } else { 0.0 };
        let sampled_seconds = (last_time - started.unwrap_or(first_time)) as f64 / 1000.0;
        let near_seconds = spacing_seconds * 1.1;
        let edge = |gap_ms: i64| {
            let gap_seconds = gap_ms as f64 / 1000.0;
            if gap_seconds >= near_seconds {
                Edge { gap_seconds, extended_seconds: spacing_seconds / 2.0, reason: EdgeReason::Far }
            } else {
                Edge { gap_seconds, extended_seconds: gap_seconds, reason: EdgeReason::Near }
            }
        };
        let mut left = edge(first_time - begin);
        if let Some(started) = started {
            let gap_seconds = (started - begin) as f64 / 1000.0;
            left = Edge { gap_seconds, extended_seconds: 0.0, reason: EdgeReason::Zero };
        } else if function.is_of_counter() && change > 0.0 && first >= 0.0 {
            let to_zero = sampled_seconds * (first / change);
            if to_zero < left.extended_seconds {
                left = Edge { extended_seconds: to_zero, reason: EdgeReason::Zero, ..left };
            }
        }
        let right = edge(end - last_time);
        let mut made = Self {
            function,
            begin,
            end,
            times: times.to_vec(),
            values: values.to_vec(),
            difference,
            resets,
            started,
            change,
            sampled_seconds,
            spacing_seconds,
            near_seconds,
            left,
            right,
            range_seconds: (end - begin) as f64 / 1000.0,
            factor: 0.0,
            result: 0.0,
        };
        made.factor = made.stretch();
        made.result = made.replay();
        Some(made)
    }

    fn stretch(&self) -> f64 {
        let stretched = self.sampled_seconds + self.left.extended_seconds + self.right.extended_seconds;
        stretched / self.sampled_seconds
    }

    /// The result from the numbers shown: difference, falls, edges.
    #[must_use]
    pub fn replay(&self) -> f64 {
        let first = self.started.and(self.values.first().copied());
        let change = added(self.difference, &self.resets, first);
        match self.function {
            ChangeOf::Rate => change * (self.stretch() / self.range_seconds),
            ChangeOf::Increase | ChangeOf::Delta => change * self.stretch(),
        }
    }
}

/// The difference with what the resets lost, and the first value where the counter began with it.
fn added(difference: f64, resets: &[Reset], first: Option<f64>) -> f64 {
    let change = resets.iter().fold(difference, |change, reset| change + reset.before);
    first.map_or(change, |first| change + first)
}

fn resets(values: &[f64], unseen: &[usize]) -> Vec<Reset> {
    let pairs = values.windows(2).enumerate();
    let resets = pairs.filter(|(at, pair)| pair[1] < pair[0] || unseen.contains(&(at + 1)));
    resets.map(|(at, pair)| Reset { at: at as u32 + 1, before: pair[0], after: pair[1] }).collect()
}
