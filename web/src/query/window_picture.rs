//! The picture of a window: its edges, the samples, those after a reset lifted by what was lost, and the line drawn on
//! towards both edges.

use scrapeyard_core::base::time::Timestamp;
use scrapeyard_core::lab::view::Change;
use yew::prelude::{Html, html};

use super::settings::print_instant;
use crate::texts::{Texts, value_shown};

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 210.0;
/// The ground on which the edges stand.
const GROUND: f64 = 176.0;
const TOP: f64 = 24.0;
const SIDE: f64 = 54.0;
/// Falls that are drawn with their numbers.
const FALLS: usize = 6;

/// Where instants and values lie.
struct Scale {
    begin: i64,
    length_ms: f64,
    least: f64,
    height: f64,
}

impl Scale {
    fn x(&self, at_ms: f64) -> f64 {
        SIDE + (at_ms - self.begin as f64) / self.length_ms * (WIDTH - 2.0 * SIDE)
    }

    fn y(&self, value: f64) -> f64 {
        GROUND - 14.0 - (value - self.least) / self.height * (GROUND - TOP - 24.0)
    }
}

/// The picture; nothing where a value is no finite number.
pub fn window_picture(texts: &Texts, change: &Change) -> Html {
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
    let (least, greatest) = (all().fold(f64::INFINITY, f64::min), all().fold(f64::NEG_INFINITY, f64::max));
    let height = if greatest > least { greatest - least } else { 1.0 };
    let scale = Scale { begin: change.begin, length_ms: (change.end - change.begin) as f64, least, height };
    let times = || change.times.iter().map(|at| *at as f64);
    let points: Vec<(f64, f64)> =
        times().zip(&lifted).map(|(at, value)| (scale.x(at), scale.y(*value))).collect();
    let line: Vec<String> = points.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
    let from = (scale.x(change.times[0] as f64 - change.left.extended_seconds * 1000.0), scale.y(left));
    let newest = change.times.last().copied().unwrap_or_default() as f64;
    let to = (scale.x(newest + change.right.extended_seconds * 1000.0), scale.y(right));
    let (begin, end) = (scale.x(change.begin as f64), scale.x(change.end as f64));
    let reset_at = change.resets.first().map_or(usize::MAX, |reset| reset.at as usize);
    let dot = |(index, (x, y)): (usize, &(f64, f64))| {
        let class = if index < reset_at { "raw" } else { "mended" };
        html! { <circle {class} cx={number(*x)} cy={number(*y)} r="4" /> }
    };
    html! {
        <svg class="window-picture" viewBox={format!("0 0 {WIDTH} {HEIGHT}")} role="img" aria-label={texts.say("made-picture")}>
            <rect class="inside" x={number(begin)} y={number(TOP)} width={number(end - begin)} height={number(GROUND - TOP)} />
            { segment("edge open-edge", (begin, TOP), (begin, GROUND)) }
            { segment("edge", (end, TOP), (end, GROUND)) }
            <circle class="edge" cx={number(begin)} cy={number(GROUND)} r="4" />
            <circle class="edge-in" cx={number(end)} cy={number(GROUND)} r="4" />
            { segment("drawn-on", from, points[0]) }
            <polyline class="line" points={line.join(" ")} />
            { for points.last().map(|last| segment("drawn-on", *last, to)) }
            { for points.iter().enumerate().map(dot) }
            { for change.resets.iter().take(FALLS).map(|reset| fall(reset, &points)) }
            { label(&clock(change.begin), begin, GROUND + 22.0) }
            { label(&clock(change.end), end, GROUND + 22.0) }
            { label(&value_shown(first), points[0].0, points[0].1 - 9.0) }
            { for points.last().map(|(x, y)| label(&value_shown(last), *x, y - 9.0)) }
        </svg>
    }
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
fn fall(reset: &scrapeyard_core::lab::view::Reset, points: &[(f64, f64)]) -> Html {
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

fn segment(class: &'static str, from: (f64, f64), to: (f64, f64)) -> Html {
    html! { <line {class} x1={number(from.0)} y1={number(from.1)} x2={number(to.0)} y2={number(to.1)} /> }
}

fn label(text: &str, x: f64, y: f64) -> Html {
    html! { <text x={number(x)} y={number(y)} text-anchor="middle">{ text }</text> }
}

fn number(value: f64) -> String {
    format!("{value:.1}")
}

/// The time of day of an instant.
fn clock(at: i64) -> String {
    let instant = print_instant(Timestamp(at));
    instant.get(11..).unwrap_or_default().to_owned()
}
