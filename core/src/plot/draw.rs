//! Draws a chart: grid, axes, ribbons, lines with their gaps. Chooses no colour and measures no text.

use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::Color as _;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::chart::{Chart, Form, Line};
use super::decimate::thinned;
use super::frame::{Frame, LABEL_PX};
use super::line::Point;
use super::palette::Color;
use super::{SUBPIXELS, units};

type Area<B> = DrawingArea<B, Shift>;
type Drawn<B> = Result<(), DrawingAreaErrorKind<<B as DrawingBackend>::ErrorType>>;

/// Above this many points a line is drawn without marks at them.
const MARKED_POINTS: usize = 40;
/// Above this many stretches the ends of a line are no longer ringed: the rings would hide it.
const RINGED_STRETCHES: usize = 24;

/// Draws `chart` on `backend`, whose size is the chart's in quarters of a pixel.
///
/// # Errors
/// What the backend reports.
pub fn draw<B: DrawingBackend>(backend: B, chart: &Chart<'_>) -> Drawn<B> {
    let area = backend.into_drawing_area();
    let frame = Frame::of(chart);
    axes(&area, chart, &frame)?;
    for line in chart.lines.iter().filter(|line| line.form == Form::Ribbon) {
        ribbon(&area, chart, &frame, line)?;
    }
    for line in chart.lines.iter().filter(|line| line.form != Form::Ribbon) {
        stroke(&area, chart, &frame, line)?;
    }
    area.present()
}

pub(super) fn style(color: Color, opacity: f64, width_px: f64) -> ShapeStyle {
    ShapeStyle {
        color: color.rgb().mix(opacity),
        filled: false,
        stroke_width: units(width_px).unsigned_abs(),
    }
}

/// The middle of the pixel that a length falls into: level and upright hairlines stay sharp there.
fn hairline(length_px: f64) -> i32 {
    libm::floor(length_px) as i32 * SUBPIXELS + SUBPIXELS / 2
}

fn axes<B: DrawingBackend>(area: &Area<B>, chart: &Chart<'_>, frame: &Frame) -> Drawn<B> {
    let palette = chart.palette;
    let font = (palette.font_family.as_str(), LABEL_PX * f64::from(SUBPIXELS)).into_font();
    let text = font.color(&palette.axis_text.rgb());
    let (left, right) = (units(frame.left_px), units(frame.right_px));
    let beside = text.pos(Pos::new(HPos::Right, VPos::Center));
    for tick in &frame.value.ticks {
        let y = hairline(frame.y_px(tick.value));
        area.draw(&PathElement::new([(left, y), (right, y)], style(palette.grid, 1.0, 1.0)))?;
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
    Ok(())
}

/// The stretches of a line as paths in backend units, thinned to columns of one pixel.
fn paths(frame: &Frame, line: &Line<'_>) -> Vec<Vec<(i32, i32)>> {
    let path = |stretch: &Vec<Point>| -> Vec<(i32, i32)> {
        thinned(stretch, 1.0, |point| frame.x_px(point.at)).iter().map(|point| frame.place(point)).collect()
    };
    line.steps.stretches().iter().map(path).collect()
}

fn ribbon<B: DrawingBackend>(area: &Area<B>, chart: &Chart<'_>, frame: &Frame, line: &Line<'_>) -> Drawn<B> {
    let (truth, middle) = (chart.palette.truth, chart.palette.truth_line);
    for path in paths(frame, line) {
        if let [only] = path[..] {
            area.draw(&Circle::new(only, units(4.0), style(truth, line.opacity(), 1.0).filled()))?;
            continue;
        }
        let dots = dashes(&path, 1.0, 3.0);
        area.draw(&PathElement::new(path, style(truth, line.opacity(), 8.0)))?;
        for dot in dots {
            area.draw(&PathElement::new(dot, style(middle, line.opacity(), 1.0)))?;
        }
    }
    Ok(())
}

fn stroke<B: DrawingBackend>(area: &Area<B>, chart: &Chart<'_>, frame: &Frame, line: &Line<'_>) -> Drawn<B> {
    let color = chart.palette.series[line.hue % chart.palette.series.len()];
    let width_px = match line.form {
        Form::Thin => 1.25,
        Form::Dotted => 1.5,
        Form::Solid | Form::Ribbon => 2.0,
    };
    let pen = style(color, line.opacity(), width_px);
    let paths = paths(frame, line);
    let points: usize = paths.iter().map(Vec::len).sum();
    let last_step = Point { at: chart.to.saturating_sub(line.steps.step), value: 0.0 };
    let ringed = paths.len() <= RINGED_STRETCHES && line.form != Form::Thin;
    for (index, path) in paths.iter().enumerate() {
        if line.form == Form::Dotted {
            for dot in dashes(path, 1.5, 4.0) {
                area.draw(&PathElement::new(dot, pen))?;
            }
        } else {
            area.draw(&PathElement::new(path.clone(), pen))?;
        }
        if points < MARKED_POINTS || path.len() == 1 {
            for point in path {
                area.draw(&Circle::new(*point, units(width_px.max(2.0)), pen.filled()))?;
            }
        }
        let (Some(first), Some(last)) = (path.first(), path.last()) else { continue };
        if ringed && index > 0 {
            ring(area, chart, *first, pen)?;
        }
        if ringed && path.len() > 1 && last.0 < frame.place(&last_step).0 {
            ring(area, chart, *last, pen)?;
        }
    }
    Ok(())
}

/// The open end of a line at a gap.
fn ring<B: DrawingBackend>(area: &Area<B>, chart: &Chart<'_>, at: (i32, i32), pen: ShapeStyle) -> Drawn<B> {
    let radius = units(3.2);
    area.draw(&Circle::new(at, radius, style(chart.palette.surface, 1.0, 1.0).filled()))?;
    area.draw(&Circle::new(at, radius, ShapeStyle { stroke_width: units(1.75).unsigned_abs(), ..pen }))
}

/// Cuts a path into strokes of `dash_px` with `gap_px` between them.
fn dashes(path: &[(i32, i32)], dash_px: f64, gap_px: f64) -> Vec<Vec<(i32, i32)>> {
    /// A path of more strokes than this would be a solid line to the eye.
    const MOST_STROKES: usize = 4000;
    let (dash, period) = (f64::from(units(dash_px)), f64::from(units(dash_px + gap_px)));
    let mut strokes = Vec::new();
    let mut walked = 0.0;
    for pair in path.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        let (dx, dy) = (f64::from(to.0 - from.0), f64::from(to.1 - from.1));
        let length = libm::sqrt(dx * dx + dy * dy);
        let at = |along: f64| {
            let share = (along / length.max(1e-9)).clamp(0.0, 1.0);
            (from.0 + libm::round(dx * share) as i32, from.1 + libm::round(dy * share) as i32)
        };
        let mut next = libm::ceil(walked / period) * period - walked;
        while next < length && strokes.len() < MOST_STROKES {
            strokes.push(vec![at(next), at(next + dash)]);
            next += period;
        }
        walked += length;
    }
    strokes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dashes_keep_their_rhythm_across_corners() {
        let path = [(0, 0), (20, 0), (20, 20)];
        let starts: Vec<(i32, i32)> = dashes(&path, 1.0, 3.0).iter().map(|stroke| stroke[0]).collect();
        assert_eq!(starts, [(0, 0), (16, 0), (20, 12)]);
        assert!(dashes(&[(5, 5), (5, 5)], 1.0, 1.0).is_empty());
    }
}
