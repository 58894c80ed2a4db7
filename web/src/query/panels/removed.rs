//! The row that stands where a panel was removed, until it is brought back or forgotten.

use web_sys::HtmlElement;
use yew::prelude::{Callback, Html, Properties, component, html, use_effect_with, use_node_ref};

use super::state::Deed;
use crate::shapes::{Icon, small_icon};
use crate::texts::use_texts;

/// See [`Removed`].
#[derive(PartialEq, Properties)]
pub struct RemovedProps {
    /// The panel's letter.
    pub letter: char,
    /// Its name; may be empty.
    pub name: String,
    /// Called with what is to be done.
    pub on: Callback<Deed>,
}

/// The row. It takes the focus, which the panel had.
#[component]
pub fn Removed(props: &RemovedProps) -> Html {
    let texts = use_texts();
    let button = use_node_ref();
    let shown = button.clone();
    use_effect_with((), move |()| {
        if let Some(button) = shown.cast::<HtmlElement>() {
            let _ = button.focus();
        }
    });
    let press = |deed: Deed| {
        let on = props.on.clone();
        move |_| on.emit(deed.clone())
    };
    let name = format!("{} {}", props.letter, props.name);
    html! {
        <div class="panel-removed" role="status" data-testid="panel-removed">
            <span class="grow">{ texts.with("panel-removed", &[("name", name.trim().into())]) }</span>
            <button type="button" class="btn" ref={button} onclick={press(Deed::Undo)} data-testid="panel-undo">
                { texts.say("undo") }
            </button>
            <button type="button" class="icon" aria-label={texts.say("close")} onclick={press(Deed::Forget)}>
                { small_icon(Icon::Close) }
            </button>
        </div>
    }
}
