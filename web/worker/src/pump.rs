//! The message loop: a slice of work, then a turn for whatever came in meanwhile, and so on while there is work.

use std::cell::{Cell, RefCell};

use scrapeyard_core::lab::desk::{Desk, Host};
use scrapeyard_core::lab::wire::{Message, Reply, Request, RequestId, decode};
use wasm_bindgen::JsCast as _;
use wasm_bindgen::prelude::{Closure, JsValue};
use web_sys::{MessageChannel, MessagePort};

use crate::host::Worker;

thread_local! {
    static DESK: RefCell<Desk> = RefCell::default();
    /// Whether the next slice is under way to us.
    static IS_SCHEDULED: Cell<bool> = const { Cell::new(false) };
    static PORT: RefCell<Option<MessagePort>> = const { RefCell::new(None) };
}

/// Takes a request; work on it begins with the next slice.
pub fn receive(bytes: &[u8]) {
    match decode::<Request>(bytes) {
        Ok(request) => DESK.with_borrow_mut(|desk| desk.receive(request, &mut Worker)),
        // A page of another version: nothing in it can be trusted, not even the number.
        Err(problem) => {
            Worker.send(Message::Reply { id: RequestId(0), reply: Reply::Refused(vec![problem]) })
        }
    }
    schedule();
}

fn work() {
    IS_SCHEDULED.set(false);
    let is_idle = DESK.with_borrow_mut(|desk| {
        desk.step(&mut Worker);
        desk.is_idle()
    });
    if !is_idle {
        schedule();
    }
}

/// Asks for the next slice: by a message to ourselves, since a timer would wait at least 4 ms each time. It queues
/// behind the page's messages that are there already.
fn schedule() {
    if IS_SCHEDULED.replace(true) {
        return;
    }
    PORT.with_borrow_mut(|port| {
        if port.is_none() {
            *port = open_port();
        }
        if let Some(port) = port {
            let _ = port.post_message(&JsValue::NULL);
        }
    });
}

fn open_port() -> Option<MessagePort> {
    let channel = MessageChannel::new().ok()?;
    let handler = Closure::<dyn FnMut()>::new(work);
    channel.port1().set_onmessage(Some(handler.as_ref().unchecked_ref()));
    // Lives as long as the worker does.
    handler.forget();
    Some(channel.port2())
}
