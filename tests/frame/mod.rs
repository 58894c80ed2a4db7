//! What the runners share: where data lies, golden files, the two-way ratchet.

pub mod cases;
pub mod conformance;
pub mod content;
pub mod golden;
pub mod ratchet;

use std::path::{Path, PathBuf};

/// The repository's root.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ lies in the repository").to_owned()
}

/// The files under `tests/<folder>` with this ending (without the dot), in order of their paths. A folder that is
/// not there has none.
pub fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    walk(&root().join("tests").join(folder), &mut |path| {
        if path.extension().is_some_and(|extension| extension == ending) {
            found.push(path.to_owned());
        }
    });
    found.sort();
    found
}

/// Calls `visit` with every file below `folder`.
pub fn walk(folder: &Path, visit: &mut impl FnMut(&Path)) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() { walk(&path, visit) } else { visit(&path) }
    }
}

/// `path` from the repository's root on, with slashes, for names of tests.
pub fn short(path: &Path) -> String {
    let path = path.strip_prefix(root().join("tests")).or_else(|_| path.strip_prefix(root())).unwrap_or(path);
    path.to_string_lossy().replace('\\', "/")
}
