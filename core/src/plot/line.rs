//! The values of one line over equal steps, with their gaps. Draws nothing.

use super::options::Summary;
use crate::base::number::add_compensated;
use crate::base::time::{Millis, Timestamp};

/// A line's values: step `i` lies at `start + i * step` and has a value where bit `i` of `present` is set (the lowest
/// bit of the first word is step 0). `values` holds the values of the steps that have one, in order.
#[derive(Clone, Copy, Debug)]
pub struct Steps<'a> {
    /// The first step.
    pub start: Timestamp,
    /// Between two steps; above zero.
    pub step: Millis,
    /// One bit a step.
    pub present: &'a [u64],
    /// The values of the steps that have one.
    pub values: &'a [f64],
}

/// A value at an instant.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// When.
    pub at: Timestamp,
    /// What; always finite.
    pub value: f64,
}

impl Steps<'_> {
    /// The steps with a value that can be drawn (infinities and NaN cannot), by index.
    pub(super) fn drawable(&self) -> impl Iterator<Item = (u32, f64)> + '_ {
        let indices = self.present.iter().enumerate().flat_map(|(word_index, word)| {
            let first = word_index as u32 * 64;
            (0..64).filter(move |bit| word >> bit & 1 == 1).map(move |bit| first + bit)
        });
        indices.zip(self.values.iter().copied()).filter(|(_, value)| value.is_finite())
    }

    /// The instant of a step.
    pub(super) fn at(&self, index: u32) -> Timestamp {
        self.start.saturating_add(Millis(self.step.0.saturating_mul(i64::from(index))))
    }

    /// The stretches without a gap: each holds the points of steps that follow one another, none is empty.
    #[must_use]
    pub fn stretches(&self) -> Vec<Vec<Point>> {
        let mut stretches: Vec<Vec<Point>> = Vec::new();
        let mut last = None;
        for (index, value) in self.drawable() {
            let point = Point { at: self.at(index), value };
            match stretches.last_mut() {
                Some(stretch) if last == Some(index.wrapping_sub(1)) => stretch.push(point),
                _ => stretches.push(vec![point]),
            }
            last = Some(index);
        }
        stretches
    }

    /// The step nearest to `at`, wherever it lies.
    pub(super) fn index_near(&self, at: Timestamp) -> Option<u32> {
        let index = libm::round((at.0 as f64 - self.start.0 as f64) / self.step.0.max(1) as f64);
        (0.0..f64::from(u32::MAX)).contains(&index).then_some(index as u32)
    }

    /// The value of step `index`, also one that cannot be drawn; `None` where it has none.
    #[must_use]
    pub fn value(&self, index: u32) -> Option<f64> {
        let (word_index, bit) = (index as usize / 64, index % 64);
        let word = *self.present.get(word_index)?;
        if word >> bit & 1 == 0 {
            return None;
        }
        let before: u32 = self.present[..word_index].iter().map(|word| word.count_ones()).sum();
        let inside = (word & ((1 << bit) - 1)).count_ones();
        self.values.get((before + inside) as usize).copied()
    }

    /// The value of the step nearest to `at`; `None` where that step has none or lies outside.
    #[must_use]
    pub fn nearest(&self, at: Timestamp) -> Option<Point> {
        let index = self.index_near(at)?;
        let value = self.value(index).filter(|value| value.is_finite())?;
        Some(Point { at: self.at(index), value })
    }

    /// The value at the step nearest to `at`, also one that cannot be drawn; `None` where that step has none.
    #[must_use]
    pub fn value_near(&self, at: Timestamp) -> Option<f64> {
        self.value(self.index_near(at)?)
    }

    /// How many gaps there are between the values that can be drawn.
    #[must_use]
    pub fn gaps(&self) -> usize {
        let mut last = None;
        let mut gaps = 0;
        for (index, _) in self.drawable() {
            gaps += usize::from(last.is_some_and(|last: u32| last + 1 != index));
            last = Some(index);
        }
        gaps
    }

    /// One number for all values; those that are no number say nothing, unless the last one is asked for. `None` where
    /// there is no value.
    #[must_use]
    pub fn summary(&self, summary: Summary) -> Option<f64> {
        let numbers = || self.values.iter().copied().filter(|value| !value.is_nan());
        match summary {
            Summary::Last => self.values.last().copied(),
            Summary::Least => numbers().reduce(f64::min),
            Summary::Greatest => numbers().reduce(f64::max),
            Summary::Mean => {
                let (mut sum, mut compensation, mut count) = (0.0, 0.0, 0_u32);
                for value in numbers() {
                    add_compensated(value, &mut sum, &mut compensation);
                    count += 1;
                }
                (count > 0).then(|| (sum + compensation) / f64::from(count))
            }
        }
    }

    /// The least and the greatest value that can be drawn; `None` where there is none.
    #[must_use]
    pub fn extent(&self) -> Option<(f64, f64)> {
        self.drawable().fold(None, |extent, (_, value)| match extent {
            None => Some((value, value)),
            Some((least, greatest)) => Some((value.min(least), value.max(greatest))),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps<'a>(present: &'a [u64], values: &'a [f64]) -> Steps<'a> {
        Steps { start: Timestamp(1000), step: Millis(10), present, values }
    }

    #[test]
    fn a_missing_step_and_a_value_that_is_no_number_end_a_stretch() {
        let line = steps(&[0b1101_1011], &[0.0, 1.0, 3.0, f64::NAN, 6.0, 7.0]);
        let stretches = line.stretches();
        let indices: Vec<Vec<i64>> = stretches
            .iter()
            .map(|stretch| stretch.iter().map(|point| (point.at.0 - 1000) / 10).collect())
            .collect();
        assert_eq!(indices, [vec![0, 1], vec![3], vec![6, 7]]);
        assert_eq!((line.extent(), line.gaps()), (Some((0.0, 7.0)), 2));
    }

    #[test]
    fn a_summary_leaves_out_what_is_no_number() {
        let line = steps(&[0b1111], &[4.0, f64::NAN, 1.0, 1.0]);
        let all = Summary::ALL.map(|summary| line.summary(summary));
        assert_eq!(all, [Some(1.0), Some(2.0), Some(1.0), Some(4.0)]);
        assert_eq!(Summary::ALL.map(|summary| steps(&[], &[]).summary(summary)), [None; 4]);
    }

    #[test]
    fn a_value_is_found_beyond_the_first_word() {
        let present = [u64::MAX, 0b100];
        let values: Vec<f64> = (0..65).map(f64::from).collect();
        let line = steps(&present, &values);
        assert_eq!((line.value(0), line.value(63), line.value(64)), (Some(0.0), Some(63.0), None));
        assert_eq!((line.value(66), line.value(67), line.value(9999)), (Some(64.0), None, None));
    }

    #[test]
    fn the_nearest_step_is_not_another_one_beside_a_gap() {
        let line = steps(&[0b101], &[5.0, 6.0]);
        assert_eq!(line.nearest(Timestamp(1004)).map(|point| point.value), Some(5.0));
        assert_eq!(line.nearest(Timestamp(1010)), None);
        assert_eq!(line.nearest(Timestamp(1016)).map(|point| point.value), Some(6.0));
        assert_eq!(line.nearest(Timestamp(900)), None);
        assert_eq!(steps(&[], &[]).extent(), None);
    }
}
