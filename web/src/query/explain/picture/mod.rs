//! Windows as pictures: their edges and the raw samples in them. Draws numbers that are at hand, computes none.

mod change;
mod samples;

use scrapeyard_core::base::time::Timestamp;
use yew::prelude::{Html, html};

pub use self::change::change_picture;
pub use self::samples::samples_picture;
use crate::session::time_of_day;

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 210.0;
/// The ground on which the edges stand.
const GROUND: f64 = 176.0;
const TOP: f64 = 24.0;
const SIDE: f64 = 54.0;

/// Where instants and values lie.
struct Scale {
    begin: i64,
    end: i64,
    least: f64,
    height: f64,
}

impl Scale {
    /// For a window and all values that are drawn in it.
    fn of((begin, end): (i64, i64), values: impl Iterator<Item = f64> + Clone) -> Self {
        let least = values.clone().fold(f64::INFINITY, f64::min);
        let greatest = values.fold(f64::NEG_INFINITY, f64::max);
        let height = if greatest > least { greatest - least } else { 1.0 };
        Self { begin, end, least, height }
    }

    fn x(&self, at_ms: f64) -> f64 {
        SIDE + (at_ms - self.begin as f64) / (self.end - self.begin) as f64 * (WIDTH - 2.0 * SIDE)
    }

    fn y(&self, value: f64) -> f64 {
        GROUND - 14.0 - (value - self.least) / self.height * (GROUND - TOP - 24.0)
    }
}

fn picture(name: String, inside: Html) -> Html {
    html! {
        <svg class="window-picture" viewBox={format!("0 0 {WIDTH} {HEIGHT}")} role="img" aria-label={name}
            data-testid="window-picture">{ inside }</svg>
    }
}

/// The window's ground, and its edges with their times: a ring where the edge is outside, a dot where it is inside.
fn edges(scale: &Scale) -> Html {
    let (begin, end) = (scale.x(scale.begin as f64), scale.x(scale.end as f64));
    html! {
        <>
            <rect class="inside" x={number(begin)} y={number(TOP)} width={number(end - begin)} height={number(GROUND - TOP)} />
            { segment("edge open-edge", (begin, TOP), (begin, GROUND)) }
            { segment("edge", (end, TOP), (end, GROUND)) }
            <circle class="edge" cx={number(begin)} cy={number(GROUND)} r="4" />
            <circle class="edge-in" cx={number(end)} cy={number(GROUND)} r="4" />
            { label(&time_of_day(Timestamp(scale.begin)), begin, GROUND + 22.0) }
            { label(&time_of_day(Timestamp(scale.end)), end, GROUND + 22.0) }
        </>
    }
}

fn line_of(points: &[(f64, f64)]) -> Html {
    let line: Vec<String> = points.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
    html! { <polyline class="line" points={line.join(" ")} /> }
}

fn dots(points: &[(f64, f64)], class: impl Fn(usize) -> &'static str) -> Html {
    let dot = |(index, (x, y)): (usize, &(f64, f64))| {
        html! { <circle class={class(index)} cx={number(*x)} cy={number(*y)} r="4" /> }
    };
    html! { <>{ for points.iter().enumerate().map(dot) }</> }
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
