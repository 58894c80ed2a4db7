//! Where things lie in a chart: margins, axes and the way between pixels and values. Draws nothing.

use super::chart::Chart;
use super::line::Point;
use super::time_axis::TimeAxis;
use super::units;
use super::value_axis::ValueAxis;
use crate::base::time::Timestamp;

/// The size of axis labels.
pub(super) const LABEL_PX: f64 = 11.0;
/// A digit's width as a share of the type size; every face at hand is narrower.
const DIGIT_WIDTH: f64 = 0.62;
const TOP_PX: f64 = 10.0;
const FOOT_PX: f64 = 24.0;
const END_PX: f64 = 12.0;

/// The laid-out chart. All lengths in CSS pixels from the upper left corner.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    /// Left edge of the plot.
    pub left_px: f64,
    /// Its right edge.
    pub right_px: f64,
    /// Its upper edge.
    pub top_px: f64,
    /// Its lower edge, where the base line is.
    pub bottom_px: f64,
    /// The level axis.
    pub time: TimeAxis,
    /// The upright axis.
    pub value: ValueAxis,
}

impl Frame {
    /// Lays out a chart: the labels decide how much room is left for the plot.
    #[must_use]
    pub fn of(chart: &Chart<'_>) -> Self {
        let extents = chart.lines.iter().filter_map(|line| line.steps.extent());
        let extent = extents.reduce(|all, one| (all.0.min(one.0), all.1.max(one.1)));
        let value = ValueAxis::holding(extent);
        let longest = value.ticks.iter().map(|tick| tick.label.chars().count()).max().unwrap_or(1);
        let left_px = libm::ceil(longest as f64 * LABEL_PX * DIGIT_WIDTH + 14.0);
        let right_px = (chart.width_px - END_PX).max(left_px + 1.0);
        let time = TimeAxis::over(chart.from, chart.to, right_px - left_px);
        let bottom_px = (chart.height_px - FOOT_PX).max(TOP_PX + 1.0);
        Self { left_px, right_px, top_px: TOP_PX, bottom_px, time, value }
    }

    /// Where an instant lies from the left edge of the chart.
    #[must_use]
    pub fn x_px(&self, at: Timestamp) -> f64 {
        self.left_px + self.time.share(at) * (self.right_px - self.left_px)
    }

    /// Where a value lies from the upper edge of the chart.
    #[must_use]
    pub fn y_px(&self, value: f64) -> f64 {
        self.bottom_px - self.value.share(value) * (self.bottom_px - self.top_px)
    }

    /// The instant at a distance from the left edge, held within the axis.
    #[must_use]
    pub fn at(&self, x_px: f64) -> Timestamp {
        self.time.at(((x_px - self.left_px) / (self.right_px - self.left_px)).clamp(0.0, 1.0))
    }

    /// A point in backend units.
    pub(super) fn place(&self, point: &Point) -> (i32, i32) {
        (units(self.x_px(point.at)), units(self.y_px(point.value)))
    }
}
