//! `sum`, `count` and `group`.

use super::Fold;
use crate::base::number::add_compensated;
use crate::promql::eval::lanes::{Lane, Lanes, bits};

/// Neumaier's sum in the order of the series.
#[derive(Debug, Default)]
pub struct Sum {
    compensation: Vec<f64>,
    width: usize,
}

impl Fold for Sum {
    fn begin(&mut self, groups: usize, width: usize) {
        self.width = width;
        self.compensation.clear();
        self.compensation.resize(groups * width, 0.0);
    }

    fn add(&mut self, group: usize, series: Lane<'_>, out: &mut Lanes) {
        let mut lane = out.lane_mut(group);
        let compensation = &mut self.compensation[group * self.width..(group + 1) * self.width];
        if series.full() && bits::full(lane.present, self.width) {
            for ((value, sum), low) in series.values.iter().zip(lane.values).zip(compensation) {
                add_compensated(*value, sum, low);
            }
            return;
        }
        if lane.present.iter().all(|word| *word == 0) {
            lane.copy_from(series);
            return;
        }
        for (step, value) in series.iter() {
            if bits::has(lane.present, step) {
                add_compensated(value, &mut lane.values[step], &mut compensation[step]);
            } else {
                lane.set(step, value);
            }
        }
    }

    fn finish(&mut self, out: &mut Lanes) {
        for (sum, compensation) in out.values_mut().iter_mut().zip(&self.compensation) {
            *sum += compensation;
        }
    }
}

/// The number of elements.
#[derive(Debug)]
pub struct Count;

impl Fold for Count {
    fn begin(&mut self, _groups: usize, _width: usize) {}

    fn add(&mut self, group: usize, series: Lane<'_>, out: &mut Lanes) {
        let mut lane = out.lane_mut(group);
        for (step, _) in series.iter() {
            // An empty cell holds zero.
            let count = lane.values[step] + 1.0;
            lane.set(step, count);
        }
    }

    fn finish(&mut self, _out: &mut Lanes) {}
}

/// 1 for every group that has an element.
#[derive(Debug)]
pub struct Group;

impl Fold for Group {
    fn begin(&mut self, _groups: usize, _width: usize) {}

    fn add(&mut self, group: usize, series: Lane<'_>, out: &mut Lanes) {
        let mut lane = out.lane_mut(group);
        for (step, _) in series.iter() {
            lane.set(step, 1.0);
        }
    }

    fn finish(&mut self, _out: &mut Lanes) {}
}
