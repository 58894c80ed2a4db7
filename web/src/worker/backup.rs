//! What the page keeps against the worker's death: scenario, journal, a checkpoint, attachments.

use std::collections::BTreeMap;

use scrapeyard_core::lab::AttachmentHash;
use scrapeyard_core::lab::wire::{RequestBody, Save, ScenarioSource};

/// The newest of everything that a [`Save`] needs.
#[derive(Clone, Debug)]
pub struct Backup {
    scenario: ScenarioSource,
    /// Another seed than the scenario's own.
    seed: Option<u64>,
    journal: Option<String>,
    checkpoint: Vec<u8>,
    attachments: BTreeMap<AttachmentHash, String>,
}

impl Backup {
    /// Nothing but the scenario: a lab at its beginning.
    pub const fn of(scenario: ScenarioSource, seed: Option<u64>) -> Self {
        Self { scenario, seed, journal: None, checkpoint: Vec::new(), attachments: BTreeMap::new() }
    }

    /// A lab that was saved.
    pub fn saved(save: Save) -> Self {
        let Save { scenario, journal, checkpoint, attachments } = save;
        Self { scenario, seed: None, journal: Some(journal), checkpoint, attachments }
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

    /// What a worker is asked for, so that the lab stands again.
    pub fn request(&self) -> RequestBody {
        match &self.journal {
            Some(journal) => RequestBody::Restore(Save {
                scenario: self.scenario.clone(),
                journal: journal.clone(),
                checkpoint: self.checkpoint.clone(),
                attachments: self.attachments.clone(),
            }),
            None => RequestBody::Open { scenario: self.scenario.clone(), seed: self.seed },
        }
    }

    /// The journal's text; `None` before the first word of the first worker.
    pub fn journal(&self) -> Option<&str> {
        self.journal.as_deref()
    }

    /// The checkpoint that was handed over last; empty before the first.
    pub fn checkpoint(&self) -> &[u8] {
        &self.checkpoint
    }

    /// What journal lines may name.
    pub const fn attachments(&self) -> &BTreeMap<AttachmentHash, String> {
        &self.attachments
    }
}
