//! The row above a table: a filter, a copy for the clipboard, a file.

use gloo::timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlTextAreaElement, window};
use yew::prelude::{Callback, Html, InputEvent, Properties, TargetCast, component, html, use_state_eq};

use super::export::Sheet;
use crate::shapes::{Icon, small_icon};
use crate::storage::save_text;
use crate::texts::use_texts;

/// How long it is said that something was copied, in milliseconds.
const SAID_MS: u32 = 2_000;

/// See [`Tools`].
#[derive(PartialEq, Properties)]
pub struct ToolsProps {
    /// Which rows are looked for; none where the table has no filter.
    pub filter: Option<String>,
    /// Called with another filter.
    pub on_filter: Callback<String>,
    /// How many rows there are and how many the filter keeps.
    pub rows: (usize, usize),
    /// Makes the table as it stands.
    pub sheet: Callback<(), Sheet>,
}

/// The row.
#[component]
pub fn Tools(props: &ToolsProps) -> Html {
    let texts = use_texts();
    let copied = use_state_eq(|| None::<bool>);
    let on_filter = {
        let on_filter = props.on_filter.clone();
        move |event: InputEvent| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                on_filter.emit(input.value());
            }
        }
    };
    let on_copy = {
        let (sheet, copied) = (props.sheet.clone(), copied.clone());
        move |_| {
            copied.set(Some(copy(&sheet.emit(()).tab_separated()).is_some()));
            let copied = copied.clone();
            Timeout::new(SAID_MS, move || copied.set(None)).forget();
        }
    };
    let on_save = {
        let sheet = props.sheet.clone();
        move |_| {
            // A byte order mark tells a spreadsheet that this is UTF-8.
            let _ = save_text("result.csv", &format!("\u{feff}{}", sheet.emit(()).csv()));
        }
    };
    let (all, kept) = props.rows;
    let said = match *copied {
        Some(true) => "copied",
        Some(false) => "copy-failed",
        None => "copy",
    };
    html! {
        <div class="table-tools">
            if let Some(filter) = &props.filter {
                <label class="field filter">
                    <span class="vh">{ texts.say("filter-rows") }</span>
                    <input type="search" value={filter.clone()} oninput={on_filter} placeholder={texts.say("filter-rows")}
                        spellcheck="false" autocomplete="off" data-testid="result-filter" />
                </label>
                if kept != all {
                    <span role="status" data-testid="result-kept">
                        { texts.with("rows-kept", &[("kept", kept.into()), ("all", all.into())]) }
                    </span>
                }
            }
            <span class="grow" />
            <button type="button" class="btn quiet" onclick={on_copy} data-testid="result-copy">
                { small_icon(Icon::Duplicate) }<span role="status">{ texts.say(said) }</span>
            </button>
            <button type="button" class="btn quiet" onclick={on_save} data-testid="result-csv">
                { small_icon(Icon::Download) }{ "CSV" }
            </button>
        </div>
    }
}

/// Puts a text into the clipboard, by way of a selected field: this works on pages of files, too, and asks for no
/// permission.
fn copy(text: &str) -> Option<()> {
    let document = window()?.document()?;
    let area = document.create_element("textarea").ok()?.dyn_into::<HtmlTextAreaElement>().ok()?;
    area.set_class_name("vh");
    area.set_value(text);
    let before = document.active_element();
    document.body()?.append_child(&area).ok()?;
    area.select();
    let html_document: web_sys::HtmlDocument = document.dyn_into().ok()?;
    let done = html_document.exec_command("copy").unwrap_or(false);
    area.remove();
    if let Some(before) = before.and_then(|before| before.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = before.focus();
    }
    done.then_some(())
}
