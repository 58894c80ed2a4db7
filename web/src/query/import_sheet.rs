//! The sheet in which data is pasted or files are chosen.

use web_sys::{FileList, HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::{Callback, Event, Html, InputEvent, Properties, TargetCast, component, html, use_state};

use super::import::{Attempt, Refused, store_name_of};
use crate::controls::{ProblemBox, Sheet};
use crate::texts::{Texts, use_texts};

/// See [`ImportSheet`].
#[derive(PartialEq, Properties)]
pub struct ImportSheetProps {
    /// What became of the last attempt.
    pub attempt: Option<Attempt>,
    /// Takes a name and a text.
    pub on_text: Callback<(String, String)>,
    /// Takes files.
    pub on_files: Callback<FileList>,
    /// Called when the sheet is to be closed.
    pub on_close: Callback<()>,
}

/// The sheet.
#[component]
pub fn ImportSheet(props: &ImportSheetProps) -> Html {
    let texts = use_texts();
    let name = use_state(|| "page".to_owned());
    let pasted = use_state(String::new);
    let on_name = {
        let name = name.clone();
        move |event: InputEvent| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                name.set(input.value());
            }
        }
    };
    let on_paste = {
        let pasted = pasted.clone();
        move |event: InputEvent| {
            if let Some(area) = event.target_dyn_into::<HtmlTextAreaElement>() {
                pasted.set(area.value());
            }
        }
    };
    let on_files = {
        let on_files = props.on_files.clone();
        move |event: Event| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
            if let Some(files) = input.files() {
                on_files.emit(files);
            }
            // So that the same file can be chosen again once it is mended.
            input.set_value("");
        }
    };
    let on_read = {
        let (on_text, name, pasted) = (props.on_text.clone(), name.clone(), pasted.clone());
        move |_| on_text.emit((store_name_of(&format!("{}.", *name)), (*pasted).clone()))
    };
    let reading = props.attempt == Some(Attempt::Reading);
    html! {
        <Sheet title={texts.say("import-title")} on_close={props.on_close.clone()} test_id="import-sheet">
            <p class="mid">{ texts.say("import-text") }</p>
            <label class="import-file btn">
                { texts.say("import-choose") }
                <input type="file" class="vh" multiple=true accept=".txt,.prom,.om,.metrics,.tar,.tgz,.gz,text/plain" onchange={on_files}
                    data-testid="import-file" />
            </label>
            <label class="import-paste">
                <span>{ texts.say("import-paste") }</span>
                <textarea class="mono" rows="8" spellcheck="false" value={(*pasted).clone()} oninput={on_paste}
                    placeholder="http_requests_total{code=\"200\"} 1027" data-testid="import-paste" />
            </label>
            <div class="import-foot">
                <label class="field">{ texts.say("import-name") }
                    <input type="text" value={(*name).clone()} oninput={on_name} spellcheck="false" data-testid="import-name" />
                </label>
                <span class="grow" />
                <button type="button" class="btn primary" disabled={pasted.is_empty() || reading} onclick={on_read}
                    data-testid="import-read">
                    { texts.say(if reading { "import-reading" } else { "import-read" }) }
                </button>
            </div>
            if let Some(Attempt::Refused(all)) = &props.attempt { { for all.iter().map(|one| refused(&texts, one)) } }
        </Sheet>
    }
}

fn refused(texts: &Texts, one: &Refused) -> Html {
    html! {
        <div class="import-refused">
            <p class="small">{ texts.with("import-refused", &[("name", (&one.name).into())]) }</p>
            <ProblemBox problems={one.problems.clone()} test_id="import-error" />
            if let Some(line) = &one.line { <pre class="small">{ line }</pre> }
        </div>
    }
}
