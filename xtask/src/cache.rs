//! Slow work done once for the same input: results by a hash of what went in, under `target/cache`.

use std::fs;

use anyhow::Result;
use sha2::{Digest as _, Sha256};

use crate::run::root;

/// The result of `work` on `input`, remembered under `kind`.
///
/// # Errors
/// Those of `work`, or when the cache cannot be written.
pub fn remembered(kind: &str, input: &[u8], work: impl FnOnce() -> Result<Vec<u8>>) -> Result<Vec<u8>> {
    let folder = root().join("target/cache").join(kind);
    let file = folder.join(hash(input));
    if let Ok(result) = fs::read(&file) {
        return Ok(result);
    }
    let result = work()?;
    fs::create_dir_all(&folder)?;
    // Written under another name first: a run that is broken off leaves no half result.
    let unfinished = folder.join("unfinished");
    fs::write(&unfinished, &result)?;
    fs::rename(unfinished, file)?;
    Ok(result)
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
