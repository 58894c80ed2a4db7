//! What the page keeps against the worker's death: scenario, journal, a checkpoint, attachments.

use std::collections::BTreeMap;

use scrapeyard_core::lab::AttachmentHash;
use scrapeyard_core::lab::wire::{Save, ScenarioSource};

/// The newest of everything that a [`Save`] needs.
#[derive(Clone, Debug)]
pub struct Backup {
    scenario: ScenarioSource,
    journal: Option<String>,
    checkpoint: Vec<u8>,
    attachments: BTreeMap<AttachmentHash, String>,
}

impl Backup {
    /// Nothing but the scenario.
    pub const fn of(scenario: ScenarioSource) -> Self {
        Self { scenario, journal: None, checkpoint: Vec::new(), attachments: BTreeMap::new() }
    }

    /// Keeps what the worker handed over.
    pub fn keep(&mut self, journal: String, checkpoint: Option<Vec<u8>>) {
        self.journal = Some(journal);
        if let Some(checkpoint) = checkpoint {
            self.checkpoint = checkpoint;
        }
    }

    /// Keeps a text that journal lines may name.
    pub fn attach(&mut self, hash: AttachmentHash, text: String) {
        self.attachments.insert(hash, text);
    }

    /// Keeps a whole save.
    pub fn replace(&mut self, save: &Save) {
        self.scenario = save.scenario.clone();
        self.keep(save.journal.clone(), Some(save.checkpoint.clone()));
        self.attachments.clone_from(&save.attachments);
    }

    /// Forgets all but the scenario: what was kept could not be restored.
    pub fn clear(&mut self) {
        self.journal = None;
        self.checkpoint.clear();
        self.attachments.clear();
    }

    /// What another worker goes on from; `None` before the first word of the first one.
    pub fn save(&self) -> Option<Save> {
        Some(Save {
            scenario: self.scenario.clone(),
            journal: self.journal.clone()?,
            checkpoint: self.checkpoint.clone(),
            attachments: self.attachments.clone(),
        })
    }

    /// The scenario.
    pub fn scenario(&self) -> ScenarioSource {
        self.scenario.clone()
    }
}
