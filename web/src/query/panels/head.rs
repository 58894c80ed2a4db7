//! A panel's head: the handle by which it is moved, its name, and the row of its actions.

use web_sys::{Element, HtmlInputElement, KeyboardEvent, PointerEvent};
use yew::prelude::{
    Callback, Children, Event, Html, InputEvent, Properties, TargetCast, component, html, use_mut_ref,
    use_state_eq,
};

use super::super::slot::Slot;
use super::state::{Change, Deed};
use crate::shapes::{Icon, icon};
use crate::texts::use_texts;

/// See [`PanelHead`].
#[derive(PartialEq, Properties)]
pub struct PanelHeadProps {
    /// The panel's number.
    pub id: u32,
    /// Its letter.
    pub letter: char,
    /// Its name; may be empty.
    pub name: String,
    /// Where it stands, and how many there are.
    pub place: (usize, usize),
    /// Whether one more fits.
    pub has_room: bool,
    /// Called with what is to be done.
    pub on: Callback<Deed>,
    /// Called while the handle is dragged: number, height in the window, whether it was let go.
    pub on_drag: Callback<(u32, f64, bool)>,
    /// Further actions, before those that every panel has.
    #[prop_or_default]
    pub children: Children,
}

/// The head.
#[component]
pub fn PanelHead(props: &PanelHeadProps) -> Html {
    let texts = use_texts();
    let (id, (place, count)) = (props.id, props.place);
    let letter = props.letter.to_string();
    let press = |deed: Deed| {
        let on = props.on.clone();
        move |_| on.emit(deed.clone())
    };
    // What is being typed: the page is drawn anew meanwhile.
    let typed = use_state_eq(|| None::<String>);
    let on_type = {
        let typed = typed.clone();
        move |event: InputEvent| {
            typed.set(event.target_dyn_into::<HtmlInputElement>().map(|input| input.value()))
        }
    };
    let on_name = {
        let (on, typed) = (props.on.clone(), typed.clone());
        move |event: Event| {
            let text =
                event.target_dyn_into::<HtmlInputElement>().map(|input| input.value()).unwrap_or_default();
            on.emit(Deed::Change(id, Change::Name(text)));
            typed.set(None);
        }
    };
    let name = (*typed).clone().unwrap_or_else(|| props.name.clone());
    let said = |key: &str| texts.with(key, &[("letter", (&letter).into())]);
    html! {
        <header class="panel-head">
            <Handle {id} label={said("panel-handle")} letter={props.letter} {place} {count} on={props.on.clone()}
                on_drag={props.on_drag.clone()} />
            <input type="text" class="panel-name" value={name} oninput={on_type} onchange={on_name} maxlength="80"
                placeholder={texts.say("panel-name")} aria-label={said("panel-name-of")} spellcheck="false" autocomplete="off"
                data-testid="panel-name" />
            // A further action of a panel has its place here.
            <div class="panel-actions" role="group" aria-label={said("panel-actions")} data-testid="panel-actions">
                { for props.children.iter() }
                <button type="button" class="icon" disabled={!props.has_room} onclick={press(Deed::Duplicate(id))}
                    aria-label={said("panel-duplicate")} title={said("panel-duplicate")} data-testid="panel-duplicate">
                    { icon(Icon::Duplicate) }
                </button>
                if count > 1 {
                    <button type="button" class="icon" onclick={press(Deed::Remove(id))} aria-label={said("panel-remove")}
                        title={said("panel-remove")} data-testid="panel-remove">
                        { icon(Icon::Close) }
                    </button>
                }
            </div>
        </header>
    }
}

#[derive(PartialEq, Properties)]
struct HandleProps {
    id: u32,
    letter: char,
    label: String,
    place: usize,
    count: usize,
    on: Callback<Deed>,
    on_drag: Callback<(u32, f64, bool)>,
}

/// The letter: dragged by pointer or moved by arrow keys.
#[component]
fn Handle(props: &HandleProps) -> Html {
    let texts = use_texts();
    let dragged = use_mut_ref(|| false);
    let id = props.id;
    let on_down = {
        let dragged = dragged.clone();
        move |event: PointerEvent| {
            *dragged.borrow_mut() = event.button() == 0;
            if let Some(handle) = event.target_dyn_into::<Element>() {
                // Without it a quick drag would leave the handle behind.
                let _ = handle.set_pointer_capture(event.pointer_id());
            }
        }
    };
    let told = |is_over: bool| {
        let (dragged, on_drag) = (dragged.clone(), props.on_drag.clone());
        move |event: PointerEvent| {
            let is_dragged = *dragged.borrow();
            if is_dragged {
                on_drag.emit((id, f64::from(event.client_y()), is_over));
            }
            *dragged.borrow_mut() = is_dragged && !is_over;
        }
    };
    let give_up = {
        let (dragged, on_drag) = (dragged.clone(), props.on_drag.clone());
        move |_: PointerEvent| {
            if dragged.replace(false) {
                on_drag.emit((id, f64::NAN, false));
            }
        }
    };
    let on_key = {
        let (on, place, count) = (props.on.clone(), props.place, props.count);
        move |event: KeyboardEvent| {
            let to = match event.key().as_str() {
                "ArrowUp" => place.checked_sub(1),
                "ArrowDown" => Some(place + 1).filter(|to| *to < count),
                _ => return,
            };
            event.prevent_default();
            if let Some(to) = to {
                on.emit(Deed::MoveTo(id, to));
            }
        }
    };
    html! {
        <button type="button" class="panel-handle" id={Slot(id).element("panel-handle")} aria-label={props.label.clone()}
            title={texts.say("panel-handle-hint")} disabled={props.count < 2} onpointerdown={on_down} onpointermove={told(false)}
            onpointerup={told(true)} onpointercancel={give_up} onkeydown={on_key} data-testid="panel-handle">
            { props.letter }
        </button>
    }
}
