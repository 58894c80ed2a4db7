//! A heatmap: a cell a bucket and step, and the scale of its colours beside it.

use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::axes::label_type;
use super::chart::Chart;
use super::draw::{Area, Drawn, style};
use super::frame::Frame;
use super::heat::Heat;
use super::heat_colors::{HEAT_LEVELS, heat_colors, heat_level};
use super::unit::Unit;
use super::units;

const SCALE_LEFT_PX: f64 = 10.0;
const SCALE_WIDTH_PX: f64 = 10.0;
/// A narrower step shares its column of pixels with others.
const LEAST_CELL_PX: f64 = 1.0;

pub(super) fn heat_map<B: DrawingBackend>(area: &Area<B>, chart: &Chart<'_>, frame: &Frame) -> Drawn<B> {
    let Some(heat) = chart.heat else { return Ok(()) };
    let colors = heat_colors(chart.palette);
    let greatest = heat.greatest();
    for cell in cells(heat, frame, greatest) {
        let corners = [
            (units(cell.left_px), units(frame.y_px(cell.to_row as f64))),
            (units(cell.right_px), units(frame.y_px(cell.from_row as f64))),
        ];
        area.draw(&Rectangle::new(corners, style(colors[cell.level], 1.0, 1.0).filled()))?;
    }
    scale(area, chart, frame, greatest)
}

/// Neighbouring buckets of a step with the same colour.
struct Cell {
    left_px: f64,
    right_px: f64,
    from_row: usize,
    to_row: usize,
    level: usize,
}

fn cells(heat: &Heat, frame: &Frame, greatest: f64) -> Vec<Cell> {
    let step_px = frame.step_px(heat.step.0);
    let mut cells = Vec::new();
    for (index, counts, steps) in columns(heat, step_px) {
        let middle_px = frame.x_px(heat.at(index));
        let inside = |x_px: f64| x_px.clamp(frame.left_px, frame.right_px);
        // Edges on whole pixels leave no seam between columns.
        let left_px = libm::round(inside(middle_px - step_px / 2.0));
        let right_px = libm::round(inside(middle_px + step_px * (f64::from(steps) - 0.5)));
        if right_px <= left_px {
            continue;
        }
        let mut from_row = 0;
        for run in counts.chunk_by(|one, next| heat_level(*one, greatest) == heat_level(*next, greatest)) {
            let to_row = from_row + run.len();
            if let Some(level) = heat_level(run[0], greatest) {
                cells.push(Cell { left_px, right_px, from_row, to_row, level });
            }
            from_row = to_row;
        }
    }
    cells
}

/// The columns as they are drawn: first step, counts, how many steps. Steps that share a column of pixels are averaged.
fn columns(heat: &Heat, step_px: f64) -> Vec<(u32, Vec<f64>, u32)> {
    let together = libm::ceil(LEAST_CELL_PX / step_px.max(1e-9)).clamp(1.0, f64::from(u32::MAX)) as u32;
    let mut columns: Vec<(u32, Vec<f64>, u32)> = Vec::new();
    let mut counted = 0.0;
    for (index, counts) in heat.columns() {
        let first = index / together * together;
        match columns.last_mut().filter(|last| last.0 == first) {
            Some((_, sums, _)) => {
                counted += 1.0;
                // A running average: the sum of what was seen is never needed.
                sums.iter_mut().zip(counts).for_each(|(mean, count)| *mean += (count - *mean) / counted);
            }
            None => {
                counted = 1.0;
                columns.push((first, counts.to_vec(), together));
            }
        }
    }
    columns
}

/// The colours from few at the foot to many at the head, with their counts.
fn scale<B: DrawingBackend>(area: &Area<B>, chart: &Chart<'_>, frame: &Frame, greatest: f64) -> Drawn<B> {
    if greatest <= 0.0 {
        return Ok(());
    }
    let left_px = frame.right_px + SCALE_LEFT_PX;
    let height_px = frame.bottom_px - frame.top_px;
    let y_px = |share: f64| libm::round(frame.bottom_px - share * height_px);
    for (level, color) in heat_colors(chart.palette).into_iter().enumerate() {
        let share = |level: usize| level as f64 / HEAT_LEVELS as f64;
        let corners = [
            (units(left_px), units(y_px(share(level + 1)))),
            (units(left_px + SCALE_WIDTH_PX), units(y_px(share(level)))),
        ];
        area.draw(&Rectangle::new(corners, style(color, 1.0, 1.0).filled()))?;
    }
    let text = label_type(chart);
    for share in [0.0, 0.5, 1.0] {
        let beside = if share == 0.0 {
            Pos::new(HPos::Left, VPos::Bottom)
        } else if share == 1.0 {
            Pos::new(HPos::Left, VPos::Top)
        } else {
            Pos::new(HPos::Left, VPos::Center)
        };
        let at = (units(left_px + SCALE_WIDTH_PX + 5.0), units(y_px(share)));
        // As in `heat_level`: the colour goes by the square root.
        let count = Unit::Short.shown(greatest * share * share, None);
        area.draw(&Text::new(count, at, text.pos(beside)))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::time::{Millis, Timestamp};
    use crate::plot::Steps;

    #[test]
    fn steps_of_one_column_of_pixels_are_averaged() {
        let values = [2.0, 4.0, 6.0, 8.0];
        let steps = Steps { start: Timestamp(0), step: Millis(1), present: &[0b11011], values: &values };
        let heat = Heat::of_classic(std::iter::once(("+Inf", steps))).unwrap();
        let shown: Vec<(u32, f64)> =
            columns(&heat, 0.5).iter().map(|column| (column.0, column.1[0])).collect();
        assert_eq!(shown, [(0, 3.0), (2, 6.0), (4, 8.0)]);
        assert_eq!(columns(&heat, 5.0).len(), 4);
    }
}
