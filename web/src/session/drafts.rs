//! What the reader has typed and not sent yet: kept while another page is shown, for as long as the tab lives.

use std::any::Any;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Deref;
use std::rc::Rc;

use web_sys::{Storage, window};
use yew::prelude::{UseStateHandle, hook, use_state};

use super::handle::use_session;

/// The drafts by the name of their place.
#[derive(Clone, Default)]
pub struct Drafts(Rc<RefCell<BTreeMap<&'static str, Rc<dyn Any>>>>);

impl Drafts {
    /// What was kept last in this place, where it is of this type.
    pub fn read<T: Clone + 'static>(&self, place: &'static str) -> Option<T> {
        self.0.borrow().get(place)?.downcast_ref::<T>().cloned()
    }

    /// Keeps something, in place of what was kept there.
    pub fn keep<T: 'static>(&self, place: &'static str, value: T) {
        self.0.borrow_mut().insert(place, Rc::new(value));
    }
}

/// The longest text that is kept for a reload, in bytes.
const LONGEST_KEPT: usize = 200_000;

/// Keeps a text of a place for as long as the tab lives, a reload included. A full or forbidden storage loses a draft,
/// nothing else; so does a text that is too long.
pub fn keep_in_tab(place: &str, text: &str) {
    if let Some(storage) = tab_storage().filter(|_| text.len() <= LONGEST_KEPT) {
        let _ = storage.set_item(&tab_key(place), text);
    }
}

/// What was kept last in this tab.
pub fn kept_in_tab(place: &str) -> Option<String> {
    tab_storage()?.get_item(&tab_key(place)).ok()?
}

fn tab_storage() -> Option<Storage> {
    window()?.session_storage().ok()?
}

fn tab_key(place: &str) -> String {
    format!("scrapeyard.draft.{place}")
}

/// A state that outlives its component: the next one of the same place begins with it.
pub struct Draft<T> {
    place: &'static str,
    drafts: Drafts,
    state: UseStateHandle<T>,
}

impl<T> Clone for Draft<T> {
    fn clone(&self) -> Self {
        Self { place: self.place, drafts: self.drafts.clone(), state: self.state.clone() }
    }
}

impl<T> Deref for Draft<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.state
    }
}

impl<T: Clone + 'static> Draft<T> {
    /// Sets it; also when its component is no longer there.
    pub fn set(&self, value: T) {
        self.drafts.keep(self.place, value.clone());
        self.state.set(value);
    }

    /// What it is now; as a value it is what it was when its component was drawn.
    pub fn now(&self) -> T {
        self.drafts.read(self.place).unwrap_or_else(|| (*self.state).clone())
    }
}

/// The draft of a place, which is named once in the whole page.
#[hook]
pub fn use_draft<T: Clone + Default + 'static>(place: &'static str) -> Draft<T> {
    use_draft_or(place, T::default)
}

/// As [`use_draft`], with what stands there when nothing was kept.
#[hook]
pub fn use_draft_or<T: Clone + 'static, F: FnOnce() -> T>(place: &'static str, first: F) -> Draft<T> {
    let drafts = use_session().drafts().clone();
    let kept = drafts.clone();
    let state = use_state(move || kept.read(place).unwrap_or_else(first));
    Draft { place, drafts, state }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_gives_back_what_was_kept_last_and_of_its_type_only() {
        let drafts = Drafts::default();
        assert_eq!(drafts.read::<String>("config"), None);
        drafts.keep("config", "global: {}".to_owned());
        drafts.clone().keep("config", "global:".to_owned());
        assert_eq!(drafts.read::<String>("config").as_deref(), Some("global:"));
        assert_eq!(drafts.read::<u32>("config"), None);
        assert_eq!(drafts.read::<String>("query"), None);
    }
}
