//! The shelf with all labs that this browser keeps: put, take, list, throw away. Decides nothing.

use std::collections::{BTreeMap, BTreeSet};

use js_sys::Uint8Array;
use scrapeyard_core::lab::AttachmentHash;
use scrapeyard_core::lab::wire::{Save, ScenarioSource};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::JsValue;

use super::database::{Database, Fault, Store};
use super::record::SavedLab;

/// A lab with everything that belongs to it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Whole {
    /// The lab.
    pub lab: SavedLab,
    /// Its newest checkpoint; empty where there is none.
    pub checkpoint: Vec<u8>,
    /// What its imports name.
    pub attachments: BTreeMap<AttachmentHash, String>,
}

impl Whole {
    /// As the worker takes it. A journal that cannot be read is refused there, with its line.
    pub fn save(&self) -> Save {
        let scenario = self.lab.header().map(|header| header.scenario).unwrap_or_default();
        Save {
            scenario: ScenarioSource::Named(scenario),
            journal: self.lab.journal.clone(),
            checkpoint: self.checkpoint.clone(),
            attachments: self.attachments.clone(),
        }
    }
}

/// The shelf.
#[derive(Clone, Debug)]
pub struct Shelf(Database);

impl Shelf {
    /// Opens it.
    ///
    /// # Errors
    /// When the browser keeps nothing for this page.
    pub async fn open() -> Result<Self, Fault> {
        Database::open().await.map(Self)
    }

    /// All labs, the one that was saved last first.
    ///
    /// # Errors
    /// When they cannot be read.
    pub async fn list(&self) -> Result<Vec<SavedLab>, Fault> {
        let all = self.0.reading()?.all(Store::Labs).await?;
        let mut labs: Vec<SavedLab> = all.iter().filter_map(|lab| SavedLab::from_js(&lab)).collect();
        labs.sort_by(|one, other| other.saved_ms.total_cmp(&one.saved_ms));
        Ok(labs)
    }

    /// The number of the next lab.
    ///
    /// # Errors
    /// When the labs cannot be read.
    pub async fn next_number(&self) -> Result<u32, Fault> {
        Ok(self.list().await?.iter().map(|lab| lab.number).max().unwrap_or(0) + 1)
    }

    /// A lab; `None` where it is not here.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn take(&self, id: &str) -> Result<Option<Whole>, Fault> {
        let reading = self.0.reading()?;
        let Some(lab) = SavedLab::from_js(&reading.get(Store::Labs, id).await?) else { return Ok(None) };
        let checkpoint = reading.get(Store::Checkpoints, id).await?;
        let checkpoint = checkpoint.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec).unwrap_or_default();
        let mut attachments = BTreeMap::new();
        for hash in &lab.attachments {
            if let Some(text) = reading.get(Store::Attachments, hash).await?.as_string() {
                attachments.insert(AttachmentHash::of(&text), text);
            }
        }
        Ok(Some(Whole { lab, checkpoint, attachments }))
    }

    /// Puts a lab in place of the one with its id; its checkpoint stays where none is given. The attachments are those
    /// that are not here yet.
    ///
    /// # Errors
    /// When writing cannot begin; the future says how it ended.
    pub fn put(
        &self,
        lab: &SavedLab,
        checkpoint: Option<&[u8]>,
        attachments: &[(&AttachmentHash, &String)],
    ) -> Result<impl Future<Output = Result<(), Fault>> + 'static + use<>, Fault> {
        let writing = self.0.writing()?;
        writing.put_lab(&lab.to_js())?;
        if let Some(checkpoint) = checkpoint {
            writing.put(Store::Checkpoints, &lab.id, &Uint8Array::from(checkpoint).into())?;
        }
        for (hash, text) in attachments {
            writing.put(Store::Attachments, &hash.to_string(), &JsValue::from(text.as_str()))?;
        }
        Ok(writing.commit())
    }

    /// Puts a lab with all that belongs to it.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn put_whole(&self, whole: &Whole) -> Result<(), Fault> {
        let attachments: Vec<_> = whole.attachments.iter().collect();
        self.put(&whole.lab, Some(&whole.checkpoint), &attachments)?.await
    }

    /// Throws a lab away, with those of its attachments that no other lab has.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn remove(&self, lab: &SavedLab) -> Result<(), Fault> {
        let others = self.list().await?;
        let others = others.iter().filter(|other| other.id != lab.id);
        let kept: BTreeSet<&String> = others.flat_map(|other| &other.attachments).collect();
        let writing = self.0.writing()?;
        writing.delete(Store::Labs, &lab.id)?;
        writing.delete(Store::Checkpoints, &lab.id)?;
        for hash in lab.attachments.iter().filter(|hash| !kept.contains(hash)) {
            writing.delete(Store::Attachments, hash)?;
        }
        writing.commit().await
    }
}
