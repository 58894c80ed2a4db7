//! A panel as a table: a row a series, with its query, its name and its newest value.

use std::rc::Rc;

use scrapeyard_core::lab::board::Panel;
use yew::prelude::{Html, Properties, component, html};

use super::numbers::{readings, written};
use super::thresholds::Tone;
use super::values::Values;
use crate::shapes::state_glyph;
use crate::texts::use_texts;

/// So many rows are shown; the number of the others is said.
const MOST_ROWS: usize = 200;

/// See [`PanelTable`].
#[derive(Properties)]
pub struct PanelTableProps {
    /// The panel.
    pub panel: Panel,
    /// The values of its queries.
    pub values: Rc<Values>,
}

impl PartialEq for PanelTableProps {
    fn eq(&self, other: &Self) -> bool {
        self.panel == other.panel && Rc::ptr_eq(&self.values, &other.values)
    }
}

/// The table.
#[component]
pub fn PanelTable(props: &PanelTableProps) -> Html {
    let texts = use_texts();
    let panel = &props.panel;
    let rows = readings(panel, &props.values);
    let glyph = |value: f64| {
        let tone = Tone::of(panel.thresholds.color(value));
        let glyph = tone.glyph().filter(|_| !panel.thresholds.steps.is_empty())?;
        let word = texts.say(&format!("build-tone-{}", tone.name()));
        Some(html! { <>{ state_glyph(glyph) }<span class="vh">{ word }</span></> })
    };
    let rest = rows.len().saturating_sub(MOST_ROWS);
    html! {
        <div class="board-table" tabindex="0" role="group" aria-label={panel.title.clone()}>
            <table class="result">
                <thead><tr>
                    <th scope="col">{ texts.say("board-series") }</th>
                    <th scope="col">{ texts.say("column-value") }</th>
                </tr></thead>
                <tbody>
                    { for rows.iter().take(MOST_ROWS).map(|row| html! {
                        <tr>
                            <td>{ &row.name }</td>
                            <td class="value">
                                { row.value.and_then(glyph) }
                                { row.value.map_or_else(|| texts.say("no-data"), |value| written(panel, value)) }
                            </td>
                        </tr>
                    }) }
                </tbody>
            </table>
            if rest > 0 { <p class="small dim">{ texts.with("left-out", &[("count", rest.into())]) }</p> }
        </div>
    }
}
