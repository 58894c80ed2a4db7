//! Whether two histograms are the same, as `==` and `changes` in PromQL take it.

use super::{Buckets, FloatHistogram};

impl FloatHistogram {
    /// Whether both have the same layout and counts, bit for bit, so that NaN equals itself. What is known of counter
    /// resets does not matter.
    #[must_use]
    pub fn is_same_as(&self, other: &Self) -> bool {
        let same = |left: f64, right: f64| left.to_bits() == right.to_bits();
        let same_bounds = || {
            let pairs = self.custom_bounds.iter().zip(other.custom_bounds.iter());
            self.custom_bounds.len() == other.custom_bounds.len()
                && pairs.into_iter().all(|(left, right)| same(*left, *right))
        };
        self.schema == other.schema
            && same(self.count, other.count)
            && same(self.sum, other.sum)
            // Zeros of both signs are one threshold and one count.
            && self.zero_threshold == other.zero_threshold
            && (self.zero_count == other.zero_count || same(self.zero_count, other.zero_count))
            && same_bounds()
            && same_buckets(&self.positive, &other.positive)
            && same_buckets(&self.negative, &other.negative)
    }
}

fn same_buckets(left: &Buckets, right: &Buckets) -> bool {
    let bits = |(index, count): (i32, f64)| (index, count.to_bits());
    left.iter().map(bits).eq(right.iter().map(bits))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::histogram::ResetHint;

    #[test]
    fn hints_do_not_matter_and_nan_equals_itself() {
        let one = FloatHistogram {
            count: 3.0,
            sum: f64::NAN,
            positive: Buckets::from_pairs([(1, 3.0)]),
            ..FloatHistogram::default()
        };
        let mut other = FloatHistogram { hint: ResetHint::Gauge, ..one.clone() };
        assert!(one != other && one.is_same_as(&other));
        other.positive = Buckets::from_pairs([(2, 3.0)]);
        assert!(!one.is_same_as(&other));
    }
}
