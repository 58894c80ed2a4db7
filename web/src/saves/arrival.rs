//! Which lab a page that was just opened shows: the one that a link brings, the one that was open last, or a fresh one.
//! A link never touches the reader's own lab, and a lab that ended its page while it was opened is not opened by itself.

use std::rc::Rc;

use scrapeyard_core::lab::wire::ScenarioSource;
use scrapeyard_core::lab::{LabFile, link};
use wasm_bindgen_futures::spawn_local;

use super::address;
use super::database::Fault;
use super::keeper::Keeper;
use super::mark;
use super::opening::Attempt;
use super::record::SavedLab;
use super::remembered::{forget, fresh_from, remember, remembered, stay_with};
use super::shelf::{Shelf, Whole};
use super::view::Arrived;
use crate::worker::Backup;

/// The scenario that is opened where nothing names one.
pub const FIRST_SCENARIO: &str = "image-gallery";

impl Keeper {
    /// Opens the lab that this page is to show.
    pub fn arrive(self: &Rc<Self>) {
        match (remembered(), address::linked()) {
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
            Ok((Some(whole), shelf)) => self.adopt(whole, Some(shelf)).await,
            Ok((None, _)) => {
                // Thrown away in another tab.
                forget(id);
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
            Ok((whole, shelf)) => self.adopt(whole, Some(shelf)).await,
            Err(fault) => {
                self.lose(fault);
                self.adopt(whole, None).await;
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

    /// Makes a lab of the shelf the one of this tab, and opens it unless it ended its page the last time.
    async fn adopt(self: &Rc<Self>, whole: Whole, shelf: Option<Shelf>) {
        if shelf.is_some() {
            stay_with(&whole.lab.id);
        }
        {
            let mut state = self.state.borrow_mut();
            state.id = Some(whole.lab.id.clone());
            state.stored = shelf.iter().flat_map(|_| whole.attachments.keys().copied()).collect();
            state.shelf = shelf;
        }
        self.change(|view| (view.name, view.number) = (whole.lab.name.clone(), whole.lab.number));
        let has_crashed = mark::tells_of_a_crash(&whole.lab.id).await;
        let attempt = Attempt::as_it_is(whole);
        if has_crashed {
            self.stumble(attempt, Vec::new());
        } else {
            self.open(attempt);
        }
    }
}
