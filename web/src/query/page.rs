//! The page itself: the panel, and the ways in for data from outside.

use scrapeyard_core::lab::view::StoreView;
use web_sys::FileList;
use yew::prelude::{Callback, DragEvent, Html, Properties, UseStateHandle, component, html, use_state};

use super::import::{Attempt, Done, use_import};
use super::import_sheet::ImportSheet;
use super::panels::{Deed, PanelList, use_panels};
use crate::session::{Notice, use_session};
use crate::shapes::{Icon, small_icon};
use crate::shell::Theme;
use crate::texts::use_texts;

/// See [`QueryPage`].
#[derive(PartialEq, Properties)]
pub struct QueryPageProps {
    /// The theme in force.
    pub theme: Theme,
}

/// The Query page.
#[component]
pub fn QueryPage(props: &QueryPageProps) -> Html {
    let (texts, session) = (use_texts(), use_session());
    let panels = use_panels();
    let add = {
        let panels = panels.dispatcher();
        move |_| panels.dispatch(Deed::Add)
    };
    let imported = use_state(|| None::<StoreView>);
    let sheet = use_state(|| false);
    let over = use_state(|| false);
    let on_done = {
        let (imported, sheet, texts) = (imported.clone(), sheet.clone(), texts.clone());
        Callback::from(move |(store, remarks): Done| {
            let text = texts
                .with("import-done", &[("series", store.series.into()), ("samples", store.samples.into())]);
            let detail = remarks.first().map(|remark| remark.text.clone());
            session.notify(Notice::done(text).with_detail(detail));
            imported.set(Some(store));
            sheet.set(false);
        })
    };
    let import = use_import(on_done);
    let set = |state: &UseStateHandle<bool>, to: bool| {
        let state = state.clone();
        move || state.set(to)
    };
    let (open_sheet, leave) = (set(&sheet, true), set(&over, false));
    let close_sheet = {
        let (close, forget) = (set(&sheet, false), import.forget.clone());
        Callback::from(move |()| {
            forget.emit(());
            close();
        })
    };
    let (on_over, on_drop) = drops(&over, import.files.clone());
    // A drop that is refused says so in the sheet.
    let refused = matches!(import.attempt, Some(Attempt::Refused(_)));
    html! {
        <div class="query-page" ondragover={on_over} ondragleave={move |_: DragEvent| leave()} ondrop={on_drop}>
            <div class="head">
                <h1>{ texts.say("query") }</h1>
                <span class="grow" />
                <button type="button" class="btn" onclick={move |_| open_sheet()} data-testid="import-open">
                    { small_icon(Icon::Upload) }{ texts.say("import-open") }
                </button>
                <button type="button" class="btn" disabled={!panels.has_room()} onclick={add} data-testid="panel-add">
                    { small_icon(Icon::Plus) }{ texts.say("panel-add") }
                </button>
            </div>
            <div class="scroll">
                <PanelList theme={props.theme} imported={(*imported).clone()} {panels} />
            </div>
            if *over { <div class="drop-here" aria-hidden="true">{ texts.say("drop-here") }</div> }
            if *sheet || refused {
                <ImportSheet attempt={import.attempt.clone()} on_text={import.text.clone()} on_files={import.files.clone()}
                    on_close={close_sheet} />
            }
        </div>
    }
}

/// What to do when something is dragged over the page, and when it is dropped there.
fn drops(
    over: &UseStateHandle<bool>,
    files: Callback<FileList>,
) -> (Callback<DragEvent>, Callback<DragEvent>) {
    let (entered, left) = (over.clone(), over.clone());
    let on_over = Callback::from(move |event: DragEvent| {
        let has_files = event.data_transfer().is_some_and(|data| data.types().includes(&"Files".into(), 0));
        if has_files {
            event.prevent_default();
            entered.set(true);
        }
    });
    let on_drop = Callback::from(move |event: DragEvent| {
        left.set(false);
        // Text that is dragged into the editor is the browser's own.
        let dropped = event.data_transfer().and_then(|data| data.files()).filter(|files| files.length() > 0);
        if let Some(dropped) = dropped {
            event.prevent_default();
            files.emit(dropped);
        }
    });
    (on_over, on_drop)
}
