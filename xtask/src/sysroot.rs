//! The wasm32 standard library, built once from the source that Debian's compiler brings.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::run::{quiet, root, show, step};
use crate::toolchain::{Debian, TARGET, set_flags};

/// Changed whenever the way of building changes.
const RECIPE: &str = "recipe 2";

/// The folder of a complete sysroot for this compiler, built where it is not there yet.
///
/// # Errors
/// When the library does not build or the folder cannot be written.
pub fn ready(debian: &Debian) -> Result<PathBuf> {
    let version = quiet(Command::new(&debian.rustc).arg("-vV"))?;
    let folder = root().join("target/wasm-sysroot");
    let stamp = folder.join("built-by");
    let wanted = format!("{version}{RECIPE}\n");
    if fs::read_to_string(&stamp).is_ok_and(|built_by| built_by == wanted) {
        return Ok(folder);
    }
    let release = version.lines().next().unwrap_or("rustc");
    let what = format!("building the standard library for WebAssembly with {release} (about a minute, once)");
    step(&what, || build(debian, &folder, &version))?;
    fs::write(stamp, wanted)?;
    Ok(folder)
}

fn build(debian: &Debian, folder: &Path, version: &str) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    let probe = folder.join("probe");
    fs::create_dir_all(probe.join("src"))?;
    fs::write(probe.join("Cargo.toml"), "[package]\nname = \"probe\"\nedition = \"2024\"\n[workspace]\n")?;
    fs::write(probe.join("src/lib.rs"), "#![no_std]\n")?;
    let output = folder.join("build");
    let host_root = PathBuf::from(quiet(Command::new(&debian.rustc).args(["--print", "sysroot"]))?.trim());
    let source = host_root.join("lib/rustlib/src/rust").canonicalize()?;
    let mut command = debian.cargo();
    let flags = [
        "-Cembed-bitcode=yes".to_owned(), // link-time optimisation of the page reaches into the library
        format!("--remap-path-prefix={}=/rustc", source.display()), // its folder is nobody's business
    ];
    set_flags(&mut command, &flags);
    command
        .args(["build", "--release", "--target", TARGET, "-Zbuild-std=std,panic_abort,test"])
        .env("RUSTC_BOOTSTRAP", "1") // lets a stable cargo build the library
        .env("CARGO_TARGET_DIR", &output)
        .current_dir(&probe);
    show(&mut command)
        .context("what the library itself is built on is fetched once: is the network there?")?;
    collect(&output.join(TARGET).join("release/deps"), &folder.join("lib/rustlib").join(TARGET).join("lib"))?;
    link_host(&host_root, version, folder)?;
    fs::remove_dir_all(output)?;
    fs::remove_dir_all(probe)?;
    Ok(())
}

fn collect(from: &Path, into: &Path) -> Result<()> {
    fs::create_dir_all(into)?;
    for entry in fs::read_dir(from).with_context(|| from.display().to_string())?.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.ends_with(".rlib") && !name.starts_with("libprobe-") {
            fs::copy(entry.path(), into.join(&*name))?;
        }
    }
    Ok(())
}

/// Build scripts and macros run on the host, so the sysroot needs the host's library too.
fn link_host(host_root: &Path, version: &str, folder: &Path) -> Result<()> {
    let host =
        version.lines().find_map(|line| line.strip_prefix("host: ")).context("rustc -vV names no host")?;
    let original = host_root.join("lib/rustlib").join(host);
    #[cfg(unix)]
    std::os::unix::fs::symlink(original, folder.join("lib/rustlib").join(host))?;
    #[cfg(not(unix))]
    let _ = original; // Debian's packages exist on no other system
    Ok(())
}
