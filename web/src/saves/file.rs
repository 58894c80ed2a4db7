//! A lab as a file of the reader's own.

use wasm_bindgen_futures::spawn_local;
use yew::prelude::{Callback, hook};

use super::naming::{file_name, lab_name};
use super::view::use_saves;
use crate::session::{Notice, use_session};
use crate::storage::save_text;
use crate::texts::use_texts;

/// Hands a lab out as a file: that of the id, or the one of this tab.
#[hook]
pub fn use_lab_file() -> Callback<Option<String>> {
    let (texts, saves, session) = (use_texts(), use_saves(), use_session());
    Callback::from(move |id: Option<String>| {
        let (texts, keeper, session) = (texts.clone(), saves.keeper.clone(), session.clone());
        spawn_local(async move {
            let made = keeper
                .0
                .file_of(id.as_deref())
                .await
                .map(|(lab, text)| (file_name(&lab_name(&texts, &lab.name, lab.number)), text));
            let (is_error, text, detail) = match made {
                Ok((name, text)) if save_text(&name, &text).is_some() => {
                    (false, texts.with("export-done", &[("name", (&name).into())]), None)
                }
                Ok(_) => (true, texts.say("export-failed"), None),
                Err(problem) => (true, texts.say("export-failed"), Some(problem.to_string())),
            };
            session.notify(Notice { is_error, detail, ..Notice::done(text) });
        });
    })
}
