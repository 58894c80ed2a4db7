//! All labs of this browser: open, name, copy, take along, throw away; a new one, and one from a file.

use gloo::file::callbacks::{FileReader, read_as_text};
use scrapeyard_core::lab::Problem;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use yew::prelude::{
    Callback, Event, Html, Properties, TargetCast, UseStateHandle, component, html, use_effect_with,
    use_mut_ref, use_state, use_state_eq,
};

use super::database::Fault;
use super::lab_row::{LabRow, Outcome};
use super::naming::lab_name;
use super::not_done::{NotDone, NotDoneProps};
use super::record::SavedLab;
use super::shelf::Whole;
use super::view::{Saves, use_saves};
use crate::controls::{ProblemBox, Sheet};
use crate::texts::{Texts, use_texts};

/// See [`LabsSheet`].
#[derive(PartialEq, Properties)]
pub struct LabsSheetProps {
    /// Called when the sheet is to be closed.
    pub on_close: Callback<()>,
}

/// What the shelf said.
type Listed = Result<Vec<SavedLab>, Fault>;

/// The sheet.
#[component]
pub fn LabsSheet(props: &LabsSheetProps) -> Html {
    let (texts, saves) = (use_texts(), use_saves());
    let listed = use_state(|| None::<Listed>);
    let removed = use_state(|| None::<Whole>);
    let refused = use_state(Vec::<Problem>::new);
    let refresh = {
        let (listed, keeper) = (listed.clone(), saves.keeper.clone());
        Callback::from(move |()| {
            let (listed, keeper) = (listed.clone(), keeper.clone());
            spawn_local(async move { listed.set(Some(keeper.0.list().await)) });
        })
    };
    let view = (saves.view.name.clone(), saves.view.number, saves.view.keeping.clone());
    let first = refresh.clone();
    use_effect_with(view, move |_| first.emit(()));
    let not_done = use_state_eq(|| None::<NotDoneProps>);
    let on_outcome = {
        let (removed, not_done, refresh) = (removed.clone(), not_done.clone(), refresh);
        Callback::from(move |outcome| {
            let mut hindered = None;
            match outcome {
                Outcome::Changed => {}
                Outcome::Removed(whole) => removed.set(Some(whole)),
                Outcome::NotDone(why) => hindered = Some(why),
            }
            not_done.set(hindered);
            refresh.emit(());
        })
    };
    let own = saves.keeper.0.id();
    let row = |lab: &SavedLab| {
        html! {
            <LabRow key={lab.id.clone()} lab={lab.clone()} is_own={own.as_deref() == Some(&lab.id)} on_outcome={on_outcome.clone()} />
        }
    };
    html! {
        <Sheet title={texts.say("labs-title")} on_close={props.on_close.clone()} test_id="labs-sheet">
            <p class="mid">{ texts.say("labs-about") }</p>
            { ways(&texts, &saves, {
                let refused = refused.clone();
                Callback::from(move |problems| refused.set(problems))
            }) }
            if !refused.is_empty() {
                <div class="labs-refused">
                    <p class="small">{ texts.say("lab-file-refused") }</p>
                    <ProblemBox problems={(*refused).clone()} test_id="lab-file-error" />
                </div>
            }
            { removed_note(&texts, &saves, &removed, &on_outcome) }
            if let Some(why) = &*not_done { <NotDone ..why.clone() /> }
            { match &*listed {
                None => html! { <p class="dim">{ texts.say("labs-reading") }</p> },
                Some(Err(_)) => html! { <p class="note warn" data-testid="labs-forbidden">{ texts.say("labs-forbidden") }</p> },
                Some(Ok(labs)) if labs.is_empty() => html! { <p class="dim" data-testid="labs-empty">{ texts.say("labs-empty") }</p> },
                Some(Ok(labs)) => html! { <ul class="labs" data-testid="labs">{ for labs.iter().map(row) }</ul> },
            } }
        </Sheet>
    }
}

/// Which lab was thrown away last, and the way to have it back.
fn removed_note(
    texts: &Texts,
    saves: &Saves,
    removed: &UseStateHandle<Option<Whole>>,
    on_outcome: &Callback<Outcome>,
) -> Html {
    let Some(whole) = &**removed else { return Html::default() };
    let name = lab_name(texts, &whole.lab.name, whole.lab.number);
    let said = texts.with("lab-removed", &[("name", (&name).into())]);
    let put_back = {
        let (removed, keeper, on_outcome) = (removed.clone(), saves.keeper.clone(), on_outcome.clone());
        let whole = whole.clone();
        move |_| {
            let (removed, keeper, on_outcome) = (removed.clone(), keeper.clone(), on_outcome.clone());
            let (whole, name) = (whole.clone(), name.clone());
            spawn_local(async move {
                let is_back = keeper.0.put_back(&whole).await;
                if is_back.is_ok() {
                    removed.set(None);
                }
                on_outcome.emit(Outcome::of(name, is_back.map(|()| Outcome::Changed)));
            });
        }
    };
    html! {
        <div class="note info" data-testid="lab-removed">
            <span />
            <p>{ said }</p>
            <button type="button" class="btn" onclick={put_back} data-testid="lab-put-back">{ texts.say("lab-put-back") }</button>
        </div>
    }
}

/// The ways to another lab.
fn ways(texts: &Texts, saves: &Saves, on_refused: Callback<Vec<Problem>>) -> Html {
    let (fresh, clean) = (saves.keeper.clone(), saves.keeper.clone());
    let clean_copy = move |_| {
        let own = clean.0.whole().map(|whole| whole.lab);
        clean.0.begin_afresh(own.as_ref());
    };
    html! {
        <div class="labs-ways">
            <button type="button" class="btn primary" onclick={move |_| fresh.0.begin_afresh(None)} data-testid="lab-fresh">
                { texts.say("lab-fresh") }
            </button>
            <button type="button" class="btn" onclick={clean_copy} title={texts.say("lab-clean-about")} data-testid="lab-clean">
                { texts.say("lab-clean") }
            </button>
            <FileWay {on_refused} />
        </div>
    }
}

#[derive(PartialEq, Properties)]
struct FileWayProps {
    /// Called with what is wrong with a file; with nothing when another one is tried.
    on_refused: Callback<Vec<Problem>>,
}

/// A lab from a file.
#[component]
fn FileWay(props: &FileWayProps) -> Html {
    let (texts, saves) = (use_texts(), use_saves());
    let reader = use_mut_ref(|| None::<FileReader>);
    let on_file = {
        let (keeper, on_refused) = (saves.keeper.clone(), props.on_refused.clone());
        move |event: Event| {
            let Some(field) = event.target_dyn_into::<HtmlInputElement>() else { return };
            let file = field.files().and_then(|files| files.get(0));
            // The same file can be chosen once more after it was mended.
            let file = file.map(gloo::file::File::from);
            let Some(file) = file else { return };
            on_refused.emit(Vec::new());
            let (keeper, on_refused) = (keeper.clone(), on_refused.clone());
            *reader.borrow_mut() = Some(read_as_text(&file, move |read| {
                field.set_value("");
                spawn_local(async move {
                    let opened = match read {
                        Ok(text) => keeper.0.open_file(&text).await,
                        Err(error) => Err(vec![Problem::new("file-unreadable", error.to_string())]),
                    };
                    if let Err(problems) = opened {
                        on_refused.emit(problems);
                    }
                });
            }));
        }
    };
    html! {
        <label class="btn lab-file">
            { texts.say("lab-from-file") }
            <input type="file" class="vh" accept=".lab,.txt,text/plain" onchange={on_file} data-testid="lab-file" />
        </label>
    }
}
