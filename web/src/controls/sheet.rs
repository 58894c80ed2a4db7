//! A sheet over the page: the browser's own dialog, which holds the focus, closes with Esc and gives the focus back.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDialogElement, HtmlElement, MouseEvent, PointerEvent, window};
use yew::prelude::{
    AttrValue, Callback, Children, Html, Properties, TargetCast, component, html, use_effect_with, use_memo,
    use_mut_ref, use_node_ref,
};

use super::notices::Notices;
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

/// Who had the focus when the sheet was opened.
struct Opener {
    element: Option<Element>,
    /// What it stands for, in case that the page draws it anew meanwhile.
    anchor: Option<String>,
}

impl Opener {
    fn now() -> Self {
        let element = window().and_then(|window| window.document()?.active_element());
        let anchor = element.as_ref().and_then(|element| element.get_attribute("data-anchor"));
        Self { element, anchor }
    }

    fn focus(&self) {
        let there = self.element.clone().filter(|element| element.is_connected());
        let again = || {
            let document = window()?.document()?;
            document.query_selector(&format!("[data-anchor={:?}]", self.anchor.as_ref()?)).ok()?
        };
        if let Some(element) = there.or_else(again).and_then(|element| element.dyn_into::<HtmlElement>().ok())
        {
            let _ = element.focus();
        }
    }
}

/// Whether something happened beside the sheet: there is nothing but the dialog itself.
fn is_beside(event: &MouseEvent) -> bool {
    event.target_dyn_into::<HtmlElement>().is_some_and(|hit| hit.tag_name().eq_ignore_ascii_case("dialog"))
}

/// The sheet.
#[component]
pub fn Sheet(props: &SheetProps) -> Html {
    let texts = use_texts();
    let dialog = use_node_ref();
    let shown = dialog.clone();
    // While this is drawn for the first time the page is still as it was.
    let opener = use_memo((), |()| Opener::now());
    use_effect_with((), move |()| {
        let element = shown.cast::<HtmlDialogElement>();
        if let Some(element) = &element {
            let _ = element.show_modal();
        }
        move || {
            if let Some(element) = element {
                element.close();
            }
            // The dialog is taken out of the page before the browser would do this itself.
            opener.focus();
        }
    });
    let close = |on_close: &Callback<()>| {
        let on_close = on_close.clone();
        move |_| on_close.emit(())
    };
    // A press beside the sheet lands on the dialog itself. One that only ends there marked text.
    let began_beside = use_mut_ref(|| false);
    let on_down = {
        let began_beside = began_beside.clone();
        move |event: PointerEvent| *began_beside.borrow_mut() = is_beside(&event)
    };
    let on_beside = {
        let on_close = props.on_close.clone();
        move |event: MouseEvent| {
            if is_beside(&event) && std::mem::take(&mut *began_beside.borrow_mut()) {
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
        <dialog class="sheet" ref={dialog} aria-label={props.title.clone()} onpointerdown={on_down} onclick={on_beside} oncancel={on_cancel}
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
                // The page beneath is out of reach, its notices with it.
                <Notices />
            </div>
        </dialog>
    }
}
