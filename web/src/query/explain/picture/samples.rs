//! The raw samples of a window, with the one that tells the result ringed where there is one.

use scrapeyard_core::lab::view::Run;
use yew::prelude::{Html, html};

use super::{Scale, dots, edges, label, number, picture};
use crate::texts::{Texts, value_shown};

/// More samples than these are thinned: the picture is 640 units wide.
const MOST_DRAWN: usize = 300;

/// The picture; nothing where a value is no finite number or there is no sample.
pub fn samples_picture(texts: &Texts, (begin, end): (i64, i64), run: &Run, telling: Option<usize>) -> Html {
    if run.values.is_empty() || end <= begin || !run.values.iter().all(|value| value.is_finite()) {
        return Html::default();
    }
    let scale = Scale::of((begin, end), run.values.iter().copied());
    let place = |index: usize| (scale.x(run.times[index] as f64), scale.y(run.values[index]));
    let stride = run.values.len().div_ceil(MOST_DRAWN);
    let points: Vec<(f64, f64)> = (0..run.values.len()).step_by(stride).map(place).collect();
    let ring = telling.map(|index| {
        let (x, y) = place(index);
        html! {
            <>
                <circle class="telling" cx={number(x)} cy={number(y)} r="8" />
                { label(&value_shown(run.values[index]), x, y - 12.0) }
            </>
        }
    });
    let inside = html! { <>{ edges(&scale) }{ dots(&points, |_| "raw") }{ for ring }</> };
    picture(texts.say("samples-picture"), inside)
}
