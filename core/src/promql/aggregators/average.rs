//! `avg`: the mean of each group, also where the sum of its elements is beyond the largest float.

use super::Fold;
use crate::promql::eval::lanes::{Lane, Lanes};
use crate::promql::functions::average::Mean;

/// The mean in the order of the series.
#[derive(Debug, Default)]
pub struct Average {
    means: Vec<Option<Mean>>,
    width: usize,
}

impl Fold for Average {
    fn begin(&mut self, groups: usize, width: usize) {
        self.width = width;
        self.means.clear();
        self.means.resize(groups * width, None);
    }

    fn add(&mut self, group: usize, series: Lane<'_>, _out: &mut Lanes) {
        let means = &mut self.means[group * self.width..(group + 1) * self.width];
        for (step, value) in series.iter() {
            match &mut means[step] {
                Some(mean) => mean.add(value),
                empty => *empty = Some(Mean::new(value)),
            }
        }
    }

    fn finish(&mut self, out: &mut Lanes) {
        for group in 0..out.rows() {
            let mut lane = out.lane_mut(group);
            let means = &self.means[group * self.width..(group + 1) * self.width];
            for (step, mean) in means.iter().enumerate() {
                if let Some(mean) = mean {
                    lane.set(step, mean.value());
                }
            }
        }
    }
}
