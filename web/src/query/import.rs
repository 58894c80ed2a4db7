//! Data that the reader brings along: a metrics page, an OpenMetrics dump or an archive of blocks, from a file, a drop or the clipboard.

use std::rc::Rc;

use gloo::file::FileReadError;
use gloo::file::callbacks::{FileReader, read_as_data_url, read_as_text};
use scrapeyard_core::lab::view::StoreView;
use scrapeyard_core::lab::wire::{Reply, RequestBody};
use scrapeyard_core::lab::{Answer, Command, Problem, Question, StoreId};
use web_sys::FileList;
use yew::prelude::{Callback, hook, use_mut_ref, use_state};

use crate::session::{Acted, Asked, Session, panel, use_session};

/// A new store, and what was left out of it.
pub type Done = (StoreView, Vec<Problem>);

/// What became of an attempt.
#[derive(Clone, Debug, PartialEq)]
pub enum Attempt {
    /// It is being read.
    Reading,
    /// It could not be read; what was there before is still there.
    Refused {
        /// Under which name it was to stand.
        name: String,
        /// Why.
        problems: Vec<Problem>,
        /// The line that the first problem is about.
        line: Option<String>,
    },
}

/// The way in.
#[derive(Clone)]
pub struct Import {
    /// What became of the last attempt; nothing where it worked.
    pub attempt: Option<Attempt>,
    /// Takes a name and a text.
    pub text: Callback<(String, String)>,
    /// Takes files.
    pub files: Callback<FileList>,
    /// Forgets the last attempt.
    pub forget: Callback<()>,
}

/// The way in; `on_done` is called with every new store.
#[hook]
pub fn use_import(on_done: Callback<Done>) -> Import {
    let session = use_session();
    let attempt = use_state(|| None::<Attempt>);
    let readers = use_mut_ref(Vec::<FileReader>::new);
    let report = {
        let attempt = attempt.clone();
        Callback::from(move |new: Option<Attempt>| attempt.set(new))
    };
    let text = {
        let report = report.clone();
        Callback::from(move |(name, text): (String, String)| {
            report.emit(Some(Attempt::Reading));
            attach(&session, name, text, report.clone(), on_done.clone());
        })
    };
    let files = {
        let text = text.clone();
        Callback::from(move |files: FileList| {
            let mut reading = readers.borrow_mut();
            reading.clear();
            for file in gloo::file::FileList::from(files).iter() {
                let (name, text) = (store_name_of(&file.name()), text.clone());
                let is_archive = [".tar", ".tgz", ".gz"].iter().any(|ending| file.name().ends_with(ending));
                let read = move |read: Result<String, FileReadError>| {
                    if let Ok(read) = read {
                        text.emit((name, read));
                    }
                };
                // Bytes that are no text travel as a data URL.
                reading.push(if is_archive {
                    read_as_data_url(file, read)
                } else {
                    read_as_text(file, read)
                });
            }
        })
    };
    let forget = Callback::from(move |()| report.emit(None));
    Import { attempt: (*attempt).clone(), text, files, forget }
}

fn attach(
    session: &Session,
    name: String,
    text: String,
    report: Callback<Option<Attempt>>,
    on_done: Callback<Done>,
) {
    let again = session.clone();
    let source: Rc<str> = Rc::from(text.as_str());
    session.client().request(RequestBody::Attach { text }, move |reply| {
        let refused = |problems: Vec<Problem>| {
            let line = problems
                .first()
                .and_then(|problem| problem.place)
                .and_then(|place| line_of(&source, place.line));
            Some(Attempt::Refused { name: name.clone(), problems, line })
        };
        let attachment = match reply {
            Reply::Attached { hash } => hash,
            Reply::Refused(problems) => return report.emit(refused(problems)),
            _ => return report.emit(None),
        };
        let (then, name_then) = (again.clone(), name.clone());
        let source_then = Rc::clone(&source);
        again.act(&Command::Import { name: name.clone(), attachment }, move |acted| {
            let problems = match acted {
                Acted::Refused(problems) => problems,
                Acted::Done(remarks) => {
                    report.emit(None);
                    return find_store(&then, StoreId::Imported(name_then), remarks, on_done);
                }
            };
            let line = problems
                .first()
                .and_then(|problem| problem.place)
                .and_then(|place| line_of(&source_then, place.line));
            report.emit(Some(Attempt::Refused { name: name_then, problems, line }));
        });
    });
}

/// Tells what is in the new store, as soon as the lab says so.
fn find_store(session: &Session, wanted: StoreId, remarks: Vec<Problem>, on_done: Callback<Done>) {
    session.ask(panel::IMPORTED, Question::Stores, move |asked| {
        let Asked::Answered(_, answer) = asked else { return };
        let Answer::Stores(stores) = &*answer else { return };
        if let Some(store) = stores.iter().find(|view| view.store == wanted) {
            on_done.emit((store.clone(), remarks));
        }
    });
}

fn line_of(text: &str, line: u32) -> Option<String> {
    /// A longer line is cut: what is wrong is named by its column.
    const MOST_CHARACTERS: usize = 160;
    let line = text.lines().nth(line.checked_sub(1)? as usize)?;
    Some(line.chars().take(MOST_CHARACTERS).collect())
}

/// The name of a store for a file: its own without folders and ending, in characters that need no quotes.
pub fn store_name_of(file: &str) -> String {
    let base = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let stem = base.rsplit_once('.').map_or(base, |(stem, _)| if stem.is_empty() { base } else { stem });
    let plain: String =
        stem.chars().map(|c| if c.is_alphanumeric() || matches!(c, '-' | '_') { c } else { '-' }).collect();
    let plain = plain.trim_matches('-');
    if plain.is_empty() { "page".to_owned() } else { plain.chars().take(40).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_gives_its_store_a_plain_name() {
        for (file, name) in [
            ("dump.om", "dump"),
            ("C:\\a b.txt", "a-b"),
            (".prom", "prom"),
            ("…", "page"),
            ("측정.txt", "측정"),
        ] {
            assert_eq!(store_name_of(file), name);
        }
    }

    #[test]
    fn the_wrong_line_is_found_by_its_number() {
        assert_eq!(line_of("a\nb\nc", 2).as_deref(), Some("b"));
        assert_eq!(line_of("a", 0), None);
        assert_eq!(line_of("a", 9), None);
    }
}
