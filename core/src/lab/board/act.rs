//! Does to the board what a command says.

use super::BoardDeed;
use crate::dashboard::{self, Dashboard, Fault, Target};
use crate::lab::problem::Problem;
use crate::lab::state::State;
use crate::lab::store::StoreId;

impl State {
    /// Changes the board. Gives what a file said that the board does not do.
    pub(in crate::lab) fn arrange(&mut self, deed: &BoardDeed) -> Result<Vec<Problem>, Problem> {
        let BoardDeed::Import(text) = deed else {
            return deed.edit(&mut self.board).map(|_| Vec::new()).map_err(Problem::from);
        };
        let mut read = dashboard::read(text)?;
        let strange = name_stores(&mut read.board);
        self.board = read.board;
        Ok(read.remarks.into_iter().chain(strange).map(Problem::from).collect())
    }
}

impl BoardDeed {
    /// Does it to a board, as far as it is an edit: `false` for an import, which the lab alone can do.
    ///
    /// # Errors
    /// When it is refused; then the board is as it was.
    pub fn edit(&self, board: &mut Dashboard) -> Result<bool, Fault> {
        match self {
            Self::Add(settings) => board.add(settings).map(drop)?,
            Self::Set(panel, settings) => board.set(*panel, settings)?,
            Self::Move(panel, x, y) => board.move_to(*panel, *x, *y)?,
            Self::Resize(panel, w, h) => board.resize(*panel, *w, *h)?,
            Self::Swap(one, other) => board.swap(*one, *other)?,
            Self::Duplicate(panel) => board.duplicate(*panel).map(drop)?,
            Self::Remove(panel) => board.remove(*panel)?,
            Self::Title(title) => board.rename(title)?,
            Self::Range(range) => board.set_range(*range)?,
            Self::Refresh(refresh) => board.set_refresh(*refresh)?,
            Self::Import(_) => return Ok(false),
        }
        Ok(true)
    }
}

/// Lets queries of data sources that no lab has ask what was pulled, and says so.
fn name_stores(board: &mut Dashboard) -> Option<Fault> {
    let targets = board.panels.iter_mut().flat_map(|panel| &mut panel.targets);
    let mut strange = Vec::new();
    for target in targets.filter(|target| target.datasource.parse::<StoreId>().is_err()) {
        let name = std::mem::replace(&mut target.datasource, Target::FIRST_DATASOURCE.to_owned());
        if !strange.contains(&name) {
            strange.push(name);
        }
    }
    if strange.is_empty() {
        return None;
    }
    let named: Vec<String> = strange.iter().take(4).map(|name| format!("{name:?}")).collect();
    let said = format!("not a store of this lab: {}; its queries ask what was pulled", named.join(", "));
    Some(Fault::new("board-data-source", said))
}
