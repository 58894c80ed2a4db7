//! One living worker: bytes in, bytes out, errors told. Knows no message.

use gloo::events::EventListener;
use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use web_sys::{ErrorEvent, MessageEvent, Worker};

#[wasm_bindgen]
unsafe extern "C" {
    /// Defined by the boot script, which knows where the worker's code lies.
    #[wasm_bindgen(catch, js_name = scrapeyardSpawnWorker)]
    fn spawn_worker() -> Result<Worker, JsValue>;
}

/// What comes out of a worker.
pub enum Signal {
    /// A message.
    Bytes(Vec<u8>),
    /// It could not be started, or it failed without a last word.
    Broken(String),
}

/// A worker. Dropping it ends the worker.
pub struct Port {
    worker: Worker,
    _listeners: Vec<EventListener>,
}

impl Port {
    /// Starts a worker; `hear` is called with everything that comes from it.
    ///
    /// # Errors
    /// When the browser starts none.
    pub fn open(hear: impl Fn(Signal) + Clone + 'static) -> Result<Self, String> {
        let worker = spawn_worker().map_err(|error| describe(&error))?;
        let on_message = hear.clone();
        let on_unreadable = hear.clone();
        let listeners = vec![
            EventListener::new(&worker, "message", move |event| {
                if let Some(bytes) = event.dyn_ref::<MessageEvent>().and_then(|event| bytes_of(&event.data()))
                {
                    on_message(Signal::Bytes(bytes));
                }
            }),
            EventListener::new(&worker, "error", move |event| {
                let text = event.dyn_ref::<ErrorEvent>().map(ErrorEvent::message);
                hear(Signal::Broken(text.unwrap_or_default()));
            }),
            EventListener::new(&worker, "messageerror", move |_| {
                on_unreadable(Signal::Broken(String::new()))
            }),
        ];
        Ok(Self { worker, _listeners: listeners })
    }

    /// Sends a message.
    pub fn send(&self, bytes: &[u8]) {
        let array = Uint8Array::from(bytes);
        // Handed over, not copied again; a dead worker takes it without a word, and its error event tells.
        let _ = self.worker.post_message_with_transfer(&array, &js_sys::Array::of1(&array.buffer()));
    }
}

impl Drop for Port {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

fn bytes_of(value: &JsValue) -> Option<Vec<u8>> {
    if let Some(array) = value.dyn_ref::<Uint8Array>() {
        return Some(array.to_vec());
    }
    value.dyn_ref::<ArrayBuffer>().map(|buffer| Uint8Array::new(buffer).to_vec())
}

fn describe(error: &JsValue) -> String {
    error.dyn_ref::<js_sys::Error>().map_or_else(|| format!("{error:?}"), |error| error.message().into())
}
