//! The values of a block: one lane of dense floats a series, one column a step, and a bitmap that says which cells
//! hold a value. A lane that has native histograms keeps them beside its floats; one without allocates nothing for
//! them.

use super::value::Value;
use crate::model::histogram::{FloatHistogram, HistogramColumn, PackedHistogram};

/// Values of `rows` series at `width` steps.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lanes {
    width: usize,
    words: usize, // of the bitmap, a lane
    rows: usize,
    values: Vec<f64>,
    present: Vec<u64>,
    histograms: Vec<HistogramColumn>,
}

impl Lanes {
    /// Forgets everything, keeps the memory: `rows` lanes of `width` cells without a value.
    pub fn reset(&mut self, rows: usize, width: usize) {
        self.width = width;
        self.words = width.div_ceil(64);
        self.rows = 0;
        self.values.clear();
        self.present.clear();
        self.histograms.iter_mut().for_each(HistogramColumn::clear);
        self.histograms.truncate(rows);
        self.grow(rows);
    }

    /// Adds empty lanes until there are `rows`.
    pub fn grow(&mut self, rows: usize) {
        self.rows = self.rows.max(rows);
        self.values.resize(self.rows * self.width, 0.0);
        self.present.resize(self.rows * self.words, 0);
        self.histograms.resize_with(self.rows, HistogramColumn::default);
    }

    /// How many lanes there are.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// How many cells a lane has.
    #[must_use]
    pub fn width(&self) -> usize {
        self.width
    }

    /// The lane of one series.
    #[must_use]
    pub fn lane(&self, row: usize) -> Lane<'_> {
        Lane {
            values: &self.values[row * self.width..(row + 1) * self.width],
            present: &self.present[row * self.words..(row + 1) * self.words],
            histograms: &self.histograms[row],
        }
    }

    /// The lane of one series, to fill.
    pub fn lane_mut(&mut self, row: usize) -> LaneMut<'_> {
        LaneMut {
            values: &mut self.values[row * self.width..(row + 1) * self.width],
            present: &mut self.present[row * self.words..(row + 1) * self.words],
            histograms: &mut self.histograms[row],
        }
    }

    /// The number of a cell; none where it is empty or holds a histogram.
    #[must_use]
    pub fn get(&self, row: usize, step: usize) -> Option<f64> {
        self.lane(row).get(step)
    }

    /// Whether any cell holds a histogram.
    #[must_use]
    pub fn any_histogram(&self) -> bool {
        (0..self.rows).any(|row| self.lane(row).histograms().next().is_some())
    }

    /// Empties every cell that holds a histogram.
    pub fn drop_histograms(&mut self) {
        for row in 0..self.rows {
            if !self.histograms[row].is_empty() {
                self.lane_mut(row).drop_histograms();
            }
        }
    }

    /// Fills a cell with a number.
    pub fn set(&mut self, row: usize, step: usize, value: f64) {
        self.lane_mut(row).set(step, value);
    }

    /// How many cells hold a value.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.present.iter().map(|word| u64::from(word.count_ones())).sum()
    }

    /// All cells, also those without a number, in order of the lanes.
    pub fn values_mut(&mut self) -> &mut [f64] {
        &mut self.values
    }
}

/// The cells of one series.
#[derive(Clone, Copy, Debug)]
pub struct Lane<'a> {
    /// One number a step; without meaning where `present` has no bit or `histograms` a histogram.
    pub values: &'a [f64],
    /// One bit a step, the first step in the lowest bit of the first word: whether there is any value.
    pub present: &'a [u64],
    /// One place a step, or empty where the lane has no histogram. Without meaning where `present` has no bit.
    pub histograms: &'a HistogramColumn,
}

impl<'a> Lane<'a> {
    /// Whether the step has a value.
    #[must_use]
    pub fn has(&self, step: usize) -> bool {
        bits::has(self.present, step)
    }

    /// The number of the step; none where it is empty or holds a histogram.
    #[must_use]
    pub fn get(&self, step: usize) -> Option<f64> {
        (self.has(step) && !self.histograms.has(step)).then(|| self.values[step])
    }

    /// The value of the step.
    #[must_use]
    pub fn value(&self, step: usize) -> Option<Value> {
        self.has(step).then(|| self.cell(step))
    }

    /// The value of a step that has one.
    fn cell(&self, step: usize) -> Value {
        match self.histogram(step) {
            Some(histogram) => histogram.whole().into(),
            None => Value::Float(self.values[step]),
        }
    }

    /// The histogram of a step that has one.
    #[must_use]
    pub fn histogram(&self, step: usize) -> Option<PackedHistogram<'a>> {
        self.histograms.packed(step)
    }

    /// Whether any step has a value.
    #[must_use]
    pub fn any(&self) -> bool {
        self.present.iter().any(|word| *word != 0)
    }

    /// Whether every step has a number.
    #[must_use]
    pub fn full(&self) -> bool {
        self.histograms.is_empty() && bits::full(self.present, self.values.len())
    }

    /// Steps with their numbers; gaps and histograms are left out.
    pub fn iter(&self) -> impl Iterator<Item = (usize, f64)> + use<'a> {
        let lane = *self;
        bits::ones(self.present)
            .filter(move |step| !lane.histograms.has(*step))
            .map(move |step| (step, lane.values[step]))
    }

    /// Steps with their histograms; gaps and numbers are left out.
    pub fn histograms(&self) -> impl Iterator<Item = (usize, PackedHistogram<'a>)> + use<'a> {
        let (histograms, present) = (self.histograms, self.present);
        let steps = (0..histograms.len()).filter(|step| bits::has(present, *step));
        steps.filter_map(|step| histograms.packed(step).map(|histogram| (step, histogram)))
    }

    /// Steps with their values, the gaps left out.
    pub fn cells(&self) -> impl Iterator<Item = (usize, Value)> + use<'a> {
        let lane = *self;
        bits::ones(self.present).map(move |step| (step, lane.cell(step)))
    }

    /// One bit a step: whether there is a number.
    #[must_use]
    pub fn numbers(&self) -> Vec<u64> {
        let mut present = self.present.to_vec();
        for (step, _) in self.histograms() {
            bits::unset(&mut present, step);
        }
        present
    }
}

/// The cells of one series, to fill.
#[derive(Debug)]
pub struct LaneMut<'a> {
    /// One number a step.
    pub values: &'a mut [f64],
    /// One bit a step.
    pub present: &'a mut [u64],
    /// One place a step, or empty.
    pub histograms: &'a mut HistogramColumn,
}

impl LaneMut<'_> {
    /// The same cells, to look at.
    #[must_use]
    pub fn view(&self) -> Lane<'_> {
        Lane { values: self.values, present: self.present, histograms: self.histograms }
    }

    /// Fills a cell with a number.
    pub fn set(&mut self, step: usize, value: f64) {
        self.values[step] = value;
        bits::set(self.present, step);
        self.histograms.remove(step);
    }

    /// Fills a cell with a histogram.
    pub fn set_histogram(&mut self, step: usize, histogram: &FloatHistogram) {
        self.column(step).put(step, histogram);
    }

    /// Fills a cell with a histogram of another lane or of samples.
    pub fn set_packed(&mut self, step: usize, histogram: &PackedHistogram<'_>) {
        self.column(step).put_packed(step, histogram);
    }

    /// The column, to put a histogram at a step that now has one.
    pub fn column(&mut self, step: usize) -> &mut HistogramColumn {
        self.values[step] = f64::NAN;
        bits::set(self.present, step);
        self.histograms.grow(self.values.len());
        self.histograms
    }

    /// Fills a cell.
    pub fn put(&mut self, step: usize, value: Value) {
        match value {
            Value::Float(value) => self.set(step, value),
            Value::Histogram(histogram) => self.set_histogram(step, &histogram),
        }
    }

    /// Empties a cell.
    pub fn unset(&mut self, step: usize) {
        bits::unset(self.present, step);
        self.histograms.remove(step);
    }

    /// Empties every cell that holds a histogram.
    pub fn drop_histograms(&mut self) {
        for step in 0..self.histograms.len() {
            if self.histograms.has(step) {
                bits::unset(self.present, step);
            }
        }
        self.histograms.clear();
    }

    /// Takes over the cells of another lane.
    pub fn copy_from(&mut self, other: Lane<'_>) {
        self.values.copy_from_slice(other.values);
        self.present.copy_from_slice(other.present);
        self.histograms.clone_from(other.histograms);
    }
}

/// Bitmaps over steps.
pub mod bits {
    /// Whether bit `step` is set.
    #[must_use]
    pub fn has(words: &[u64], step: usize) -> bool {
        words[step / 64] >> (step % 64) & 1 == 1
    }

    /// Sets bit `step`.
    pub fn set(words: &mut [u64], step: usize) {
        words[step / 64] |= 1 << (step % 64);
    }

    /// Clears bit `step`.
    pub fn unset(words: &mut [u64], step: usize) {
        words[step / 64] &= !(1 << (step % 64));
    }

    /// Sets the first `width` bits.
    pub fn fill(words: &mut [u64], width: usize) {
        for (index, word) in words.iter_mut().enumerate() {
            *word = first(width.saturating_sub(index * 64));
        }
    }

    /// Whether the first `width` bits are all set.
    #[must_use]
    pub fn full(words: &[u64], width: usize) -> bool {
        words.iter().enumerate().all(|(index, word)| *word == first(width.saturating_sub(index * 64)))
    }

    /// The places of the set bits, rising.
    pub fn ones(words: &[u64]) -> impl Iterator<Item = usize> + use<'_> {
        words.iter().enumerate().flat_map(|(index, word)| {
            let mut rest = *word;
            std::iter::from_fn(move || {
                (rest != 0).then(|| {
                    let bit = rest.trailing_zeros() as usize;
                    rest &= rest - 1;
                    index * 64 + bit
                })
            })
        })
    }

    fn first(count: usize) -> u64 {
        if count >= 64 { u64::MAX } else { (1 << count) - 1 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_found_again_across_words() {
        let mut lanes = Lanes::default();
        lanes.reset(2, 130);
        for step in [0, 63, 64, 129] {
            lanes.set(1, step, step as f64);
        }
        let found: Vec<_> = lanes.lane(1).iter().collect();
        assert_eq!(found, [(0, 0.0), (63, 63.0), (64, 64.0), (129, 129.0)]);
        assert!(!lanes.lane(0).any() && lanes.count() == 4);
        lanes.lane_mut(1).unset(64);
        assert_eq!(lanes.get(1, 64), None);
    }

    #[test]
    fn a_lane_is_full_when_every_step_has_a_value() {
        let mut lanes = Lanes::default();
        lanes.reset(1, 70);
        bits::fill(lanes.lane_mut(0).present, 70);
        assert!(lanes.lane(0).full() && lanes.count() == 70);
        lanes.lane_mut(0).unset(69);
        assert!(!lanes.lane(0).full());
        lanes.reset(1, 70);
        assert_eq!(lanes.count(), 0);
    }
}
