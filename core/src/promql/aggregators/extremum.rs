//! `min` and `max` of each group.

use super::Fold;
use crate::promql::eval::lanes::{Lane, Lanes, bits};

/// The smallest or largest element; NaN only where there is no other.
#[derive(Debug)]
pub struct Extremum {
    /// The largest instead of the smallest.
    pub is_max: bool,
}

impl Fold for Extremum {
    fn begin(&mut self, _groups: usize, _width: usize) {}

    fn add(&mut self, group: usize, series: Lane<'_>, out: &mut Lanes) {
        let mut lane = out.lane_mut(group);
        for (step, value) in series.iter() {
            let best = lane.values[step];
            let beats = if self.is_max { value > best } else { value < best };
            if beats || best.is_nan() || !bits::has(lane.present, step) {
                lane.set(step, value);
            }
        }
    }

    fn finish(&mut self, _out: &mut Lanes) {}
}
