//! What keys do in the editor. While a syllable is being composed they belong to the input method.

use scrapeyard_core::lab::view::Completion;
use web_sys::{HtmlTextAreaElement, KeyboardEvent};
use yew::prelude::{Callback, TargetCast};

use super::super::completion::is_there;
use super::caret::{caret_of, is_bare, write};
use super::{EditorProps, Opening, States};

/// The key code of keys that an input method has taken.
const TAKEN_BY_INPUT_METHOD: u32 = 229;

/// Takes every key before the field gets it.
pub fn on_key(
    props: &EditorProps,
    offered: Option<&Completion>,
    place: usize,
    take: &Callback<usize>,
    states: &States,
) -> Callback<KeyboardEvent> {
    let count = offered.map_or(0, |offered| offered.items.len());
    let changes = offered.is_some_and(|offered| !is_there(&props.text, offered, &offered.items[place]));
    let (on_run, on_input) = (props.on_run.clone(), props.on_input.clone());
    let (take, states, history) = (take.clone(), states.clone(), props.history.clone());
    Callback::from(move |event: KeyboardEvent| {
        if event.is_composing() || event.key_code() == TAKEN_BY_INPUT_METHOD {
            return;
        }
        let Some(area) = event.target_dyn_into::<HtmlTextAreaElement>() else { return };
        let key = event.key();
        let plain = !event.shift_key() && !event.ctrl_key() && !event.alt_key() && !event.meta_key();
        match key.as_str() {
            "ArrowDown" if plain && count > 0 => states.chosen.set((place + 1) % count),
            "ArrowUp" if plain && count > 0 => states.chosen.set((place + count - 1) % count),
            "ArrowDown" | "ArrowUp" if plain => {
                if !walk(&area, &states, &history, key == "ArrowUp", &on_input) {
                    return;
                }
            }
            "Escape" if count > 0 => {
                states.opening.set(Opening::Closed);
                event.stop_propagation();
            }
            "Enter" | "Tab" if plain && count > 0 && changes => take.emit(place),
            " " if event.ctrl_key() => {
                states.caret.set(caret_of(&area));
                states.chosen.set(0);
                states.opening.set(Opening::Wanted);
            }
            "Enter" if !event.shift_key() => {
                states.opening.set(Opening::Closed);
                on_run.emit(area.value());
            }
            _ => return,
        }
        event.prevent_default();
    })
}

/// At the edges of the text the arrows go through what was run before; in a walk through lines without breaks they do so
/// anywhere. Gives whether there was a step.
fn walk(
    area: &HtmlTextAreaElement,
    states: &States,
    history: &[String],
    back: bool,
    on_input: &Callback<String>,
) -> bool {
    let text = area.value();
    let Some(caret) = caret_of(area).filter(|_| is_bare(area)) else { return false };
    let at_edge = if back { caret == 0 } else { caret == text.len() };
    let recall = states.recall.borrow().clone();
    if !at_edge && (text.contains('\n') || !recall.shows(history, &text)) {
        return false;
    }
    let step = if back { recall.older(history, &text) } else { recall.newer(history, &text) };
    let Some((recall, text)) = step else { return false };
    write(area, &text, if back { 0 } else { text.len() });
    *states.recall.borrow_mut() = recall;
    states.opening.set(Opening::Closed);
    states.caret.set(caret_of(area));
    on_input.emit(text);
    true
}
