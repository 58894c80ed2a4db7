//! Who writes a lab: one tab at a time. By the browser's locks; where it has none (a page that came over plain HTTP), by
//! a token: whoever opened the lab last writes, and the one before notices before its next write.

use gloo::timers::callback::Timeout;
use js_sys::{Array, Function, Object, Promise, Reflect};
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

    /// Gives which locks are held and waited for, `{ held: [{ name }], pending }`.
    #[wasm_bindgen(method)]
    fn query(this: &LockManager) -> Promise;
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
        for _ in 0..TRIES {
            let lock = Self::at_once(id).await;
            if lock.is_some() {
                return lock;
            }
            pause(BETWEEN_TRIES_MS).await;
        }
        None
    }

    /// The same, without waiting for a page that is about to go.
    pub async fn at_once(id: &str) -> Option<Self> {
        if !Self::is_known() {
            return Some(Self::token(id));
        }
        match ask(id).await {
            Ok(release) => release.map(|release| Self::Held { release }),
            // A page without an origin of its own, some files for instance.
            Err(_) => Some(Self::token(id)),
        }
    }

    /// Whether the browser has locks, so that it can be known which labs are open.
    pub fn is_known() -> bool {
        LOCKS.with(Option::is_some)
    }

    /// Whether a tab that lives has the lab; never where the browser does not tell.
    pub async fn is_held(id: &str) -> bool {
        let Some(asked) = LOCKS.with(|locks| locks.as_ref().map(LockManager::query)) else { return false };
        let member = |value: &JsValue, name: &str| Reflect::get(value, &JsValue::from(name)).ok();
        let known = JsFuture::from(asked).await.ok();
        let held = known.and_then(|known| member(&known, "held")?.dyn_into::<Array>().ok());
        let wanted = Some(JsValue::from(name_of(id)));
        held.is_some_and(|held| held.iter().any(|lock| member(&lock, "name") == wanted))
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

/// What the lock of a lab is called.
fn name_of(id: &str) -> String {
    format!("scrapeyard-lab-{id}")
}

/// Waits.
pub async fn pause(length_ms: u32) {
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
    let name = name_of(id);
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
