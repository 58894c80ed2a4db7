//! The page itself: which store, its numbers, its greatest names, deleting and taking along.

use scrapeyard_core::lab::view::{StorageView, StoreView};
use scrapeyard_core::lab::{Answer, ExportForm, Question, StoreId};
use web_sys::HtmlSelectElement;
use yew::prelude::{Callback, Event, Html, TargetCast, component, html, use_state};

use super::deletion::Deletion;
use super::facts::Facts;
use super::save::use_export;
use super::tallies::Tallies;
use crate::query::{Attempt, Done, ImportSheet, store_name, use_import};
use crate::session::{Notice, panel, use_draft, use_live_answer, use_session};
use crate::shapes::{Icon, small_icon};
use crate::texts::{Texts, use_texts};

/// The Storage page.
#[component]
pub fn StoragePage() -> Html {
    let (texts, session) = (use_texts(), use_session());
    let chosen = use_draft::<StoreId>("storage-store");
    let sheet = use_state(|| false);
    let stores = use_live_answer(panel::STORES, Question::Stores, 2000);
    let answer = use_live_answer(panel::STORAGE, Question::Storage((*chosen).clone()), 1000);
    let export = use_export();
    let on_done = {
        let (chosen, sheet, texts) = (chosen.clone(), sheet.clone(), texts.clone());
        Callback::from(move |(store, remarks): Done| {
            let numbers = [("series", store.series.into()), ("samples", store.samples.into())];
            let text = texts.with("import-done", &numbers);
            let detail = remarks.first().map(|remark| remark.text.clone());
            session.notify(Notice::done(text).with_detail(detail));
            chosen.set(store.store);
            sheet.set(false);
        })
    };
    let import = use_import(on_done);
    let on_choose = {
        let chosen = chosen.clone();
        move |event: Event| {
            let value = event.target_dyn_into::<HtmlSelectElement>().map(|select| select.value());
            if let Some(store) = value.and_then(|value| value.parse().ok()) {
                chosen.set(store);
            }
        }
    };
    let save = |form: ExportForm| {
        let (export, store) = (export.clone(), (*chosen).clone());
        move |_| export.emit((store.clone(), form))
    };
    let open_sheet = {
        let sheet = sheet.clone();
        move |_| sheet.set(true)
    };
    let close_sheet = {
        let (sheet, forget) = (sheet.clone(), import.forget.clone());
        Callback::from(move |()| {
            forget.emit(());
            sheet.set(false);
        })
    };
    let refused = matches!(import.attempt, Some(Attempt::Refused(_)));
    html! {
        <>
            <div class="head storage-head">
                <h1>{ texts.say("storage") }</h1>
                { select(&texts, stores.as_deref(), &chosen, on_choose) }
                <span class="grow" />
                <button type="button" class="btn" onclick={save(ExportForm::OpenMetrics)} data-testid="export-text">
                    { small_icon(Icon::Download) }{ texts.say("export-text") }
                </button>
                <button type="button" class="btn" onclick={save(ExportForm::Block)} title={texts.say("export-block-hint")}
                    data-testid="export-block">
                    { small_icon(Icon::Download) }{ texts.say("export-block") }
                </button>
                <button type="button" class="btn" onclick={open_sheet} data-testid="import-open">
                    { small_icon(Icon::Upload) }{ texts.say("import-open") }
                </button>
            </div>
            <div class="scroll">{ body(&texts, answer.as_deref(), &chosen) }</div>
            if *sheet || refused {
                <ImportSheet attempt={import.attempt.clone()} on_text={import.text.clone()} on_files={import.files.clone()}
                    on_close={close_sheet} />
            }
        </>
    }
}

fn body(texts: &Texts, answer: Option<&Answer>, chosen: &StoreId) -> Html {
    // An answer of the store chosen before is not shown under this one's name.
    let Some(view) = shown(answer).filter(|view| view.store == *chosen) else { return Html::default() };
    let held = &view.statistics;
    let list = |title: &str, about: &str, tallies: &[_], in_bytes: bool| {
        html! {
            <Tallies title={texts.say(title)} about={texts.say(about)} tallies={tallies.to_vec()} {in_bytes} test_id={title.to_owned()} />
        }
    };
    html! {
        <>
            <Facts view={(*view).clone()} />
            <div class="tallies">
                { list("tally-metrics", "tally-metrics-about", &held.series_by_metric, false) }
                { list("tally-labels", "tally-labels-about", &held.values_by_label, false) }
                { list("tally-pairs", "tally-pairs-about", &held.series_by_pair, false) }
                { list("tally-memory", "tally-memory-about", &held.bytes_by_label, true) }
            </div>
            if matches!(chosen, StoreId::Pulled | StoreId::Prometheus(_) | StoreId::Imported(_)) {
                <Deletion store={chosen.clone()} />
            }
        </>
    }
}

fn shown(answer: Option<&Answer>) -> Option<&StorageView> {
    match answer {
        Some(Answer::Storage(view)) => Some(view),
        _ => None,
    }
}

fn select(
    texts: &Texts,
    stores: Option<&Answer>,
    chosen: &StoreId,
    on_choose: impl Fn(Event) + 'static,
) -> Html {
    let known: &[StoreView] = match stores {
        Some(Answer::Stores(stores)) => stores,
        _ => &[],
    };
    // The first Prometheus goes by the name that the Query page gives it.
    let first = known.iter().position(|view| matches!(view.store, StoreId::Prometheus(_)));
    let ids = known.iter().enumerate().map(|(place, view)| match Some(place) == first {
        true => StoreId::Pulled,
        false => view.store.clone(),
    });
    let mut ids: Vec<StoreId> = ids.collect();
    if !ids.contains(chosen) {
        ids.insert(0, chosen.clone());
    }
    let option = |id: &StoreId| {
        html! { <option value={id.to_string()} selected={id == chosen}>{ store_name(texts, id) }</option> }
    };
    html! {
        <label class="field">{ texts.say("storage-store") }
            <select onchange={on_choose} data-testid="storage-store">{ for ids.iter().map(option) }</select>
        </label>
    }
}
