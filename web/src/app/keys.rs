//! Keys that work on every page: Space, `.`, `/`, `g` followed by a page's letter, back and forth in what was done. None
//! works inside a field.

use std::cell::Cell;

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent, Window, window};
use yew::Callback;

use crate::route::Route;
use crate::saves::History;
use crate::session::Transport;

/// Listens on the window.
pub fn listeners(
    target: &Window,
    transport: Callback<Transport>,
    history: Callback<History>,
) -> Option<EventListener> {
    let after_g = Cell::new(false);
    let options = EventListenerOptions::enable_prevent_default();
    Some(EventListener::new_with_options(target, "keydown", options, move |event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
        if let Some(step) = step_of(event).filter(|_| !takes_keys(event)) {
            history.emit(step);
            event.prevent_default();
            return;
        }
        if event.ctrl_key()
            || event.meta_key()
            || event.alt_key()
            || event.is_composing()
            || takes_keys(event)
        {
            return;
        }
        let key = latin(&event.key(), &event.code());
        if after_g.replace(false)
            && let Some(route) = Route::ALL.into_iter().find(|route| route.name().starts_with(&*key))
        {
            go(route);
            return;
        }
        match &*key {
            " " => transport.emit(Transport::Toggle),
            "." => transport.emit(Transport::Step),
            "/" => focus_editor(),
            "g" => {
                after_g.set(true);
                return;
            }
            _ => return,
        }
        event.prevent_default();
    }))
}

/// Back or forth: Ctrl or Cmd with Z, with Shift as well, or with Y. In a field they are the field's own.
fn step_of(event: &KeyboardEvent) -> Option<History> {
    if !(event.ctrl_key() || event.meta_key()) || event.alt_key() || event.is_composing() {
        return None;
    }
    match (&*latin(&event.key(), &event.code()), event.shift_key()) {
        ("z", false) => Some(History::Undo),
        ("z", true) | ("y", false) => Some(History::Redo),
        _ => None,
    }
}

/// The key as its cap says it where the keyboard writes another script: `g` and `ㅎ` are the same key, `KeyG`.
fn latin(key: &str, code: &str) -> String {
    match code.strip_prefix("Key") {
        Some(letter) if !key.is_ascii() || key.len() > 1 => letter.to_ascii_lowercase(),
        _ => key.to_ascii_lowercase(),
    }
}

/// Whether the key belongs to what has the focus: a field, a button, an open sheet.
fn takes_keys(event: &KeyboardEvent) -> bool {
    let Some(element) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else {
        return false;
    };
    let fields = "input, textarea, select, [contenteditable], dialog, dialog *, .menu *";
    let presses = event.key() == " " && element.matches("button, a, summary, [role=button]").unwrap_or(false);
    presses || element.matches(fields).unwrap_or(false)
}

fn go(route: Route) {
    if let Some(window) = window() {
        let _ = window.location().set_hash(&route.href());
    }
}

/// The first editor of the page; where the page has none, the Query page.
fn focus_editor() {
    let document = window().and_then(|window| window.document());
    let editor = document.and_then(|document| document.query_selector("textarea").ok().flatten());
    match editor.and_then(|editor| editor.dyn_into::<HtmlElement>().ok()) {
        Some(editor) => {
            let _ = editor.focus();
        }
        None => go(Route::Query),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_is_the_same_key_in_every_script() {
        assert_eq!(latin("g", "KeyG"), "g");
        assert_eq!(latin("ㅎ", "KeyG"), "g");
        assert_eq!(latin("Process", "KeyG"), "g");
        assert_eq!(latin("a", "KeyQ"), "a"); // where the caps stand in another order, they count
        assert_eq!(latin(".", "Period"), ".");
        assert_eq!(latin(" ", "Space"), " ");
    }
}
