//! The field in which a lab gets another name.

use web_sys::{HtmlInputElement, SubmitEvent};
use yew::prelude::{Callback, Html, Properties, component, html, use_effect_with, use_node_ref};

use crate::texts::use_texts;

/// See [`NameForm`].
#[derive(PartialEq, Properties)]
pub struct NameFormProps {
    /// What the lab is called; empty where it goes by its number.
    pub name: String,
    /// Called with the name that was typed.
    pub on_named: Callback<String>,
}

/// The field, which has the focus as soon as it is there, with what stands in it selected.
#[component]
pub fn NameForm(props: &NameFormProps) -> Html {
    let texts = use_texts();
    let field = use_node_ref();
    let shown = field.clone();
    use_effect_with((), move |()| {
        if let Some(field) = shown.cast::<HtmlInputElement>() {
            let _ = field.focus();
            field.select();
        }
    });
    let on_submit = {
        let (field, on_named) = (field.clone(), props.on_named.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            if let Some(field) = field.cast::<HtmlInputElement>() {
                on_named.emit(field.value());
            }
        }
    };
    html! {
        <form class="lab-naming" onsubmit={on_submit}>
            <label class="field grow">{ texts.say("lab-name") }
                <input type="text" ref={field} value={props.name.clone()} maxlength="80" data-testid="lab-name" />
            </label>
            <button type="submit" class="btn primary" data-testid="lab-name-done">{ texts.say("lab-name-done") }</button>
        </form>
    }
}
