//! The window of `rate` and its like: the samples, those after a reset lifted by what was lost, and the line drawn on
//! towards both edges.

use scrapeyard_core::lab::view::{Change, Reset};
use yew::prelude::{Html, html};

use super::{GROUND, Scale, dots, edges, label, line_of, number, picture, segment};
use crate::texts::{Texts, value_shown};

/// Falls that are drawn with their numbers.
const FALLS: usize = 6;

/// The picture; nothing where a value is no finite number.
pub fn change_picture(texts: &Texts, change: &Change) -> Html {
    let lifted = lifted(change);
    let (Some(first), Some(last)) = (lifted.first().copied(), lifted.last().copied()) else {
        return Html::default();
    };
    if !lifted.iter().all(|value| value.is_finite()) || change.end <= change.begin {
        return Html::default();
    }
    // The line that is drawn on has the slope of the whole change.
    let slope = change.change / change.sampled_seconds;
    let left = first - slope * change.left.extended_seconds;
    let right = last + slope * change.right.extended_seconds;
    let all = || lifted.iter().chain([&left, &right]).copied();
    let scale = Scale::of((change.begin, change.end), all());
    let times = || change.times.iter().map(|at| *at as f64);
    let points: Vec<(f64, f64)> =
        times().zip(&lifted).map(|(at, value)| (scale.x(at), scale.y(*value))).collect();
    let from = (scale.x(change.times[0] as f64 - change.left.extended_seconds * 1000.0), scale.y(left));
    let newest = change.times.last().copied().unwrap_or_default() as f64;
    let to = (scale.x(newest + change.right.extended_seconds * 1000.0), scale.y(right));
    let reset_at = change.resets.first().map_or(usize::MAX, |reset| reset.at as usize);
    let inside = html! {
        <>
            { segment("drawn-on", from, points[0]) }
            { line_of(&points) }
            { for points.last().map(|last| segment("drawn-on", *last, to)) }
            { dots(&points, |index| if index < reset_at { "raw" } else { "mended" }) }
            { for change.resets.iter().take(FALLS).map(|reset| fall(reset, &points)) }
            { label(&value_shown(first), points[0].0, points[0].1 - 9.0) }
            { for points.last().map(|(x, y)| label(&value_shown(last), *x, y - 9.0)) }
        </>
    };
    picture(texts.say("made-picture"), html! { <>{ edges(&scale) }{ inside }</> })
}

/// The values with what was lost in each fall before them added.
fn lifted(change: &Change) -> Vec<f64> {
    let mut lost = 0.0;
    let mut resets = change.resets.iter().peekable();
    let lift = |(index, value): (usize, &f64)| {
        while let Some(reset) = resets.next_if(|reset| reset.at as usize <= index) {
            lost += reset.before;
        }
        value + lost
    };
    change.values.iter().enumerate().map(lift).collect()
}

/// A fall: from the sample before down towards what the next one showed, with both numbers.
fn fall(reset: &Reset, points: &[(f64, f64)]) -> Html {
    let at = reset.at as usize;
    let (Some(before), Some(after)) = (at.checked_sub(1).and_then(|at| points.get(at)), points.get(at))
    else {
        return Html::default();
    };
    let text = format!("{} → {}", value_shown(reset.before), value_shown(reset.after));
    html! {
        <>
            { segment("fall", *before, (after.0, GROUND - 6.0)) }
            <text class="fall-text" x={number(after.0 + 4.0)} y={number(GROUND - 8.0)}>{ text }</text>
        </>
    }
}
