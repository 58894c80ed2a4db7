//! A scenario: what a lab starts from, read from the field's own files. Holds texts and plain values, no state.

mod compose;
mod compose_parts;
mod describe;
mod manifest;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::course::Lesson;
use super::digest::Digest;
use super::problem::Problem;
use crate::yaml;

pub use compose::{ComposeFile, ComposeService, MAX_REPLICAS, Mount, Port, Restart};
pub use manifest::{HostService, Manifest, Traffic};

/// The file that says how the lab begins.
pub const MANIFEST_FILE: &str = "scenario.yaml";
/// The file that says which containers there are.
pub const COMPOSE_FILE: &str = "compose.yaml";

/// A scenario whose files make sense.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scenario {
    /// Its name: that of its folder.
    pub name: String,
    /// The files as they were handed in, by name.
    pub files: BTreeMap<String, String>,
    /// How the lab begins.
    pub manifest: Manifest,
    /// Which containers there are.
    pub compose: ComposeFile,
}

impl Scenario {
    /// Reads a scenario from its files: `scenario.yaml`, `compose.yaml`, and what the latter mounts. Its lessons are read
    /// when they are asked for.
    ///
    /// # Errors
    /// When a file is missing or makes no sense; each problem begins with the file's name.
    pub fn read(name: &str, files: BTreeMap<String, String>) -> Result<Self, Vec<Problem>> {
        let text = |file: &str| {
            let missing = || Problem::new("scenario-file-missing", format!("{file}: no such file"));
            files.get(file).map(String::as_str).ok_or_else(|| vec![missing()])
        };
        let manifest =
            Manifest::read(text(MANIFEST_FILE)?).map_err(|error| problems(MANIFEST_FILE, &error))?;
        let compose =
            ComposeFile::read(text(COMPOSE_FILE)?).map_err(|error| problems(COMPOSE_FILE, &error))?;
        for mount in compose.services.iter().flat_map(|service| &service.mounts) {
            text(&mount.source)?;
        }
        Ok(Self { name: name.to_owned(), files, manifest, compose })
    }

    /// Its lessons, in the order in which `scenario.yaml` names them; each is the file `lessons/NAME.yaml`.
    ///
    /// # Errors
    /// When a file is missing or makes no sense; the first problem is given.
    pub fn lessons(&self) -> Result<Vec<Lesson>, Problem> {
        let read = |name: &String| {
            let file = format!("lessons/{name}.yaml");
            let missing = || Problem::new("scenario-file-missing", format!("{file}: no such file"));
            let text = self.files.get(&file).ok_or_else(missing)?;
            Lesson::read(name, text).map_err(|error| problems(&file, &error).swap_remove(0))
        };
        self.manifest.lessons.iter().map(read).collect()
    }

    /// A digest of all files with their names; suggestions for a board (`board.LANGUAGE.json`) change no lab.
    #[must_use]
    pub fn digest(&self) -> Digest {
        let is_suggestion = |name: &str| name.starts_with("board.") && name.ends_with(".json");
        self.files
            .iter()
            .filter(|(name, _)| !is_suggestion(name))
            .fold(Digest::EMPTY, |digest, (name, text)| digest.and(name.as_bytes()).and(text.as_bytes()))
    }
}

fn problems(file: &str, error: &yaml::Error) -> Vec<Problem> {
    let one = |problem: &yaml::Problem| {
        Problem::new("scenario-invalid", format!("{file}: {}", problem.text)).at(problem.place)
    };
    error.problems().iter().map(one).collect()
}

#[cfg(test)]
mod tests;
