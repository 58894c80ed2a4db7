//! A bar a step and series: upon one another where series are stacked, side by side where there is room, else one before
//! the other.

use plotters::prelude::*;

use super::chart::{Chart, Form};
use super::draw::{Area, Drawn, hue, style};
use super::frame::Frame;
use super::options::Stacking;
use super::stack::Layer;
use super::units;

/// The share of a step that its bars take.
const FILLED: f64 = 0.8;
/// Bars side by side are at least so wide.
const LEAST_BESIDE_PX: f64 = 2.0;

pub(super) fn bars<B: DrawingBackend>(area: &Area<B>, chart: &Chart<'_>, frame: &Frame) -> Drawn<B> {
    let own: Vec<usize> =
        (0..chart.lines.len()).filter(|index| chart.lines[*index].form != Form::Ribbon).collect();
    for (place, index) in own.iter().enumerate() {
        let line = &chart.lines[*index];
        let step_px = frame.step_px(line.steps.step.0);
        let whole_px = (step_px * FILLED).max(1.0);
        let beside_px = whole_px / own.len() as f64;
        let beside = chart.options.stacking == Stacking::Off && own.len() > 1;
        let (offset_px, width_px) = if beside && beside_px >= LEAST_BESIDE_PX {
            (beside_px * place as f64 - whole_px / 2.0, beside_px)
        } else {
            (-whole_px / 2.0, whole_px)
        };
        // Bars one before the other let those behind shine through.
        let opacity = if beside && beside_px < LEAST_BESIDE_PX { 0.6 } else { 1.0 };
        let pen = style(hue(chart, line.hue), opacity * line.opacity(), 1.0).filled();
        for layer in columns(frame.stacks.of_line(*index), step_px) {
            let middle_px = frame.x_px(line.steps.at(layer.index));
            let left_px = (middle_px + offset_px).clamp(frame.left_px, frame.right_px);
            let right_px = (middle_px + offset_px + width_px).clamp(frame.left_px, frame.right_px);
            let (base_px, head_px) = (frame.y_px(layer.base), frame.y_px(layer.head));
            let upper = (units(left_px), units(base_px.min(head_px)));
            let lower = (units(right_px), units(base_px.max(head_px)));
            if upper.0 < lower.0 && upper.1 < lower.1 {
                area.draw(&Rectangle::new([upper, lower], pen))?;
            }
        }
    }
    Ok(())
}

/// The bars that can be seen: where several steps share a column of pixels, the one that reaches farthest.
fn columns(layers: &[Layer], step_px: f64) -> Vec<Layer> {
    if step_px >= 1.0 {
        return layers.to_vec();
    }
    let column = |layer: &Layer| libm::floor(f64::from(layer.index) * step_px);
    let farthest = |run: &[Layer]| {
        let reach = |layer: &&Layer| layer.head.abs();
        run.iter().max_by(|one, other| reach(one).total_cmp(&reach(other))).copied()
    };
    layers.chunk_by(|one, next| column(one) == column(next)).filter_map(farthest).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tallest_of_a_column_of_pixels_is_shown() {
        let layers: Vec<Layer> = (0..10)
            .map(|index| Layer { index, base: 0.0, head: if index == 6 { -9.0 } else { 1.0 } })
            .collect();
        let shown: Vec<f64> = columns(&layers, 0.25).iter().map(|layer| layer.head).collect();
        assert_eq!(shown, [1.0, -9.0, 1.0]);
        assert_eq!(columns(&layers, 1.0).len(), 10);
    }
}
