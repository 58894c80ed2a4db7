//! `double_exponential_smoothing`: a level and a trend, each smoothed by its factor (Holt's method).

use super::{Body, Function, Remark, SCALAR, WINDOWS, WindowBody};
use crate::promql::eval::error::ErrorKind;
use crate::promql::eval::lanes::LaneMut;
use crate::promql::eval::steps::Steps;
use crate::promql::eval::window::{Edges, Reach};
use crate::tsdb::Samples;

/// `double_exponential_smoothing(m, sf, tf)`: the smoothed value at the window's last sample; both factors lie
/// strictly between 0 and 1.
pub const DOUBLE_EXPONENTIAL_SMOOTHING: Function = Function::new(
    "double_exponential_smoothing",
    &[WINDOWS, SCALAR, SCALAR],
    Body::Window(
        &WindowBody::fresh(|window, factors| smooth(window.values, factors[0], factors[1]))
            .lane(smoothing_lane)
            .inspect(inspect),
    ),
)
.experimental();

fn inspect(factors: &[f64]) -> Result<Option<Remark>, ErrorKind> {
    for (value, which, short) in [(factors[0], "smoothing", "sf"), (factors[1], "trend", "tf")] {
        if value <= 0.0 || value >= 1.0 {
            return Err(ErrorKind::InvalidFactor { which, short, value });
        }
    }
    Ok(None)
}

fn smooth(values: &[f64], level_factor: f64, trend_factor: f64) -> Option<f64> {
    let &[first, second, ref rest @ ..] = values else { return None };
    let mut smoothed = Abreast::begun([first], [second], [level_factor], [trend_factor]);
    rest.iter().for_each(|value| smoothed.add([*value]));
    Some(smoothed.level[0])
}

/// How many windows are smoothed abreast. Each number waits for the one before it, so that one window alone leaves a
/// processor idle most of the time.
const ABREAST: usize = 8;

fn smoothing_lane(
    samples: &Samples,
    reach: Reach,
    steps: &Steps,
    factors: &[&[f64]],
    lane: &mut LaneMut<'_>,
) -> usize {
    let mut edges = Edges::new(&samples.times, reach);
    let mut looked_at = steps.count;
    let mut waiting = [(0, &samples.values[..0]); ABREAST];
    let mut count = 0;
    for step in 0..steps.count {
        let (first, end) = edges.move_to(steps.time(step));
        looked_at += end - first;
        if end - first < 2 {
            continue;
        }
        waiting[count] = (step, &samples.values[first..end]);
        count += 1;
        if count == ABREAST {
            smooth_abreast(&waiting, factors, lane);
            count = 0;
        }
    }
    for (step, values) in &waiting[..count] {
        if let Some(level) = smooth(values, factors[0][*step], factors[1][*step]) {
            lane.set(*step, level);
        }
    }
    looked_at
}

/// Smooths windows of at least two samples side by side for as long as the shortest goes, and then each to its end.
fn smooth_abreast(waiting: &[(usize, &[f64]); ABREAST], factors: &[&[f64]], lane: &mut LaneMut<'_>) {
    let shortest = waiting.iter().map(|(_, values)| values.len()).min().unwrap_or(0);
    let windows = waiting.map(|(_, values)| &values[..shortest]);
    let at = |place: usize| windows.map(|values| values[place]);
    let of_steps = |factors: &[f64]| waiting.map(|(step, _)| factors[step]);
    let mut smoothed = Abreast::begun(at(0), at(1), of_steps(factors[0]), of_steps(factors[1]));
    for place in 2..shortest {
        smoothed.add(at(place));
    }
    for (index, (step, values)) in waiting.iter().enumerate() {
        let mut alone = smoothed.one(index);
        values[shortest..].iter().for_each(|value| alone.add([*value]));
        lane.set(*step, alone.level[0]);
    }
}

/// The states of several smoothings.
struct Abreast<const N: usize> {
    level_factor: [f64; N],
    trend_factor: [f64; N],
    before: [f64; N],
    level: [f64; N],
    trend: [f64; N],
}

impl<const N: usize> Abreast<N> {
    /// After two samples each; the trend between them is where it begins.
    fn begun(first: [f64; N], second: [f64; N], level_factor: [f64; N], trend_factor: [f64; N]) -> Self {
        let trend = std::array::from_fn(|n| second[n] - first[n]);
        let level = std::array::from_fn(|n| {
            level_factor[n] * second[n] + (1.0 - level_factor[n]) * (first[n] + trend[n])
        });
        Self { level_factor, trend_factor, before: first, level, trend }
    }

    fn add(&mut self, values: [f64; N]) {
        for (n, value) in values.iter().enumerate() {
            let (level_factor, trend_factor) = (self.level_factor[n], self.trend_factor[n]);
            let moved = self.level[n] - self.before[n];
            let trend = trend_factor * moved + (1.0 - trend_factor) * self.trend[n];
            let level = level_factor * value + (1.0 - level_factor) * (self.level[n] + trend);
            (self.before[n], self.level[n], self.trend[n]) = (self.level[n], level, trend);
        }
    }

    fn one(&self, n: usize) -> Abreast<1> {
        Abreast {
            level_factor: [self.level_factor[n]],
            trend_factor: [self.trend_factor[n]],
            before: [self.before[n]],
            level: [self.level[n]],
            trend: [self.trend[n]],
        }
    }
}
