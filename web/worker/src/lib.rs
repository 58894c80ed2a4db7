//! The worker: owns the lab and answers the page, in slices between which it sees newer messages. Draws nothing.
//!
//! `web/boot/worker.js` hands it the bytes of each message; what they mean is `scrapeyard_core::lab::wire`.

mod host;
mod pump;
mod scenarios;

use js_sys::Uint8Array;
use scrapeyard_core::base::time::Millis;
use scrapeyard_core::lab::play;
use wasm_bindgen::prelude::wasm_bindgen;

/// Runs once, when the module is there: failures are told from now on, and the page hears that it can ask.
#[wasm_bindgen(start)]
pub fn start() {
    std::panic::set_hook(Box::new(|panic| host::tell_failure(&panic.to_string())));
    host::tell_ready();
}

/// Takes a request of the page.
#[wasm_bindgen]
pub fn receive(bytes: &Uint8Array) {
    pump::receive(&bytes.to_vec());
}

/// Plays a journey (`tests/journey`) and gives its text with what was really said, the digest of the whole state
/// among it; a problem instead where the lab cannot go on. `stride_ms` 0 lets time go on in jumps.
#[wasm_bindgen]
#[must_use]
pub fn play_journey(text: &str, stride_ms: u32) -> String {
    let stride = (stride_ms > 0).then_some(Millis(i64::from(stride_ms)));
    play::play_journey(text, stride, scenarios::files, |_| Ok(()))
        .unwrap_or_else(|problems| problems.iter().map(|problem| format!("{problem}\n")).collect())
}
