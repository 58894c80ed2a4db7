//! All panels below each other: adds, copies, removes and moves them, and keeps them over a walk to another page and a
//! reload.

mod drag;
mod head;
mod history;
mod kept;
mod removed;
mod state;

use std::rc::Rc;

use scrapeyard_core::lab::view::StoreView;
use scrapeyard_core::lab::{Answer, Question};
use web_sys::window;
use yew::prelude::{
    Callback, ContextProvider, Html, Properties, UseReducerHandle, component, hook, html, use_effect_with,
    use_reducer, use_state_eq,
};

use self::drag::drop_place;
pub use self::head::PanelHead;
use self::history::HistoryKeeper;
use self::removed::Removed;
pub use self::state::{Change, Deed, PanelState, Panels};
use super::controls::looking_at;
use super::panel::Panel;
use super::slot::Slot;
use crate::preferences::Preference;
use crate::session::{keep_in_tab, kept_in_tab, panel, use_live_answer, use_session};
use crate::shell::Theme;
use crate::texts::use_texts;

/// Under this name the panels are kept.
const PLACE: &str = "query-panels";
/// What stands in the editor on a first visit: the chapter's own question.
const FIRST_EXPRESSION: &str = "sum by (code) (rate(image_gallery_requests_total[1m]))";

/// See [`PanelList`].
#[derive(PartialEq, Properties)]
pub struct PanelListProps {
    /// The theme in force.
    pub theme: Theme,
    /// What was brought along last: the panel in use looks at it next.
    pub imported: Option<StoreView>,
    /// The panels.
    pub panels: UseReducerHandle<Panels>,
}

/// The panels, as they were left; on a first visit one with the chapter's question.
#[hook]
pub fn use_panels() -> UseReducerHandle<Panels> {
    let session = use_session();
    let drafts = session.drafts().clone();
    let read = drafts.clone();
    let panels = use_reducer(move || {
        let first = || Preference::Expression.read().unwrap_or_else(|| FIRST_EXPRESSION.to_owned());
        let kept = read.read::<Panels>(PLACE).or_else(|| kept::read(&kept_in_tab(PLACE)?));
        kept.unwrap_or_else(|| Panels::first(first()))
    });
    use_effect_with((*panels).clone(), move |panels| {
        keep_in_tab(PLACE, &kept::write(panels));
        drafts.keep(PLACE, panels.clone());
    });
    panels
}

/// The panels below each other.
#[component]
pub fn PanelList(props: &PanelListProps) -> Html {
    let texts = use_texts();
    let panels = props.panels.clone();
    let stores = use_stores();
    let (history, touched) = (use_state_eq(Rc::<Vec<String>>::default), use_state_eq(|| false));
    let drop_at = use_state_eq(|| None::<usize>);
    let moved = use_state_eq(|| None::<u32>);
    let dispatch = panels.dispatcher();
    let on = {
        let (moved, touched) = (moved.clone(), touched.clone());
        Callback::from(move |deed: Deed| {
            match deed {
                Deed::MoveTo(id, _) => moved.set(Some(id)),
                Deed::Use(_) => touched.set(true),
                _ => {}
            }
            dispatch.dispatch(deed);
        })
    };
    use_adopted(&panels, props.imported.clone());
    use_focus_again(*moved, panels.list.iter().map(|panel| panel.id).collect());
    let drag = {
        let (drop_at, on) = (drop_at.clone(), on.clone());
        let order: Vec<u32> = panels.list.iter().map(|panel| panel.id).collect();
        Callback::from(move |(id, y, is_over): (u32, f64, bool)| {
            let place = drop_place(&order, id, y);
            drop_at.set(place.filter(|_| !is_over));
            if let Some(place) = place.filter(|_| is_over) {
                let own = order.iter().position(|other| *other == id);
                // The places behind its own move up when it is taken out.
                let to = if own.is_some_and(|own| own < place) { place - 1 } else { place };
                on.emit(Deed::MoveTo(id, to));
            }
        })
    };
    let count = panels.list.len();
    let one = |(place, state): (usize, &PanelState)| {
        html! {
            <ContextProvider<Slot> key={state.id} context={Slot(state.id)}>
                <Panel theme={props.theme} state={state.clone()} stores={Rc::clone(&stores)} history={Rc::clone(&history)}
                    place={(place, count)} has_room={panels.has_room()} drop_here={*drop_at == Some(place)}
                    on={on.clone()} on_drag={drag.clone()} />
            </ContextProvider<Slot>>
        }
    };
    let removed_at =
        panels.removed.as_ref().map(|(place, panel)| (*place, panel.letter(), panel.name.clone()));
    let mut rows: Vec<Html> = panels.list.iter().enumerate().map(one).collect();
    if let Some((place, letter, name)) = removed_at {
        let row = html! { <Removed key="removed" {letter} {name} on={on.clone()} /> };
        rows.insert(place.min(rows.len()), row);
    }
    let place = moved.and_then(|id| Some((panels.list[panels.place(id)?].letter(), panels.place(id)? + 1)));
    html! {
        <div class="panels">
            // Nobody walks through what was run before a panel was used.
            if *touched { <HistoryKeeper on_history={let history = history.clone(); Callback::from(move |new| history.set(new))} /> }
            { for rows }
            if *drop_at == Some(count) { <div class="drop-line" aria-hidden="true" /> }
            <p class="vh" role="status">
                if let Some((letter, place)) = place {
                    { texts.with("panel-moved", &[("letter", (&letter.to_string()).into()), ("place", place.into()), ("count", count.into())]) }
                }
            </p>
        </div>
    }
}

/// The stores that can be asked; one question for all panels.
#[hook]
fn use_stores() -> Rc<Vec<StoreView>> {
    match use_live_answer(panel::STORES, Question::Stores, 2000).as_deref() {
        Some(Answer::Stores(stores)) => Rc::new(stores.clone()),
        _ => Rc::default(),
    }
}

/// What was brought along is looked at in the panel that was used last.
#[hook]
fn use_adopted(panels: &UseReducerHandle<Panels>, imported: Option<StoreView>) {
    let panels = panels.clone();
    use_effect_with(imported, move |imported| {
        let active = panels.list.iter().find(|panel| panel.id == panels.active).or(panels.list.first());
        if let (Some(store), Some(active)) = (imported, active) {
            let settings = Box::new(looking_at(&active.settings, store));
            panels.dispatch(Deed::Change(active.id, Change::Settings(settings)));
        }
    });
}

/// A panel that was moved keeps the focus on its handle: the browser takes it away from what changes its place.
#[hook]
fn use_focus_again(moved: Option<u32>, order: Vec<u32>) {
    use_effect_with((moved, order), |(moved, _)| {
        let Some(id) = moved else { return };
        let handle = window()
            .and_then(|window| window.document())
            .and_then(|document| document.get_element_by_id(&Slot(*id).element("panel-handle")));
        if let Some(handle) =
            handle.and_then(|handle| wasm_bindgen::JsCast::dyn_into::<web_sys::HtmlElement>(handle).ok())
        {
            let _ = handle.focus();
        }
    });
}
