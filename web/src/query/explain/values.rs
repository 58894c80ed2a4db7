//! The values of a node: cells that can be chosen, windows with their sizes, a number, a text, or why there is none.

use scrapeyard_core::lab::view::{Cell, CellValue, NodeReport, NodeResult};
use yew::prelude::{Callback, Html, classes, html};

use super::super::label_sets::selector;
use super::Choice;
use crate::texts::{Texts, value_shown};

/// Cells of a node that are shown, besides a chosen one.
const SHOWN: usize = 5;

/// A cell's value as it is shown.
pub fn cell_shown(cell: &Cell) -> String {
    match &cell.value {
        CellValue::Float(value) => value_shown(*value),
        CellValue::Histogram(text) => text.clone(),
    }
}

/// A cell that cannot be chosen.
pub fn plain_cell(cell: &Cell) -> Html {
    html! { <li class="cell"><code title={selector(&cell.labels)}>{ selector(&cell.labels) }</code><b>{ cell_shown(cell) }</b></li> }
}

/// The values of node number `index`.
pub fn values(
    texts: &Texts,
    report: &NodeReport,
    index: u32,
    choice: &Choice,
    on_choose: &Callback<Choice>,
) -> Html {
    let row = |cell: &Cell| {
        let own = Some((index, cell.labels.clone()));
        let is_chosen = *choice == own;
        let on_choose = on_choose.clone();
        let name = selector(&cell.labels);
        html! {
            <li>
                <button type="button" class={classes!("cell", is_chosen.then_some("chosen"))} title={name.clone()}
                    aria-pressed={is_chosen.to_string()} onclick={move |_| on_choose.emit(own.clone())} data-testid="explain-cell">
                    <code>{ name }</code><b>{ cell_shown(cell) }</b>
                </button>
            </li>
        }
    };
    let more = |count: u32, shown: usize| {
        let rest = (count as usize).saturating_sub(shown);
        html! { if rest > 0 { <li class="mid">{ texts.with("explain-more", &[("count", rest.into())]) }</li> } }
    };
    match &report.result {
        NodeResult::Scalar(value) => html! { <p class="mono">{ value_shown(*value) }</p> },
        NodeResult::Text(text) => html! { <p class="mono cut">{ text }</p> },
        NodeResult::Failed { text, .. } => html! { <p class="mono down">{ text }</p> },
        NodeResult::Vector { count, cells } => {
            let is_chosen = |cell: &Cell| {
                choice.as_ref().is_some_and(|(node, labels)| *node == index && *labels == cell.labels)
            };
            let shown = cells.iter().enumerate().filter(|(place, cell)| *place < SHOWN || is_chosen(cell));
            let shown: Vec<&Cell> = shown.map(|(_, cell)| cell).collect();
            html! { <ul class="cells">{ for shown.iter().map(|cell| row(cell)) }{ more(*count, shown.len()) }</ul> }
        }
        NodeResult::Windows { count, runs, .. } => html! {
            <ul class="cells">
                { for runs.iter().take(SHOWN).map(|run| html! {
                    <li class="cell"><code title={selector(&run.labels)}>{ selector(&run.labels) }</code>
                        <span>{ texts.with("sample-count", &[("count", run.times.len().into())]) }</span></li>
                }) }
                { more(*count, SHOWN) }
            </ul>
        },
    }
}
