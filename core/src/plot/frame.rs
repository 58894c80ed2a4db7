//! Where things lie in a chart: margins, axes and the way between pixels and values. Draws nothing.

use super::chart::{Chart, Form};
use super::heat::Heat;
use super::line::Point;
use super::options::{Kind, Stacking};
use super::stack::Stacks;
use super::time_axis::TimeAxis;
use super::unit::Unit;
use super::units;
use super::value_axis::{ValueAxis, ValueTick};
use crate::base::time::Timestamp;

/// The size of axis labels.
pub(super) const LABEL_PX: f64 = 11.0;
/// A digit's width as a share of the type size; every face at hand is narrower.
pub(super) const DIGIT_WIDTH: f64 = 0.62;
const TOP_PX: f64 = 10.0;
const FOOT_PX: f64 = 24.0;
const END_PX: f64 = 12.0;
/// What the scale beside a heatmap takes.
const SCALE_PX: f64 = 78.0;
/// Labels of rows stand at least so far apart.
const ROW_LABELS_PX: f64 = 18.0;

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
    /// The upright axis; of a heatmap it counts rows.
    pub value: ValueAxis,
    /// What stands upon what; empty where lines stand for themselves.
    pub(super) stacks: Stacks,
}

impl Frame {
    /// Lays out a chart: the labels decide how much room is left for the plot.
    #[must_use]
    pub fn of(chart: &Chart<'_>) -> Self {
        let bottom_px = (chart.height_px - FOOT_PX).max(TOP_PX + 1.0);
        let stacks = if is_piled(chart) {
            Stacks::of(&chart.lines, chart.options.stacking)
        } else {
            Stacks::default()
        };
        let value = match (chart.options.kind, chart.heat) {
            (Kind::Heatmap, heat) => rows_axis(heat, chart, bottom_px - TOP_PX),
            _ => value_axis(chart, &stacks),
        };
        let longest = value.ticks.iter().map(|tick| tick.label.chars().count()).max().unwrap_or(1);
        let left_px = libm::ceil(longest as f64 * LABEL_PX * DIGIT_WIDTH + 14.0);
        let end_px = if chart.options.kind == Kind::Heatmap { SCALE_PX } else { END_PX };
        let right_px = (chart.width_px - end_px).max(left_px + 1.0);
        let time = TimeAxis::over(chart.from, chart.to, right_px - left_px);
        Self { left_px, right_px, top_px: TOP_PX, bottom_px, time, value, stacks }
    }

    /// Where an instant lies from the left edge of the chart.
    #[must_use]
    pub fn x_px(&self, at: Timestamp) -> f64 {
        self.left_px + self.time.share(at) * (self.right_px - self.left_px)
    }

    /// Where a value lies from the upper edge of the chart; one beyond the axis lies on its end.
    #[must_use]
    pub fn y_px(&self, value: f64) -> f64 {
        self.bottom_px - self.value.share(value).clamp(0.0, 1.0) * (self.bottom_px - self.top_px)
    }

    /// The instant at a distance from the left edge, held within the axis.
    #[must_use]
    pub fn at(&self, x_px: f64) -> Timestamp {
        self.time.at(((x_px - self.left_px) / (self.right_px - self.left_px)).clamp(0.0, 1.0))
    }

    /// The row of a heatmap at a distance from the upper edge, counted from below; `None` beside the plot.
    #[must_use]
    pub fn row(&self, y_px: f64) -> Option<usize> {
        let share = (self.bottom_px - y_px) / (self.bottom_px - self.top_px);
        let rows = self.value.greatest - self.value.least;
        ((0.0..1.0).contains(&share)).then(|| libm::floor(share * rows) as usize)
    }

    /// How wide a step is.
    pub(super) fn step_px(&self, step_ms: i64) -> f64 {
        let length = self.time.to.0 as f64 - self.time.from.0 as f64;
        step_ms as f64 / length * (self.right_px - self.left_px)
    }

    /// The drawn point of line `index` of `chart` at the step nearest to `at`: where series are stacked, their head.
    #[must_use]
    pub fn nearest(&self, chart: &Chart<'_>, index: usize, at: Timestamp) -> Option<Point> {
        let line = chart.lines.get(index)?;
        if is_piled(chart) && line.form != Form::Ribbon {
            return self.stacks.nearest(index, &line.steps, at);
        }
        line.steps.nearest(at)
    }

    /// A point in backend units.
    pub(super) fn place(&self, point: &Point) -> (i32, i32) {
        (units(self.x_px(point.at)), units(self.y_px(point.value)))
    }
}

/// Whether series have a base to stand on, which areas and bars always do.
pub(super) fn is_piled(chart: &Chart<'_>) -> bool {
    match chart.options.kind {
        Kind::Lines => chart.options.stacking != Stacking::Off,
        Kind::Areas | Kind::Bars => true,
        Kind::Heatmap => false,
    }
}

fn value_axis(chart: &Chart<'_>, stacks: &Stacks) -> ValueAxis {
    let options = chart.options;
    let joined = |all: (f64, f64), one: (f64, f64)| (all.0.min(one.0), all.1.max(one.1));
    let bare = chart.lines.iter().filter(|line| !is_piled(chart) || line.form == Form::Ribbon);
    let extents = bare.filter_map(|line| line.steps.extent()).chain(stacks.extent());
    let extent = extents.reduce(joined).map(|extent| with_thresholds(chart, extent));
    if options.stacking == Stacking::Share && is_piled(chart) {
        let foot = if extent.is_some_and(|(least, _)| least < 0.0) { None } else { Some(0.0) };
        return ValueAxis::holding(extent, Unit::PercentShare, (foot, Some(1.0)));
    }
    ValueAxis::holding(extent, options.unit, (options.least, options.greatest))
}

/// The extent with the thresholds that are drawn, unless one lies so far away that the values would be pressed flat.
fn with_thresholds(chart: &Chart<'_>, (least, greatest): (f64, f64)) -> (f64, f64) {
    let options = chart.options;
    if !(options.threshold_style.has_lines() || options.threshold_style.has_bands()) {
        return (least, greatest);
    }
    let reach = (greatest - least.min(0.0)).max(greatest.abs()).max(least.abs());
    let near = |from: &f64| from.is_finite() && *from >= least - reach && *from <= greatest + reach;
    let near = options.thresholds.iter().map(|threshold| threshold.from).filter(near);
    near.fold((least, greatest), |(least, greatest), from| (least.min(from), greatest.max(from)))
}

/// The axis of a heatmap: all rows are equally high, their bounds stand beside them.
fn rows_axis(heat: Option<&Heat>, chart: &Chart<'_>, height_px: f64) -> ValueAxis {
    let bounds = heat.map_or(&[][..], |heat| heat.bounds.as_slice());
    let rows = bounds.len().saturating_sub(1).max(1);
    let apart = libm::ceil(ROW_LABELS_PX * rows as f64 / height_px.max(1.0)).max(1.0) as usize;
    let tick = |(row, bound): (usize, &f64)| ValueTick {
        value: row as f64,
        label: chart.options.unit.shown(*bound, chart.options.decimals),
    };
    let ticks = bounds.iter().enumerate().step_by(apart).map(tick).collect();
    ValueAxis { least: 0.0, greatest: rows as f64, ticks, sign: "" }
}
