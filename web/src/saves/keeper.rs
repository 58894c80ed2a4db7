//! Keeps the lab of this tab: everything that was done, as soon as the worker has it. Knows when it must not write:
//! where another tab does, where the browser forbids it, and while another lab is on its way.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::pin::Pin;
use std::rc::Rc;

use scrapeyard_core::base::time::Timestamp;
use scrapeyard_core::lab::AttachmentHash;
use scrapeyard_core::lab::wire::{Reply, RequestBody};
use wasm_bindgen_futures::spawn_local;
use yew::Callback;

use super::database::Fault;
use super::lock::Lock;
use super::mark;
use super::opening::Attempt;
use super::record::SavedLab;
use super::remembered::remember;
use super::shelf::{Shelf, Whole};
use super::view::{Keeping, View};
use crate::preferences::Preference;
use crate::worker::Client;

/// What the root has to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Something else is to be shown.
    View,
    /// Time is to stand.
    Pause,
}

/// The keeper.
pub struct Keeper {
    pub(super) client: Rc<Client>,
    on_change: Callback<Change>,
    pub(super) state: RefCell<State>,
}

/// A writing that was issued.
type Written = Pin<Box<dyn Future<Output = Result<(), Fault>>>>;
type Issued = Result<Written, Fault>;

/// What it knows.
#[derive(Default)]
pub(super) struct State {
    pub view: View,
    /// The lab's id; `None` before it was kept for the first time.
    pub id: Option<String>,
    pub shelf: Option<Shelf>,
    pub lock: Option<Lock>,
    /// Attachments that lie on the shelf.
    pub stored: BTreeSet<AttachmentHash>,
    /// Nothing is written: another lab is on its way into the worker.
    pub is_held: bool,
    /// Shelf, number or lock are being asked for.
    pub is_preparing: bool,
    /// The lab is on its way into the worker. What the worker has of it is not written yet.
    pub opening: Option<Attempt>,
    /// A lab that was not opened, and waits for its reader.
    pub waiting: Option<Attempt>,
}

impl State {
    /// The lab of this tab as it lies on the shelf, while it does not stand.
    fn unopened(&self) -> Option<&Attempt> {
        self.waiting.as_ref().or(self.opening.as_ref())
    }

    /// Changes what that lab is called, and gives it.
    pub fn change_unopened(&mut self, change: impl FnOnce(&mut SavedLab)) -> Option<&Whole> {
        let attempt = self.waiting.as_mut().or(self.opening.as_mut())?;
        change(&mut attempt.whole.lab);
        Some(&attempt.whole)
    }

    /// Whether what the worker has is the lab of this tab, and may take the place of what lies on the shelf.
    pub fn stands(&self) -> bool {
        !self.is_held && self.unopened().is_none()
    }
}

impl Keeper {
    /// The keeper of what `client` has; it opens nothing before [`Keeper::arrive`].
    pub fn new(client: Rc<Client>, on_change: Callback<Change>) -> Rc<Self> {
        Rc::new(Self { client, on_change, state: RefCell::default() })
    }

    /// What is shown.
    pub fn view(&self) -> Rc<View> {
        Rc::new(self.state.borrow().view.clone())
    }

    /// Changes what is shown.
    pub fn change(&self, change: impl FnOnce(&mut View)) {
        let mut state = self.state.borrow_mut();
        let before = state.view.clone();
        change(&mut state.view);
        let is_other = state.view != before;
        drop(state);
        if is_other {
            self.on_change.emit(Change::View);
        }
    }

    pub(super) fn pause(&self) {
        self.on_change.emit(Change::Pause);
    }

    /// The worker has handed the lab over.
    pub fn autosaved(self: &Rc<Self>, has_checkpoint: bool, undo: Option<String>, redo: Option<String>) {
        self.change(|view| (view.undo, view.redo) = (undo, redo));
        let state = self.state.borrow();
        if state.is_held || matches!(state.view.keeping, Keeping::Elsewhere | Keeping::Forbidden(_)) {
            return;
        }
        let is_prepared = state.lock.is_some();
        drop(state);
        if is_prepared {
            self.write(has_checkpoint);
        } else {
            self.prepare();
        }
    }

    /// Gets what writing needs, then writes.
    pub(super) fn prepare(self: &Rc<Self>) {
        if std::mem::replace(&mut self.state.borrow_mut().is_preparing, true) {
            return;
        }
        let keeper = Rc::clone(self);
        spawn_local(async move {
            let prepared = keeper.prepared().await;
            keeper.state.borrow_mut().is_preparing = false;
            match prepared {
                Ok(true) => keeper.write(true),
                Ok(false) => keeper.change(|view| view.keeping = Keeping::Elsewhere),
                Err(fault) => keeper.note(Err(fault)),
            }
        });
    }

    /// Whether this tab may write.
    async fn prepared(&self) -> Result<bool, Fault> {
        let (shelf, id) = {
            let state = self.state.borrow();
            // A lab that is tried once more: the browser would refuse its lock to this tab, too.
            if state.lock.as_ref().is_some_and(Lock::holds) {
                return Ok(true);
            }
            (state.shelf.clone(), state.id.clone())
        };
        let shelf = match shelf {
            Some(shelf) => shelf,
            None => Shelf::open().await?,
        };
        let is_new = id.is_none();
        let number = if is_new { shelf.next_number().await? } else { 0 };
        let id = id.unwrap_or_else(SavedLab::new_id);
        let Some(lock) = Lock::of(&id).await else { return Ok(false) };
        if is_new {
            remember(&id)?;
            self.change(|view| view.number = number);
        }
        let mut state = self.state.borrow_mut();
        (state.shelf, state.id, state.lock) = (Some(shelf), Some(id), Some(lock));
        Ok(true)
    }

    /// Writes what the client has. It is issued before this returns.
    pub(super) fn write(self: &Rc<Self>, with_checkpoint: bool) {
        let Some((attachments, issued)) = self.issue(with_checkpoint) else { return };
        let keeper = Rc::clone(self);
        spawn_local(async move {
            let outcome = match issued {
                Ok(written) => written.await,
                Err(fault) => Err(fault),
            };
            match outcome {
                // Without its checkpoint the lab opens more slowly; that is all.
                Err(Fault::Full) if with_checkpoint => return keeper.write(false),
                Ok(()) => keeper.state.borrow_mut().stored.extend(attachments),
                Err(_) => {}
            }
            keeper.note(outcome);
        });
    }

    /// Issues the writing; gives the attachments in it, and its outcome to wait for.
    fn issue(&self, with_checkpoint: bool) -> Option<(Vec<AttachmentHash>, Issued)> {
        let state = self.state.borrow();
        if !state.stands() {
            return None;
        }
        if !state.lock.as_ref()?.holds() {
            drop(state);
            self.change(|view| view.keeping = Keeping::Elsewhere);
            return None;
        }
        let lab = self.present(&state)?;
        let shelf = state.shelf.as_ref()?;
        self.client.with_backup(|backup| {
            let checkpoint = Some(backup.checkpoint()).filter(|bytes| with_checkpoint && !bytes.is_empty());
            let named = |hash: &AttachmentHash| lab.attachments.contains(&hash.to_string());
            let attachments = backup.attachments().iter();
            let new: Vec<_> =
                attachments.filter(|(hash, _)| named(hash) && !state.stored.contains(hash)).collect();
            let hashes = new.iter().map(|(hash, _)| **hash).collect();
            (hashes, shelf.put(&lab, checkpoint, &new).map(Box::pin).map(|written| written as Written))
        })
    }

    /// The lab as it stands, without a checkpoint.
    fn present(&self, state: &State) -> Option<SavedLab> {
        let id = state.id.clone().unwrap_or_default();
        let (name, number) = (state.view.name.clone(), state.view.number);
        self.client.with_backup(|backup| {
            let journal = backup.journal()?.to_owned();
            let hashes = backup.attachments().keys().map(ToString::to_string);
            let attachments = hashes.filter(|hash| journal.contains(hash.as_str())).collect();
            Some(SavedLab { id, name, number, saved_ms: js_sys::Date::now(), journal, attachments })
        })?
    }

    /// The lab as it stands, with all that belongs to it; as it lies on the shelf where it could not be opened.
    pub fn whole(&self) -> Option<Whole> {
        let state = self.state.borrow();
        if let Some(unopened) = state.unopened() {
            return Some(unopened.whole.clone());
        }
        let lab = self.present(&state)?;
        self.client.with_backup(|backup| {
            let attachments = backup.attachments().iter();
            let named = attachments.filter(|(hash, _)| lab.attachments.contains(&hash.to_string()));
            let attachments = named.map(|(hash, text)| (*hash, text.clone())).collect();
            Whole { lab: lab.clone(), checkpoint: backup.checkpoint().to_vec(), attachments }
        })
    }

    fn note(&self, outcome: Result<(), Fault>) {
        self.change(|view| {
            view.keeping = match outcome {
                Ok(()) => Keeping::Kept,
                Err(Fault::Full) => Keeping::Full,
                Err(Fault::Forbidden(words)) => Keeping::Forbidden(words),
            };
        });
    }

    pub(super) fn lose(&self, fault: Fault) {
        self.note(Err(fault));
    }

    /// Notes up to when time has passed, where the lab is kept; gives whether it is. A page that has not settled cannot
    /// do it while it is left, so it is done whenever time comes to stand.
    pub fn note_reached(&self, now: Timestamp, is_playing: bool) -> bool {
        let state = self.state.borrow();
        let is_kept = state.opening.is_none() && !state.is_held && state.view.keeping == Keeping::Kept;
        if let Some(id) = state.id.as_ref().filter(|_| is_kept) {
            Preference::Reached.write(&format!("{id} {} {is_playing}", now.0));
        }
        is_kept
    }

    /// The page is left, perhaps for ever: notes up to when time has passed, and writes a fresh checkpoint if there is
    /// still time for it.
    pub fn leave(self: &Rc<Self>, now: Timestamp, is_playing: bool) {
        if self.state.borrow().opening.is_some() {
            // A page that is hidden may be thrown away; that is no crash.
            return mark::clear();
        }
        if !self.note_reached(now, is_playing) {
            return;
        }
        let keeper = Rc::clone(self);
        self.client.request(RequestBody::Save, move |reply| {
            if matches!(reply, Reply::Saved(_)) {
                keeper.write(true);
            }
        });
    }
}
