//! The histograms of one series in a row: neighbours share their layout, and their numbers lie one behind the other, so
//! that a thousand of them take a handful of allocations. One is made whole only when somebody asks for it.

use std::sync::Arc;

use super::packed::TOTALS;
use super::{FloatHistogram, Layout, PackedHistogram, ResetHint};

/// One place a sample, in order of time; a place may have no histogram.
#[derive(Clone, Debug, Default)]
pub struct HistogramColumn {
    cells: Vec<Option<Cell>>,
    /// The layouts in use and perhaps some before. The cells' numbers of layouts rise.
    layouts: Vec<Arc<Layout>>,
    /// Of each histogram count, zero count, sum, and what is in each bucket of its layout.
    numbers: Vec<f64>,
}

#[derive(Clone, Copy, Debug)]
struct Cell {
    /// Where its numbers begin.
    from: usize,
    layout: u32,
    hint: ResetHint,
}

/// A column for who has none.
static NONE: HistogramColumn =
    HistogramColumn { cells: Vec::new(), layouts: Vec::new(), numbers: Vec::new() };

impl HistogramColumn {
    /// A column without places.
    #[must_use]
    pub fn none() -> &'static Self {
        &NONE
    }

    /// Whether there is no place. A column without histograms has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// How many places there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// Whether there is a histogram at a place.
    #[must_use]
    pub fn has(&self, at: usize) -> bool {
        self.cells.get(at).is_some_and(Option::is_some)
    }

    /// The histogram at a place as it lies there; `None` where there is none.
    #[must_use]
    pub fn packed(&self, at: usize) -> Option<PackedHistogram<'_>> {
        let Cell { from, layout, hint } = (*self.cells.get(at)?)?;
        let layout = &self.layouts[layout as usize];
        let numbers = &self.numbers[from..from + TOTALS + layout.buckets()];
        Some(PackedHistogram { layout, hint, numbers })
    }

    /// The histogram at a place; `None` where there is none.
    #[must_use]
    pub fn get(&self, at: usize) -> Option<Arc<FloatHistogram>> {
        self.packed(at).map(|packed| Arc::new(packed.whole()))
    }

    /// All places with their histograms.
    pub fn iter(&self) -> impl Iterator<Item = Option<Arc<FloatHistogram>>> + '_ {
        (0..self.len()).map(|at| self.get(at))
    }

    /// Whether the histogram at a place, which is not the first, goes on from the one before: both are counters of one
    /// layout without a reset between them ([`FloatHistogram::is_reset_after`]).
    #[must_use]
    pub fn goes_on(&self, at: usize) -> bool {
        let (Some(Some(before)), Some(Some(now))) = (self.cells.get(at.wrapping_sub(1)), self.cells.get(at))
        else {
            return false;
        };
        if before.layout != now.layout || before.hint == ResetHint::Gauge {
            return false;
        }
        match now.hint {
            ResetHint::NotReset => true,
            ResetHint::Reset | ResetHint::Gauge => false,
            ResetHint::Unknown => {
                let counts = TOTALS + self.layouts[now.layout as usize].buckets();
                let pairs = self.numbers[now.from..][..counts].iter().zip(&self.numbers[before.from..]);
                // The sum, the third, never matters.
                !pairs.enumerate().any(|(place, (now, before))| place != 2 && now < before)
            }
        }
    }

    /// Adds a histogram.
    pub fn push(&mut self, histogram: &FloatHistogram) {
        if self.layouts.last().is_none_or(|last| !last.is_of(histogram)) {
            self.layouts.push(Arc::new(Layout::of(histogram)));
        }
        let totals = [histogram.count, histogram.zero_count, histogram.sum];
        let buckets = histogram.positive.iter().chain(histogram.negative.iter()).map(|(_, count)| count);
        self.push_numbers(histogram.hint, totals.into_iter().chain(buckets));
    }

    /// Makes a layout that of the histograms that [`Self::push_numbers`] adds.
    pub fn begin(&mut self, layout: Layout) {
        if self.layouts.last().is_none_or(|last| **last != layout) {
            self.layouts.push(Arc::new(layout));
        }
    }

    /// Adds a histogram of the last layout: count, zero count, sum, and the count of each bucket, the positive ones first.
    #[inline]
    pub fn push_numbers(&mut self, hint: ResetHint, numbers: impl Iterator<Item = f64>) {
        let (from, layout) = (self.numbers.len(), self.layouts.len() as u32 - 1);
        self.numbers.extend(numbers);
        self.cells.push(Some(Cell { from, layout, hint }));
    }

    /// Puts a histogram at a place that is there.
    pub fn put(&mut self, at: usize, histogram: &FloatHistogram) {
        self.push(histogram);
        self.put_last(at);
    }

    /// Puts a histogram of another column at a place that is there.
    pub fn put_packed(&mut self, at: usize, packed: &PackedHistogram<'_>) {
        self.begin_as(packed.layout);
        self.push_numbers(packed.hint, packed.numbers.iter().copied());
        self.put_last(at);
    }

    /// Puts what became of a histogram since another of its layout at a place that is there: see
    /// [`PackedHistogram::change_since`].
    pub fn put_change(
        &mut self,
        at: usize,
        now: &PackedHistogram<'_>,
        before: &PackedHistogram<'_>,
        factor: f64,
    ) {
        self.begin_as(now.layout);
        self.push_numbers(ResetHint::Gauge, now.changes_since(before, factor));
        self.put_last(at);
    }

    /// Takes the histogram at a place away.
    pub fn remove(&mut self, at: usize) {
        if let Some(cell) = self.cells.get_mut(at) {
            *cell = None;
        }
    }

    /// Moves the histogram that was added last to a place that was there before it.
    fn put_last(&mut self, at: usize) {
        if let Some(last) = self.cells.pop() {
            self.cells[at] = last;
        }
    }

    fn begin_as(&mut self, layout: &Arc<Layout>) {
        let is_same = |last: &Arc<Layout>| Arc::ptr_eq(last, layout) || last == layout;
        if !self.layouts.last().is_some_and(is_same) {
            self.layouts.push(Arc::clone(layout));
        }
    }

    /// Forgets everything, keeps the room.
    pub fn clear(&mut self) {
        self.cells.clear();
        self.layouts.clear();
        self.numbers.clear();
    }

    /// Adds places without histograms until there are `length`.
    pub fn grow(&mut self, length: usize) {
        if self.cells.len() < length {
            self.cells.resize(length, None);
        }
    }

    /// Keeps the first `length` places.
    pub fn truncate(&mut self, length: usize) {
        if length >= self.cells.len() {
            return;
        }
        self.cells.truncate(length);
        let end = self.cells.iter().rev().flatten().next().map_or(0, |cell| self.end_of(*cell));
        self.numbers.truncate(end);
        if self.cells.is_empty() {
            self.layouts.clear();
        }
    }

    /// Drops the first `length` places.
    pub fn drop_first(&mut self, length: usize) {
        self.cells.drain(..length.min(self.cells.len()));
        let first = self.cells.iter().flatten().next().copied();
        let Some(Cell { from: passed, layout: unused, .. }) = first else {
            self.numbers.clear();
            return self.layouts.clear();
        };
        self.numbers.drain(..passed);
        self.layouts.drain(..unused as usize);
        for cell in self.cells.iter_mut().flatten() {
            cell.from -= passed;
            cell.layout -= unused;
        }
    }

    /// Moves what is at place `from` to `to`, which is not behind it.
    pub(crate) fn move_down(&mut self, from: usize, to: usize) {
        self.cells[to] = self.cells[from];
    }

    /// Splits the places from `at` on off, as whole histograms.
    pub(crate) fn split_off(&mut self, at: usize) -> Vec<Option<Arc<FloatHistogram>>> {
        let rest = (at..self.len()).map(|place| self.get(place)).collect();
        self.truncate(at);
        rest
    }

    /// Reduces the histograms from place `known` on to count and sum, and says by the hint of each whether the counter
    /// was reset before it. `before` is the histogram before the first of them, and then the last of them.
    pub fn keep_totals(&mut self, known: usize, before: &mut Option<Arc<FloatHistogram>>) {
        let mut previous = None;
        for at in known..self.len() {
            let Some(packed) = self.packed(at) else { continue };
            let before_it = || previous.and_then(|place| self.get(place)).or_else(|| before.clone());
            let hint = match packed.hint {
                ResetHint::Unknown if at > known && self.goes_on(at) => ResetHint::NotReset,
                ResetHint::Unknown => match before_it() {
                    Some(before) if packed.whole().is_reset_after(&before) => ResetHint::Reset,
                    Some(_) => ResetHint::NotReset,
                    None => ResetHint::Unknown,
                },
                hint => hint,
            };
            previous = Some(at);
            if let Some(cell) = &mut self.cells[at] {
                cell.hint = hint;
            }
        }
        if let Some(last) = previous.and_then(|place| self.get(place)) {
            *before = Some(last);
            self.drop_buckets(known);
        }
    }

    /// Drops all numbers but count and sum from place `known` on.
    fn drop_buckets(&mut self, known: usize) {
        let mut renewed = None;
        let mut end = self.cells[..known].iter().rev().flatten().next().map_or(0, |cell| self.end_of(*cell));
        for place in known..self.cells.len() {
            let Some(mut cell) = self.cells[place] else { continue };
            let layout = match renewed {
                Some((old, new)) if old == cell.layout => new,
                _ => {
                    let Layout { schema, custom_bounds, .. } =
                        Layout::clone(&self.layouts[cell.layout as usize]);
                    self.begin(Layout { schema, custom_bounds, ..Layout::default() });
                    self.layouts.len() as u32 - 1
                }
            };
            renewed = Some((cell.layout, layout));
            let (count, sum) = (self.numbers[cell.from], self.numbers[cell.from + 2]);
            self.numbers[end..end + TOTALS].copy_from_slice(&[count, 0.0, sum]);
            (cell.from, cell.layout) = (end, layout);
            self.cells[place] = Some(cell);
            end += TOTALS;
        }
        self.numbers.truncate(end);
    }

    /// Where the numbers of a cell end.
    fn end_of(&self, cell: Cell) -> usize {
        cell.from + TOTALS + self.layouts[cell.layout as usize].buckets()
    }
}

impl PartialEq for HistogramColumn {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().eq(other.iter())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::histogram::Buckets;

    fn histogram() -> impl Strategy<Value = FloatHistogram> {
        let side = || prop::collection::vec((-2_i32..3, 0_u32..3), 0..4);
        let hint = prop::sample::select(vec![ResetHint::Unknown, ResetHint::NotReset, ResetHint::Gauge]);
        (side(), side(), 0_u32..3, hint).prop_map(|(positive, negative, count, hint)| {
            let side = |pairs: Vec<(i32, u32)>| {
                Buckets::from_pairs(pairs.into_iter().map(|(index, count)| (index, f64::from(count))))
            };
            FloatHistogram {
                count: f64::from(count),
                zero_count: 1.5,
                sum: -0.5,
                positive: side(positive),
                negative: side(negative),
                hint,
                ..FloatHistogram::default()
            }
        })
    }

    proptest! {
        #[test]
        fn a_column_holds_what_a_list_holds(
            places in prop::collection::vec(prop::option::of(histogram()), 0..30),
            dropped in 0_usize..30, kept in 0_usize..30, moved in 0_usize..30,
        ) {
            let (mut column, mut list) = (HistogramColumn::default(), Vec::new());
            let fill = |column: &mut HistogramColumn, list: &mut Vec<Option<Arc<FloatHistogram>>>| {
                for place in &places {
                    match place {
                        Some(histogram) => column.push(histogram),
                        None => column.grow(column.len() + 1),
                    }
                    list.push(place.clone().map(Arc::new));
                }
            };
            fill(&mut column, &mut list);
            for at in 1..list.len() {
                if let (true, Some(now), Some(before)) = (column.goes_on(at), &list[at], &list[at - 1]) {
                    prop_assert!(!now.is_reset_after(before) && Layout::of(now) == Layout::of(before));
                    let wanted = { let mut now = FloatHistogram::clone(now); now.sub(before).unwrap(); now.scaled(0.3) };
                    let pair = column.packed(at).zip(column.packed(at - 1));
                    let change = pair.map(|(now, before)| now.change_since(&before, 0.3));
                    prop_assert!(change.is_some_and(|change| change.is_same_as(&wanted)));
                }
            }
            if moved < list.len() {
                (moved + 1..list.len()).for_each(|at| column.move_down(at, at - 1));
                list.remove(moved);
                column.truncate(list.len());
            }
            column.truncate(kept);
            list.truncate(kept);
            column.drop_first(dropped);
            list.drain(..dropped.min(list.len()));
            fill(&mut column, &mut list);
            prop_assert_eq!(column.iter().collect::<Vec<_>>(), list.clone());
            let at = dropped.min(list.len());
            prop_assert_eq!(column.split_off(at), list.split_off(at));
            prop_assert_eq!(column.iter().collect::<Vec<_>>(), list);
        }
    }

    #[test]
    fn totals_know_of_resets_that_only_buckets_show() {
        let of = |counts: [f64; 2]| {
            let positive = Buckets::from_pairs([(0, counts[0]), (1, counts[1])]);
            FloatHistogram { count: 9.0, sum: counts[0], positive, ..FloatHistogram::default() }
        };
        let (mut column, mut before) = (HistogramColumn::default(), None);
        column.push(&of([1.0, 5.0]));
        column.grow(2);
        column.push(&of([2.0, 5.0]));
        column.keep_totals(0, &mut before);
        column.push(&of([3.0, 4.0]));
        column.push(&of([3.0, 4.0]));
        column.keep_totals(3, &mut before);
        let hints: Vec<ResetHint> = column.iter().flatten().map(|histogram| histogram.hint).collect();
        assert_eq!(hints, [ResetHint::Unknown, ResetHint::NotReset, ResetHint::Reset, ResetHint::NotReset]);
        assert!(column.iter().flatten().all(|one| one.positive.is_empty() && one.count == 9.0));
        assert_eq!(column.iter().flatten().map(|one| one.sum).collect::<Vec<_>>(), [1.0, 2.0, 3.0, 3.0]);
        let last = FloatHistogram { hint: ResetHint::NotReset, ..of([3.0, 4.0]) };
        assert_eq!(before, Some(Arc::new(last)));
    }
}
