//! Where the list of offers is put: under the word it completes, above it where there is no room below, and never over
//! the edge of the panel or of what can be seen.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, window};
use yew::prelude::NodeRef;

use crate::scale::scale;

/// Between the word and the list, in pixels.
const GAP_PX: f64 = 4.0;

/// The edges that count, in pixels of the window.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Edges {
    /// The word: left, top, bottom.
    word: (f64, f64, f64),
    /// The frame that the list is put into: left, top, width.
    frame: (f64, f64, f64),
    /// The list: width, height.
    list: (f64, f64),
    /// What can be seen: top, bottom.
    seen: (f64, f64),
}

/// The list's left and top within the frame.
fn placed(edges: Edges) -> (f64, f64) {
    let (word_left, word_top, word_bottom) = edges.word;
    let (frame_left, frame_top, frame_width) = edges.frame;
    let (width, height) = edges.list;
    let left = (word_left - frame_left).min(frame_width - width).max(0.0);
    let below = edges.seen.1 - word_bottom - GAP_PX;
    let above = word_top - edges.seen.0 - GAP_PX;
    let top = if height > below && above > below {
        word_top - frame_top - GAP_PX - height
    } else {
        word_bottom - frame_top + GAP_PX
    };
    (left, top)
}

/// Puts the list where it belongs. `frame` holds editor and list; the word has the class `offer-anchor`.
pub fn put(frame: &NodeRef) {
    let (Some(frame), Some(window)) = (frame.cast::<Element>(), window()) else { return };
    let find = |selector: &str| frame.query_selector(selector).ok().flatten();
    let Some(list) = find(".offers").and_then(|list| list.dyn_into::<HtmlElement>().ok()) else { return };
    let style = list.style();
    for name in ["left", "top"] {
        let _ = style.remove_property(name);
    }
    // On a phone the list is a strip between editor and chart.
    if window.match_media("(max-width: 767px)").ok().flatten().is_some_and(|narrow| narrow.matches()) {
        return;
    }
    let rect = |element: &Element| element.get_bounding_client_rect();
    let Some(word) = find(".offer-anchor").or_else(|| find("pre")).map(|word| rect(&word)) else { return };
    let around = frame.closest(".scroll").ok().flatten().map(|scroll| rect(&scroll));
    let height = window.inner_height().ok().and_then(|height| height.as_f64()).unwrap_or(0.0);
    let seen = around.map_or((0.0, height), |around| (around.top(), around.bottom().min(height)));
    let (own, size) = (rect(&frame), rect(&list));
    let (left, top) = placed(Edges {
        word: (word.left(), word.top(), word.bottom()),
        frame: (own.left(), own.top(), own.width()),
        list: (size.width(), size.height()),
        seen,
    });
    // All of this was measured in the window.
    let scale = scale();
    for (name, length) in [("left", left), ("top", top)] {
        let _ = style.set_property(name, &format!("{:.0}px", length / scale));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_stays_within_the_frame_and_flips_near_the_foot() {
        let edges = Edges {
            word: (300.0, 100.0, 122.0),
            frame: (100.0, 90.0, 800.0),
            list: (580.0, 290.0),
            seen: (50.0, 700.0),
        };
        assert_eq!(placed(edges), (200.0, 36.0));
        let right = Edges { word: (700.0, 100.0, 122.0), ..edges };
        assert_eq!(placed(right).0, 220.0);
        let foot = Edges { word: (300.0, 600.0, 622.0), frame: (100.0, 590.0, 800.0), ..edges };
        assert_eq!(placed(foot).1, 600.0 - 590.0 - GAP_PX - 290.0);
        let narrow = Edges { frame: (100.0, 90.0, 400.0), ..edges };
        assert_eq!(placed(narrow).0, 0.0);
        // Where there is no room anywhere, it opens below.
        let low = Edges { seen: (90.0, 200.0), ..edges };
        assert_eq!(placed(low).1, 36.0);
    }
}
