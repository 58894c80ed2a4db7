//! What makes the site installable and lets it open without a network: manifest, icons, and the service worker with the
//! list of all files. The one-file lab has none of them.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::cache;
use crate::run::root;

/// The names in the site of what lies in `web/icons`.
const PLAIN: [(&str, &str); 6] = [
    ("manifest.webmanifest", "manifest.json"),
    ("icon.svg", "icon.svg"),
    ("maskable.svg", "maskable.svg"),
    ("icon-192.png", "icon-192.png"),
    ("icon-512.png", "icon-512.png"),
    ("maskable-512.png", "maskable-512.png"),
];
/// The service worker's name, which the page knows (`web/src/saves/offline.rs`).
const SCRIPT: &str = "service-worker.js";

/// Manifest and icons, by their names in the site.
///
/// # Errors
/// When one cannot be read.
pub fn plain_files() -> Result<Vec<(String, Vec<u8>)>> {
    let folder = root().join("web/icons");
    let read = |(name, file): (&str, &str)| {
        let path = folder.join(file);
        Ok((name.to_owned(), fs::read(&path).with_context(|| path.display().to_string())?))
    };
    PLAIN.into_iter().map(read).collect()
}

/// Writes the service worker for these files; the page itself is among them as `index.html`.
///
/// # Errors
/// When its text cannot be read or it cannot be written.
pub fn write_service_worker(folder: &Path, files: &[(&str, &[u8])]) -> Result<()> {
    let text = fs::read_to_string(root().join("web/boot").join(SCRIPT))?;
    fs::write(folder.join(SCRIPT), format!("{}{text}", list(files)))?;
    Ok(())
}

/// The version, which is another one as soon as a byte of any file is, and the files by their addresses.
fn list(files: &[(&str, &[u8])]) -> String {
    let all: String = files.iter().map(|(name, bytes)| format!("{name} {}\n", cache::hash(bytes))).collect();
    let address = |name: &str| if name == "index.html" { "./".to_owned() } else { format!("./{name}") };
    let names: Vec<String> = files.iter().map(|(name, _)| format!("{:?}", address(name))).collect();
    format!("const VERSION = {:?};\nconst FILES = [{}];\n", cache::hash(all.as_bytes()), names.join(","))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_another_one_when_any_byte_is() {
        let first = list(&[("index.html", b"page"), ("a.css", b"p{}")]);
        assert!(first.ends_with("const FILES = [\"./\",\"./a.css\"];\n"), "{first}");
        assert_ne!(first, list(&[("index.html", b"page"), ("a.css", b"p{ }")]));
        assert_eq!(first, list(&[("index.html", b"page"), ("a.css", b"p{}")]));
    }

    #[test]
    fn the_manifest_names_icons_that_are_there() {
        let files = plain_files().expect("manifest and icons");
        let manifest: serde_json::Value = serde_json::from_slice(&files[0].1).expect("JSON");
        for icon in manifest["icons"].as_array().expect("icons") {
            let name = icon["src"].as_str().and_then(|name| name.strip_prefix("./")).expect("relative");
            assert!(files.iter().any(|(file, _)| file == name), "{name}");
        }
    }
}
