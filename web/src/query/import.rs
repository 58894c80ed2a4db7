//! Data that the reader brings along: a metrics page, an OpenMetrics dump or an archive of blocks, from a file, a drop or the clipboard.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::file::FileReadError;
use gloo::file::callbacks::{FileReader, read_as_data_url, read_as_text};
use scrapeyard_core::lab::view::StoreView;
use scrapeyard_core::lab::wire::{Reply, RequestBody};
use scrapeyard_core::lab::{Answer, Command, Problem, Question, StoreId};
use web_sys::FileList;
use yew::prelude::{Callback, UseStateHandle, hook, use_mut_ref, use_state};

use crate::session::{Acted, Asked, Session, panel, use_session};

/// A new store, and what was left out of it.
pub type Done = (StoreView, Vec<Problem>);

/// What became of an attempt.
#[derive(Clone, Debug, PartialEq)]
pub enum Attempt {
    /// It is being read.
    Reading,
    /// Some of what was handed over together could not be read; what was there before is still there.
    Refused(Vec<Refused>),
}

/// What could not be read.
#[derive(Clone, Debug, PartialEq)]
pub struct Refused {
    /// Under which name it was to stand.
    pub name: String,
    /// Why.
    pub problems: Vec<Problem>,
    /// The line that the first problem is about.
    pub line: Option<String>,
}

impl Refused {
    fn new(name: &str, text: &str, problems: Vec<Problem>) -> Self {
        let line = wrong_line(text, &problems);
        Self { name: name.to_owned(), problems, line }
    }
}

/// The line of a text that the first of the problems is about, cut where it is long: what is wrong is named by its column.
pub fn wrong_line(text: &str, problems: &[Problem]) -> Option<String> {
    const MOST_CHARACTERS: usize = 160;
    let number = problems.first()?.place?.line;
    let line = text.lines().nth(number.checked_sub(1)? as usize)?;
    Some(line.chars().take(MOST_CHARACTERS).collect())
}

/// Hears of each text that was handed over, and tells what came of all of them.
#[derive(Clone)]
struct Report {
    refused: Rc<RefCell<Vec<Refused>>>,
    attempt: UseStateHandle<Option<Attempt>>,
}

impl Report {
    fn begin(&self) {
        self.refused.borrow_mut().clear();
        self.attempt.set(Some(Attempt::Reading));
    }

    fn forget(&self) {
        self.refused.borrow_mut().clear();
        self.attempt.set(None);
    }

    fn ended(&self, refused: Option<Refused>) {
        self.refused.borrow_mut().extend(refused);
        let all = self.refused.borrow().clone();
        self.attempt.set((!all.is_empty()).then_some(Attempt::Refused(all)));
    }
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
    let report = Report { refused: use_mut_ref(Vec::new), attempt: attempt.clone() };
    let take = {
        let report = report.clone();
        Callback::from(move |(name, text): (String, String)| {
            attach(&session, name, text, report.clone(), on_done.clone());
        })
    };
    let text = {
        let (report, take) = (report.clone(), take.clone());
        Callback::from(move |pasted: (String, String)| {
            report.begin();
            take.emit(pasted);
        })
    };
    let files = {
        let report = report.clone();
        Callback::from(move |files: FileList| {
            let mut reading = readers.borrow_mut();
            reading.clear();
            report.begin();
            for file in gloo::file::FileList::from(files).iter() {
                let (name, take, report) = (store_name_of(&file.name()), take.clone(), report.clone());
                let is_archive = [".tar", ".tgz", ".gz"].iter().any(|ending| file.name().ends_with(ending));
                let read = move |read: Result<String, FileReadError>| match read {
                    Ok(read) => take.emit((name, read)),
                    Err(error) => {
                        let problem = Problem::new("file-unreadable", error.to_string());
                        report.ended(Some(Refused::new(&name, "", vec![problem])));
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
    let forget = Callback::from(move |()| report.forget());
    Import { attempt: (*attempt).clone(), text, files, forget }
}

fn attach(session: &Session, name: String, text: String, report: Report, on_done: Callback<Done>) {
    let again = session.clone();
    let source: Rc<str> = Rc::from(text.as_str());
    session.client().request(RequestBody::Attach { text }, move |reply| {
        let attachment = match reply {
            Reply::Attached { hash } => hash,
            Reply::Refused(problems) => {
                return report.ended(Some(Refused::new(&name, &source, problems)));
            }
            _ => return report.ended(None),
        };
        let then = again.clone();
        again.act(&Command::Import { name: name.clone(), attachment }, move |acted| match acted {
            Acted::Refused(problems) => report.ended(Some(Refused::new(&name, &source, problems))),
            Acted::Done(remarks) => {
                report.ended(None);
                find_store(&then, StoreId::Imported(name), remarks, on_done);
            }
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
    use scrapeyard_core::base::span::Place;

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
        let at = |line| vec![Problem { place: Some(Place { line, column: 1 }), ..Problem::new("x", "") }];
        assert_eq!(wrong_line("a\nb\nc", &at(2)).as_deref(), Some("b"));
        assert_eq!(wrong_line("a", &at(0)), None);
        assert_eq!(wrong_line("a", &at(9)), None);
        assert_eq!(wrong_line("a", &[]), None);
    }
}
