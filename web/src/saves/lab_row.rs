//! A lab in the list: what it is called, how far it has come, when it was saved, and what can be done with it.

use scrapeyard_core::base::date;
use scrapeyard_core::base::time::Millis;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;
use yew::prelude::{
    Callback, Html, NodeRef, Properties, component, hook, html, use_effect_with, use_mut_ref, use_node_ref,
    use_state_eq,
};

use super::lab_acts::LabActs;
use super::name_form::NameForm;
use super::naming::lab_name;
use super::not_done::NotDoneProps;
use super::record::SavedLab;
use super::shelf::Whole;
use super::shelf_deeds::Hindrance;
use super::view::use_saves;
use crate::texts::{Texts, age, use_texts};

/// What became of a deed.
pub enum Outcome {
    /// It was done, and the list is to be read anew.
    Changed,
    /// A lab was thrown away.
    Removed(Whole),
    /// It was not done.
    NotDone(NotDoneProps),
}

impl Outcome {
    /// The outcome for the lab that is called so.
    pub fn of(name: String, done: Result<Self, Hindrance>) -> Self {
        done.unwrap_or_else(|hindrance| Self::NotDone(NotDoneProps { name, hindrance }))
    }
}

/// See [`LabRow`].
#[derive(PartialEq, Properties)]
pub struct LabRowProps {
    /// The lab.
    pub lab: SavedLab,
    /// Whether it is the one of this tab.
    pub is_own: bool,
    /// Called with what became of a deed.
    pub on_outcome: Callback<Outcome>,
}

/// The row.
#[component]
pub fn LabRow(props: &LabRowProps) -> Html {
    let (texts, saves) = (use_texts(), use_saves());
    let is_naming = use_state_eq(|| false);
    let rename = use_returning_focus(*is_naming);
    let lab = &props.lab;
    let name = lab_name(&texts, &lab.name, lab.number);
    let open = {
        let (keeper, id) = (saves.keeper.clone(), lab.id.clone());
        move |_| keeper.0.open_other(&id)
    };
    let on_rename = {
        let is_naming = is_naming.clone();
        Callback::from(move |()| is_naming.set(true))
    };
    let on_named = {
        let (keeper, id, name) = (saves.keeper.clone(), lab.id.clone(), name.clone());
        let (is_naming, on_outcome) = (is_naming.clone(), props.on_outcome.clone());
        Callback::from(move |typed: String| {
            let (keeper, id, name) = (keeper.clone(), id.clone(), name.clone());
            let (is_naming, on_outcome) = (is_naming.clone(), on_outcome.clone());
            spawn_local(async move {
                let named = keeper.0.rename(&id, &typed).await;
                is_naming.set(false);
                on_outcome.emit(Outcome::of(name, named.map(|()| Outcome::Changed)));
            });
        })
    };
    html! {
        <li class="lab-row" data-testid="lab" data-lab={lab.id.clone()} data-own={props.is_own.to_string()}>
            if *is_naming {
                <NameForm name={lab.name.clone()} {on_named} />
            } else {
                <div class="lab-what">
                    <b>{ &name }</b>
                    <span class="small dim">{ facts(&texts, lab) }</span>
                </div>
                if props.is_own {
                    <span class="chip accent">{ texts.say("lab-open-here") }</span>
                } else {
                    <button type="button" class="btn" onclick={open} data-testid="lab-open">{ texts.say("lab-open") }</button>
                }
                <LabActs lab={lab.clone()} is_own={props.is_own} {rename} {on_rename} on_outcome={props.on_outcome.clone()} />
            }
        </li>
    }
}

/// A place for the button that opens a form. The form takes the button's place, so that the focus would be lost with it:
/// the button gets it back when it is there again.
#[hook]
fn use_returning_focus(is_open: bool) -> NodeRef {
    let button = use_node_ref();
    let was_open = use_mut_ref(|| false);
    let opener = button.clone();
    use_effect_with(is_open, move |is_open| {
        let has_closed = was_open.replace(*is_open) && !is_open;
        if let Some(opener) = opener.cast::<HtmlElement>().filter(|_| has_closed) {
            let _ = opener.focus();
        }
    });
    button
}

/// Scenario, virtual time, when it was saved.
fn facts(texts: &Texts, lab: &SavedLab) -> String {
    let header = lab.header();
    let scenario = header.as_ref().map(|header| header.scenario.clone()).unwrap_or_default();
    // 2026-03-02T09:20:00.000Z: the day and the minute say enough.
    let now = lab.now().map(|now| date::print(now).replace('T', " ")).unwrap_or_default();
    let now: String = now.chars().take(16).collect();
    let saved = age(texts, Millis((js_sys::Date::now() - lab.saved_ms) as i64));
    let facts = [("scenario", (&scenario).into()), ("now", (&now).into()), ("saved", (&saved).into())];
    let said = texts.with("lab-facts", &facts);
    if lab.is_of_another_version() { format!("{said} · {}", texts.say("lab-other-version")) } else { said }
}
