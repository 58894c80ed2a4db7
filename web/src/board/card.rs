//! A panel on the board: its head, by which it is dragged, its menu, and what it shows.

use scrapeyard_core::base::time::{Millis, Timestamp};
use scrapeyard_core::lab::board::{GridPos, Panel};
use web_sys::{FocusEvent, HtmlElement, KeyboardEvent, MouseEvent, PointerEvent};
use yew::prelude::{
    Callback, Html, Properties, TargetCast, classes, component, html, use_effect_with, use_node_ref,
    use_state,
};

use super::arranging::Grip;
use super::body::Body;
use super::place::use_place;
use super::values::{Asking, use_values};
use crate::chart::Zoom;
use crate::shapes::{Icon, icon};
use crate::shell::Theme;
use crate::texts::use_texts;

/// So many places for answers belong to a panel.
const PLACES: u32 = 16;
/// The first place of the first panel.
const FIRST_PLACE: u32 = 2_000_000;

/// What can be chosen in a panel's menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Opens the builder.
    Edit,
    /// One more of it.
    Duplicate,
    /// Before the panel before it.
    Earlier,
    /// After the panel after it.
    Later,
    /// Takes it away.
    Remove,
}

impl Deed {
    const ALL: [Self; 5] = [Self::Edit, Self::Duplicate, Self::Earlier, Self::Later, Self::Remove];

    const fn key(self) -> &'static str {
        match self {
            Self::Edit => "board-edit",
            Self::Duplicate => "board-duplicate",
            Self::Earlier => "board-earlier",
            Self::Later => "board-later",
            Self::Remove => "board-remove",
        }
    }
}

/// See [`Card`].
#[derive(PartialEq, Properties)]
pub struct CardProps {
    /// The panel.
    pub panel: Panel,
    /// Where it is shown; elsewhere than it stands while something is dragged.
    pub place: GridPos,
    /// Whether it is the one that is dragged.
    pub is_dragged: bool,
    /// How much time is shown.
    pub range: Millis,
    /// A stretch of the past that is shown instead.
    pub window: Option<(Timestamp, Timestamp)>,
    /// How often it is asked again.
    pub refresh: Option<Millis>,
    /// Rises when it is to be asked again.
    pub nudge: u64,
    /// The theme in force.
    pub theme: Theme,
    /// Called with another stretch of time to look at.
    pub on_zoom: Callback<Zoom>,
    /// Called when it is taken by its head or its corner.
    pub on_grip: Callback<(u32, Grip, PointerEvent)>,
    /// Called with keys that are pressed on the panel itself.
    pub on_key: Callback<(u32, KeyboardEvent)>,
    /// Called with what is chosen in its menu.
    pub on_deed: Callback<(u32, Deed)>,
}

/// The panel.
#[component]
pub fn Card(props: &CardProps) -> Html {
    let texts = use_texts();
    let node = use_node_ref();
    use_place(&node, props.place);
    let (panel, id) = (&props.panel, props.panel.id);
    let asking = Asking {
        first: FIRST_PLACE + id * PLACES,
        targets: panel.targets.clone(),
        range: props.range,
        window: props.window,
        refresh: props.refresh,
        nudge: props.nudge,
    };
    let values = use_values(asking);
    let title = if panel.title.is_empty() { texts.say("board-untitled") } else { panel.title.clone() };
    let grip = |grip: Grip| {
        let on_grip = props.on_grip.clone();
        move |event: PointerEvent| {
            // The menu's button is in the head and is pressed, not dragged.
            let on_button = event
                .target_dyn_into::<web_sys::Element>()
                .is_some_and(|hit| hit.closest("button").ok().flatten().is_some());
            if !on_button {
                on_grip.emit((id, grip, event));
            }
        }
    };
    let on_key = {
        let (on_key, node) = (props.on_key.clone(), node.clone());
        move |event: KeyboardEvent| {
            // Charts and fields inside have arrows of their own.
            if event.target_dyn_into::<HtmlElement>() == node.cast::<HtmlElement>() {
                on_key.emit((id, event));
            }
        }
    };
    html! {
        <section class={classes!("card", "board-panel", props.is_dragged.then_some("dragged"))} ref={node} tabindex="0"
            aria-label={texts.with("board-panel", &[("title", (&title).into())])} aria-describedby="board-keys"
            onkeydown={on_key} data-testid="board-panel" data-panel={id.to_string()}
            data-place={format!("{},{} {}×{}", props.place.x, props.place.y, props.place.w, props.place.h)}>
            <header class="board-panel-head" onpointerdown={grip(Grip::Place)} data-testid="board-head">
                <h2 class={panel.title.is_empty().then_some("dim")} title={title.clone()}>{ &title }</h2>
                <Menu {title} on_choose={let on_deed = props.on_deed.clone(); move |deed| on_deed.emit((id, deed))} />
            </header>
            <div class="board-panel-body">
                <Body panel={panel.clone()} {values} theme={props.theme} on_zoom={props.on_zoom.clone()}
                    zoomed={props.window.is_some()} />
            </div>
            <span class="board-corner" aria-hidden="true" onpointerdown={grip(Grip::Size)} data-testid="board-corner" />
        </section>
    }
}

#[derive(PartialEq, Properties)]
struct MenuProps {
    /// The panel's title.
    title: String,
    /// Called with what is chosen.
    on_choose: Callback<Deed>,
}

/// The menu of a panel. It closes when something is chosen, with Escape, and when the focus goes elsewhere.
#[component]
fn Menu(props: &MenuProps) -> Html {
    let texts = use_texts();
    let open = use_state(|| false);
    let (frame, button, list) = (use_node_ref(), use_node_ref(), use_node_ref());
    let shown = list.clone();
    use_effect_with(*open, move |open| {
        let first = shown.cast::<HtmlElement>().and_then(|list| list.first_element_child());
        let first = first.and_then(|first| wasm_bindgen::JsCast::dyn_into::<HtmlElement>(first).ok());
        if let (true, Some(first)) = (*open, first) {
            let _ = first.focus();
        }
    });
    let toggle = {
        let open = open.clone();
        move |_| open.set(!*open)
    };
    let on_leave = {
        let (open, frame) = (open.clone(), frame.clone());
        move |event: FocusEvent| {
            let next = event
                .related_target()
                .and_then(|next| wasm_bindgen::JsCast::dyn_into::<web_sys::Node>(next).ok());
            let inside = frame.cast::<web_sys::Node>().is_some_and(|frame| frame.contains(next.as_ref()));
            if !inside {
                open.set(false);
            }
        }
    };
    let on_key = {
        let (open, button) = (open.clone(), button.clone());
        move |event: KeyboardEvent| {
            if event.key() == "Escape" && *open {
                open.set(false);
                if let Some(button) = button.cast::<HtmlElement>() {
                    let _ = button.focus();
                }
            }
        }
    };
    // Some browsers give a pressed button no focus: the menu would have lost it, and closed, before the press ends.
    let keep_focus = |event: MouseEvent| event.prevent_default();
    let item = |deed: Deed| {
        let (on_choose, open, button) = (props.on_choose.clone(), open.clone(), button.clone());
        let on_press = move |_| {
            if let Some(button) = button.cast::<HtmlElement>() {
                let _ = button.focus();
            }
            open.set(false);
            on_choose.emit(deed);
        };
        html! {
            <button type="button" class="menu-item" onclick={on_press} data-testid={deed.key()}>{ texts.say(deed.key()) }</button>
        }
    };
    html! {
        <span class="board-menu" ref={frame} onfocusout={on_leave} onkeydown={on_key}>
            <button type="button" class="icon" ref={button.clone()} aria-expanded={open.to_string()} onclick={toggle}
                aria-label={texts.with("board-menu", &[("title", (&props.title).into())])} data-testid="board-menu">
                { icon(Icon::More) }
            </button>
            if *open {
                <span class="menu" ref={list} role="group" onmousedown={keep_focus}
                    aria-label={texts.with("board-menu", &[("title", (&props.title).into())])}>
                    { for Deed::ALL.into_iter().map(item) }
                </span>
            }
        </span>
    }
}
