//! Series upon one another: from where to where each reaches at each step. Draws nothing.

use std::collections::BTreeMap;

use super::chart::{Form, Line};
use super::line::{Point, Steps};
use super::options::Stacking;
use crate::base::time::Timestamp;

/// From where to where a series reaches at a step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Layer {
    /// Which step.
    pub index: u32,
    /// Where it stands.
    pub base: f64,
    /// How far it reaches; below the base for a negative value.
    pub head: f64,
}

/// The layers of the lines of a chart, by the line's place in it; none for a ribbon. What has no value at a step has
/// no layer there, and those above stand as if it were zero.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stacks(Vec<Vec<Layer>>);

/// What was piled up so far over equal steps.
#[derive(Default)]
struct Pile {
    up: Vec<f64>,
    down: Vec<f64>,
}

impl Pile {
    /// Puts a value on top, or under the bottom, of a step.
    fn add(&mut self, index: u32, value: f64) -> (f64, f64) {
        let side = if value < 0.0 { &mut self.down } else { &mut self.up };
        let index = index as usize;
        if side.len() <= index {
            side.resize(index + 1, 0.0);
        }
        let base = side[index];
        side[index] += value;
        (base, side[index])
    }

    /// The sum of all magnitudes at a step.
    fn whole(&self, index: u32) -> f64 {
        let at = |side: &[f64]| side.get(index as usize).copied().unwrap_or(0.0);
        at(&self.up) - at(&self.down)
    }
}

impl Stacks {
    /// Piles up lines. Lines over other steps than one another are piles of their own.
    pub(super) fn of(lines: &[Line<'_>], stacking: Stacking) -> Self {
        let key = |steps: &Steps<'_>| (steps.start, steps.step);
        let mut piles: BTreeMap<_, Pile> = BTreeMap::new();
        let mut stacks = Vec::with_capacity(lines.len());
        for line in lines {
            let drawable = line.steps.drawable().filter(|_| line.form != Form::Ribbon);
            let pile = piles.entry(key(&line.steps)).or_default();
            let layer = |(index, value)| {
                let (base, head) =
                    if stacking == Stacking::Off { (0.0, value) } else { pile.add(index, value) };
                Layer { index, base, head }
            };
            stacks.push(drawable.map(layer).collect::<Vec<Layer>>());
        }
        if stacking == Stacking::Share {
            for (line, layers) in lines.iter().zip(&mut stacks) {
                let Some(pile) = piles.get(&key(&line.steps)) else { continue };
                for layer in layers {
                    let whole = pile.whole(layer.index);
                    let share = |value: f64| if whole > 0.0 { value / whole } else { 0.0 };
                    (layer.base, layer.head) = (share(layer.base), share(layer.head));
                }
            }
        }
        Self(stacks)
    }

    /// The layers of a line.
    pub(super) fn of_line(&self, line: usize) -> &[Layer] {
        self.0.get(line).map_or(&[], Vec::as_slice)
    }

    /// The least and the greatest that is reached, zero among them; `None` where there is no layer.
    pub(super) fn extent(&self) -> Option<(f64, f64)> {
        let ends = self.0.iter().flatten().flat_map(|layer| [layer.base, layer.head]);
        ends.filter(|end| end.is_finite()).fold(None, |extent: Option<(f64, f64)>, end| {
            let (least, greatest) = extent.unwrap_or((0.0, 0.0));
            Some((least.min(end), greatest.max(end)))
        })
    }

    /// The head of a line at the step nearest to `at`.
    pub(super) fn nearest(&self, line: usize, steps: &Steps<'_>, at: Timestamp) -> Option<Point> {
        let index = steps.index_near(at)?;
        let layers = self.of_line(line);
        let found = layers.binary_search_by_key(&index, |layer| layer.index).ok()?;
        Some(Point { at: steps.at(index), value: layers[found].head })
    }
}

/// The runs of layers without a gap.
pub(super) fn runs(layers: &[Layer]) -> impl Iterator<Item = &[Layer]> {
    layers.chunk_by(|one, next| one.index + 1 == next.index)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::time::Millis;
    use crate::plot::Emphasis;

    fn line<'a>(present: &'a [u64], values: &'a [f64], form: Form) -> Line<'a> {
        let steps = Steps { start: Timestamp(0), step: Millis(10), present, values };
        Line { steps, hue: 0, form, emphasis: Emphasis::Plain }
    }

    fn ends(stacks: &Stacks, line: usize) -> Vec<(u32, f64, f64)> {
        stacks.of_line(line).iter().map(|layer| (layer.index, layer.base, layer.head)).collect()
    }

    #[test]
    fn a_series_stands_on_those_before_it_and_a_gap_counts_as_nothing() {
        let lines = [
            line(&[0b101], &[1.0, 2.0], Form::Solid),
            line(&[0b111], &[9.0; 3], Form::Ribbon),
            line(&[0b111], &[3.0, 4.0, -5.0], Form::Solid),
            line(&[0b111], &[1.0, f64::NAN, -1.0], Form::Solid),
        ];
        let stacks = Stacks::of(&lines, Stacking::Normal);
        assert_eq!(ends(&stacks, 0), [(0, 0.0, 1.0), (2, 0.0, 2.0)]);
        assert_eq!(ends(&stacks, 1), []);
        assert_eq!(ends(&stacks, 2), [(0, 1.0, 4.0), (1, 0.0, 4.0), (2, 0.0, -5.0)]);
        assert_eq!(ends(&stacks, 3), [(0, 4.0, 5.0), (2, -5.0, -6.0)]);
        assert_eq!(stacks.extent(), Some((-6.0, 5.0)));
        assert_eq!(runs(stacks.of_line(3)).count(), 2);
        assert_eq!(stacks.nearest(2, &lines[2].steps, Timestamp(11)).map(|point| point.value), Some(4.0));
        assert_eq!(stacks.nearest(3, &lines[3].steps, Timestamp(11)), None);
    }

    #[test]
    fn shares_add_up_to_one() {
        let lines = [line(&[0b11], &[1.0, 0.0], Form::Solid), line(&[0b11], &[3.0, 0.0], Form::Solid)];
        let stacks = Stacks::of(&lines, Stacking::Share);
        assert_eq!(ends(&stacks, 1), [(0, 0.25, 1.0), (1, 0.0, 0.0)]);
        assert_eq!(Stacks::of(&[], Stacking::Share).extent(), None);
    }
}
