//! The areas between what series stand on and what they reach. The lines above them are drawn elsewhere.

use plotters::prelude::*;

use super::chart::{Chart, Form};
use super::draw::{Area, Drawn, hue, style};
use super::frame::Frame;
use super::line::Point;
use super::options::Stacking;
use super::stack::{Layer, runs};
use super::strokes::path;

/// How much of its hue an area on others has.
const STACKED_OPACITY: f64 = 0.35;
/// An area on zero lies over those behind it.
const FREE_OPACITY: f64 = 0.12;

pub(super) fn areas<B: DrawingBackend>(area: &Area<B>, chart: &Chart<'_>, frame: &Frame) -> Drawn<B> {
    let opacity = if chart.options.stacking == Stacking::Off { FREE_OPACITY } else { STACKED_OPACITY };
    for (index, line) in chart.lines.iter().enumerate().filter(|(_, line)| line.form != Form::Ribbon) {
        let pen = style(hue(chart, line.hue), opacity * line.opacity(), 1.0).filled();
        for run in runs(frame.stacks.of_line(index)) {
            let edge = |end: fn(&Layer) -> f64| -> Vec<(i32, i32)> {
                let point = |layer: &Layer| Point { at: line.steps.at(layer.index), value: end(layer) };
                path(frame, &run.iter().map(point).collect::<Vec<Point>>())
            };
            let mut outline = edge(|layer| layer.head);
            outline.extend(edge(|layer| layer.base).into_iter().rev());
            area.draw(&Polygon::new(outline, pen))?;
        }
    }
    Ok(())
}
