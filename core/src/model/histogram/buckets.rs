//! One side of a histogram: pairs of bucket index and count, sorted by index, none of them empty.

use serde::{Deserialize, Serialize};

use super::valid::HistogramError;
use crate::base::number::add_compensated;

/// A run of neighbouring buckets, as chunks and protocols write them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// The gap to the span before; for the first span the index of its first bucket.
    pub offset: i32,
    /// How many buckets follow each other.
    pub length: u32,
}

/// The populated buckets of one side.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Buckets(Vec<(i32, f64)>);

impl Buckets {
    /// Buckets from pairs of index and count in any order; counts of equal indexes are added, empty buckets left out.
    pub fn from_pairs(pairs: impl IntoIterator<Item = (i32, f64)>) -> Self {
        let mut pairs: Vec<(i32, f64)> = pairs.into_iter().collect();
        pairs.sort_by_key(|(index, _)| *index);
        pairs.dedup_by(|later, kept| {
            let is_same = later.0 == kept.0;
            if is_same {
                kept.1 += later.1;
            }
            is_same
        });
        let mut buckets = Self(pairs);
        buckets.drop_empty();
        buckets
    }

    /// Buckets from pairs by rising index, each index once; empty buckets are left out.
    pub(super) fn from_rising(pairs: impl Iterator<Item = (i32, f64)>) -> Self {
        Self(pairs.filter(|(_, count)| *count != 0.0).collect())
    }

    /// Buckets from at most `most` pairs by rising index, each index once; empty buckets are left out. Takes one allocation,
    /// or none.
    pub(super) fn of_layout(most: usize, pairs: impl Iterator<Item = (i32, f64)>) -> Self {
        let mut buckets = Vec::with_capacity(most);
        buckets.extend(pairs.filter(|(_, count)| *count != 0.0));
        Self(buckets)
    }

    /// Buckets from spans and the absolute counts of their buckets.
    ///
    /// # Errors
    /// When there are more or fewer counts than the spans have buckets, or a span but the first steps back.
    pub fn from_spans(spans: &[Span], counts: &[f64]) -> Result<Self, HistogramError> {
        let mut buckets = Self(Vec::with_capacity(counts.len()));
        let mut next: i64 = 0;
        let mut used = 0;
        for (number, span) in spans.iter().enumerate() {
            if number > 0 && span.offset < 0 {
                return Err(HistogramError::SpanNegativeOffset { number: number + 1, offset: span.offset });
            }
            next += i64::from(span.offset);
            for _ in 0..span.length {
                let Some(count) = counts.get(used) else {
                    return Err(HistogramError::TooFewBuckets { have: counts.len() });
                };
                let index = i32::try_from(next).map_err(|_| HistogramError::IndexOutOfRange)?;
                buckets.push(index, *count);
                next += 1;
                used += 1;
            }
        }
        if used < counts.len() {
            return Err(HistogramError::TooManyBuckets { need: used, have: counts.len() });
        }
        buckets.drop_empty();
        Ok(buckets)
    }

    /// The spans of the populated buckets; the counts follow in the order of [`Self::iter`].
    #[must_use]
    pub fn spans(&self) -> Vec<Span> {
        let mut spans: Vec<Span> = Vec::new();
        let mut next = 0;
        for (index, _) in self.iter() {
            match spans.last_mut() {
                Some(span) if index == next => span.length += 1,
                _ => spans.push(Span { offset: index - next, length: 1 }),
            }
            next = index + 1;
        }
        spans
    }

    /// The pairs of index and count, by rising index.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (i32, f64)> + '_ {
        self.0.iter().copied()
    }

    /// How many buckets are populated.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether no bucket is populated.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The count of a bucket; 0 where it is not populated.
    #[must_use]
    pub fn get(&self, index: i32) -> f64 {
        self.0.binary_search_by_key(&index, |(index, _)| *index).map_or(0.0, |at| self.0[at].1)
    }

    /// Changes every count; buckets that become empty go.
    pub fn map(&mut self, mut change: impl FnMut(i32, f64) -> f64) {
        for (index, count) in &mut self.0 {
            *count = change(*index, *count);
        }
        self.drop_empty();
    }

    /// Keeps the buckets for which `keep` is true.
    pub fn retain(&mut self, mut keep: impl FnMut(i32, f64) -> bool) {
        self.0.retain(|(index, count)| keep(*index, *count));
    }

    /// Changes every count by the other's of the same bucket, in place; buckets that become empty go. False, and nothing
    /// is done, where the populated buckets of both are not the same.
    pub(super) fn change_by(&mut self, other: &Self, mut change: impl FnMut(i32, &mut f64, f64)) -> bool {
        let is_same = self.has_places_of(other);
        if is_same {
            for ((index, own), (_, others)) in self.0.iter_mut().zip(&other.0) {
                change(*index, own, *others);
            }
            self.drop_empty();
        }
        is_same
    }

    /// Adds the other's counts of the same buckets in place; what the additions lose goes to `low`, which gets the same buckets
    /// and may keep them with nothing lost. Buckets that become empty go. False, and nothing is done, where the populated
    /// buckets of both are not the same.
    pub(super) fn add_compensated(&mut self, other: &Self, low: &mut Self) -> bool {
        if !self.has_places_of(other) {
            return false;
        }
        if !low.has_places_of(self) {
            *low = Self(self.iter().map(|(index, _)| (index, low.get(index))).collect());
        }
        let mut is_empty = false;
        for (((_, own), (_, low)), (_, others)) in self.0.iter_mut().zip(&mut low.0).zip(&other.0) {
            add_compensated(*others, own, low);
            is_empty |= *own == 0.0;
        }
        if is_empty {
            self.drop_empty();
        }
        true
    }

    /// Whether the same buckets are populated.
    fn has_places_of(&self, other: &Self) -> bool {
        self.0.len() == other.0.len()
            && self.0.iter().zip(&other.0).all(|((own, _), (others, _))| own == others)
    }

    /// Both sides bucket by bucket, a missing one counting 0.
    pub fn zip<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = (i32, f64, f64)> + 'a {
        let (mut left, mut right) = (self.iter().peekable(), other.iter().peekable());
        std::iter::from_fn(move || {
            let index = match (left.peek(), right.peek()) {
                (Some((left, _)), Some((right, _))) => *left.min(right),
                (Some((index, _)), None) | (None, Some((index, _))) => *index,
                (None, None) => return None,
            };
            let left = left.next_if(|(at, _)| *at == index).map_or(0.0, |(_, count)| count);
            let right = right.next_if(|(at, _)| *at == index).map_or(0.0, |(_, count)| count);
            Some((index, left, right))
        })
    }

    /// Halves the resolution `steps` times: bucket `i` becomes part of bucket `ceil(i / 2)`.
    pub fn reduce(&mut self, steps: u32) {
        // (i - 1) >> steps, plus 1, is i / 2^steps rounded up, also below zero.
        let steps = steps.min(63);
        self.regroup(|index| ((i64::from(index) - 1) >> steps) as i32 + 1);
    }

    /// Puts every bucket into another, by an order-keeping map of indexes.
    pub fn regroup(&mut self, mut group: impl FnMut(i32) -> i32) {
        let mut grouped = Self(Vec::with_capacity(self.0.len()));
        for (index, count) in self.iter() {
            grouped.push(group(index), count);
        }
        *self = grouped;
        self.drop_empty();
    }

    /// Adds a bucket that is not below the last one.
    fn push(&mut self, index: i32, count: f64) {
        match self.0.last_mut() {
            Some((last, total)) if *last == index => *total += count,
            _ => self.0.push((index, count)),
        }
    }

    pub(super) fn drop_empty(&mut self) {
        self.0.retain(|(_, count)| *count != 0.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_and_pairs_say_the_same() {
        let spans = [Span { offset: -2, length: 1 }, Span { offset: 2, length: 3 }];
        let buckets = Buckets::from_spans(&spans, &[1.0, 3.0, 4.0, 5.0]).unwrap();
        assert_eq!(buckets.iter().collect::<Vec<_>>(), [(-2, 1.0), (1, 3.0), (2, 4.0), (3, 5.0)]);
        assert_eq!(buckets.spans(), spans);
        assert!(Buckets::from_spans(&spans, &[1.0]).is_err());
        assert!(Buckets::from_spans(&spans, &[1.0; 5]).is_err());
        let back = [Span { offset: 0, length: 1 }, Span { offset: -1, length: 1 }];
        assert!(Buckets::from_spans(&back, &[1.0, 1.0]).is_err());
    }
}
