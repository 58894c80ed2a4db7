//! How large everything is shown: as it is, or larger, for a projector at the far end of a room.

use web_sys::{Element, Event, window};

use crate::preferences::Preference;

/// The attribute of the root element that the tokens read.
const ATTRIBUTE: &str = "data-size";
/// Its value, and what is remembered, for what is larger.
const LARGE: &str = "large";

fn root() -> Option<Element> {
    window()?.document()?.document_element()
}

/// CSS pixels of the window in one of the page, as the tokens say. What is measured in the window (pointers, rectangles)
/// is divided by it before it meets what is measured in the page (widths, places that a style gets).
pub fn scale() -> f64 {
    let said = || {
        let style = window()?.get_computed_style(&root()?).ok()??;
        style.get_property_value("--scale").ok()?.trim().parse::<f64>().ok()
    };
    said().filter(|scale| *scale > 0.0).unwrap_or(1.0)
}

/// Whether everything is larger.
pub fn is_large() -> bool {
    root().is_some_and(|root| root.get_attribute(ATTRIBUTE).as_deref() == Some(LARGE))
}

/// Makes everything larger, or as it was, and remembers it.
pub fn set_large(large: bool) {
    let (Some(root), Some(window)) = (root(), window()) else { return };
    if large {
        let _ = root.set_attribute(ATTRIBUTE, LARGE);
        Preference::Size.write(LARGE);
    } else {
        let _ = root.remove_attribute(ATTRIBUTE);
        Preference::Size.forget();
    }
    // To whoever measures the page this is another window.
    if let Ok(resized) = Event::new("resize") {
        let _ = window.dispatch_event(&resized);
    }
}
