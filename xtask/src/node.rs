//! What comes from npm, at the versions of a lock file, installed where its `package.json` stands.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::run::{exists, quiet, root, step};

/// Makes sure that `node_modules` of `folder` (from the root on) is what its lock file says; gives its path.
///
/// # Errors
/// When node or npm is missing, or the installation fails.
pub fn modules(folder: &str) -> Result<PathBuf> {
    for program in ["node", "npm"] {
        if !exists(program) {
            bail!(
                "{program} is missing: install Node.js 20 or newer (on Debian: sudo apt-get install nodejs npm)"
            );
        }
    }
    let folder = root().join(folder);
    let lock = fs::read_to_string(folder.join("package-lock.json")).context("package-lock.json")?;
    let modules = folder.join("node_modules");
    let stamp = modules.join("installed-from-lock");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(modules);
    }
    let name = folder.strip_prefix(root()).unwrap_or(Path::new("")).display().to_string();
    step(&format!("installing the npm packages of {name}"), || {
        let mut command = Command::new("npm");
        command.args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"]).current_dir(&folder);
        quiet(&mut command)
    })?;
    fs::write(stamp, lock)?;
    Ok(modules)
}
