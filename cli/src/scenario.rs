//! Scenarios on disk: found by folder or name, read whole.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use scrapeyard_core::lab::{Problem, Scenario};

/// Reads a scenario: a folder, or the name of one under `scenarios/` here or further up.
///
/// # Errors
/// When there is none of that name, or its files make no sense.
pub fn read(scenario: &str) -> Result<Scenario, String> {
    let folder = find(scenario)?;
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let told =
        |problems: Vec<Problem>| problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    Scenario::read(&name, files(&folder)?).map_err(told)
}

/// The folder of a scenario.
///
/// # Errors
/// When there is none of that name.
pub fn find(scenario: &str) -> Result<PathBuf, String> {
    if Path::new(scenario).is_dir() {
        return Ok(PathBuf::from(scenario));
    }
    let here = std::env::current_dir().map_err(|error| error.to_string())?;
    let folders = here.ancestors().map(|folder| folder.join("scenarios").join(scenario));
    folders.into_iter().find(|folder| folder.is_dir()).ok_or_else(|| format!("no such scenario: {scenario}"))
}

/// The files of the folder, and the lessons (`lessons/NAME.yaml`).
fn files(folder: &Path) -> Result<BTreeMap<String, String>, String> {
    let mut files = texts(folder)?;
    let lessons = folder.join("lessons");
    if lessons.is_dir() {
        let lessons = texts(&lessons)?.into_iter().filter(|(file, _)| file.ends_with(".yaml"));
        files.extend(lessons.map(|(file, text)| (format!("lessons/{file}"), text)));
    }
    Ok(files)
}

fn texts(folder: &Path) -> Result<BTreeMap<String, String>, String> {
    let told = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(folder).map_err(told)? {
        let entry = entry.map_err(told)?;
        if let Ok(text) = std::fs::read_to_string(entry.path()) {
            files.insert(entry.file_name().to_string_lossy().into_owned(), text);
        }
    }
    Ok(files)
}
