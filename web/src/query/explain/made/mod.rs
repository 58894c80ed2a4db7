//! How one value was made, in numbered steps: each an equation and a line that says why. Computes nothing.

mod change;
mod one_step;
mod quantile;
mod samples;

use scrapeyard_core::base::number::print_plain;
use scrapeyard_core::base::time::Timestamp;
use scrapeyard_core::lab::view::{Cell, How, Made};
use yew::prelude::{Html, classes, html};

use self::samples::{change_samples, samples};
use super::super::label_sets::selector;
use super::super::settings::print_instant;
use super::picture::{change_picture, samples_picture};
use super::values::{cell_shown, plain_cell};
use crate::texts::Texts;

/// Members, samples or buckets that are listed.
const LISTED: usize = 40;

/// A step: its title, its equation, why.
struct Step {
    title: String,
    equation: String,
    why: String,
}

/// How a cell was made.
pub fn made(texts: &Texts, made: &Made) -> Html {
    let (picture, steps, beside) = parts(texts, made);
    let last = steps.len().saturating_sub(1);
    let step = |(index, step): (usize, Step)| {
        html! {
            <li class={classes!((index == last).then_some("out"))}>
                <span class="no">{ format!("{}  {}", index + 1, step.title) }</span>
                <span class="eq">{ step.equation }</span>
                { step.why }
            </li>
        }
    };
    let exact = made.cell.number().map(print_plain);
    html! {
        <div data-testid="explain-made">
            <h2>{ texts.with("made-title", &[("value", (&cell_shown(&made.cell)).into())]) }</h2>
            <p class="mid mono cut">{ selector(&made.cell.labels) }</p>
            if let Some(exact) = exact { <p class="mid mono small" data-testid="made-exact">{ exact }</p> }
            { picture }
            <ol class="steps">{ for steps.into_iter().enumerate().map(step) }</ol>
            { beside }
        </div>
    }
}

/// The picture, the steps and what stands beneath.
fn parts(texts: &Texts, made: &Made) -> (Html, Vec<Step>, Html) {
    let result = cell_shown(&made.cell);
    match &made.how {
        How::Written => (Html::default(), Vec::new(), Html::default()),
        How::Newest(newest) => {
            let (begin, end) = (made.at.0 - newest.lookback.0, made.at.0);
            let picture =
                samples_picture(texts, (begin, end), &newest.run, newest.run.times.len().checked_sub(1));
            (picture, one_step::newest(texts, newest, result), samples(texts, &newest.run))
        }
        How::Change(change) => {
            (change_picture(texts, change), change::steps(texts, change), change_samples(texts, change))
        }
        How::Window { function, edges, run } => {
            let picture = samples_picture(texts, *edges, run, one_step::telling_sample(function, run));
            (picture, one_step::window(texts, function, *edges, run, result), samples(texts, run))
        }
        How::Quantile(quantile) => {
            (Html::default(), quantile::steps(texts, quantile), quantile::buckets(texts, quantile))
        }
        How::Members(members) => {
            (Html::default(), one_step::members(texts, members, result), listed(&members.members))
        }
        How::Operands(operands) => {
            let cells: Vec<Cell> = operands.left.iter().chain(&operands.right).cloned().collect();
            (Html::default(), one_step::operands(texts, operands, result), listed(&cells))
        }
        How::Call { function, arguments } => {
            (Html::default(), one_step::call(texts, function, arguments, result), listed(arguments))
        }
    }
}

fn window_why(texts: &Texts, (begin, end): (i64, i64)) -> String {
    let shown = |at: i64| print_instant(Timestamp(at));
    texts.with("made-window-why", &[("begin", (&shown(begin)).into()), ("end", (&shown(end)).into())])
}

fn listed(cells: &[Cell]) -> Html {
    html! {
        <ul class="cells">
            { for cells.iter().take(LISTED).map(plain_cell) }
            if cells.len() > LISTED { <li class="mid">{ format!("+ {}", cells.len() - LISTED) }</li> }
        </ul>
    }
}
