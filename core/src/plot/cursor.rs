//! The cursor over a chart: an upright line with a mark on each line, on a surface of its own so that moving it does not
//! redraw the data.

use plotters::prelude::*;

use super::chart::{Chart, Form};
use super::draw::{hue, style};
use super::frame::Frame;
use super::options::Kind;
use super::units;
use crate::base::time::Timestamp;

/// Where a reader points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pointer {
    /// The instant.
    pub at: Timestamp,
    /// How far from the upper edge, in CSS pixels; `None` where only an instant was chosen.
    pub y_px: Option<f64>,
}

/// The lines that are drawn at the pointer's instant, by their places in the chart: the nearest first where the
/// pointer has a height, else in their order. Ribbons are left out.
#[must_use]
pub fn nearest_lines(chart: &Chart<'_>, frame: &Frame, pointer: Pointer) -> Vec<usize> {
    let own = (0..chart.lines.len()).filter(|index| chart.lines[*index].form != Form::Ribbon);
    let Some(y_px) = pointer.y_px else { return own.collect() };
    let distance = |index: usize| {
        let point = frame.nearest(chart, index, pointer.at);
        point.map_or(f64::INFINITY, |point| (frame.y_px(point.value) - y_px).abs())
    };
    let mut lines: Vec<(f64, usize)> = own.map(|index| (distance(index), index)).collect();
    lines.sort_by(|one, other| one.0.total_cmp(&other.0));
    lines.into_iter().map(|(_, index)| index).collect()
}

/// Draws the cursor of `chart` where `pointer` is. The nearest line has a larger mark; of a heatmap the cell is outlined.
///
/// # Errors
/// What the backend reports.
pub fn draw_cursor<B: DrawingBackend>(
    backend: B,
    chart: &Chart<'_>,
    frame: &Frame,
    pointer: Pointer,
) -> Result<(), DrawingAreaErrorKind<B::ErrorType>> {
    let area = backend.into_drawing_area();
    let x = units(frame.x_px(pointer.at));
    let pen = style(chart.palette.text, 1.0, 1.0);
    area.draw(&PathElement::new([(x, units(frame.top_px)), (x, units(frame.bottom_px))], pen))?;
    if chart.options.kind == Kind::Heatmap {
        if let Some(corners) = cell(chart, frame, pointer) {
            area.draw(&Rectangle::new(corners, style(chart.palette.text, 1.0, 1.5)))?;
        }
        return area.present();
    }
    let nearest = pointer.y_px.and_then(|_| nearest_lines(chart, frame, pointer).first().copied());
    for (index, line) in chart.lines.iter().enumerate() {
        let Some(point) = frame.nearest(chart, index, pointer.at) else { continue };
        let place = frame.place(&point);
        let color = match line.form {
            Form::Ribbon => chart.palette.truth_line,
            _ => hue(chart, line.hue),
        };
        let radius = units(if nearest == Some(index) { 5.5 } else { 4.0 });
        area.draw(&Circle::new(place, radius, style(color, line.opacity(), 1.0).filled()))?;
        area.draw(&Circle::new(place, radius, style(chart.palette.surface, 1.0, 1.5)))?;
    }
    area.present()
}

/// The cell under the pointer, as corners in backend units.
fn cell(chart: &Chart<'_>, frame: &Frame, pointer: Pointer) -> Option<[(i32, i32); 2]> {
    let heat = chart.heat?;
    let row = frame.row(pointer.y_px?).filter(|row| *row < heat.rows())? as f64;
    let middle_px = frame.x_px(heat.at(heat.index_near(pointer.at)?));
    let half_px = frame.step_px(heat.step.0) / 2.0;
    let inside = |x_px: f64| units(x_px.clamp(frame.left_px, frame.right_px));
    let upper = (inside(middle_px - half_px), units(frame.y_px(row + 1.0)));
    Some([upper, (inside(middle_px + half_px), units(frame.y_px(row)))])
}
