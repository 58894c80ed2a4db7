//! Where a panel that is dragged by its handle would be put.

use wasm_bindgen::JsCast;
use web_sys::{Element, window};

use super::super::slot::Slot;

/// The place before which the panel would stand at this height of the window, counted among all panels; `None` where it
/// would not move.
pub fn drop_place(order: &[u32], own: u32, y: f64) -> Option<usize> {
    let document = window()?.document()?;
    let middle = |id: &u32| {
        let panel = document.get_element_by_id(&Slot(*id).element("panel"))?.dyn_into::<Element>().ok()?;
        let rect = panel.get_bounding_client_rect();
        Some(rect.top() + rect.height() / 2.0)
    };
    let middles: Vec<f64> = order.iter().filter_map(middle).collect();
    place_among(&middles, order.iter().position(|id| *id == own)?, y)
}

/// The same over the middles of all panels.
fn place_among(middles: &[f64], own: usize, y: f64) -> Option<usize> {
    // No height: the drag was given up.
    if y.is_nan() {
        return None;
    }
    let place = middles.iter().filter(|middle| **middle < y).count();
    (place != own && place != own + 1).then_some(place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panel_is_put_before_the_first_whose_middle_lies_below() {
        let middles = [100.0, 300.0, 500.0];
        assert_eq!(place_among(&middles, 0, 20.0), None);
        assert_eq!(place_among(&middles, 0, 200.0), None);
        assert_eq!(place_among(&middles, 0, 400.0), Some(2));
        assert_eq!(place_among(&middles, 0, 900.0), Some(3));
        assert_eq!(place_among(&middles, 2, 20.0), Some(0));
        assert_eq!(place_among(&middles, 2, 200.0), Some(1));
        assert_eq!(place_among(&middles, 2, f64::NAN), None);
    }
}
