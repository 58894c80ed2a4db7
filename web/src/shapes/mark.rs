//! The mark of the page: a crate with something that listens.

use yew::prelude::{Html, html};

/// The mark, 26 pixels.
pub fn mark() -> Html {
    html! {
        <svg class="mark" viewBox="0 0 26 26" aria-hidden="true">
            <rect class="crate-filled" x="2" y="7" width="17" height="16" rx="2.2" stroke-width="1.8" />
            <path class="crate-line" d="M2 11.5h17M2 18.5h17" stroke-width="1.4" />
            <path class="crate-line" d="M4 18 17 12" stroke-width="1.8" />
            <path class="mark-wave" d="M16 3.2a6.800 6.800 0 0 1 6.800 6.800" />
            <circle class="mark-eye" cx="16.5" cy="9.5" r="2.2" />
        </svg>
    }
}
