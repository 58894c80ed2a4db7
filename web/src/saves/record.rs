//! A saved lab as the browser's database holds it: a plain object, so that any version of the page can read it.

use js_sys::{Array, Object, Reflect};
use scrapeyard_core::base::time::Timestamp;
use scrapeyard_core::lab::journal::{BEHAVIOUR, Header};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::JsValue;

/// A saved lab without its checkpoint and attachments.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SavedLab {
    /// Names it in this browser; 16 hex digits.
    pub id: String,
    /// What its owner calls it; empty where it goes by its number.
    pub name: String,
    /// Its number, from 1.
    pub number: u32,
    /// When it was saved, in milliseconds since 1970.
    pub saved_ms: f64,
    /// The journal's text.
    pub journal: String,
    /// The hashes of its attachments.
    pub attachments: Vec<String>,
}

impl SavedLab {
    /// A name for a new lab.
    pub fn new_id() -> String {
        let half = || (js_sys::Math::random() * 4_294_967_296.0) as u32;
        format!("{:08x}{:08x}", half(), half())
    }

    /// What stands at the top of its journal; `None` where that cannot be read.
    pub fn header(&self) -> Option<Header> {
        Header::parse(&self.journal).ok()
    }

    /// Up to when its time has passed.
    pub fn now(&self) -> Option<Timestamp> {
        self.header().map(|header| header.now)
    }

    /// Whether it was written under rules that this page no longer has, so that it cannot be opened.
    pub fn is_of_another_version(&self) -> bool {
        self.header().is_none_or(|header| header.behaviour != BEHAVIOUR)
    }

    /// As the database takes it.
    pub fn to_js(&self) -> JsValue {
        let object = Object::new();
        let set = |name: &str, value: JsValue| {
            // A plain object takes any property.
            let _ = Reflect::set(&object, &JsValue::from(name), &value);
        };
        set("id", JsValue::from(self.id.as_str()));
        set("name", JsValue::from(self.name.as_str()));
        set("number", JsValue::from(self.number));
        set("saved", JsValue::from(self.saved_ms));
        set("journal", JsValue::from(self.journal.as_str()));
        let attachments: Array = self.attachments.iter().map(|hash| JsValue::from(hash.as_str())).collect();
        set("attachments", attachments.into());
        object.into()
    }

    /// What the database gave; `None` where there was nothing.
    pub fn from_js(value: &JsValue) -> Option<Self> {
        let get = |name: &str| Reflect::get(value, &JsValue::from(name)).ok();
        let text = |name: &str| get(name).and_then(|value| value.as_string());
        let number = |name: &str| get(name).and_then(|value| value.as_f64());
        let attachments = get("attachments").and_then(|value| value.dyn_into::<Array>().ok());
        Some(Self {
            id: text("id")?,
            name: text("name").unwrap_or_default(),
            number: number("number").map_or(0, |number| number as u32),
            saved_ms: number("saved").unwrap_or_default(),
            journal: text("journal")?,
            attachments: attachments
                .map(|hashes| hashes.iter().filter_map(|hash| hash.as_string()).collect())
                .unwrap_or_default(),
        })
    }
}
