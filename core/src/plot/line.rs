//! The values of one line over equal steps, with their gaps. Draws nothing.

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
    fn drawable(&self) -> impl Iterator<Item = (u32, f64)> + '_ {
        let indices = self.present.iter().enumerate().flat_map(|(word_index, word)| {
            let first = word_index as u32 * 64;
            (0..64).filter(move |bit| word >> bit & 1 == 1).map(move |bit| first + bit)
        });
        indices.zip(self.values.iter().copied()).filter(|(_, value)| value.is_finite())
    }

    fn at(&self, index: u32) -> Timestamp {
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

    /// The value of the step nearest to `at`; `None` where that step has none or lies outside.
    #[must_use]
    pub fn nearest(&self, at: Timestamp) -> Option<Point> {
        let index = libm::round((at.0 - self.start.0) as f64 / self.step.0.max(1) as f64);
        if !(0.0..f64::from(u32::MAX)).contains(&index) {
            return None;
        }
        let index = index as u32;
        let value = self.drawable().take_while(|(step, _)| *step <= index).last();
        value.filter(|(step, _)| *step == index).map(|(_, value)| Point { at: self.at(index), value })
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
        assert_eq!(line.extent(), Some((0.0, 7.0)));
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
