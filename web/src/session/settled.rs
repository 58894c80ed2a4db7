//! Whether the page has settled: a first view stands, and the part of the app that comes later is here. What nobody
//! needs before that is shown only then, so that it need not be transferred for the first chart.

use std::cell::Cell;

use web_sys::{Event, window};
use yew::prelude::{hook, use_context, use_effect_with};

use super::told::Told;

/// The name of the event by which `web/boot/page.js` hears that a first view stands.
const STANDS_EVENT: &str = "scrapeyard-stands";
/// The name of the event by which it says that the page has settled.
pub const SETTLED_EVENT: &str = "scrapeyard-settled";

/// What changes rarely and many want to know. One context: each has its price before the first chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Settled {
    /// Whether the page has settled. Once it has, it stays so.
    pub is_settled: bool,
    /// What was told and is still to be read.
    pub told: Told,
}

/// Whether the page has settled. Once it has, it stays so.
#[hook]
pub fn use_settled() -> bool {
    use_context::<Settled>().is_some_and(|settled| settled.is_settled)
}

/// What is told now; nothing outside the page's root, which provides it.
#[hook]
pub fn use_told() -> Option<Told> {
    use_context::<Settled>().map(|settled| settled.told)
}

/// Says that a first view stands: the yard with its containers, or a chart. Only the first time counts.
fn first_view_stands() {
    thread_local!(static SAID: Cell<bool> = const { Cell::new(false) });
    if !SAID.replace(true)
        && let (Some(window), Ok(event)) = (window(), Event::new(STANDS_EVENT))
    {
        let _ = window.dispatch_event(&event);
    }
}

/// Says that a first view stands as soon as it does.
#[hook]
pub fn use_first_view(stands: bool) {
    use_effect_with(stands, |stands| {
        if *stands {
            first_view_stands();
        }
    });
}
