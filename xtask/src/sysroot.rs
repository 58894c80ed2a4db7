//! The wasm32 standard library, built once from the source that Debian's compiler brings.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::run::{quiet, root, step};
use crate::toolchain::{Debian, TARGET, forget_outer_cargo};

/// The folder of a complete sysroot for this compiler, built where it is not there yet.
///
/// # Errors
/// When the library does not build or the folder cannot be written.
pub fn ready(debian: &Debian) -> Result<PathBuf> {
    let version = quiet(Command::new(&debian.rustc).arg("--version"))?;
    let folder = root().join("target/wasm-sysroot");
    let stamp = folder.join("built-by");
    if fs::read_to_string(&stamp).is_ok_and(|built_by| built_by == version) {
        return Ok(folder);
    }
    step("building the standard library for WebAssembly (about a minute, once)", || build(debian, &folder))?;
    fs::write(stamp, version)?;
    Ok(folder)
}

fn build(debian: &Debian, folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    let probe = folder.join("probe");
    fs::create_dir_all(probe.join("src"))?;
    fs::write(probe.join("Cargo.toml"), "[package]\nname = \"probe\"\nedition = \"2024\"\n[workspace]\n")?;
    fs::write(probe.join("src/lib.rs"), "#![no_std]\n")?;
    let output = folder.join("build");
    let mut command = Command::new(&debian.cargo);
    forget_outer_cargo(&mut command);
    command
        .args(["build", "--release", "--target", TARGET, "-Zbuild-std=std,panic_abort,test"])
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTC", &debian.rustc)
        .env("RUSTFLAGS", "-Cembed-bitcode=yes") // link-time optimisation of the page reaches into the library
        .env("CARGO_TARGET_DIR", &output)
        .current_dir(&probe);
    quiet(&mut command)?;
    collect(&output.join(TARGET).join("release/deps"), &folder.join("lib/rustlib").join(TARGET).join("lib"))?;
    link_host(debian, folder)?;
    fs::remove_dir_all(output)?;
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
fn link_host(debian: &Debian, folder: &Path) -> Result<()> {
    let host_root = quiet(Command::new(&debian.rustc).args(["--print", "sysroot"]))?;
    let details = quiet(Command::new(&debian.rustc).arg("-vV"))?;
    let host =
        details.lines().find_map(|line| line.strip_prefix("host: ")).context("rustc -vV names no host")?;
    let original = Path::new(host_root.trim()).join("lib/rustlib").join(host);
    #[cfg(unix)]
    std::os::unix::fs::symlink(original, folder.join("lib/rustlib").join(host))?;
    #[cfg(not(unix))]
    let _ = original; // Debian's packages exist on no other system
    Ok(())
}
