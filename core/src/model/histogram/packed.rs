//! A histogram as it lies in a column, and a sum of such.

use std::sync::Arc;

use super::arithmetic::Combined;
use super::{Buckets, FloatHistogram, Layout, ResetHint};
use crate::base::number::add_compensated;

/// How many numbers precede those of the buckets: count, zero count and sum.
pub(super) const TOTALS: usize = 3;

/// A histogram of a column.
#[derive(Clone, Copy, Debug)]
pub struct PackedHistogram<'a> {
    /// Its layout.
    pub layout: &'a Arc<Layout>,
    /// What is known of a counter reset.
    pub hint: ResetHint,
    pub(super) numbers: &'a [f64],
}

impl PackedHistogram<'_> {
    /// All observations.
    #[must_use]
    pub fn count(&self) -> f64 {
        self.numbers[0]
    }

    /// The same histogram by itself.
    #[must_use]
    pub fn whole(&self) -> FloatHistogram {
        whole(self.layout, self.hint, self.numbers)
    }

    /// What became of the numbers of `before`, which has the same layout, every difference multiplied by `factor`. As
    /// [`FloatHistogram::sub`] and [`FloatHistogram::scaled`] give them, bit for bit.
    pub(super) fn changes_since(&self, before: &Self, factor: f64) -> impl Iterator<Item = f64> {
        let pairs = self.numbers.iter().zip(before.numbers);
        pairs.enumerate().map(move |(place, (now, then))| {
            let change = now - then;
            // A bucket without change is gone before a factor could make something of it.
            if place >= TOTALS && change == 0.0 { change } else { change * factor }
        })
    }

    /// What became of this histogram since `before`, as a gauge.
    #[must_use]
    pub fn change_since(&self, before: &Self, factor: f64) -> FloatHistogram {
        let numbers: Vec<f64> = self.changes_since(before, factor).collect();
        whole(self.layout, ResetHint::Gauge, &numbers)
    }
}

fn whole(layout: &Layout, hint: ResetHint, numbers: &[f64]) -> FloatHistogram {
    let (totals, buckets) = numbers.split_at(TOTALS);
    let (positive, negative) = buckets.split_at(layout.positive.len());
    let side = |indexes: &[i32], counts: &[f64]| {
        Buckets::of_layout(counts.len(), indexes.iter().copied().zip(counts.iter().copied()))
    };
    FloatHistogram {
        schema: layout.schema,
        zero_threshold: layout.zero_threshold,
        count: totals[0],
        zero_count: totals[1],
        sum: totals[2],
        positive: side(&layout.positive, positive),
        negative: side(&layout.negative, negative),
        custom_bounds: Arc::clone(&layout.custom_bounds),
        hint,
    }
}

/// A running sum of histograms whose buckets have the same bounds, though not all populate the same ones, with the low parts
/// of all additions kept: [`super::CompensatedHistogram`] without its search for buckets.
#[derive(Clone, Debug)]
pub struct PackedSum {
    layout: Arc<Layout>,
    hint: ResetHint,
    sums: Vec<f64>,
    lows: Vec<f64>,
}

impl PackedSum {
    /// A sum of one histogram.
    #[must_use]
    pub fn new(first: &PackedHistogram<'_>) -> Self {
        Self {
            layout: Arc::clone(first.layout),
            hint: first.hint,
            sums: first.numbers.to_vec(),
            lows: vec![0.0; first.numbers.len()],
        }
    }

    /// Adds a histogram; `None`, and nothing is done, where its buckets have other bounds.
    pub fn add(&mut self, other: &PackedHistogram<'_>) -> Option<Combined> {
        let is_same = Arc::ptr_eq(&self.layout, other.layout) || self.layout == *other.layout;
        if !is_same && !self.layout.has_bounds_of(other.layout) {
            return None;
        }
        let (hint, hint_collision) = self.hint.combined(other.hint);
        self.hint = hint;
        if is_same {
            for ((sum, low), value) in self.sums.iter_mut().zip(&mut self.lows).zip(other.numbers) {
                add_compensated(*value, sum, low);
            }
        } else {
            self.add_apart(other);
        }
        Some(Combined { hint_collision, bounds_reconciled: false })
    }

    /// Adds a histogram of other buckets, bucket by bucket.
    #[inline(never)]
    fn add_apart(&mut self, other: &PackedHistogram<'_>) {
        self.widen(other.layout);
        let mut add = |place: usize, value: f64| {
            add_compensated(value, &mut self.sums[place], &mut self.lows[place]);
        };
        (0..TOTALS).for_each(|place| add(place, other.numbers[place]));
        let (own, others) = (&self.layout, other.layout);
        let mut numbers = other.numbers[TOTALS..].iter();
        for (own, others, first) in [
            (&own.positive, &others.positive, TOTALS),
            (&own.negative, &others.negative, TOTALS + own.positive.len()),
        ] {
            let mut place = 0;
            for (index, value) in others.iter().zip(&mut numbers) {
                place += own[place..].iter().take_while(|own| *own < index).count();
                add(first + place, *value);
            }
        }
    }

    /// Takes in the buckets of a layout that are missing.
    fn widen(&mut self, other: &Layout) {
        let wider = self.layout.joined(other);
        if wider.buckets() == self.layout.buckets() {
            return;
        }
        let old = std::mem::replace(&mut self.layout, Arc::new(wider));
        for numbers in [&mut self.sums, &mut self.lows] {
            let mut wide = numbers[..TOTALS].to_vec();
            let mut rest = numbers[TOTALS..].iter();
            for (old, new) in [(&old.positive, &self.layout.positive), (&old.negative, &self.layout.negative)]
            {
                let mut known = old.iter().peekable();
                wide.extend(new.iter().map(|index| {
                    let number = known.next_if_eq(&index).and_then(|_| rest.next());
                    number.copied().unwrap_or(0.0)
                }));
            }
            *numbers = wide;
        }
    }

    /// The sum as plain additions give it, and what they lost.
    #[must_use]
    pub fn parts(&self) -> (FloatHistogram, FloatHistogram) {
        let part = |hint, numbers| whole(&self.layout, hint, numbers);
        (part(self.hint, &self.sums), part(ResetHint::Unknown, &self.lows))
    }

    /// The total: the sum with what was lost.
    #[must_use]
    pub fn total(&self) -> FloatHistogram {
        let totals: Vec<f64> = self.sums.iter().zip(&self.lows).map(|(sum, low)| sum + low).collect();
        whole(&self.layout, self.hint, &totals)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::histogram::{CompensatedHistogram, HistogramColumn};

    fn histogram() -> impl Strategy<Value = FloatHistogram> {
        let count = prop_oneof![(1_u32..9).prop_map(f64::from), Just(0.1), Just(1e17)];
        let side = || prop::collection::vec((-2_i32..4, count.clone()), 0..4).prop_map(Buckets::from_pairs);
        let hint = prop::sample::select(vec![ResetHint::Unknown, ResetHint::NotReset, ResetHint::Reset]);
        (side(), side(), hint).prop_map(|(positive, negative, hint)| FloatHistogram {
            count: 0.7,
            sum: -0.3,
            positive,
            negative,
            hint,
            ..FloatHistogram::default()
        })
    }

    proptest! {
        #[test]
        fn a_packed_sum_is_the_compensated_one(
            first in histogram(), others in prop::collection::vec(histogram(), 0..12),
        ) {
            let mut column = HistogramColumn::default();
            column.push(&first);
            others.iter().for_each(|other| column.push(other));
            let mut packed = PackedSum::new(&column.packed(0).unwrap());
            let mut sum = CompensatedHistogram::new(first);
            for (at, other) in others.iter().enumerate() {
                let combined = packed.add(&column.packed(at + 1).unwrap());
                prop_assert_eq!(combined, sum.add(other).ok());
                prop_assert_eq!(packed.parts().0, sum.sum.clone());
                prop_assert_eq!(packed.total(), sum.total());
            }
        }
    }

    #[test]
    fn other_bounds_are_refused() {
        let mut column = HistogramColumn::default();
        column.push(&FloatHistogram::default());
        column.push(&FloatHistogram { schema: 1, ..FloatHistogram::default() });
        let mut sum = PackedSum::new(&column.packed(0).unwrap());
        assert_eq!(sum.add(&column.packed(1).unwrap()), None);
        assert!(sum.add(&column.packed(0).unwrap()).is_some());
    }
}
