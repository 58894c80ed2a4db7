//! The switch between the usual size and the larger one.

use yew::prelude::{Html, component, html, use_state};

use crate::scale::{is_large, set_large};
use crate::shapes::{Icon, icon};
use crate::texts::use_texts;

/// The switch.
#[component]
pub fn SizeButton() -> Html {
    let (texts, large) = (use_texts(), use_state(is_large));
    let on_press = {
        let large = large.clone();
        move |_| {
            set_large(!*large);
            large.set(!*large);
        }
    };
    let label = texts.say("larger");
    html! {
        <button type="button" class="icon no-phone" aria-label={label.clone()} title={label} aria-pressed={large.to_string()}
            onclick={on_press} data-testid="larger">
            { icon(Icon::Larger) }
        </button>
    }
}
