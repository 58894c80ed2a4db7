//! Texts that imports name, handed over before them.

use std::collections::{BTreeMap, BTreeSet};

use super::command::{AttachmentHash, Command};
use super::doors::Lab;
use super::problem::Problem;
use super::{import, lab_file};

impl Lab {
    /// Hands over a text for a later `import`.
    ///
    /// # Errors
    /// When it is longer than an import may be, or the lab could not be read from a file with it.
    pub fn attach(&mut self, text: String) -> Result<AttachmentHash, Problem> {
        if text.len() > import::MAX_BYTES {
            return Err(Problem::new("import-too-long", format!("longer than {} bytes", import::MAX_BYTES)));
        }
        let hash = AttachmentHash::of(&text);
        if !self.has_room_for(&text) {
            // What no import names was refused or taken back for good.
            let named = self.named_attachments();
            self.attachments.retain(|hash, _| named.contains(hash));
            if !self.has_room_for(&text) {
                let said = "the texts of all imports together are longer than a lab's file may be";
                return Err(Problem::new("attachments-too-long", said));
            }
        }
        self.attachments.entry(hash).or_insert_with(|| text.into());
        Ok(hash)
    }

    fn has_room_for(&self, text: &str) -> bool {
        let others = self.attachments.values().map(|known| &**known).filter(|known| *known != text);
        lab_file::holds(others.chain([text]))
    }

    /// What is named by the journal's imports, and by those that can be done again.
    fn named_attachments(&self) -> BTreeSet<AttachmentHash> {
        let commands = self.journal.entries.iter().map(|entry| &entry.command).chain(self.history.commands());
        let named = commands.filter_map(|command| match command {
            Command::Import { attachment, .. } => Some(*attachment),
            _ => None,
        });
        named.collect()
    }

    /// What the journal's imports name.
    #[must_use]
    pub fn attachments(&self) -> BTreeMap<AttachmentHash, String> {
        self.attachments.iter().map(|(hash, text)| (*hash, text.to_string())).collect()
    }
}
