//! The samples that a value came from, as a table.

use scrapeyard_core::base::number::print_plain;
use scrapeyard_core::base::time::Timestamp;
use scrapeyard_core::lab::view::{Change, Run};
use yew::prelude::{Html, html};

use super::super::super::settings::print_instant;
use super::LISTED;
use crate::texts::Texts;

/// Those of a change.
pub fn change_samples(texts: &Texts, change: &Change) -> Html {
    let (times, values) = (change.times.clone(), change.values.clone());
    samples(texts, &Run { labels: Default::default(), times, values })
}

/// The last samples, the newest last.
pub fn samples(texts: &Texts, run: &Run) -> Html {
    let from = run.times.len().saturating_sub(LISTED);
    let rows = run.times.iter().zip(&run.values).skip(from);
    html! {
        <table class="result">
            <caption>{ texts.with("sample-count", &[("count", run.times.len().into())]) }</caption>
            <tbody>{ for rows.map(|(at, value)| html! {
                <tr><td>{ print_instant(Timestamp(*at)) }</td><td class="value">{ print_plain(*value) }</td></tr>
            }) }</tbody>
        </table>
    }
}
