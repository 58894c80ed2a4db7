//! Blocks in folders: where their files lie on a disk. What is in the files, the core knows.

use std::path::{Path, PathBuf};

use scrapeyard_core::tsdb::block::BlockFiles;

/// The blocks under a path in order of their names: the folder itself where it is a block, else those in it.
///
/// # Errors
/// When something cannot be read, or no block is there.
pub fn blocks(path: &Path) -> Result<Vec<(PathBuf, BlockFiles)>, String> {
    let is_block = |folder: &Path| folder.join("meta.json").is_file();
    let mut folders = vec![path.to_owned()];
    if !is_block(path) {
        folders = entries(path)?.into_iter().filter(|entry| is_block(entry)).collect();
    }
    if folders.is_empty() {
        return Err(format!("{}: no block: no folder with meta.json", path.display()));
    }
    folders.into_iter().map(|folder| read(&folder).map(|files| (folder, files))).collect()
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let told = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut entries = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(told)? {
        entries.push(entry.map_err(told)?.path());
    }
    entries.sort();
    Ok(entries)
}

fn read(folder: &Path) -> Result<BlockFiles, String> {
    let bytes = |path: &Path| std::fs::read(path).map_err(|error| format!("{}: {error}", path.display()));
    let mut files = BlockFiles { meta: bytes(&folder.join("meta.json"))?, ..BlockFiles::default() };
    files.index = bytes(&folder.join("index"))?;
    if folder.join("tombstones").is_file() {
        files.tombstones = Some(bytes(&folder.join("tombstones"))?);
    }
    if folder.join("chunks").is_dir() {
        for chunk in entries(&folder.join("chunks"))? {
            files.chunks.push(bytes(&chunk)?);
        }
    }
    Ok(files)
}

/// Writes a block into a folder of its name under `parent`; gives that folder.
///
/// # Errors
/// When something cannot be written.
pub fn write(parent: &Path, name: &str, files: &BlockFiles) -> Result<PathBuf, String> {
    let folder = parent.join(name);
    let told = |error: std::io::Error| format!("{}: {error}", folder.display());
    std::fs::create_dir_all(folder.join("chunks")).map_err(told)?;
    for (path, bytes) in files.paths() {
        std::fs::write(folder.join(path), bytes).map_err(told)?;
    }
    Ok(folder)
}
