//! How far ahead to jump.

use gloo::events::EventListener;
use scrapeyard_core::base::time::Millis;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent, Node, window};
use yew::prelude::{Callback, Html, Properties, component, html, use_effect_with, use_node_ref};

use crate::session::{Session, Transport, use_session};
use crate::texts::{Texts, use_texts};

/// The jumps on offer, in minutes.
const MINUTES: [i64; 5] = [1, 5, 15, 60, 360];

/// A button for each jump.
pub(super) fn jump_buttons(texts: &Texts, session: &Session, on_done: &Callback<()>) -> Html {
    let button = |minutes: i64| {
        let (session, on_done) = (session.clone(), on_done.clone());
        let jump = move |_| {
            session.transport(Transport::Jump(Millis::from_minutes(minutes)));
            on_done.emit(());
        };
        let label = if minutes < 60 {
            texts.with("jump-minutes", &[("minutes", minutes.unsigned_abs().into())])
        } else {
            texts.with("jump-hours", &[("hours", (minutes / 60).unsigned_abs().into())])
        };
        html! {
            <button type="button" class="menu-item" onclick={jump} data-testid={format!("jump-{minutes}")}>{ label }</button>
        }
    };
    html! { <>{ for MINUTES.into_iter().map(button) }</> }
}

/// See [`JumpMenu`].
#[derive(PartialEq, Properties)]
pub struct JumpMenuProps {
    /// Called when the menu is to be closed.
    pub on_close: Callback<()>,
}

/// The menu under the button. Esc and a press elsewhere close it.
#[component]
pub fn JumpMenu(props: &JumpMenuProps) -> Html {
    let (texts, session) = (use_texts(), use_session());
    let menu = use_node_ref();
    let shown = menu.clone();
    // Once: whoever draws the menu is drawn anew as time runs, and hands over another callback each time.
    let on_close = props.on_close.clone();
    use_effect_with((), move |()| {
        let first = shown.cast::<HtmlElement>().and_then(|menu| menu.first_element_child());
        if let Some(first) = first.and_then(|first| first.dyn_into::<HtmlElement>().ok()) {
            let _ = first.focus();
        }
        let document = window().and_then(|window| window.document());
        let on_press = on_close;
        let inside = shown.clone();
        let press = document.map(|document| {
            EventListener::new(&document, "pointerdown", move |event| {
                let hit = event.target().and_then(|target| target.dyn_into::<Node>().ok());
                // The button beside the menu closes it by itself.
                let near = inside.cast::<Node>().and_then(|menu| menu.parent_node());
                if !near.is_some_and(|near| near.contains(hit.as_ref())) {
                    on_press.emit(());
                }
            })
        });
        move || drop(press)
    });
    let on_key = {
        let (on_close, around) = (props.on_close.clone(), menu.clone());
        move |event: KeyboardEvent| {
            if event.key() == "Escape" {
                on_close.emit(());
                // To the button that opened it, which stands before it.
                let button = around.cast::<Element>().and_then(|menu| menu.previous_element_sibling());
                if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
                    let _ = button.focus();
                }
            }
        }
    };
    html! {
        <div class="menu" ref={menu} onkeydown={on_key} role="group" aria-label={texts.say("jump")}>
            { jump_buttons(&texts, &session, &props.on_close) }
        </div>
    }
}
