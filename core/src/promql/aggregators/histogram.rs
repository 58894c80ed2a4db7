//! Sums and means of the native histograms of each group.

use crate::model::histogram::{
    Combined, CompensatedHistogram, FloatHistogram, HistogramError, HistogramMean, PackedHistogram, PackedSum,
};
use crate::promql::eval::annotation::Note;
use crate::promql::eval::lanes::{Lane, Lanes};
use crate::promql::eval::remarks::Remarks;

/// The histograms of groups, added up or averaged cell by cell in the order of the series.
#[derive(Debug, Default)]
pub struct HistogramTotals {
    is_mean: bool,
    groups: usize,
    width: usize,
    /// One cell a group and step; nothing until a histogram comes.
    cells: Vec<Option<Total>>,
}

#[derive(Clone, Debug)]
enum Total {
    /// As long as all buckets have the same bounds.
    Packed(PackedSum),
    Sum(CompensatedHistogram),
    Mean(HistogramMean),
    /// Histograms that do not fit together.
    Unfit,
}

impl Total {
    fn new(first: &PackedHistogram<'_>, is_mean: bool) -> Self {
        if is_mean {
            Self::Mean(HistogramMean::new(first.whole()))
        } else {
            Self::Packed(PackedSum::new(first))
        }
    }

    fn add(&mut self, histogram: &PackedHistogram<'_>) -> Result<Combined, HistogramError> {
        if let Self::Packed(sum) = self {
            if let Some(combined) = sum.add(histogram) {
                return Ok(combined);
            }
            let (sum, compensation) = sum.parts();
            *self = Self::Sum(CompensatedHistogram { sum, compensation });
        }
        match self {
            Self::Sum(sum) => sum.add(&histogram.whole()),
            Self::Mean(mean) => mean.add(&histogram.whole()),
            Self::Packed(_) | Self::Unfit => Ok(Combined::default()),
        }
    }

    fn value(&self) -> Option<FloatHistogram> {
        match self {
            Self::Packed(sum) => Some(sum.total()),
            Self::Sum(sum) => Some(sum.total()),
            Self::Mean(mean) => Some(mean.value()),
            Self::Unfit => None,
        }
    }
}

impl HistogramTotals {
    /// Begins a block of `groups` groups at `width` steps.
    pub fn begin(&mut self, is_mean: bool, groups: usize, width: usize) {
        (self.is_mean, self.groups, self.width) = (is_mean, groups, width);
        self.cells.clear();
    }

    /// Takes the histograms of a series of a group in.
    pub fn add(&mut self, group: usize, series: Lane<'_>, remarks: &mut Remarks<'_>) {
        self.cells.resize(self.groups * self.width, None);
        for (step, histogram) in series.histograms() {
            let cell = &mut self.cells[group * self.width + step];
            let Some(total) = cell else {
                *cell = Some(Total::new(&histogram, self.is_mean));
                continue;
            };
            match total.add(&histogram) {
                Ok(combined) => remark(combined, remarks),
                Err(_) => {
                    *total = Total::Unfit;
                    remarks.add(Note::MixedExponentialCustom { metric: remarks.metric() });
                }
            }
        }
    }

    /// Ends the block: puts the totals beside the numbers of the groups. A cell that has both keeps neither; gives
    /// whether there is any.
    pub fn finish(&mut self, out: &mut Lanes) -> bool {
        let mut is_mixed = false;
        for (at, total) in self.cells.iter().enumerate() {
            let Some(total) = total else { continue };
            let (group, step) = (at / self.width, at % self.width);
            let mut lane = out.lane_mut(group);
            if lane.view().has(step) {
                lane.unset(step);
                is_mixed = true;
            } else if let Some(value) = total.value() {
                lane.set_histogram(step, &value);
            }
        }
        is_mixed
    }
}

fn remark(combined: Combined, remarks: &mut Remarks<'_>) {
    const OPERATION: &str = "aggregation";
    if combined.hint_collision {
        remarks.add(Note::CounterResetCollision { operation: OPERATION });
    }
    if combined.bounds_reconciled {
        remarks.add(Note::ReconciledBuckets { operation: OPERATION });
    }
}
