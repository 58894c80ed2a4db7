//! What can be done with a lab in the list.

use wasm_bindgen_futures::spawn_local;
use yew::prelude::{Callback, Html, NodeRef, Properties, component, html};

use super::file::use_lab_file;
use super::lab_row::Outcome;
use super::naming::lab_name;
use super::record::SavedLab;
use super::view::use_saves;
use crate::shapes::{Icon, icon};
use crate::texts::use_texts;

/// See [`LabActs`].
#[derive(PartialEq, Properties)]
pub struct LabActsProps {
    /// The lab.
    pub lab: SavedLab,
    /// Whether it is the one of this tab.
    pub is_own: bool,
    /// The button that begins to rename it.
    pub rename: NodeRef,
    /// Called when it is pressed.
    pub on_rename: Callback<()>,
    /// Called with what became of the other deeds.
    pub on_outcome: Callback<Outcome>,
}

/// The buttons.
#[component]
pub fn LabActs(props: &LabActsProps) -> Html {
    let (texts, saves, hand_out) = (use_texts(), use_saves(), use_lab_file());
    let (id, name) = (props.lab.id.clone(), lab_name(&texts, &props.lab.name, props.lab.number));
    let button = |key: &'static str, shape: Icon, node: NodeRef, act: Callback<()>| {
        let label = texts.with(key, &[("name", (&name).into())]);
        html! {
            <button type="button" class="icon" ref={node} aria-label={label.clone()} title={label} onclick={move |_| act.emit(())}
                data-testid={key}>
                { icon(shape) }
            </button>
        }
    };
    let duplicate = {
        let (keeper, id, on_outcome) = (saves.keeper.clone(), id.clone(), props.on_outcome.clone());
        let (name, copy) = (name.clone(), texts.with("lab-copy-name", &[("name", (&name).into())]));
        Callback::from(move |()| {
            let (keeper, id, on_outcome) = (keeper.clone(), id.clone(), on_outcome.clone());
            let (name, copy) = (name.clone(), copy.clone());
            spawn_local(async move {
                let copied = keeper.0.duplicate(&id, copy).await;
                on_outcome.emit(Outcome::of(name, copied.map(|()| Outcome::Changed)));
            });
        })
    };
    let remove = {
        let (keeper, id, on_outcome) = (saves.keeper.clone(), id.clone(), props.on_outcome.clone());
        let name = name.clone();
        Callback::from(move |()| {
            let (keeper, id, on_outcome) = (keeper.clone(), id.clone(), on_outcome.clone());
            let name = name.clone();
            spawn_local(async move {
                let removed = keeper.0.remove(&id).await;
                let removed = removed.map(|removed| removed.map_or(Outcome::Changed, Outcome::Removed));
                on_outcome.emit(Outcome::of(name, removed));
            });
        })
    };
    let take_along = Callback::from(move |()| hand_out.emit(Some(id.clone())));
    html! {
        <div class="lab-acts">
            { button("lab-rename", Icon::Rename, props.rename.clone(), props.on_rename.clone()) }
            { button("lab-duplicate", Icon::Duplicate, NodeRef::default(), duplicate) }
            { button("lab-take-along", Icon::Download, NodeRef::default(), take_along) }
            if !props.is_own { { button("lab-remove", Icon::Delete, NodeRef::default(), remove) } }
        </div>
    }
}
