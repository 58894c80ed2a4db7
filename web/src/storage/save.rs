//! Takes a store along: asks the lab for a file and hands it to the browser to keep.

use gloo::file::{Blob, ObjectUrl};
use gloo::timers::callback::Timeout;
use scrapeyard_core::lab::view::FileView;
use scrapeyard_core::lab::{Answer, ExportForm, Question, StoreId};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, window};
use yew::prelude::{Callback, hook};

use crate::session::{Asked, Notice, panel, use_session};
use crate::texts::use_texts;

/// How long the browser may take to fetch the bytes.
const KEPT_MS: u32 = 60_000;

/// Takes a store along in a form.
#[hook]
pub fn use_export() -> Callback<(StoreId, ExportForm)> {
    let (session, texts) = (use_session(), use_texts());
    Callback::from(move |(store, form)| {
        let (told, texts) = (session.clone(), texts.clone());
        session.ask(panel::EXPORT, Question::Export { store, form }, move |asked| {
            let (is_error, text, detail) = match asked {
                Asked::Answered(_, answer) => match &*answer {
                    Answer::File(file) if save(file).is_some() => {
                        (false, texts.with("export-done", &[("name", (&file.name).into())]), None)
                    }
                    _ => (true, texts.say("export-failed"), None),
                },
                Asked::Refused(problems) => {
                    (true, texts.say("export-failed"), problems.first().map(ToString::to_string))
                }
                _ => return,
            };
            told.notify(Notice { is_error, detail, ..Notice::done(text) });
        });
    })
}

/// Offers a file for download; `None` where the page has no window.
pub fn save(file: &FileView) -> Option<()> {
    save_blob(&file.name, Blob::new(&*file.bytes))
}

/// Offers a text for download; `None` where the page has no window.
pub fn save_text(name: &str, text: &str) -> Option<()> {
    save_blob(name, Blob::new(text))
}

/// Offers what the page has made for download; `None` where the page has no window.
pub fn save_blob(name: &str, blob: Blob) -> Option<()> {
    let url = ObjectUrl::from(blob);
    let link = window()?.document()?.create_element("a").ok()?;
    link.set_attribute("href", &url).ok()?;
    link.set_attribute("download", name).ok()?;
    link.dyn_ref::<HtmlElement>()?.click();
    // The address must live until the browser has fetched it.
    Timeout::new(KEPT_MS, move || drop(url)).forget();
    Some(())
}
