//! What can be done with the labs on the shelf: rename, copy, throw away, put back. One that another tab has open is left
//! as it is: that tab would write over it what it believes to be there.

use std::rc::Rc;

use scrapeyard_core::lab::lab_file::MAX_NAME;

use super::database::Fault;
use super::keeper::Keeper;
use super::lock::Lock;
use super::record::SavedLab;
use super::shelf::Whole;
use super::view::Keeping;

/// Why a lab on the shelf was left as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hindrance {
    /// Another tab has it open.
    Elsewhere,
    /// The browser did not write.
    Storage(Fault),
}

impl From<Fault> for Hindrance {
    fn from(fault: Fault) -> Self {
        Self::Storage(fault)
    }
}

impl Keeper {
    /// Gives a lab another name.
    ///
    /// # Errors
    /// When another tab has it open, or when it cannot be written.
    pub async fn rename(self: &Rc<Self>, id: &str, name: &str) -> Result<(), Hindrance> {
        let name: String = name.trim().chars().take(MAX_NAME).collect();
        let right = self.right_to(id).await?;
        if self.id().as_deref() == Some(id) {
            self.change(|view| view.name.clone_from(&name));
            let mut state = self.state.borrow_mut();
            state.change_unopened(|lab| lab.name.clone_from(&name));
            let is_written_by_itself = state.stands() && matches!(right, Right::Own);
            drop(state);
            if is_written_by_itself {
                self.write(false);
                return Ok(());
            }
        }
        let shelf = self.shelf().await?;
        let Some(mut whole) = shelf.take(id).await? else { return Ok(()) };
        whole.lab.name = name;
        Ok(shelf.put(&whole.lab, None, &[])?.await?)
    }

    /// Puts a copy of a lab beside it.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn duplicate(&self, id: &str, name: String) -> Result<(), Hindrance> {
        let shelf = self.shelf().await?;
        let Some(mut whole) = shelf.take(id).await? else { return Ok(()) };
        whole.lab.id = SavedLab::new_id();
        whole.lab.number = shelf.next_number().await?;
        (whole.lab.name, whole.lab.saved_ms) = (name, js_sys::Date::now());
        Ok(shelf.put_whole(&whole).await?)
    }

    /// Throws a lab away that is not the one of this tab; gives it, so that it can be put back.
    ///
    /// # Errors
    /// When another tab has it open, or when it cannot be written.
    pub async fn remove(&self, id: &str) -> Result<Option<Whole>, Hindrance> {
        let _right = self.right_to(id).await?;
        let shelf = self.shelf().await?;
        let whole = shelf.take(id).await?;
        if let Some(whole) = &whole {
            shelf.remove(&whole.lab).await?;
        }
        Ok(whole)
    }

    /// Puts a lab back that was thrown away. One that is there again, from a tab that still had it, is newer and stays.
    ///
    /// # Errors
    /// When another tab has it open, or when it cannot be written.
    pub async fn put_back(&self, whole: &Whole) -> Result<(), Hindrance> {
        let _right = self.right_to(&whole.lab.id).await?;
        let shelf = self.shelf().await?;
        if shelf.take(&whole.lab.id).await?.is_some() {
            return Ok(());
        }
        Ok(shelf.put_whole(whole).await?)
    }

    /// The right to change a lab on the shelf, for as long as it is had.
    async fn right_to(&self, id: &str) -> Result<Right, Hindrance> {
        if self.id().as_deref() == Some(id) {
            let state = self.state.borrow();
            if state.lock.as_ref().is_some_and(Lock::holds) {
                return Ok(Right::Own);
            }
            if state.view.keeping == Keeping::Elsewhere {
                return Err(Hindrance::Elsewhere);
            }
        }
        Lock::at_once(id).await.map(Right::Lent).ok_or(Hindrance::Elsewhere)
    }
}

/// The right to change a lab on the shelf.
enum Right {
    /// It is the lab that this tab keeps.
    Own,
    /// No tab has it; none gets it meanwhile.
    Lent(#[expect(dead_code, reason = "held, not looked at")] Lock),
}
