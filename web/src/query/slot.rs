//! Which panel something belongs to: its questions have places of their own, so panels do not take each other's answers.

use scrapeyard_core::lab::wire::PanelId;
use yew::prelude::{hook, use_context};

/// Places that one panel has; the numbers in `session::panel` are below.
const PLACES: u32 = 1000;

/// A panel's number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Slot(pub u32);

impl Slot {
    /// This panel's own place of a kind.
    pub const fn of(self, place: PanelId) -> PanelId {
        PanelId(place.0 + PLACES * self.0)
    }

    /// An id that no other panel has.
    pub fn element(self, name: &str) -> String {
        format!("{name}-{}", self.0)
    }
}

/// The panel around.
#[hook]
pub fn use_slot() -> Slot {
    use_context::<Slot>().unwrap_or_default()
}
