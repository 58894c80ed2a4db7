//! Where the real projects' test data lies. It is read in place and never part of this repository.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether something was looked for and not found.
static INCOMPLETE: AtomicBool = AtomicBool::new(false);

/// Whether all that was looked for until now was at hand.
pub fn is_complete() -> bool {
    !INCOMPLETE.load(Ordering::Relaxed)
}

/// The folder or file `name` of the conformance data; `None`, said loudly, where it is not at hand.
pub fn find(name: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("SCRAPEYARD_CONFORMANCE")
        .map_or_else(|| super::root().join("../shared/conformance"), PathBuf::from);
    let path = folder.join(name);
    if path.exists() {
        return Some(path);
    }
    INCOMPLETE.store(true, Ordering::Relaxed);
    eprintln!(
        "\n*** NOT RUN: conformance data {name} is not in {} (SCRAPEYARD_CONFORMANCE=DIR) ***\n",
        folder.display()
    );
    None
}
