//! Whether the page has settled: the first chart stands, and the part of the app that comes later is here. What nobody
//! needs before that is shown only then, so that it need not be transferred for the first chart.

use yew::prelude::{hook, use_context};

/// The name of the event by which `web/boot/page.js` says so.
pub const SETTLED_EVENT: &str = "scrapeyard-settled";

/// Whether the page has settled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Settled(pub bool);

/// Whether the page has settled. Once it has, it stays so.
#[hook]
pub fn use_settled() -> bool {
    use_context::<Settled>().is_some_and(|settled| settled.0)
}
