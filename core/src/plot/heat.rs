//! Buckets over time: how many observations lie between which bounds at which step. Draws nothing.

use std::collections::BTreeMap;

use super::line::Steps;
use crate::base::time::{Millis, Timestamp};

/// More rows than this cannot be told apart: neighbours are put together.
const MOST_ROWS: usize = 128;

/// A histogram over equal steps.
#[derive(Clone, Debug, PartialEq)]
pub struct Heat {
    /// The first step.
    pub start: Timestamp,
    /// Between two steps; above zero.
    pub step: Millis,
    /// The bounds of the rows, rising, one more than there are rows; the outer ones may be infinite.
    pub bounds: Vec<f64>,
    columns: BTreeMap<u32, Vec<f64>>,
}

/// A bucket of a native histogram.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bucket {
    /// The lower bound.
    pub lower: f64,
    /// The upper bound, above it.
    pub upper: f64,
    /// How many observations.
    pub count: f64,
}

impl Heat {
    /// The buckets of classic histograms: series by the value of their label `le`, which count everything up to it.
    /// Series with the same `le` are added up; one whose `le` is no number is left out. `None` where none is left.
    #[must_use]
    pub fn of_classic<'a>(series: impl Iterator<Item = (&'a str, Steps<'a>)>) -> Option<Self> {
        let mut rows: Vec<(f64, BTreeMap<u32, f64>)> = Vec::new();
        let mut over = None;
        for (le, steps) in series {
            let Some(bound) = bound(le) else { continue };
            let (start, step) = *over.get_or_insert((steps.start, steps.step));
            if (start, step) != (steps.start, steps.step) {
                continue;
            }
            let at = rows.binary_search_by(|(other, _)| other.total_cmp(&bound)).unwrap_or_else(|at| {
                rows.insert(at, (bound, BTreeMap::new()));
                at
            });
            for (index, value) in steps.drawable() {
                *rows[at].1.entry(index).or_insert(0.0) += value;
            }
        }
        let (start, step) = over?;
        let lowest = if rows.first()?.0 > 0.0 { 0.0 } else { f64::NEG_INFINITY };
        let bounds = std::iter::once(lowest).chain(rows.iter().map(|(bound, _)| *bound)).collect();
        let mut columns: BTreeMap<u32, Vec<f64>> = BTreeMap::new();
        let mut below: BTreeMap<u32, f64> = BTreeMap::new();
        for (row, (_, counts)) in rows.iter().enumerate() {
            for (index, count) in counts {
                // Rates of counters that were read at different moments may fall a little from bound to bound.
                let below = below.entry(*index).or_insert(0.0);
                let own = (count - *below).max(0.0);
                *below = below.max(*count);
                columns.entry(*index).or_insert_with(|| vec![0.0; rows.len()])[row] = own;
            }
        }
        Some(Self { start, step, bounds, columns }.with_few_rows())
    }

    /// The buckets of native histograms by step. Several histograms at a step are added up; a bucket over several rows
    /// is spread over them evenly. `None` where there is no bucket.
    #[must_use]
    pub fn of_native(
        start: Timestamp,
        step: Millis,
        buckets: impl Iterator<Item = (u32, Bucket)> + Clone,
    ) -> Option<Self> {
        let sound = |bucket: &Bucket| bucket.lower < bucket.upper && bucket.count.is_finite();
        let buckets = buckets.filter(move |(_, bucket)| sound(bucket));
        let mut bounds: Vec<f64> =
            buckets.clone().flat_map(|(_, bucket)| [bucket.lower, bucket.upper]).collect();
        bounds.sort_by(f64::total_cmp);
        bounds.dedup();
        let rows = bounds.len().checked_sub(1).filter(|rows| *rows > 0)?;
        let place = |bound: f64| bounds.partition_point(|other| *other < bound);
        let mut columns: BTreeMap<u32, Vec<f64>> = BTreeMap::new();
        for (index, bucket) in buckets {
            let (from, to) = (place(bucket.lower), place(bucket.upper));
            let share = bucket.count.max(0.0) / (to - from) as f64;
            let column = columns.entry(index).or_insert_with(|| vec![0.0; rows]);
            column[from..to].iter_mut().for_each(|count| *count += share);
        }
        Some(Self { start, step, bounds, columns }.with_few_rows())
    }

    /// The same with neighbouring rows put together until there are few enough.
    fn with_few_rows(mut self) -> Self {
        while self.rows() > MOST_ROWS {
            let last = self.bounds.len() - 1;
            let kept = self.bounds.iter().enumerate().filter(|(at, _)| at % 2 == 0 || *at == last);
            self.bounds = kept.map(|(_, bound)| *bound).collect();
            for column in self.columns.values_mut() {
                *column = column.chunks(2).map(|pair| pair.iter().sum()).collect();
            }
        }
        self
    }

    /// How many rows there are.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.bounds.len().saturating_sub(1)
    }

    /// The counts of a step from the lowest row up; `None` where there is no histogram.
    #[must_use]
    pub fn column(&self, index: u32) -> Option<&[f64]> {
        self.columns.get(&index).map(Vec::as_slice)
    }

    /// The steps with a histogram, rising, with their counts.
    pub fn columns(&self) -> impl Iterator<Item = (u32, &[f64])> {
        self.columns.iter().map(|(index, counts)| (*index, counts.as_slice()))
    }

    /// The step nearest to `at`, with or without a histogram.
    #[must_use]
    pub fn index_near(&self, at: Timestamp) -> Option<u32> {
        Steps { start: self.start, step: self.step, present: &[], values: &[] }.index_near(at)
    }

    /// The instant of a step.
    #[must_use]
    pub fn at(&self, index: u32) -> Timestamp {
        Steps { start: self.start, step: self.step, present: &[], values: &[] }.at(index)
    }

    /// The greatest count of any bucket.
    #[must_use]
    pub fn greatest(&self) -> f64 {
        self.columns.values().flatten().copied().fold(0.0, f64::max)
    }
}

/// Reads the value of a label `le`.
fn bound(le: &str) -> Option<f64> {
    le.parse::<f64>().ok().filter(|bound| !bound.is_nan())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps<'a>(present: &'a [u64], values: &'a [f64]) -> Steps<'a> {
        Steps { start: Timestamp(0), step: Millis(10), present, values }
    }

    #[test]
    fn classic_buckets_become_what_lies_between_their_bounds() {
        let series = [
            ("+Inf", steps(&[0b101], &[10.0, 7.0])),
            ("0.1", steps(&[0b101], &[4.0, 7.5])),
            ("0.5", steps(&[0b101], &[9.0, 7.0])),
            ("many", steps(&[0b101], &[1.0, 1.0])),
            ("0.1", steps(&[0b001], &[1.0])),
        ];
        let heat = Heat::of_classic(series.into_iter()).unwrap();
        assert_eq!(heat.bounds, [0.0, 0.1, 0.5, f64::INFINITY]);
        assert_eq!(heat.column(0), Some(&[5.0, 4.0, 1.0][..]));
        assert_eq!(heat.column(1), None);
        assert_eq!(heat.column(2), Some(&[7.5, 0.0, 0.0][..]));
        assert_eq!(heat.greatest(), 7.5);
        assert_eq!(Heat::of_classic([("x", steps(&[1], &[1.0]))].into_iter()), None);
    }

    #[test]
    fn a_coarse_bucket_is_spread_over_fine_rows() {
        let bucket = |lower, upper, count| Bucket { lower, upper, count };
        let buckets = [(0, bucket(1.0, 2.0, 3.0)), (0, bucket(2.0, 4.0, 1.0)), (5, bucket(1.0, 4.0, 4.0))];
        let heat = Heat::of_native(Timestamp(0), Millis(10), buckets.into_iter()).unwrap();
        assert_eq!(heat.bounds, [1.0, 2.0, 4.0]);
        assert_eq!(heat.column(0), Some(&[3.0, 1.0][..]));
        assert_eq!(heat.column(5), Some(&[2.0, 2.0][..]));
        let unsound = [(0, bucket(2.0, 2.0, 1.0)), (0, bucket(f64::NAN, 1.0, 1.0))];
        assert_eq!(Heat::of_native(Timestamp(0), Millis(10), unsound.into_iter()), None);
    }

    #[test]
    fn many_rows_are_put_together_and_nothing_is_lost() {
        let buckets = (0..1001_u32)
            .map(|index| (0, Bucket { lower: f64::from(index), upper: f64::from(index + 1), count: 1.0 }));
        let heat = Heat::of_native(Timestamp(0), Millis(10), buckets).unwrap();
        assert!(heat.rows() <= MOST_ROWS && heat.rows() == heat.column(0).unwrap().len());
        assert_eq!(heat.column(0).unwrap().iter().sum::<f64>(), 1001.0);
        assert_eq!((heat.bounds.first(), heat.bounds.last()), (Some(&0.0), Some(&1001.0)));
    }
}
