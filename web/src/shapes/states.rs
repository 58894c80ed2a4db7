//! States by shape: a circle is good, a square is bad, a dashed ring is unknown.

use scrapeyard_core::lab::view::HealthView;
use yew::prelude::{Html, html};

/// What a glyph says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StateGlyph {
    /// Up, done, right: a filled circle with a check.
    Good,
    /// Down, failed: a filled square with a cross.
    Bad,
    /// Not known yet: a dashed ring with a dot.
    Unknown,
    /// A remark: a ring with an i.
    Remark,
}

impl From<HealthView> for StateGlyph {
    fn from(health: HealthView) -> Self {
        match health {
            HealthView::Up => Self::Good,
            HealthView::Down => Self::Bad,
            HealthView::Unknown => Self::Unknown,
        }
    }
}

/// The glyph, 15 pixels, without a name of its own: its word stands beside it.
pub fn state_glyph(glyph: StateGlyph) -> Html {
    let shape = match glyph {
        StateGlyph::Good => html! {
            <>
                <circle class="st-good" cx="8" cy="8" r="7" />
                <path class="st-sign" d="m4.800 8.200 2.200 2.200 4.200-4.600" stroke-linejoin="round" />
            </>
        },
        StateGlyph::Bad => html! {
            <>
                <rect class="st-bad" x="1.5" y="1.5" width="13" height="13" rx="2" />
                <path class="st-sign" d="m5.200 5.200 5.600 5.600M10.800 5.200l-5.600 5.600" />
            </>
        },
        StateGlyph::Unknown => html! {
            <>
                <circle class="st-ring" cx="8" cy="8" r="6.2" stroke-dasharray="2.6 2.2" />
                <circle class="st-dot" cx="8" cy="8" r="1.6" />
            </>
        },
        StateGlyph::Remark => html! {
            <>
                <circle class="st-remark" cx="8" cy="8" r="6.4" />
                <path class="st-remark" d="M8 7.2v4M8 4.600v.2" stroke-linecap="round" />
            </>
        },
    };
    html! { <svg class="st" viewBox="0 0 16 16" aria-hidden="true">{ shape }</svg> }
}
