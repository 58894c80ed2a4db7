//! Lines and ribbons, with open ends at their gaps. Draws no area.

use plotters::prelude::*;

use super::chart::{Chart, Form, Line};
use super::decimate::thinned;
use super::draw::{Area, Drawn, hue, style};
use super::frame::{Frame, is_piled};
use super::line::Point;
use super::options::Kind;
use super::stack::runs;
use super::units;

/// Above this many points a line is drawn without marks at them.
const MARKED_POINTS: usize = 40;
/// Above this many stretches the ends of a line are no longer ringed: the rings would hide it.
const RINGED_STRETCHES: usize = 24;

/// A stretch as a path in backend units, thinned to columns of one pixel.
pub(super) fn path(frame: &Frame, stretch: &[Point]) -> Vec<(i32, i32)> {
    thinned(stretch, 1.0, |point| frame.x_px(point.at)).iter().map(|point| frame.place(point)).collect()
}

/// The stretches of a line as paths: of its values, or of its heads where it stands on others.
fn paths(chart: &Chart<'_>, frame: &Frame, (index, line): (usize, &Line<'_>)) -> Vec<Vec<(i32, i32)>> {
    if !is_piled(chart) || line.form == Form::Ribbon {
        return line.steps.stretches().iter().map(|stretch| path(frame, stretch)).collect();
    }
    let heads = |run: &[super::stack::Layer]| -> Vec<Point> {
        run.iter().map(|layer| Point { at: line.steps.at(layer.index), value: layer.head }).collect()
    };
    runs(frame.stacks.of_line(index)).map(|run| path(frame, &heads(run))).collect()
}

pub(super) fn ribbon<B: DrawingBackend>(
    area: &Area<B>,
    chart: &Chart<'_>,
    frame: &Frame,
    line: &Line<'_>,
) -> Drawn<B> {
    let (truth, middle) = (chart.palette.truth, chart.palette.truth_line);
    for path in paths(chart, frame, (0, line)) {
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

pub(super) fn stroke<B: DrawingBackend>(
    area: &Area<B>,
    chart: &Chart<'_>,
    frame: &Frame,
    (index, line): (usize, &Line<'_>),
) -> Drawn<B> {
    let width_px = match line.form {
        Form::Thin => 1.25,
        Form::Dotted => 1.5,
        Form::Solid | Form::Ribbon => 2.0,
    };
    let pen = style(hue(chart, line.hue), line.opacity(), width_px);
    let paths = paths(chart, frame, (index, line));
    let points: usize = paths.iter().map(Vec::len).sum();
    let last_step = Point { at: chart.to.saturating_sub(line.steps.step), value: 0.0 };
    // An area shows its ends by itself.
    let ringed =
        paths.len() <= RINGED_STRETCHES && line.form != Form::Thin && chart.options.kind == Kind::Lines;
    for (index, path) in paths.into_iter().enumerate() {
        let ends = path.first().copied().zip(path.last().copied()).filter(|_| ringed);
        let alone = path.len() == 1;
        if points < MARKED_POINTS || alone {
            for point in &path {
                area.draw(&Circle::new(*point, units(width_px.max(2.0)), pen.filled()))?;
            }
        }
        if line.form == Form::Dotted {
            for dot in dashes(&path, 1.5, 4.0) {
                area.draw(&PathElement::new(dot, pen))?;
            }
        } else {
            area.draw(&PathElement::new(path, pen))?;
        }
        let Some((first, last)) = ends else { continue };
        if index > 0 {
            ring(area, chart, first, pen)?;
        }
        if !alone && last.0 < frame.place(&last_step).0 {
            ring(area, chart, last, pen)?;
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
pub(super) fn dashes(path: &[(i32, i32)], dash_px: f64, gap_px: f64) -> Vec<Vec<(i32, i32)>> {
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
