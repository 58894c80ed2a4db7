//! The browser's database with the three stores that saves lie in. Knows no lab.
//!
//! A write is issued whole before its function returns and waits for nothing of ours afterwards: what was issued is
//! written even when the tab is gone a moment later.

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{Closure, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DomException, Event, IdbDatabase, IdbObjectStoreParameters, IdbRequest, IdbTransaction,
    IdbTransactionMode, IdbVersionChangeEvent, window,
};

const NAME: &str = "scrapeyard";
const VERSION: u32 = 1;

/// A store of the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Store {
    /// Labs, each an object with its `id`.
    Labs,
    /// The newest checkpoint of a lab, by the lab's id.
    Checkpoints,
    /// Texts that imports name, by their hash.
    Attachments,
}

impl Store {
    const ALL: [Self; 3] = [Self::Labs, Self::Checkpoints, Self::Attachments];

    const fn name(self) -> &'static str {
        match self {
            Self::Labs => "labs",
            Self::Checkpoints => "checkpoints",
            Self::Attachments => "attachments",
        }
    }
}

/// Why nothing was read or written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// There is no room left.
    Full,
    /// The browser keeps nothing for this page, or not any more; its own words.
    Forbidden(String),
}

impl Fault {
    fn of(error: Option<&DomException>) -> Self {
        match error {
            Some(error) if error.name() == "QuotaExceededError" => Self::Full,
            Some(error) => Self::Forbidden(format!("{}: {}", error.name(), error.message())),
            None => Self::Forbidden(String::new()),
        }
    }
}

impl From<JsValue> for Fault {
    fn from(error: JsValue) -> Self {
        Self::of(error.dyn_ref::<DomException>())
    }
}

/// The open database.
#[derive(Clone, Debug)]
pub struct Database(IdbDatabase);

impl Database {
    /// Opens it, and makes it where there is none.
    ///
    /// # Errors
    /// When the browser forbids it.
    pub async fn open() -> Result<Self, Fault> {
        let factory = window().and_then(|window| window.indexed_db().ok().flatten());
        let factory = factory.ok_or(Fault::Forbidden(String::new()))?;
        let request = factory.open_with_u32(NAME, VERSION)?;
        let opened = request.clone();
        let on_upgrade = Closure::once(move |_: IdbVersionChangeEvent| {
            if let Ok(database) = opened.result() {
                make_stores(database.unchecked_ref());
            }
        });
        request.set_onupgradeneeded(Some(on_upgrade.as_ref().unchecked_ref()));
        let database: IdbDatabase = result_of(&request).await?.unchecked_into();
        // A page of a newer version wants to change the stores: let it.
        let closed = database.clone();
        let on_change = Closure::<dyn FnMut(Event)>::new(move |_| closed.close());
        database.set_onversionchange(Some(on_change.as_ref().unchecked_ref()));
        on_change.forget();
        Ok(Self(database))
    }

    fn transaction(&self, mode: IdbTransactionMode) -> Result<Transaction, Fault> {
        let names: Array = Store::ALL.iter().map(|store| JsValue::from(store.name())).collect();
        Ok(Transaction(self.0.transaction_with_str_sequence_and_mode(&names, mode)?))
    }

    /// Begins to read.
    ///
    /// # Errors
    /// When the database was closed.
    pub fn reading(&self) -> Result<Transaction, Fault> {
        self.transaction(IdbTransactionMode::Readonly)
    }

    /// Begins to write.
    ///
    /// # Errors
    /// When the database was closed.
    pub fn writing(&self) -> Result<Transaction, Fault> {
        self.transaction(IdbTransactionMode::Readwrite)
    }
}

fn make_stores(database: &IdbDatabase) {
    let by_id = IdbObjectStoreParameters::new();
    by_id.set_key_path(&JsValue::from("id"));
    let _ = database.create_object_store_with_optional_parameters(Store::Labs.name(), &by_id);
    for store in [Store::Checkpoints, Store::Attachments] {
        let _ = database.create_object_store(store.name());
    }
}

/// Reads or writes that belong together.
#[derive(Debug)]
pub struct Transaction(IdbTransaction);

impl Transaction {
    /// What lies under a key; undefined where there is nothing.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn get(&self, store: Store, key: &str) -> Result<JsValue, Fault> {
        let request = self.0.object_store(store.name())?.get(&JsValue::from(key))?;
        result_of(&request).await
    }

    /// Everything in a store.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn all(&self, store: Store) -> Result<Array, Fault> {
        let request = self.0.object_store(store.name())?.get_all()?;
        Ok(result_of(&request).await?.unchecked_into())
    }

    /// Puts a lab in place of the one with its id.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn put_lab(&self, lab: &JsValue) -> Result<(), Fault> {
        self.0.object_store(Store::Labs.name())?.put(lab)?;
        Ok(())
    }

    /// Puts something under a key.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn put(&self, store: Store, key: &str, value: &JsValue) -> Result<(), Fault> {
        self.0.object_store(store.name())?.put_with_key(value, &JsValue::from(key))?;
        Ok(())
    }

    /// Forgets what lies under a key.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn delete(&self, store: Store, key: &str) -> Result<(), Fault> {
        self.0.object_store(store.name())?.delete(&JsValue::from(key))?;
        Ok(())
    }

    /// Writes what was put and deleted; the outcome comes later.
    pub fn commit(self) -> impl Future<Output = Result<(), Fault>> + 'static + use<> {
        let transaction = self.0;
        let ended = promise(|resolve, reject| {
            transaction.set_oncomplete(Some(resolve));
            transaction.set_onabort(Some(reject));
        });
        // Without this the browser would wait for a sign of life of the page.
        commit(&transaction);
        async move {
            match JsFuture::from(ended).await {
                Ok(_) => Ok(()),
                Err(_) => Err(Fault::of(transaction.error().as_ref())),
            }
        }
    }
}

/// Says that nothing more is written. A browser that does not know this notices by itself, a little later.
fn commit(transaction: &IdbTransaction) {
    let method = Reflect::get(transaction, &JsValue::from("commit")).ok();
    if let Some(method) = method.and_then(|method| method.dyn_into::<Function>().ok()) {
        let _ = method.call0(transaction);
    }
}

async fn result_of(request: &IdbRequest) -> Result<JsValue, Fault> {
    let ended = promise(|resolve, reject| {
        request.set_onsuccess(Some(resolve));
        request.set_onerror(Some(reject));
    });
    match JsFuture::from(ended).await {
        Ok(_) => Ok(request.result()?),
        Err(_) => Err(Fault::of(request.error().ok().flatten().as_ref())),
    }
}

/// A promise whose two ends are handed to `listen`.
fn promise(listen: impl Fn(&Function, &Function)) -> Promise {
    Promise::new(&mut |resolve, reject| listen(&resolve, &reject))
}
