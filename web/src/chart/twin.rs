//! A chart as a table: instants down, series or buckets across. The same numbers as in the picture, to be read aloud,
//! selected and copied.

use std::rc::Rc;

use scrapeyard_core::base::date;
use scrapeyard_core::base::number::print_plain;
use scrapeyard_core::base::time::{Millis, Timestamp};
use yew::prelude::{Html, Properties, component, html, use_state_eq};

use super::lines::Lines;
use crate::texts::use_texts;

/// So many rows are shown before more are asked for.
const FIRST_ROWS: u32 = 100;
/// Beyond so many columns a table says nothing.
const MOST_COLUMNS: usize = 24;

/// See [`Twin`].
#[derive(Properties)]
pub struct TwinProps {
    /// What is drawn.
    pub lines: Rc<Lines>,
}

impl PartialEq for TwinProps {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.lines, &other.lines)
    }
}

/// The table.
#[component]
pub fn Twin(props: &TwinProps) -> Html {
    let texts = use_texts();
    let rows = use_state_eq(|| FIRST_ROWS);
    let lines = &props.lines;
    let Some((start, step, count)) = lines.steps() else { return Html::default() };
    let names = names(lines);
    let shown = count.min(*rows);
    let row = |index: u32| {
        let at = start + Millis(step.0 * i64::from(index));
        html! {
            <tr key={index} data-testid="twin-row" data-at={at.0.to_string()}>
                <th scope="row">{ instant(at) }</th>
                { for values(lines, index, at).into_iter().map(|value| html! {
                    <td class={value.is_none().then_some("dim")}>
                        { value.map_or_else(|| texts.say("no-data"), print_plain) }
                    </td>
                }) }
            </tr>
        }
    };
    let more = {
        let rows = rows.clone();
        move |_| rows.set(*rows + FIRST_ROWS * 5)
    };
    html! {
        <div class="twin">
            <div class="twin-scroll" tabindex="0" role="region" aria-label={texts.say("chart-values")}>
                <table data-testid="chart-twin">
                    <thead><tr>
                        <th scope="col">{ texts.say("column-time") }</th>
                        { for names.iter().map(|name| html! { <th scope="col"><code>{ name }</code></th> }) }
                    </tr></thead>
                    // The newest stands first: it is what was looked for.
                    <tbody>{ for (count - shown..count).rev().map(row) }</tbody>
                </table>
            </div>
            if count > shown {
                <button type="button" class="btn quiet" onclick={more}>
                    { texts.with("more-rows", &[("count", (count - shown).into())]) }
                </button>
            }
        </div>
    }
}

fn names(lines: &Lines) -> Vec<String> {
    if let Some(heat) = &lines.heat {
        let pair = |pair: &[f64]| format!("{} – {}", lines.shown(pair[0]), lines.shown(pair[1]));
        return heat.bounds.windows(2).map(pair).take(MOST_COLUMNS).collect();
    }
    lines.own().take(MOST_COLUMNS).map(|line| line.telling.clone()).collect()
}

fn values(lines: &Lines, index: u32, at: Timestamp) -> Vec<Option<f64>> {
    if let Some(heat) = &lines.heat {
        let column = heat.column(index);
        let count = |row: usize| column.and_then(|counts| counts.get(row)).copied();
        return (0..heat.rows().min(MOST_COLUMNS)).map(count).collect();
    }
    lines.own().take(MOST_COLUMNS).map(|line| line.value(Some(at))).collect()
}

/// `2026-03-02 14:03:27`.
fn instant(at: Timestamp) -> String {
    date::print(at).replace('T', " ").chars().take(19).collect()
}
