//! Joins the style sheets into two: what a first view shows, and what comes later. Their order decides little, since every
//! sheet names its cascade layer, and the layers' order is said in the first.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::run::root;

/// The sheets, or the folders of sheets, that no first view needs: neither the yard nor a chart, nor what the bar, the
/// strips and the safe mode show around them.
const LATER: [&str; 11] = [
    "web/src/board",
    "web/src/controls/notices.css",
    "web/src/controls/sheet.css",
    "web/src/learn",
    "web/src/query/explain",
    "web/src/query/table",
    "web/src/saves/sheets.css",
    "web/src/shell/menus.css",
    "web/src/storage",
    "web/src/targets",
    "web/src/yard/container_sheet.css",
];

/// All sheets, joined.
pub struct Sheets {
    /// What a first view needs.
    pub first: String,
    /// The others; they may come at any time after it.
    pub later: String,
}

/// All sheets: `web/styles` first, then the first paint's, then those beside the components, each in order of its path.
///
/// # Errors
/// When a sheet cannot be read.
pub fn joined() -> Result<Sheets> {
    let root = root();
    let mut sheets = Vec::new();
    for folder in ["web/styles", "web/boot", "web/src"] {
        let mut found = Vec::new();
        collect(&root.join(folder), &mut found)?;
        found.sort();
        sheets.extend(found);
    }
    let read = |path: &PathBuf| std::fs::read_to_string(path).with_context(|| path.display().to_string());
    let joined = |sheets: Vec<PathBuf>| {
        let texts = sheets.iter().map(read).collect::<Result<Vec<_>>>()?;
        Ok::<_, anyhow::Error>(texts.concat())
    };
    let is_later = |path: &PathBuf| LATER.iter().any(|later| path.starts_with(root.join(later)));
    let (later, first) = sheets.into_iter().partition(is_later);
    Ok(Sheets { first: joined(first)?, later: joined(later)? })
}

fn collect(folder: &Path, into: &mut Vec<PathBuf>) -> Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    for entry in std::fs::read_dir(folder)?.flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, into)?;
        } else if path.extension().is_some_and(|extension| extension == "css") {
            into.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_later_sheet_adds_to_layers_whose_order_the_first_has_said() {
        for later in LATER {
            assert!(root().join(later).exists(), "{later} is gone: take it off the list");
        }
        let Sheets { first, later } = joined().expect("sheets");
        let order = first.find("@layer tokens, base, components, pages;").expect("the order of the layers");
        let used = first.find("@layer components {").expect("components");
        assert!(order < used, "the order is said before it matters");
        for rest in later.split("@layer ").skip(1) {
            assert!(rest.starts_with("components {") || rest.starts_with("pages {"), "{}", &rest[..20]);
        }
        assert!(first.contains(".lab-button") && !first.contains(".board-grid"), "{}", first.len());
        assert!(
            later.contains(".board-grid") && later.contains(".qr-paper") && !later.contains(".lab-button")
        );
    }
}
