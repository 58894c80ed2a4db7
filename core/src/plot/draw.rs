//! Draws a chart: what each kind is made of, and in which order. Chooses no colour and measures no text.

use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::Color as _;

use super::areas::areas;
use super::axes::axes;
use super::bars::bars;
use super::chart::{Chart, Form};
use super::frame::Frame;
use super::heat_map::heat_map;
use super::options::Kind;
use super::palette::Color;
use super::strokes::{ribbon, stroke};
use super::thresholds::{bands, marks};
use super::units;

pub(super) type Area<B> = DrawingArea<B, Shift>;
pub(super) type Drawn<B> = Result<(), DrawingAreaErrorKind<<B as DrawingBackend>::ErrorType>>;

/// Draws `chart`, laid out as `frame`, on `backend`, whose size is the chart's in quarters of a pixel.
///
/// # Errors
/// What the backend reports.
pub fn draw<B: DrawingBackend>(backend: B, chart: &Chart<'_>, frame: &Frame) -> Drawn<B> {
    let area = backend.into_drawing_area();
    draw_in(&area, chart, frame)?;
    area.present()
}

/// As [`draw`], in a part of a surface that is as large as the chart.
pub(super) fn draw_in<B: DrawingBackend>(area: &Area<B>, chart: &Chart<'_>, frame: &Frame) -> Drawn<B> {
    let kind = chart.options.kind;
    if kind == Kind::Heatmap {
        heat_map(area, chart, frame)?;
        return axes(area, chart, frame);
    }
    bands(area, chart, frame)?;
    axes(area, chart, frame)?;
    for line in chart.lines.iter().filter(|line| line.form == Form::Ribbon) {
        ribbon(area, chart, frame, line)?;
    }
    match kind {
        Kind::Areas => areas(area, chart, frame)?,
        Kind::Bars => bars(area, chart, frame)?,
        Kind::Lines | Kind::Heatmap => {}
    }
    if kind != Kind::Bars {
        for (index, line) in chart.lines.iter().enumerate().filter(|(_, line)| line.form != Form::Ribbon) {
            stroke(area, chart, frame, (index, line))?;
        }
    }
    marks(area, chart, frame)
}

pub(super) fn style(color: Color, opacity: f64, width_px: f64) -> ShapeStyle {
    ShapeStyle {
        color: color.rgb().mix(opacity),
        filled: false,
        stroke_width: units(width_px).unsigned_abs(),
    }
}

/// The colour of a line's series.
pub(super) fn hue(chart: &Chart<'_>, hue: usize) -> Color {
    chart.palette.series[hue % chart.palette.series.len()]
}
