//! Where the real projects' test data lies. It is read in place and never part of this repository.

use std::path::PathBuf;

/// The folder or file `name` of the conformance data; `None`, said loudly, where it is not at hand.
pub fn find(name: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("SCRAPEYARD_CONFORMANCE")
        .map_or_else(|| super::root().join("../shared/conformance"), PathBuf::from);
    let path = folder.join(name);
    if path.exists() {
        return Some(path);
    }
    eprintln!(
        "\n*** NOT RUN: conformance data {name} is not in {} (SCRAPEYARD_CONFORMANCE=DIR) ***\n",
        folder.display()
    );
    None
}
