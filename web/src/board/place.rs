//! Tells the style sheet where a panel stands. Through the object model: the page's policy allows no style attribute.

use scrapeyard_core::lab::board::GridPos;
use web_sys::HtmlElement;
use yew::prelude::{NodeRef, hook, use_effect_with};

/// Keeps the element's place up to date; the sheet decides what comes of it.
#[hook]
pub fn use_place(node: &NodeRef, grid: GridPos) {
    let node = node.clone();
    use_effect_with((grid.x, grid.y, grid.w, grid.h), move |(x, y, w, h)| {
        let Some(element) = node.cast::<HtmlElement>() else { return };
        let style = element.style();
        for (name, value) in [("--x", x + 1), ("--y", y + 1), ("--w", *w), ("--h", *h)] {
            let _ = style.set_property(name, &value.to_string());
        }
    });
}
