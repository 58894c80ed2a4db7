//! Which lab a page that was just opened shows: the one that a link brings, the one that was open last, or a fresh one.
//! A link never touches the reader's own lab, and a lab that ended the tab while it was opened is not opened by itself.

use std::rc::Rc;

use scrapeyard_core::base::time::Timestamp;
use scrapeyard_core::lab::wire::ScenarioSource;
use scrapeyard_core::lab::{Journal, LabFile, Problem, link};
use wasm_bindgen_futures::spawn_local;

use super::address;
use super::database::Fault;
use super::keeper::{Keeper, remember};
use super::record::SavedLab;
use super::shelf::{Shelf, Whole};
use super::view::{Arrived, Trouble};
use crate::preferences::Preference;
use crate::worker::Backup;

/// The scenario that is opened where nothing names one.
pub const FIRST_SCENARIO: &str = "image-gallery";
/// Before the scenario and the seed of a lab that is to begin afresh, in the place of an id.
const FRESH: &str = "new/";

/// What is remembered for a fresh lab of a scenario.
pub(super) fn fresh_of(scenario: &str, seed: Option<u64>) -> String {
    format!("{FRESH}{scenario}/{}", seed.map(|seed| seed.to_string()).unwrap_or_default())
}

/// The scenario and the seed of what [`fresh_of`] made.
fn fresh_from(remembered: &str) -> Option<(String, Option<u64>)> {
    let (scenario, seed) = remembered.strip_prefix(FRESH)?.rsplit_once('/')?;
    Some((scenario.to_owned(), seed.parse().ok()))
}

impl Keeper {
    /// Opens the lab that this page is to show.
    pub fn arrive(self: &Rc<Self>) {
        match (Preference::Lab.read(), address::linked()) {
            (None, None) => self.open_fresh(FIRST_SCENARIO, None),
            (kept, linked) => {
                let keeper = Rc::clone(self);
                spawn_local(async move { keeper.arrive_at(kept, linked).await });
            }
        }
    }

    async fn arrive_at(self: Rc<Self>, kept: Option<String>, linked: Option<String>) {
        if let Some(spelled) = linked {
            address::clear();
            match link::decode(&spelled) {
                Ok(file) => return self.open_linked(file, kept).await,
                Err(problem) => self.change(|view| view.arrived = Some(Arrived::Broken(problem))),
            }
        }
        match kept.as_deref().map(|kept| (fresh_from(kept), kept)) {
            None => self.open_fresh(FIRST_SCENARIO, None),
            Some((Some((scenario, seed)), _)) => self.open_fresh(&scenario, seed),
            Some((None, id)) => self.open_kept(id).await,
        }
    }

    fn open_fresh(self: &Rc<Self>, scenario: &str, seed: Option<u64>) {
        self.client.open(Backup::of(ScenarioSource::Named(scenario.to_owned()), seed), None);
    }

    async fn open_kept(self: &Rc<Self>, id: &str) {
        let found = async {
            let shelf = Shelf::open().await?;
            Ok((shelf.take(id).await?, shelf))
        };
        match found.await {
            Ok((Some(whole), shelf)) => self.adopt(whole, Some(shelf)),
            Ok((None, _)) => {
                // Thrown away in another tab.
                Preference::Lab.forget();
                self.open_fresh(FIRST_SCENARIO, None);
            }
            Err(fault) => {
                self.lose(fault);
                self.open_fresh(FIRST_SCENARIO, None);
            }
        }
    }

    async fn open_linked(self: &Rc<Self>, file: LabFile, before: Option<String>) {
        let whole = self.whole_of(file, 0);
        let own = before.filter(|before| fresh_from(before).is_none());
        self.change(|view| view.arrived = Some(Arrived::Lab(own)));
        match self.store_new(&whole).await {
            Ok((whole, shelf)) => self.adopt(whole, Some(shelf)),
            Err(fault) => {
                self.lose(fault);
                self.adopt(whole, None);
            }
        }
    }

    /// A new lab of what a file or link holds.
    pub(super) fn whole_of(&self, file: LabFile, number: u32) -> Whole {
        let lab = SavedLab {
            id: SavedLab::new_id(),
            name: file.name,
            number,
            saved_ms: js_sys::Date::now(),
            journal: file.journal.to_string(),
            attachments: file.attachments.keys().map(ToString::to_string).collect(),
        };
        Whole { lab, checkpoint: Vec::new(), attachments: file.attachments }
    }

    /// Puts a new lab on the shelf, under the next number, and remembers it as the one to be opened.
    pub(super) async fn store_new(&self, whole: &Whole) -> Result<(Whole, Shelf), Fault> {
        let shelf = Shelf::open().await?;
        let mut whole = whole.clone();
        whole.lab.number = shelf.next_number().await?;
        shelf.put_whole(&whole).await?;
        remember(&whole.lab.id)?;
        Ok((whole, shelf))
    }

    /// Makes a lab of the shelf the one of this tab, and opens it unless it ended the tab the last time.
    fn adopt(self: &Rc<Self>, whole: Whole, shelf: Option<Shelf>) {
        let crashed = Preference::Opening.read().is_some_and(|id| id == whole.lab.id);
        let mut state = self.state.borrow_mut();
        state.id = Some(whole.lab.id.clone());
        state.stored = shelf.iter().flat_map(|_| whole.attachments.keys().copied()).collect();
        state.shelf = shelf;
        drop(state);
        self.change(|view| (view.name, view.number) = (whole.lab.name.clone(), whole.lab.number));
        if crashed {
            self.stumble(whole, Vec::new());
        } else {
            self.open(whole);
        }
    }

    fn open(self: &Rc<Self>, whole: Whole) {
        let mut state = self.state.borrow_mut();
        (state.waiting, state.is_opening) = (None, true);
        let may_be_kept = state.shelf.is_some();
        drop(state);
        self.change(|view| view.trouble = None);
        Preference::Opening.write(&whole.lab.id);
        let reached = reached(&whole.lab.id);
        if reached.is_some_and(|(_, is_playing)| !is_playing) {
            self.pause();
        }
        self.client.open(Backup::saved(whole.save()), reached.map(|(reached, _)| reached));
        if may_be_kept {
            self.prepare();
        }
    }

    /// The lab stands.
    pub fn opened(&self) {
        if std::mem::take(&mut self.state.borrow_mut().is_opening) {
            Preference::Opening.forget();
        }
    }

    /// The lab could not be opened; whether there is one that could be tried otherwise.
    pub fn refused(&self, problems: &[Problem]) -> bool {
        let Some(whole) = self.whole() else { return false };
        let kills = problems.iter().any(|problem| problem.code == "opening-kills");
        let was_opening = std::mem::take(&mut self.state.borrow_mut().is_opening);
        if was_opening && !kills {
            Preference::Opening.forget();
        }
        self.stumble(whole, problems.to_vec());
        true
    }

    fn stumble(&self, whole: Whole, problems: Vec<Problem>) {
        let journal = Journal::parse(&whole.lab.journal).ok();
        let last = journal.and_then(|journal| Some(journal.entries.last()?.command.to_string()));
        self.state.borrow_mut().waiting = Some(whole);
        self.change(|view| view.trouble = Some(Trouble { problems, last }));
    }

    /// Tries once more to open what was not opened.
    pub fn try_again(self: &Rc<Self>) {
        let waiting = self.state.borrow_mut().waiting.take();
        if let Some(whole) = waiting {
            self.open(whole);
        }
    }

    /// Opens what was not opened without the last deed of its journal, and lets time stand.
    pub fn open_without_last(self: &Rc<Self>) {
        let waiting = self.state.borrow_mut().waiting.take();
        let Some(mut whole) = waiting else { return };
        if let Ok(mut journal) = Journal::parse(&whole.lab.journal) {
            journal.entries.pop();
            whole.lab.journal = journal.to_string();
        }
        self.pause();
        self.open(whole);
    }
}

/// Up to when the time of a lab had passed when its page was left, and whether it ran.
fn reached(id: &str) -> Option<(Timestamp, bool)> {
    let kept = Preference::Reached.read()?;
    let mut words = kept.split(' ');
    (words.next()? == id).then_some(())?;
    Some((Timestamp(words.next()?.parse().ok()?), words.next()? == "true"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fresh_lab_is_remembered_by_what_it_begins_with() {
        for (scenario, seed) in [("image-gallery", Some(7)), ("a/b", None)] {
            assert_eq!(fresh_from(&fresh_of(scenario, seed)), Some((scenario.to_owned(), seed)));
        }
        assert_eq!(fresh_from("00ff00ff00ff00ff"), None);
    }
}
