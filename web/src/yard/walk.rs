//! The yard by keyboard: arrows walk the services, then their containers; + and - scale; Enter goes in.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

const FLOOR: &str = ".floor";
const CARD: &str = ".svc";
const TILE: &str = ".tile";

/// Takes a key that was pressed somewhere on the floor.
pub fn on_key(event: &KeyboardEvent) {
    if event.ctrl_key() || event.meta_key() || event.alt_key() || event.is_composing() {
        return;
    }
    // Listeners hang on the page's root, so the event's own place does not tell which floor it is.
    let here = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let floor = here.as_ref().and_then(|here| here.closest(FLOOR).ok().flatten());
    let (Some(floor), Some(here)) = (floor, here) else { return };
    if walked(&floor, &here, &event.key()) {
        event.prevent_default();
    }
}

/// Whether the key meant something.
fn walked(floor: &Element, here: &Element, key: &str) -> bool {
    let card = here.closest(CARD).ok().flatten();
    let Some(card) = card else {
        // On the floor itself.
        return matches!(key, "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown")
            && here == floor
            && focus(all(floor, CARD).first());
    };
    let tiles = all(&card, TILE);
    let tile = here.closest(TILE).ok().flatten();
    match (key, tile) {
        ("+" | "=", _) => press(&card, "up"),
        ("-", _) => press(&card, "down"),
        ("ArrowLeft" | "ArrowRight", None) if *here == card => {
            focus(beside(&all(floor, CARD), &card, key == "ArrowRight"))
        }
        ("ArrowDown" | "Enter", None) if *here == card => focus(tiles.first()),
        ("ArrowLeft" | "ArrowRight" | "ArrowDown", Some(tile)) => {
            focus(beside(&tiles, &tile, key != "ArrowLeft"))
        }
        ("ArrowUp" | "Escape", Some(_)) => focus(Some(&card)),
        _ => false,
    }
}

fn all(within: &Element, selector: &str) -> Vec<Element> {
    let Ok(found) = within.query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|index| found.get(index)?.dyn_into().ok()).collect()
}

fn beside<'e>(elements: &'e [Element], here: &Element, after: bool) -> Option<&'e Element> {
    let at = elements.iter().position(|element| element == here)?;
    if after { elements.get(at + 1) } else { elements.get(at.checked_sub(1)?) }
}

/// Gives the focus to an element, which comes into view by that.
fn focus(element: Option<&Element>) -> bool {
    let element = element.and_then(|element| element.dyn_ref::<HtmlElement>());
    element.is_some_and(|element| element.focus().is_ok())
}

/// Presses the card's button for one container more, or less.
fn press(card: &Element, way: &str) -> bool {
    let button = card.query_selector(&format!(".stepper [data-testid^=scale-{way}-]")).ok().flatten();
    let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) else { return false };
    button.click();
    true
}
