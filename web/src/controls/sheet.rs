//! A sheet over the page: the browser's own dialog, which holds the focus, closes with Esc and gives the focus back.

use wasm_bindgen::JsCast;
use web_sys::{HtmlDialogElement, HtmlElement, MouseEvent, window};
use yew::prelude::{
    AttrValue, Callback, Children, Html, Properties, TargetCast, component, html, use_effect_with,
    use_node_ref,
};

use crate::shapes::{Icon, icon};
use crate::texts::use_texts;

/// See [`Sheet`].
#[derive(PartialEq, Properties)]
pub struct SheetProps {
    /// What it is about; its name and its heading.
    pub title: AttrValue,
    /// Called when it is to be closed. The sheet is shown as long as it is drawn.
    pub on_close: Callback<()>,
    /// What is in it.
    pub children: Children,
    /// Whether the title is a name of the field, hence in mono.
    #[prop_or_default]
    pub mono: bool,
    /// For tests.
    #[prop_or_default]
    pub test_id: Option<AttrValue>,
}

/// The sheet.
#[component]
pub fn Sheet(props: &SheetProps) -> Html {
    let texts = use_texts();
    let dialog = use_node_ref();
    let shown = dialog.clone();
    use_effect_with((), move |()| {
        let element = shown.cast::<HtmlDialogElement>();
        let document = window().and_then(|window| window.document());
        let before = document.and_then(|document| document.active_element());
        if let Some(element) = &element {
            let _ = element.show_modal();
        }
        move || {
            if let Some(element) = element {
                element.close();
            }
            // The dialog is taken out of the page before the browser would do this itself.
            if let Some(before) = before.and_then(|before| before.dyn_into::<HtmlElement>().ok()) {
                let _ = before.focus();
            }
        }
    });
    let close = |on_close: &Callback<()>| {
        let on_close = on_close.clone();
        move |_| on_close.emit(())
    };
    // A press beside the sheet lands on the dialog itself.
    let on_beside = {
        let on_close = props.on_close.clone();
        move |event: MouseEvent| {
            let hit = event.target_dyn_into::<HtmlElement>();
            if hit.is_some_and(|hit| hit.tag_name().eq_ignore_ascii_case("dialog")) {
                on_close.emit(());
            }
        }
    };
    let on_cancel = {
        let on_close = props.on_close.clone();
        move |event: yew::Event| {
            event.prevent_default();
            on_close.emit(());
        }
    };
    html! {
        <dialog class="sheet" ref={dialog} aria-label={props.title.clone()} onclick={on_beside} oncancel={on_cancel}
            data-testid={props.test_id.clone()}>
            <div class="sheet-in">
                <header class="sheet-head">
                    <h2 class={props.mono.then_some("mono")}>{ props.title.clone() }</h2>
                    <button type="button" class="icon" aria-label={texts.say("close")} title={texts.say("close")}
                        onclick={close(&props.on_close)} data-testid="sheet-close">
                        { icon(Icon::Close) }
                    </button>
                </header>
                { for props.children.iter() }
            </div>
        </dialog>
    }
}
