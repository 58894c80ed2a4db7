//! Carries out what the API's administration asks for: deletions in a store, a store written out as a block.

use std::path::Path;
use std::sync::{Arc, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use scrapeyard_core::base::date;
use scrapeyard_core::base::time::Timestamp;
use scrapeyard_core::lab::{Command, StoreId};
use scrapeyard_core::tsdb::block;
use scrapeyard_core::web_api::{Deed, Server, Undone};

use super::facts::SNAPSHOTS;
use super::world::{World, locked};
use crate::folder;

/// The instants that a command can name: the years 1 to 9999.
const NAMEABLE: (Timestamp, Timestamp) = (Timestamp(-62_135_596_800_000), Timestamp(253_402_300_799_999));

impl World {
    /// Does what is asked for; gives the name of a snapshot.
    ///
    /// # Errors
    /// Why it was not done.
    pub fn carry_out(&self, store: &StoreId, deed: &Deed, server: &Arc<Server>) -> Result<String, Undone> {
        match deed {
            Deed::Delete { selectors, from, to } => {
                let from = Timestamp(from.0.max(NAMEABLE.0.0));
                let to = Timestamp(to.0.min(NAMEABLE.1.0));
                selectors.iter().try_for_each(|(text, matchers)| match self {
                    Self::Lab(lab) => {
                        let (store, selector) = (store.clone(), text.clone());
                        let command = Command::Delete { store, span: Some((from, to)), selector };
                        let done = locked(lab).act(command, None);
                        done.map(drop).map_err(|problem| Undone::Failed(problem.to_string()))
                    }
                    Self::Samples { head, .. } => {
                        let mut head = head.lock().unwrap_or_else(PoisonError::into_inner);
                        Arc::make_mut(&mut head).delete(matchers, from, to);
                        Ok(())
                    }
                })?;
                Ok(String::new())
            }
            // All of a store is in memory, where marks stay.
            Deed::CleanTombstones => Ok(String::new()),
            Deed::Snapshot { with_head } => self.write_out(store, *with_head, server).map_err(Undone::Failed),
        }
    }

    /// Writes a store out as a block; without what is in memory nothing is written but the folder.
    fn write_out(&self, store: &StoreId, with_head: bool, server: &Arc<Server>) -> Result<String, String> {
        let source = self.source(store, false, server);
        let head = source.ok_or_else(|| format!("no such store: {store}"))?.head;
        let name = snapshot_name();
        let folder = Path::new(server.flags.get(SNAPSHOTS).map_or(SNAPSHOTS, String::as_str)).join(&name);
        std::fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        if let Some((name, files)) = with_head.then(|| block::write(&head)).flatten() {
            folder::write(&folder, &name, &files)?;
        }
        Ok(name)
    }
}

/// The second in which it is made, and a number that no other has.
fn snapshot_name() -> String {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let at = date::print(Timestamp(since.as_millis() as i64)).replace(['-', ':'], "");
    let second = at.split('.').next().unwrap_or_default();
    format!("{second}Z-{:x}", since.as_nanos())
}
