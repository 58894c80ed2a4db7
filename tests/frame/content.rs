//! The scenarios of the repository as their files' texts.

use std::collections::BTreeMap;
use std::path::Path;

/// The names of the scenarios, sorted.
pub fn scenarios() -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(super::root().join("scenarios")) else { return Vec::new() };
    let folders = entries.flatten().filter(|entry| entry.path().is_dir());
    let mut names: Vec<String> =
        folders.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// The files that a scenario is read from: those of its folder, and the lessons (`lessons/NAME.yaml`).
pub fn scenario(name: &str) -> Option<BTreeMap<String, String>> {
    let folder = super::root().join("scenarios").join(name);
    let mut files = BTreeMap::new();
    read(&folder, "", &mut files)?;
    let mut lessons = BTreeMap::new();
    read(&folder.join("lessons"), "lessons/", &mut lessons);
    files.extend(lessons.into_iter().filter(|(file, _)| file.ends_with(".yaml")));
    Some(files)
}

fn read(folder: &Path, before: &str, files: &mut BTreeMap<String, String>) -> Option<()> {
    for entry in std::fs::read_dir(folder).ok()?.flatten().filter(|entry| entry.path().is_file()) {
        let text = std::fs::read_to_string(entry.path()).ok()?;
        files.insert(format!("{before}{}", entry.file_name().to_string_lossy()), text);
    }
    Some(())
}
