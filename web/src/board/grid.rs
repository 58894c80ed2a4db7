//! The grid with its panels, and what pointers and keys do to it.

use std::rc::Rc;

use scrapeyard_core::base::time::Timestamp;
use scrapeyard_core::lab::BoardDeed;
use scrapeyard_core::lab::board::Dashboard;
use web_sys::{Element, KeyboardEvent, PointerEvent};
use yew::prelude::{
    Callback, Html, NodeRef, Properties, UseStateHandle, classes, component, html, use_node_ref, use_state,
};

use super::arranging::{Drag, Grip, deed_of_key, deed_of_order, place, scroll_along};
use super::card::{Card, Deed};
use crate::chart::Zoom;
use crate::shell::Theme;
use crate::texts::{Texts, use_texts};

/// See [`Grid`].
#[derive(PartialEq, Properties)]
pub struct GridProps {
    /// The board.
    pub board: Rc<Dashboard>,
    /// A stretch of the past that is shown instead of the present.
    pub window: Option<(Timestamp, Timestamp)>,
    /// Called with another stretch of time to look at.
    pub on_zoom: Callback<Zoom>,
    /// The theme in force.
    pub theme: Theme,
    /// Rises when all panels are to be asked again.
    pub nudge: u64,
    /// Changes the board.
    pub on_deed: Callback<BoardDeed>,
    /// Called with the number of a panel that is to be changed.
    pub on_edit: Callback<u32>,
}

/// The grid.
#[component]
pub fn Grid(props: &GridProps) -> Html {
    let texts = use_texts();
    let grid = use_node_ref();
    let drag = use_state(|| None::<Drag>);
    let told = use_state(String::new);
    let preview = drag.as_ref().map(|drag| drag.preview(&props.board));
    let on_grip = on_grip(props, &grid, &drag);
    let on_key = on_key(props, &texts, &told);
    let on_deed = on_deed(props);
    // Panels stay in the order of the board while one is dragged: an element that is moved in the page loses its pointer.
    let card = |panel: &scrapeyard_core::lab::board::Panel| {
        let placed = preview.iter().flatten().find(|placed| placed.id == panel.id);
        let is_dragged = drag.is_some_and(|drag| drag.id == panel.id);
        html! {
            <Card key={panel.id} panel={panel.clone()} place={placed.map_or(panel.grid, |placed| placed.grid)} {is_dragged}
                range={props.board.range} window={props.window} on_zoom={props.on_zoom.clone()}
                refresh={props.board.refresh.filter(|_| drag.is_none())} nudge={props.nudge}
                theme={props.theme} on_grip={on_grip.clone()} on_key={on_key.clone()} on_deed={on_deed.clone()} />
        }
    };
    let (moving, letting, leaving) = (drag.clone(), drag.clone(), drag.clone());
    let node = grid.clone();
    let on_move = move |event: PointerEvent| {
        let Some(begun) = moving.filter(|drag| drag.is_by(&event)) else { return };
        event.prevent_default();
        if let Some(page) = scroller(&node) {
            scroll_along(&page, &event);
        }
        let (x_px, y_px) = place(&event);
        let next = begun.to(x_px, y_px, scrolled_px(&node));
        if next.now != begun.now {
            moving.set(Some(next));
        }
    };
    let on_let_go = {
        let (board, on_deed) = (Rc::clone(&props.board), props.on_deed.clone());
        move |event: PointerEvent| {
            let Some(begun) = letting.filter(|drag| drag.is_by(&event)) else { return };
            if let Some(deed) = begun.deed(&board) {
                on_deed.emit(deed);
            }
            letting.set(None);
        }
    };
    html! {
        <>
            <div class={classes!("board-grid", drag.is_some().then_some("arranging"))} ref={grid} onpointermove={on_move}
                onpointerup={on_let_go} onpointercancel={move |_: PointerEvent| leaving.set(None)} data-testid="board-grid">
                { for props.board.panels.iter().map(card) }
            </div>
            <p class="vh" role="status" data-testid="board-told">{ (*told).clone() }</p>
        </>
    }
}

/// The page that scrolls around the grid.
fn scroller(grid: &NodeRef) -> Option<Element> {
    grid.cast::<Element>()?.closest(".scroll").ok()?
}

fn scrolled_px(grid: &NodeRef) -> f64 {
    scroller(grid).map_or(0.0, |page| f64::from(page.scroll_top()))
}

/// A panel was taken by its head or its corner.
fn on_grip(
    props: &GridProps,
    grid: &NodeRef,
    drag: &UseStateHandle<Option<Drag>>,
) -> Callback<(u32, Grip, PointerEvent)> {
    let (board, grid, drag) = (Rc::clone(&props.board), grid.clone(), drag.clone());
    Callback::from(move |(id, grip, event): (u32, Grip, PointerEvent)| {
        let (Ok(panel), Some(element)) = (board.panel(id), grid.cast::<Element>()) else { return };
        let grid_px = f64::from(element.client_width());
        // Under one another panels have one width and no place beside; there the menu moves them.
        if event.button() != 0 || is_one_column(&element) {
            return;
        }
        let held = event.target().and_then(|target| wasm_bindgen::JsCast::dyn_into::<Element>(target).ok());
        if let Some(held) = held {
            let _ = held.set_pointer_capture(event.pointer_id());
        }
        event.prevent_default();
        drag.set(Some(Drag::begin(panel, grip, &event, grid_px, scrolled_px(&grid))));
    })
}

/// Whether the sheet has put all panels under one another.
fn is_one_column(grid: &Element) -> bool {
    let style = web_sys::window().and_then(|window| window.get_computed_style(grid).ok().flatten());
    style
        .and_then(|style| style.get_property_value("--one-column").ok())
        .is_some_and(|value| value.trim() == "1")
}

/// An arrow was pressed on a panel.
fn on_key(
    props: &GridProps,
    texts: &Rc<Texts>,
    told: &UseStateHandle<String>,
) -> Callback<(u32, KeyboardEvent)> {
    let (board, on_deed) = (Rc::clone(&props.board), props.on_deed.clone());
    let (texts, told) = (Rc::clone(texts), told.clone());
    Callback::from(move |(id, event): (u32, KeyboardEvent)| {
        let key = event.key();
        if !key.starts_with("Arrow") || event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        event.prevent_default();
        let Some(deed) = deed_of_key(&board, id, &key, event.shift_key()) else {
            told.set(texts.say("board-no-way"));
            return;
        };
        let mut after = (*board).clone();
        if deed.edit(&mut after) == Ok(true)
            && let Ok(panel) = after.panel(id)
        {
            let grid = panel.grid;
            let numbers = [
                ("column", (grid.x + 1).into()),
                ("row", (grid.y + 1).into()),
                ("columns", grid.w.into()),
                ("rows", grid.h.into()),
            ];
            told.set(texts.with("board-moved", &numbers));
        }
        on_deed.emit(deed);
    })
}

/// Something was chosen in a panel's menu.
fn on_deed(props: &GridProps) -> Callback<(u32, Deed)> {
    let (board, on_deed, on_edit) = (Rc::clone(&props.board), props.on_deed.clone(), props.on_edit.clone());
    Callback::from(move |(id, deed): (u32, Deed)| {
        let deed = match deed {
            Deed::Edit => return on_edit.emit(id),
            Deed::Duplicate => Some(BoardDeed::Duplicate(id)),
            Deed::Remove => Some(BoardDeed::Remove(id)),
            Deed::Earlier => deed_of_order(&board, id, false),
            Deed::Later => deed_of_order(&board, id, true),
        };
        if let Some(deed) = deed {
            on_deed.emit(deed);
        }
    })
}
