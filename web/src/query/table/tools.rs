//! The row above a table: a filter, a copy for the clipboard, a file.

use gloo::timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use yew::prelude::{Callback, Html, InputEvent, Properties, TargetCast, component, html, use_state_eq};

use super::export::Sheet;
use crate::controls::copy_text;
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
            let (text, copied) = (sheet.emit(()).tab_separated(), copied.clone());
            spawn_local(async move {
                copied.set(Some(copy_text(&text).await));
                Timeout::new(SAID_MS, move || copied.set(None)).forget();
            });
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
