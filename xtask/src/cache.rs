//! Slow work done once for the same input: results by a hash of what went in, under `target/cache`.

use std::fs;
use std::path::Path;
use std::time::SystemTime;

use anyhow::Result;
use sha2::{Digest as _, Sha256};

use crate::run::root;

/// How many results of one kind are kept: enough for going back and forth between a few branches.
const KEPT: usize = 24;

/// The result of `work` on `input`, remembered under `kind`.
///
/// # Errors
/// Those of `work`, or when the cache cannot be written.
pub fn remembered(kind: &str, input: &[u8], work: impl FnOnce() -> Result<Vec<u8>>) -> Result<Vec<u8>> {
    let folder = root().join("target/cache").join(kind);
    let file = folder.join(hash(input));
    if let Ok(result) = fs::read(&file) {
        fs::File::options().write(true).open(&file)?.set_modified(SystemTime::now())?; // used: kept longer
        return Ok(result);
    }
    let result = work()?;
    fs::create_dir_all(&folder)?;
    // Written under another name first: a run that is broken off leaves no half result.
    let unfinished = file.with_extension("unfinished");
    fs::write(&unfinished, &result)?;
    fs::rename(unfinished, file)?;
    forget_oldest(&folder)?;
    Ok(result)
}

fn forget_oldest(folder: &Path) -> Result<()> {
    let mut results = Vec::new();
    for entry in fs::read_dir(folder)?.flatten() {
        // One that is gone by now was renamed or forgotten by work beside this.
        if let Ok(modified) = entry.metadata().and_then(|file| file.modified()) {
            results.push((modified, entry.path()));
        }
    }
    results.sort();
    let too_many = results.len().saturating_sub(KEPT);
    for (_, path) in &results[..too_many] {
        let _ = fs::remove_file(path);
    }
    Ok(())
}

/// Does `work`, which fills `folder`, unless the folder was filled from the same input before.
///
/// # Errors
/// Those of `work`, or when the folder cannot be written.
pub fn unless_made(folder: &Path, input: &[u8], work: impl FnOnce() -> Result<()>) -> Result<()> {
    let stamp = folder.join("made-from");
    let key = hash(input);
    if fs::read_to_string(&stamp).is_ok_and(|made_from| made_from == key) {
        return Ok(());
    }
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    work()?;
    fs::write(stamp, key)?;
    Ok(())
}

/// A hash of the bytes, in 16 hexadecimal digits: enough for names of files.
pub fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// The hash of a script or sheet as a content security policy wants it.
pub fn policy_hash(text: &str) -> String {
    use base64::Engine as _;
    format!("'sha256-{}'", base64::engine::general_purpose::STANDARD.encode(Sha256::digest(text.as_bytes())))
}
