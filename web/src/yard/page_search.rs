//! The search of a metrics page: a field, the count, and the ways to the next place and the one before.

use web_sys::KeyboardEvent;
use yew::prelude::{Callback, Html, InputEvent, Properties, classes, component, html};

use crate::shapes::{Icon, icon};
use crate::texts::use_texts;

/// See [`PageSearch`].
#[derive(PartialEq, Properties)]
pub struct PageSearchProps {
    /// What is searched for, as it is typed.
    pub wanted: String,
    /// Which of the places is the present one.
    pub at: usize,
    /// How many places there are.
    pub count: usize,
    /// Called with what is typed.
    pub on_input: Callback<InputEvent>,
    /// Called when the field is to be emptied.
    pub on_clear: Callback<()>,
    /// Called to go on (`true`) or back.
    pub on_step: Callback<bool>,
}

/// The field with the count and the ways to the next place and the one before. Enter goes on, Shift+Enter back.
#[component]
pub fn PageSearch(props: &PageSearchProps) -> Html {
    let texts = use_texts();
    let on_key = {
        let (on_step, on_clear) = (props.on_step.clone(), props.on_clear.clone());
        let is_empty = props.wanted.is_empty();
        move |event: KeyboardEvent| match event.key().as_str() {
            "Enter" if !event.is_composing() => {
                event.prevent_default();
                on_step.emit(!event.shift_key());
            }
            // The field is emptied by it; only then the sheet is closed.
            "Escape" if !is_empty => {
                event.prevent_default();
                on_clear.emit(());
            }
            _ => {}
        }
    };
    let step = |forward: bool| {
        let on_step = props.on_step.clone();
        move |_| on_step.emit(forward)
    };
    let said = match (props.wanted.trim().is_empty(), props.count) {
        (true, _) => String::new(),
        (false, 0) => texts.say("search-none"),
        (false, count) => texts.with(
            "search-place",
            &[("number", (props.at as u64 + 1).into()), ("count", (count as u64).into())],
        ),
    };
    let way = |forward: bool, key: &str, test_id: &'static str| {
        let label = texts.say(key);
        html! {
            <button type="button" class={classes!("icon", (!forward).then_some("back"))} aria-label={label.clone()} title={label}
                disabled={props.count == 0} onclick={step(forward)} data-testid={test_id}>{ icon(Icon::Next) }</button>
        }
    };
    html! {
        <div class="page-search" role="search">
            <label class="field grow">
                <span class="vh">{ texts.say("search-page") }</span>
                <input type="search" value={props.wanted.clone()} placeholder={texts.say("search-page")} autocomplete="off"
                    spellcheck="false" oninput={props.on_input.clone()} onkeydown={on_key} data-testid="page-search" />
            </label>
            <output class="small mid nowrap" aria-live="polite" data-testid="page-hits">{ said }</output>
            { way(false, "search-before", "hit-before") }
            { way(true, "search-next", "hit-next") }
        </div>
    }
}
