//! Series with the samples of their windows: value and instant, as Prometheus shows them.

use std::rc::Rc;

use scrapeyard_core::base::number::print_plain;
use scrapeyard_core::base::time::Timestamp;
use scrapeyard_core::lab::view::{QueryView, Value, WindowSeries};
use yew::prelude::{Callback, Html, Properties, component, html};

use super::super::label_sets::selector;
use super::super::settings::print_instant;
use super::export::Sheet;
use super::tools::Tools;
use crate::texts::{Texts, use_texts};

/// Series that are drawn; the number of the others is said.
const FIRST_ROWS: usize = 200;
/// So many samples of a series are drawn; the number of the others is said.
const FIRST_SAMPLES: usize = 200;

/// See [`Windows`].
#[derive(PartialEq, Properties)]
pub struct WindowsProps {
    /// The value.
    pub view: Rc<QueryView>,
    /// The instant it holds for.
    pub at: Timestamp,
}

/// The table.
#[component]
pub fn Windows(props: &WindowsProps) -> Html {
    let texts = use_texts();
    let series: &[WindowSeries] = match &props.view.value {
        Value::Window(series) => series,
        _ => &[],
    };
    let sheet = {
        let view = Rc::clone(&props.view);
        Callback::from(move |()| match &view.value {
            Value::Window(series) => Sheet::of_windows(series),
            _ => Sheet::of_windows(&[]),
        })
    };
    let rest = series.len().saturating_sub(FIRST_ROWS);
    html! {
        <>
            <Tools filter={None::<String>} on_filter={Callback::noop()} rows={(series.len(), series.len())} {sheet} />
            <div class="result-scroll" tabindex="0" role="region" aria-label={texts.say("result")}>
                <table class="result" data-testid="result-table">
                    <caption>
                        { texts.with("result-caption", &[("count", series.len().into()), ("at", (&print_instant(props.at)).into())]) }
                    </caption>
                    <tbody>{ for series.iter().take(FIRST_ROWS).map(|series| row(&texts, series)) }</tbody>
                </table>
                if rest > 0 { <p class="panel-wait dim">{ texts.with("explain-more", &[("count", rest.into())]) }</p> }
            </div>
        </>
    }
}

fn row(texts: &Texts, series: &WindowSeries) -> Html {
    let numbers = series.times.iter().zip(&series.values).map(|(at, value)| (*at, print_plain(*value)));
    let mut samples: Vec<(i64, String)> = numbers.chain(series.histograms.iter().cloned()).collect();
    samples.sort_by_key(|(at, _)| *at);
    let more = samples.len().saturating_sub(FIRST_SAMPLES);
    // The newest ones say most.
    let shown = samples.iter().skip(more);
    html! {
        <tr data-testid="result-row">
            <th scope="row"><code>{ selector(&series.labels) }</code></th>
            <td class="value">
                if more > 0 { <div class="mid">{ texts.with("samples-before", &[("count", more.into())]) }</div> }
                { for shown.map(|(at, value)| html! {
                    <div>{ value }<span class="dim">{ format!(" @{}", print_instant(Timestamp(*at))) }</span></div>
                }) }
            </td>
        </tr>
    }
}
