//! The last scrapes of a target: a bar for a good one, a cross for a failed one, a ring where there was none yet.

use scrapeyard_core::lab::view::ScrapeView;
use yew::prelude::{Html, html};

use crate::texts::Texts;

/// How many scrapes are shown.
const SHOWN: usize = 20;
/// The distance between two of them.
const APART: f64 = 8.4;

/// The scrapes, the newest at the right.
pub fn history(texts: &Texts, scrapes: &[ScrapeView]) -> Html {
    let shown = &scrapes[scrapes.len().saturating_sub(SHOWN)..];
    let before = SHOWN - shown.len();
    let failed = shown.iter().filter(|scrape| !scrape.error.is_empty()).count();
    let label = texts.with("history-label", &[("count", shown.len().into()), ("failed", failed.into())]);
    let left = |index: usize| index as f64 * APART;
    html! {
        <svg class="history" viewBox="0 0 168 18" role="img" aria-label={label}>
            { for (0..before).map(|index| html! {
                <circle class="history-none" cx={format!("{:.1}", left(index) + 3.0)} cy="9" r="2" />
            }) }
            { for shown.iter().enumerate().map(|(index, scrape)| {
                let x = left(before + index);
                if scrape.error.is_empty() {
                    html! { <rect class="history-good" x={format!("{:.1}", x + 1.0)} y="2" width="4" height="14" rx="1" /> }
                } else {
                    html! { <path class="history-bad" d={format!("M{:.1} 6l6 6m0 -6l-6 6", x)} /> }
                }
            }) }
        </svg>
    }
}
