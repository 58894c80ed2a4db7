//! The floor is dragged with the mouse; a finger and the wheel move it as they move any page.

use wasm_bindgen::JsCast;
use web_sys::{Element, PointerEvent};
use yew::prelude::{Callback, NodeRef, UseStateHandle, hook, use_mut_ref, use_state_eq};

use crate::scale::scale;

/// What the floor listens with.
#[derive(Clone, PartialEq)]
pub struct Pan {
    /// Whether it is being dragged.
    pub is_dragged: bool,
    /// A button of the mouse goes down.
    pub on_down: Callback<PointerEvent>,
    /// The mouse moves.
    pub on_move: Callback<PointerEvent>,
    /// The button comes up, or the mouse leaves.
    pub on_up: Callback<PointerEvent>,
}

/// Drags what is in `floor`.
#[hook]
pub fn use_pan(floor: &NodeRef) -> Pan {
    let is_dragged = use_state_eq(|| false);
    // Where the mouse was last.
    let last = use_mut_ref(|| None::<(i32, i32)>);
    let on_down = {
        let (last, is_dragged) = (last.clone(), is_dragged.clone());
        Callback::from(move |event: PointerEvent| {
            if event.pointer_type() == "mouse" && event.button() == 0 && is_floor(&event) {
                last.replace(Some((event.client_x(), event.client_y())));
                is_dragged.set(true);
            }
        })
    };
    let on_move = {
        let (last, is_dragged, floor) = (last.clone(), is_dragged.clone(), floor.clone());
        Callback::from(move |event: PointerEvent| {
            let Some((x, y)) = *last.borrow() else { return };
            let Some(floor) = floor.cast::<Element>().filter(|_| event.buttons() & 1 == 1) else {
                last.replace(None);
                return is_dragged.set(false);
            };
            let scaled = |px: i32| (f64::from(px) / scale()).round() as i32;
            floor.set_scroll_left(floor.scroll_left() - scaled(event.client_x() - x));
            floor.set_scroll_top(floor.scroll_top() - scaled(event.client_y() - y));
            last.replace(Some((event.client_x(), event.client_y())));
        })
    };
    let end = move |is_dragged: UseStateHandle<bool>| {
        Callback::from(move |_: PointerEvent| {
            last.replace(None);
            is_dragged.set(false);
        })
    };
    Pan { is_dragged: *is_dragged, on_down, on_move, on_up: end(is_dragged) }
}

/// Whether the floor itself was hit, and nothing that stands on it.
fn is_floor(event: &PointerEvent) -> bool {
    let hit = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    hit.is_some_and(|hit| matches!(hit.closest(".svc, .party"), Ok(None)))
}
