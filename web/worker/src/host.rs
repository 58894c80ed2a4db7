//! What the desk needs of the world: the clock, the way to the page, the scenarios that are built in.

use std::cell::Cell;
use std::collections::BTreeMap;

use js_sys::{Array, Uint8Array};
use scrapeyard_core::lab::desk::Host;
use scrapeyard_core::lab::wire::{Message, RequestId, encode};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

use crate::scenarios;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn performance_now() -> f64;

    // Outside of a worker (journeys under Node.js) there is no such function; then nobody listens.
    #[wasm_bindgen(catch, js_name = postMessage)]
    fn post_message(message: &JsValue, transfer: &Array) -> Result<(), JsValue>;
}

thread_local! {
    /// The request that is worked on, for the panic hook.
    static WORKING_ON: Cell<Option<RequestId>> = const { Cell::new(None) };
}

/// The worker as the desk's host.
#[derive(Clone, Copy, Debug, Default)]
pub struct Worker;

impl Host for Worker {
    fn now_ms(&mut self) -> f64 {
        performance_now()
    }

    fn send(&mut self, message: Message) {
        post(&message);
    }

    fn working_on(&mut self, request: Option<RequestId>) {
        WORKING_ON.set(request);
    }

    fn scenario(&mut self, name: &str) -> Option<BTreeMap<String, String>> {
        scenarios::files(name)
    }
}

fn post(message: &Message) {
    let bytes = Uint8Array::from(encode(message).as_slice());
    // Handed over instead of copied.
    let transfer = Array::of1(&bytes.buffer());
    let _ = post_message(&bytes, &transfer);
}

/// Tells the page that the worker stands.
pub fn tell_ready() {
    post(&Message::Ready);
}

/// Tells the page that the worker is dead, and which request killed it.
pub fn tell_failure(text: &str) {
    post(&Message::Failed { request: WORKING_ON.get(), text: text.to_owned() });
}
