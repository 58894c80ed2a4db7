//! Where the cards lie, as the style sheet has laid them out: lanes are drawn to what is really there.

use std::collections::BTreeMap;
use std::rc::Rc;

use gloo::events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::{DomRect, Element, window};
use yew::prelude::{NodeRef, UseStateHandle, hook, use_effect, use_effect_with, use_state_eq};

use super::geometry::Rect;
use crate::scale::scale;

/// Rectangles by the value of `data-anchor`, from the floor's own corner.
pub type Layout = BTreeMap<String, Rect>;

/// The layout of what is inside `stage`, kept up to date.
#[hook]
pub fn use_layout(stage: &NodeRef) -> Rc<Layout> {
    let layout = use_state_eq(|| Rc::new(Layout::new()));
    let (after, measured) = (stage.clone(), layout.clone());
    // After every drawing: the cards may have changed with it. An equal layout draws nothing again.
    use_effect(move || measure(&after, &measured));
    let (resized, measured) = (stage.clone(), layout.clone());
    use_effect_with((), move |()| {
        let listener = window()
            .map(|window| EventListener::new(&window, "resize", move |_| measure(&resized, &measured)));
        move || drop(listener)
    });
    Rc::clone(&layout)
}

fn measure(stage: &NodeRef, layout: &UseStateHandle<Rc<Layout>>) {
    let Some(stage) = stage.cast::<Element>() else { return };
    let (origin, scale) = (stage.get_bounding_client_rect(), scale());
    let mut found = Layout::new();
    found.insert("stage".to_owned(), rect(&origin, &origin, scale));
    if let Ok(anchors) = stage.query_selector_all("[data-anchor]") {
        for index in 0..anchors.length() {
            let element = anchors.get(index).and_then(|node| node.dyn_into::<Element>().ok());
            let named = element.and_then(|element| Some((element.get_attribute("data-anchor")?, element)));
            if let Some((name, element)) = named {
                found.insert(name, rect(&element.get_bounding_client_rect(), &origin, scale));
            }
        }
    }
    layout.set(Rc::new(found));
}

/// Rounded to half pixels, so that a shimmer of the layout moves nothing.
fn rect(inner: &DomRect, origin: &DomRect, scale: f64) -> Rect {
    let half = |length: f64| (length / scale * 2.0).round() / 2.0;
    Rect {
        x: half(inner.x() - origin.x()),
        y: half(inner.y() - origin.y()),
        width: half(inner.width()),
        height: half(inner.height()),
    }
}
