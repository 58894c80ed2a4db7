//! The grid, the axes with their labels, and the unit. Draws no data.

use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::chart::Chart;
use super::draw::{Area, Drawn, style};
use super::frame::{Frame, LABEL_PX};
use super::options::Kind;
use super::{SUBPIXELS, units};

/// The middle of the pixel that a length falls into: level and upright hairlines stay sharp there.
pub(super) fn hairline(length_px: f64) -> i32 {
    libm::floor(length_px) as i32 * SUBPIXELS + SUBPIXELS / 2
}

/// The type of axis labels.
pub(super) fn label_type<'a>(chart: &Chart<'a>) -> TextStyle<'a> {
    let font = (chart.palette.font_family.as_str(), LABEL_PX * f64::from(SUBPIXELS)).into_font();
    font.color(&chart.palette.axis_text.rgb())
}

pub(super) fn axes<B: DrawingBackend>(area: &Area<B>, chart: &Chart<'_>, frame: &Frame) -> Drawn<B> {
    let palette = chart.palette;
    let text = label_type(chart);
    let (left, right) = (units(frame.left_px), units(frame.right_px));
    let beside = text.pos(Pos::new(HPos::Right, VPos::Center));
    for tick in &frame.value.ticks {
        let y = hairline(frame.y_px(tick.value));
        // Rows of a heatmap touch one another; lines between them would be read as data.
        if chart.options.kind != Kind::Heatmap {
            area.draw(&PathElement::new([(left, y), (right, y)], style(palette.grid, 1.0, 1.0)))?;
        }
        area.draw(&Text::new(tick.label.as_str(), (left - units(7.0), y), &beside))?;
    }
    let base = hairline(frame.bottom_px);
    area.draw(&PathElement::new([(left, base), (right, base)], style(palette.edge, 1.0, 1.0)))?;
    let under = text.pos(Pos::new(HPos::Center, VPos::Top));
    for tick in &frame.time.ticks {
        let x = hairline(frame.x_px(tick.at));
        area.draw(&PathElement::new([(x, base), (x, base + units(4.0))], style(palette.edge, 1.0, 1.0)))?;
        // A label that would stick out at an end is held inside.
        let half = units(tick.label.len() as f64 * LABEL_PX * 0.3);
        let middle = x.clamp(half, (units(chart.width_px) - half).max(half));
        area.draw(&Text::new(tick.label.as_str(), (middle, base + units(7.0)), &under))?;
    }
    if !frame.value.sign.is_empty() {
        let corner = text.pos(Pos::new(HPos::Left, VPos::Top));
        let at = (left + units(6.0), units(frame.top_px + 4.0));
        area.draw(&Text::new(frame.value.sign, at, &corner))?;
    }
    Ok(())
}
