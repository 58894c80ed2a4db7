//! A list of names with numbers, the greatest first, each with a bar against the greatest.

use scrapeyard_core::lab::view::Tally;
use yew::prelude::{AttrValue, Html, Properties, component, html};

use crate::texts::{bytes, use_texts, value_shown};

/// See [`Tallies`].
#[derive(PartialEq, Properties)]
pub struct TalliesProps {
    /// What is counted.
    pub title: AttrValue,
    /// What it means.
    pub about: AttrValue,
    /// The names with their numbers.
    pub tallies: Vec<Tally>,
    /// Whether the numbers are bytes.
    pub in_bytes: bool,
    /// For tests.
    pub test_id: AttrValue,
}

/// The list.
#[component]
pub fn Tallies(props: &TalliesProps) -> Html {
    let texts = use_texts();
    let greatest = props.tallies.iter().map(|tally| tally.value).max().unwrap_or(0).max(1);
    let row = |tally: &Tally| {
        let share = tally.value as f64 * 100.0 / greatest as f64;
        let value = if props.in_bytes { bytes(tally.value as f64) } else { value_shown(tally.value as f64) };
        html! {
            <tr>
                <th scope="row" class="mono" title={tally.name.to_string()}>{ tally.name.to_string() }</th>
                <td class="num">{ value }</td>
                <td class="tally-bar">
                    <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
                        <rect width={format!("{share:.2}")} height="6" />
                    </svg>
                </td>
            </tr>
        }
    };
    html! {
        <section class="card tally" data-testid={props.test_id.clone()}>
            <h2>{ props.title.clone() }</h2>
            <p class="small">{ props.about.clone() }</p>
            if props.tallies.is_empty() {
                <p class="mid">{ texts.say("no-data") }</p>
            } else {
                <table aria-label={props.title.clone()}><tbody>{ for props.tallies.iter().map(row) }</tbody></table>
            }
        </section>
    }
}
