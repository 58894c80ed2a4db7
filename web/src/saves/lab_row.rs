//! A lab in the list: what it is called, how far it has come, when it was saved, and what can be done with it.

use scrapeyard_core::base::date;
use scrapeyard_core::base::time::Millis;
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlInputElement, SubmitEvent};
use yew::prelude::{Callback, Html, InputEvent, Properties, TargetCast, component, html, use_state};

use super::file::use_lab_file;
use super::naming::lab_name;
use super::record::SavedLab;
use super::shelf::Whole;
use super::view::use_saves;
use crate::shapes::{Icon, icon};
use crate::texts::{Texts, age, use_texts};

/// See [`LabRow`].
#[derive(PartialEq, Properties)]
pub struct LabRowProps {
    /// The lab.
    pub lab: SavedLab,
    /// Whether it is the one of this tab.
    pub is_own: bool,
    /// Called when the list is to be read anew.
    pub on_change: Callback<()>,
    /// Called with a lab that was thrown away.
    pub on_removed: Callback<Whole>,
}

/// The row.
#[component]
pub fn LabRow(props: &LabRowProps) -> Html {
    let (texts, saves) = (use_texts(), use_saves());
    let naming = use_state(|| None::<String>);
    let lab = &props.lab;
    let name = lab_name(&texts, &lab.name, lab.number);
    let open = {
        let (keeper, id) = (saves.keeper.clone(), lab.id.clone());
        move |_| keeper.0.open_other(&id)
    };
    html! {
        <li class="lab-row" data-testid="lab" data-lab={lab.id.clone()} data-own={props.is_own.to_string()}>
            if let Some(typed) = &*naming {
                { name_form(props, &texts, typed, &naming, &saves) }
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
                <Acts lab={lab.clone()} is_own={props.is_own} on_change={props.on_change.clone()}
                    on_removed={props.on_removed.clone()} on_name={
                        let naming = naming.clone();
                        let name = lab.name.clone();
                        Callback::from(move |()| naming.set(Some(name.clone())))
                    } />
            }
        </li>
    }
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

fn name_form(
    props: &LabRowProps,
    texts: &Texts,
    typed: &str,
    naming: &yew::UseStateHandle<Option<String>>,
    saves: &super::view::Saves,
) -> Html {
    let on_input = {
        let naming = naming.clone();
        move |event: InputEvent| {
            if let Some(field) = event.target_dyn_into::<HtmlInputElement>() {
                naming.set(Some(field.value()));
            }
        }
    };
    let on_submit = {
        let (naming, keeper, id) = (naming.clone(), saves.keeper.clone(), props.lab.id.clone());
        let (name, on_change) = (typed.to_owned(), props.on_change.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            let (naming, keeper, id) = (naming.clone(), keeper.clone(), id.clone());
            let (name, on_change) = (name.clone(), on_change.clone());
            spawn_local(async move {
                // A storage that is full or forbidden is said by the strip.
                let _ = keeper.0.rename(&id, &name).await;
                naming.set(None);
                on_change.emit(());
            });
        }
    };
    html! {
        <form class="lab-naming" onsubmit={on_submit}>
            <label class="field grow">{ texts.say("lab-name") }
                <input type="text" value={typed.to_owned()} maxlength="80" oninput={on_input} data-testid="lab-name" />
            </label>
            <button type="submit" class="btn primary" data-testid="lab-name-done">{ texts.say("lab-name-done") }</button>
        </form>
    }
}

#[derive(PartialEq, Properties)]
struct ActsProps {
    lab: SavedLab,
    is_own: bool,
    on_change: Callback<()>,
    on_removed: Callback<Whole>,
    on_name: Callback<()>,
}

#[component]
fn Acts(props: &ActsProps) -> Html {
    let (texts, saves, hand_out) = (use_texts(), use_saves(), use_lab_file());
    let (id, name) = (props.lab.id.clone(), lab_name(&texts, &props.lab.name, props.lab.number));
    let button = |key: &'static str, shape: Icon, act: Callback<()>| {
        let label = texts.with(key, &[("name", (&name).into())]);
        html! {
            <button type="button" class="icon" aria-label={label.clone()} title={label} onclick={move |_| act.emit(())}
                data-testid={key}>
                { icon(shape) }
            </button>
        }
    };
    let duplicate = {
        let (keeper, id, on_change) = (saves.keeper.clone(), id.clone(), props.on_change.clone());
        let copy = texts.with("lab-copy-name", &[("name", (&name).into())]);
        Callback::from(move |()| {
            let (keeper, id, on_change) = (keeper.clone(), id.clone(), on_change.clone());
            let copy = copy.clone();
            spawn_local(async move {
                let _ = keeper.0.duplicate(&id, copy).await;
                on_change.emit(());
            });
        })
    };
    let remove = {
        let (keeper, id, on_removed) = (saves.keeper.clone(), id.clone(), props.on_removed.clone());
        Callback::from(move |()| {
            let (keeper, id, on_removed) = (keeper.clone(), id.clone(), on_removed.clone());
            spawn_local(async move {
                if let Ok(Some(whole)) = keeper.0.remove(&id).await {
                    on_removed.emit(whole);
                }
            });
        })
    };
    let take_along = Callback::from(move |()| hand_out.emit(Some(id.clone())));
    html! {
        <div class="lab-acts">
            { button("lab-rename", Icon::Rename, props.on_name.clone()) }
            { button("lab-duplicate", Icon::Copy, duplicate) }
            { button("lab-take-along", Icon::Download, take_along) }
            if !props.is_own { { button("lab-remove", Icon::Delete, remove) } }
        </div>
    }
}
