//! The lab as a link, a QR code and a file.

use gloo::timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;
use web_sys::{FocusEvent, HtmlInputElement};
use yew::prelude::{Callback, Html, Properties, TargetCast, component, html, use_memo, use_state_eq};

use super::address;
use super::file::use_lab_file;
use super::qr::qr_code;
use super::view::use_saves;
use crate::controls::{ProblemBox, Sheet, copy_text};
use crate::texts::{Texts, use_texts};

/// A longer link is cut by too many programs on its way.
const MOST_LETTERS: usize = 16_000;
/// How long it is said that the link was copied.
const COPIED_MS: u32 = 2500;

/// See [`ShareSheet`].
#[derive(PartialEq, Properties)]
pub struct ShareSheetProps {
    /// Called when the sheet is to be closed.
    pub on_close: Callback<()>,
}

/// The sheet.
#[component]
pub fn ShareSheet(props: &ShareSheetProps) -> Html {
    let (texts, saves, hand_out) = (use_texts(), use_saves(), use_lab_file());
    let keeper = saves.keeper.clone();
    // As it stands when the sheet is opened.
    let link = use_memo((), move |()| keeper.0.link());
    let shown = match &*link {
        Ok(link) if link.len() <= MOST_LETTERS => html! { <Link link={link.clone()} /> },
        Ok(link) => {
            let letters = link.len();
            html! { <p class="note warn" data-testid="link-too-long">{ texts.with("link-too-long", &[("letters", letters.into())]) }</p> }
        }
        Err(problem) => html! { <ProblemBox problems={vec![problem.clone()]} /> },
    };
    html! {
        <Sheet title={texts.say("share-title")} on_close={props.on_close.clone()} test_id="share-sheet">
            <p class="mid">{ texts.say("share-about") }</p>
            { shown }
            <div class="share-file">
                <p class="mid grow">{ texts.say("share-file-about") }</p>
                <button type="button" class="btn" onclick={move |_| hand_out.emit(None)} data-testid="share-file">
                    { texts.say("save-as-file") }
                </button>
            </div>
        </Sheet>
    }
}

#[derive(PartialEq, Properties)]
struct LinkProps {
    link: String,
}

#[component]
fn Link(props: &LinkProps) -> Html {
    let texts = use_texts();
    let copied = use_state_eq(|| None::<bool>);
    let on_copy = {
        let (copied, link) = (copied.clone(), props.link.clone());
        move |_| {
            let (copied, link) = (copied.clone(), link.clone());
            spawn_local(async move {
                copied.set(Some(copy_text(&link).await));
                Timeout::new(COPIED_MS, move || copied.set(None)).forget();
            });
        }
    };
    let select = |event: FocusEvent| {
        if let Some(field) = event.target_dyn_into::<HtmlInputElement>() {
            field.select();
        }
    };
    let label = match *copied {
        None => "link-copy",
        Some(true) => "link-copied",
        Some(false) => "link-not-copied",
    };
    html! {
        <>
            <div class="share-link">
                <input type="text" class="mono" readonly=true value={props.link.clone()} aria-label={texts.say("link")} onfocus={select}
                    data-testid="link" />
                <button type="button" class="btn primary" onclick={on_copy} data-testid="link-copy">{ texts.say(label) }</button>
            </div>
            if address::is_file() { <p class="small dim" data-testid="link-file">{ texts.say("link-file") }</p> }
            { picture(&texts, &props.link) }
        </>
    }
}

fn picture(texts: &Texts, link: &str) -> Html {
    match qr_code(link, texts.say("link-qr").into()) {
        Some(picture) => picture,
        None => html! { <p class="small dim" data-testid="qr-too-long">{ texts.say("qr-too-long") }</p> },
    }
}
