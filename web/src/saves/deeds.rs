//! The ways to another lab, and those of a lab out of this browser: as a file, as a link, as a copy. The lab of this tab
//! goes on being kept by its own keeper.

use std::rc::Rc;

use js_sys::Promise;
use scrapeyard_core::lab::lab_file::with_remarks;
use scrapeyard_core::lab::wire::{Reply, RequestBody};
use scrapeyard_core::lab::{LabFile, Problem, link};
use wasm_bindgen::prelude::JsValue;
use wasm_bindgen_futures::JsFuture;

use super::address;
use super::arrival::FIRST_SCENARIO;
use super::database::Fault;
use super::keeper::Keeper;
use super::lock::Lock;
use super::mark;
use super::record::SavedLab;
use super::remembered::{fresh_of, remember};
use super::shelf::{Shelf, Whole};
use super::view::Keeping;

impl Keeper {
    /// The id of this tab's lab.
    pub fn id(&self) -> Option<String> {
        self.state.borrow().id.clone()
    }

    pub(super) async fn shelf(&self) -> Result<Shelf, Fault> {
        let shelf = self.state.borrow().shelf.clone();
        match shelf {
            Some(shelf) => Ok(shelf),
            None => Shelf::open().await,
        }
    }

    /// All labs that are kept, the one that was saved last first.
    ///
    /// # Errors
    /// When they cannot be read.
    pub async fn list(&self) -> Result<Vec<SavedLab>, Fault> {
        self.shelf().await?.list().await
    }

    /// Opens a lab of the shelf in this tab. The one that is open stays as it is.
    pub fn open_other(&self, id: &str) {
        // A browser that remembers nothing opens what it can.
        let _ = remember(id);
        address::reload();
    }

    /// Begins afresh with the scenario and the seed of a journal, or with the first scenario. The lab that is open stays as it is.
    pub fn begin_afresh(&self, like: Option<&SavedLab>) {
        let header = like.and_then(SavedLab::header);
        let fresh = match &header {
            Some(header) => fresh_of(&header.scenario, Some(header.seed.0)),
            None => fresh_of(FIRST_SCENARIO, None),
        };
        let _ = remember(&fresh);
        address::reload();
    }

    /// A lab of the shelf, or the one of this tab as it stands, as a file.
    ///
    /// # Errors
    /// When it is not here or cannot be read.
    pub async fn file_of(&self, id: Option<&str>) -> Result<(SavedLab, String), Problem> {
        let own = id.is_none() || self.id().as_deref() == id;
        let whole = if own { self.whole() } else { self.taken(id.unwrap_or_default()).await? };
        let whole = whole.ok_or_else(|| Problem::new("no-lab", "the lab is not here any more"))?;
        let text = text_of(&whole);
        Ok((whole.lab, text))
    }

    async fn taken(&self, id: &str) -> Result<Option<Whole>, Problem> {
        let taken = async { self.shelf().await?.take(id).await };
        taken.await.map_err(|fault| Problem::new("no-lab", format!("{fault:?}")))
    }

    /// The link to the lab of this tab, however long; the page's own address while nothing was done in it.
    ///
    /// # Errors
    /// When its journal is none.
    pub fn link(&self) -> Result<String, Problem> {
        let Some(whole) = self.whole() else { return Ok(address::plain().unwrap_or_default()) };
        let file = LabFile::parse(&text_of(&whole))?;
        Ok(address::of(&link::encode(file)?).unwrap_or_default())
    }

    /// Opens what a file holds as a new lab. The worker plays it first: where it is refused, the lab that was open still is.
    ///
    /// # Errors
    /// With line and column, when it is no lab or cannot be played.
    pub async fn open_file(self: &Rc<Self>, text: &str) -> Result<(), Vec<Problem>> {
        let file = LabFile::parse(text).map_err(|problem| vec![problem])?;
        let whole = self.whole_of(file, 0);
        // Between here and the end the worker may hold a lab that is not the one of this tab's id.
        self.state.borrow_mut().is_held = true;
        if let Reply::Refused(problems) = self.play(&whole).await {
            self.state.borrow_mut().is_held = false;
            return Err(problems);
        }
        match self.store_new(&whole).await {
            Ok((whole, _)) => self.open_other(&whole.lab.id),
            Err(fault) => {
                let mut state = self.state.borrow_mut();
                (state.id, state.lock, state.is_held) = (None, None, false);
                drop(state);
                self.change(|view| (view.name, view.number) = (whole.lab.name, 0));
                self.lose(fault);
            }
        }
        Ok(())
    }

    async fn play(&self, whole: &Whole) -> Reply {
        let reply = Rc::new(std::cell::RefCell::new(None));
        let replied = Promise::new(&mut |resolve, _| {
            let reply = Rc::clone(&reply);
            self.client.request(RequestBody::Restore(whole.save()), move |heard| {
                *reply.borrow_mut() = Some(heard);
                let _ = resolve.call0(&JsValue::NULL);
            });
        });
        let _ = JsFuture::from(replied).await;
        let heard = reply.borrow_mut().take();
        heard.unwrap_or(Reply::Cancelled)
    }

    /// Makes the lab of this tab a new one beside the one that another tab writes. One that does not stand is copied as it
    /// was saved.
    pub async fn copy_here(self: &Rc<Self>, name: String) {
        let copied = async {
            let shelf = self.shelf().await?;
            let (id, number) = (SavedLab::new_id(), shelf.next_number().await?);
            let lock = Lock::of(&id).await;
            let rename = |lab: &mut SavedLab| {
                (lab.id, lab.name, lab.number) = (id.clone(), name.clone(), number);
            };
            let unopened = self.state.borrow_mut().change_unopened(rename).cloned();
            if let Some(unopened) = &unopened {
                shelf.put_whole(unopened).await?;
            }
            remember(&id)?;
            Ok((shelf, id, number, lock, unopened.is_some()))
        };
        match copied.await {
            Ok((shelf, id, number, lock, is_kept)) => {
                let mut state = self.state.borrow_mut();
                (state.shelf, state.id, state.lock) = (Some(shelf), Some(id), lock);
                state.stored.clear();
                drop(state);
                let keeping = if is_kept { Keeping::Kept } else { Keeping::NotYet };
                self.change(|view| (view.name, view.number, view.keeping) = (name, number, keeping));
                self.write(true);
            }
            Err(fault) => self.lose(fault),
        }
    }

    /// Begins afresh without a word of what could not be opened; that stays on the shelf.
    pub fn leave_trouble(&self) {
        if let Some(id) = self.id() {
            mark::forgive(&id);
        }
        self.begin_afresh(None);
    }
}

/// A lab as a file, also where this page cannot read its journal.
fn text_of(whole: &Whole) -> String {
    with_remarks(&whole.lab.journal, &whole.lab.name, &whole.attachments)
}
