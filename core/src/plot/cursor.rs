//! The cursor over a chart: an upright line with a mark on each line, on a surface of its own so that moving it does not
//! redraw the data.

use plotters::prelude::*;

use super::chart::{Chart, Form};
use super::draw::style;
use super::frame::Frame;
use super::units;
use crate::base::time::Timestamp;

/// Draws the cursor of `chart` at the instant `at`.
///
/// # Errors
/// What the backend reports.
pub fn draw_cursor<B: DrawingBackend>(
    backend: B,
    chart: &Chart<'_>,
    frame: &Frame,
    at: Timestamp,
) -> Result<(), DrawingAreaErrorKind<B::ErrorType>> {
    let area = backend.into_drawing_area();
    let x = units(frame.x_px(at));
    let pen = style(chart.palette.text, 1.0, 1.0);
    area.draw(&PathElement::new([(x, units(frame.top_px)), (x, units(frame.bottom_px))], pen))?;
    for line in &chart.lines {
        let Some(point) = line.steps.nearest(at) else { continue };
        let place = frame.place(&point);
        let color = match line.form {
            Form::Ribbon => chart.palette.truth_line,
            _ => chart.palette.series[line.hue % chart.palette.series.len()],
        };
        area.draw(&Circle::new(place, units(4.0), style(color, line.opacity(), 1.0).filled()))?;
        area.draw(&Circle::new(place, units(4.0), style(chart.palette.surface, 1.0, 1.5)))?;
    }
    area.present()
}
