//! The yard as a Prometheus sees it (`yard/<case>/journey.txt`): a scenario of the repository, with those of its files
//! replaced that lie beside the journey. What is asked are conditions on the fact sheets' numbers, so that a draw more
//! or less in the yard does not matter.

use std::collections::BTreeMap;
use std::path::Path;

use libtest_mimic::{Failed, Trial};
use scrapeyard_core::lab::play::{Files, play_journey};

use crate::frame::{self, content, golden};

pub fn trials() -> Vec<Trial> {
    let journeys = frame::files("yard", "txt").into_iter();
    journeys.map(|path| Trial::test(frame::short(&path), move || run(&path))).collect()
}

fn run(path: &Path) -> Result<(), Failed> {
    let folder = path.parent().ok_or("a journey lies in a folder")?.to_owned();
    let files = |name: &str| {
        let mut files = content::scenario(name)?;
        files.extend(texts(&folder)?);
        Some(files)
    };
    let text = std::fs::read_to_string(path)?;
    let played = play_journey(&text, None, files, |_| Ok(()))
        .map_err(|problems| problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))?;
    golden::compare(path, &played)
}

fn texts(folder: &Path) -> Option<Files> {
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(folder).ok()?.flatten() {
        let text = std::fs::read_to_string(entry.path()).ok()?;
        files.insert(entry.file_name().to_string_lossy().into_owned(), text);
    }
    Some(files)
}
