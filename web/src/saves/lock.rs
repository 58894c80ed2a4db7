//! Who writes a lab: one tab at a time. By the browser's locks; where it has none (a page that came over plain HTTP), by
//! a token: whoever opened the lab last writes, and the one before notices before its next write.

use gloo::timers::callback::Timeout;
use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{Closure, JsValue, wasm_bindgen};
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::record::SavedLab;
use crate::preferences::Preference;

/// A page that is just being reloaded still holds its lock for a moment.
const TRIES: u32 = 8;
const BETWEEN_TRIES_MS: u32 = 150;

#[wasm_bindgen]
unsafe extern "C" {
    type LockManager;

    #[wasm_bindgen(thread_local_v2, js_namespace = navigator, js_name = locks)]
    static LOCKS: Option<LockManager>;

    /// Calls `held` with the lock, or with null where `options.ifAvailable` asks for that; the lock is held until the
    /// promise that `held` gives is fulfilled.
    #[wasm_bindgen(method)]
    fn request(this: &LockManager, name: &str, options: &Object, held: &Function) -> Promise;
}

/// The right to write a lab; given back when it is dropped, and with the page.
#[derive(Debug)]
pub enum Lock {
    /// The browser's.
    Held {
        /// Ends it.
        release: Function,
    },
    /// A token in the browser's small storage.
    Token(String),
}

impl Lock {
    /// The right to write the lab; `None` where another tab has it.
    pub async fn of(id: &str) -> Option<Self> {
        if LOCKS.with(Option::is_none) {
            return Some(Self::token(id));
        }
        for _ in 0..TRIES {
            match ask(id).await {
                Ok(Some(release)) => return Some(Self::Held { release }),
                Ok(None) => pause(BETWEEN_TRIES_MS).await,
                // A page without an origin of its own, some files for instance.
                Err(_) => return Some(Self::token(id)),
            }
        }
        None
    }

    fn token(id: &str) -> Self {
        let token = format!("{id} {}", SavedLab::new_id());
        Preference::Writer.write(&token);
        Self::Token(token)
    }

    /// Whether it still holds.
    pub fn holds(&self) -> bool {
        match self {
            Self::Held { .. } => true,
            Self::Token(token) => {
                let last = Preference::Writer.read();
                // Another lab's token says nothing of this one.
                last.is_none_or(|last| last == *token || last.split(' ').next() != token.split(' ').next())
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        if let Self::Held { release } = self {
            let _ = release.call0(&JsValue::NULL);
        }
    }
}

async fn pause(length_ms: u32) {
    let passed = Promise::new(&mut |resolve, _| {
        Timeout::new(length_ms, move || drop(resolve.call0(&JsValue::NULL))).forget();
    });
    let _ = JsFuture::from(passed).await;
}

/// Asks once; gives what ends the lock, and nothing where another tab has it.
///
/// # Errors
/// When the browser gives this page no locks.
async fn ask(id: &str) -> Result<Option<Function>, JsValue> {
    let options = Object::new();
    let _ = Reflect::set(&options, &"ifAvailable".into(), &JsValue::TRUE);
    let mut ends = None;
    let until = Promise::new(&mut |resolve, _| ends = Some(resolve));
    let name = format!("scrapeyard-lab-{id}");
    let answered = Promise::new(&mut |resolve: Function, reject: Function| {
        let until = until.clone();
        let held = Closure::once_into_js(move |lock: JsValue| {
            let _ = resolve.call1(&JsValue::NULL, &JsValue::from(!lock.is_null()));
            if lock.is_null() { JsValue::UNDEFINED } else { until.into() }
        });
        let asked = LOCKS
            .with(|locks| locks.as_ref().map(|locks| locks.request(&name, &options, held.unchecked_ref())));
        // A refusal is an answer, too.
        spawn_local(async move {
            let refused = match asked {
                Some(asked) => JsFuture::from(asked).await.is_err(),
                None => true,
            };
            if refused {
                let _ = reject.call0(&JsValue::NULL);
            }
        });
    });
    let granted = JsFuture::from(answered).await?.as_bool() == Some(true);
    Ok(ends.filter(|_| granted))
}
