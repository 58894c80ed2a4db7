//! Values from which on something else holds: bands beneath the data, dashed lines with their value above it.

use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::axes::{hairline, label_type};
use super::chart::Chart;
use super::draw::{Area, Drawn, style};
use super::frame::Frame;
use super::options::{Judgement, Threshold};
use super::palette::Color;
use super::strokes::dashes;
use super::units;

/// How much of its colour a band has.
const BAND_OPACITY: f64 = 0.1;

/// The thresholds that mean something, rising.
fn sorted(chart: &Chart<'_>) -> Vec<Threshold> {
    let sound = |threshold: &&Threshold| !threshold.from.is_nan();
    let mut thresholds: Vec<Threshold> = chart.options.thresholds.iter().filter(sound).copied().collect();
    thresholds.sort_by(|one, other| one.from.total_cmp(&other.from));
    thresholds
}

fn color(chart: &Chart<'_>, judgement: Judgement) -> Color {
    match judgement {
        Judgement::Good => chart.palette.good,
        Judgement::Warning => chart.palette.warning,
        Judgement::Bad => chart.palette.bad,
    }
}

/// The bands, where they are asked for.
pub(super) fn bands<B: DrawingBackend>(area: &Area<B>, chart: &Chart<'_>, frame: &Frame) -> Drawn<B> {
    if !chart.options.threshold_style.has_bands() {
        return Ok(());
    }
    let thresholds = sorted(chart);
    for (index, threshold) in thresholds.iter().enumerate() {
        let to = thresholds.get(index + 1).map_or(f64::INFINITY, |next| next.from);
        let (upper, lower) = (units(frame.y_px(to)), units(frame.y_px(threshold.from)));
        if upper < lower {
            let corners = [(units(frame.left_px), upper), (units(frame.right_px), lower)];
            let pen = style(color(chart, threshold.judgement), BAND_OPACITY, 1.0).filled();
            area.draw(&Rectangle::new(corners, pen))?;
        }
    }
    Ok(())
}

/// The lines, where they are asked for, and the value of each threshold at the right.
pub(super) fn marks<B: DrawingBackend>(area: &Area<B>, chart: &Chart<'_>, frame: &Frame) -> Drawn<B> {
    let style_wanted = chart.options.threshold_style;
    if !(style_wanted.has_lines() || style_wanted.has_bands()) {
        return Ok(());
    }
    let above = label_type(chart).pos(Pos::new(HPos::Right, VPos::Bottom));
    let inside =
        |threshold: &Threshold| threshold.from > frame.value.least && threshold.from <= frame.value.greatest;
    for threshold in sorted(chart).into_iter().filter(inside) {
        let y = hairline(frame.y_px(threshold.from));
        let (left, right) = (units(frame.left_px), units(frame.right_px));
        if style_wanted.has_lines() {
            let pen = style(color(chart, threshold.judgement), 1.0, 1.5);
            for dash in dashes(&[(left, y), (right, y)], 6.0, 4.0) {
                area.draw(&PathElement::new(dash, pen))?;
            }
        }
        let value = chart.options.unit.shown(threshold.from, chart.options.decimals);
        area.draw(&Text::new(value, (right - units(2.0), y - units(2.0)), &above))?;
    }
    Ok(())
}
