//! A lab in the page's address: `#lab=` and the lab, spelled (`scrapeyard_core::lab::link`).

use wasm_bindgen::prelude::JsValue;
use web_sys::window;

use crate::route::Route;

const MARK: &str = "#lab=";

/// The lab that the address holds, as it is spelled there.
pub fn linked() -> Option<String> {
    let hash = window()?.location().hash().ok()?;
    hash.strip_prefix(MARK).map(str::to_owned)
}

/// Takes the lab out of the address, so that a reload goes on with what was made of it.
pub fn clear() {
    let Some(window) = window() else { return };
    let href = Route::default().href();
    let replaced = window
        .history()
        .and_then(|history| history.replace_state_with_url(&JsValue::NULL, "", Some(&href)))
        .is_ok();
    if !replaced {
        let _ = window.location().set_hash(&href);
    }
}

/// The address of a lab that is spelled so.
pub fn of(spelled: &str) -> Option<String> {
    Some(format!("{}{MARK}{spelled}", plain()?))
}

/// The address of the page itself, which opens a lab to begin with.
pub fn plain() -> Option<String> {
    let href = window()?.location().href().ok()?;
    href.split('#').next().map(str::to_owned)
}

/// Whether the page lies on the reader's own disk, where nobody else's link leads.
pub fn is_file() -> bool {
    window().and_then(|window| window.location().protocol().ok()).is_some_and(|protocol| protocol == "file:")
}

/// Opens the page anew; what it opens is what is remembered.
pub fn reload() {
    if let Some(window) = window() {
        let _ = window.location().reload();
    }
}
