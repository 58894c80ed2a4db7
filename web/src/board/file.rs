//! The board as a file: taken along, and brought back in place of the present one.

use std::rc::Rc;

use gloo::file::FileReadError;
use gloo::file::callbacks::{FileReader, read_as_text};
use scrapeyard_core::lab::{Answer, BoardDeed, Problem, Question};
use web_sys::{FileList, HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::{
    Callback, Event, Html, InputEvent, MouseEvent, Properties, TargetCast, UseStateHandle, component, hook,
    html, use_mut_ref, use_state,
};

use crate::controls::{ProblemBox, Sheet};
use crate::query::wrong_line;
use crate::session::{Acted, Asked, Notice, Session, panel, use_session};
use crate::storage::offer_file;
use crate::texts::{Texts, use_texts};

/// Takes the board along.
#[hook]
pub fn use_board_export() -> Callback<()> {
    let (session, texts) = (use_session(), use_texts());
    Callback::from(move |()| {
        let (told, texts) = (session.clone(), texts.clone());
        session.ask(panel::BOARD_FILE, Question::BoardFile, move |asked| {
            let saved = match asked {
                Asked::Answered(_, answer) => match &*answer {
                    Answer::File(file) if offer_file(file).is_some() => Some(file.name.clone()),
                    _ => None,
                },
                _ => None,
            };
            let text = saved.as_ref().map_or_else(
                || texts.say("export-failed"),
                |name| texts.with("export-done", &[("name", name.into())]),
            );
            told.notify(Notice { is_error: saved.is_none(), ..Notice::done(text) });
        });
    })
}

/// See [`BoardImport`].
#[derive(PartialEq, Properties)]
pub struct BoardImportProps {
    /// Whether there is a board that the file would replace.
    pub replaces: bool,
    /// Changes the board.
    pub act: Callback<(BoardDeed, Callback<Acted>)>,
    /// Called when the sheet is to be closed.
    pub on_close: Callback<()>,
}

/// What became of an attempt.
#[derive(Clone, PartialEq)]
struct Refused {
    problems: Vec<Problem>,
    line: Option<String>,
}

/// The sheet in which a board is chosen or pasted.
#[component]
pub fn BoardImport(props: &BoardImportProps) -> Html {
    let (texts, session) = (use_texts(), use_session());
    let pasted = use_state(String::new);
    let refused = use_state(|| None::<Refused>);
    let reading = use_mut_ref(|| None::<FileReader>);
    let take = taking(props, &session, &texts, &refused);
    let on_files = {
        let (take, refused) = (take.clone(), refused.clone());
        let unread = Callback::from(move |problem| {
            refused.set(Some(Refused { problems: vec![problem], line: None }));
        });
        move |event: Event| {
            let Some(input) = event.target_dyn_into::<HtmlInputElement>() else { return };
            *reading.borrow_mut() =
                input.files().and_then(|files| read_first(files, take.clone(), unread.clone()));
            // So that the same file can be chosen again once it is mended.
            input.set_value("");
        }
    };
    let on_paste = {
        let pasted = pasted.clone();
        move |event: InputEvent| {
            if let Some(area) = event.target_dyn_into::<HtmlTextAreaElement>() {
                pasted.set(area.value());
            }
        }
    };
    let on_read = {
        let pasted = pasted.clone();
        move |_: MouseEvent| take.emit((*pasted).clone())
    };
    html! {
        <Sheet title={texts.say("board-import-title")} on_close={props.on_close.clone()} test_id="board-import">
            <p class="mid">{ texts.say("board-import-text") }</p>
            if props.replaces { <p class="mid">{ texts.say("board-import-replaces") }</p> }
            <label class="import-file btn">
                { texts.say("board-import-choose") }
                <input type="file" class="vh" accept=".json,application/json" onchange={on_files} data-testid="board-import-file" />
            </label>
            <label class="import-paste">
                <span>{ texts.say("board-import-paste") }</span>
                <textarea class="mono" rows="8" spellcheck="false" value={(*pasted).clone()} oninput={on_paste}
                    data-testid="board-import-paste" />
            </label>
            <div class="import-foot">
                <span class="grow" />
                <button type="button" class="btn primary" disabled={pasted.trim().is_empty()} onclick={on_read}
                    data-testid="board-import-read">{ texts.say("board-import-read") }</button>
            </div>
            if let Some(refused) = &*refused {
                <div class="import-refused">
                    <p class="small">{ texts.say("board-import-refused") }</p>
                    <ProblemBox problems={refused.problems.clone()} test_id="board-import-error" />
                    if let Some(line) = &refused.line { <pre class="small">{ line }</pre> }
                </div>
            }
        </Sheet>
    }
}

/// Takes the text of a file; says what came of it.
fn taking(
    props: &BoardImportProps,
    session: &Session,
    texts: &Rc<Texts>,
    refused: &UseStateHandle<Option<Refused>>,
) -> Callback<String> {
    let (act, on_close, refused) = (props.act.clone(), props.on_close.clone(), refused.clone());
    let (session, texts) = (session.clone(), Rc::clone(texts));
    Callback::from(move |text: String| {
        let (on_close, refused, session, texts) =
            (on_close.clone(), refused.clone(), session.clone(), texts.clone());
        let source = text.clone();
        let then = Callback::from(move |acted| match acted {
            Acted::Refused(problems) => {
                let line = wrong_line(&source, &problems);
                refused.set(Some(Refused { problems, line }));
            }
            Acted::Done(remarks) => {
                let lines: Vec<String> = remarks.iter().map(|remark| remark.text.clone()).collect();
                let detail = (!lines.is_empty()).then(|| lines.join("\n"));
                let key = if detail.is_some() { "board-import-remarks" } else { "board-import-done" };
                session.notify(Notice::done(texts.say(key)).with_detail(detail));
                on_close.emit(());
            }
        });
        act.emit((BoardDeed::Import(text), then));
    })
}

fn read_first(files: FileList, take: Callback<String>, unread: Callback<Problem>) -> Option<FileReader> {
    let files = gloo::file::FileList::from(files);
    let read = move |read: Result<String, FileReadError>| match read {
        Ok(text) => take.emit(text),
        Err(error) => unread.emit(Problem::new("file-unreadable", error.to_string())),
    };
    files.first().map(|file| read_as_text(file, read))
}
