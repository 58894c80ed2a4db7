//! A cargo that can build for wasm32: the active toolchain where it has the target, else rustup's target, else
//! Debian's compiler with a library built once ([`crate::sysroot`]).

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::run::{exists, quiet, root, show, step};
use crate::{apt, sysroot};

/// The target triple of everything that runs in the page.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// Debian's compiler, its cargo and its library's source. Kept fresh in stable releases, since browsers need them.
const PACKAGES: [&str; 3] = ["rustc-web", "cargo-web", "rust-web-src"];

/// How to build for wasm32 on this machine.
pub enum Toolchain {
    /// The one that runs xtask has the target.
    Active,
    /// Debian's, with the library in a sysroot of its own.
    Debian {
        /// The compiler and its company.
        debian: Debian,
        /// Where the library for wasm32 lies.
        sysroot: PathBuf,
    },
}

impl Toolchain {
    /// Finds a way to build for wasm32, setting up what is missing.
    ///
    /// # Errors
    /// When there is none; says what to do by hand.
    pub fn find() -> Result<Self> {
        if active_has_target() {
            return Ok(Self::Active);
        }
        if exists("rustup") && std::env::var("RUSTUP_AUTO_INSTALL").as_deref() != Ok("0") {
            let added = step("adding the wasm32 target to the Rust toolchain (some 20 MB)", || {
                show(Command::new("rustup").args(["target", "add", TARGET]))
            });
            match added {
                Ok(()) if active_has_target() => return Ok(Self::Active),
                Ok(()) => println!("  added, but not to the active toolchain; trying Debian's compiler"),
                Err(error) => println!("  {error:#}\n  trying Debian's compiler"),
            }
        }
        let debian = Debian::find_or_install()?;
        let sysroot = sysroot::ready(&debian)?;
        Ok(Self::Debian { debian, sysroot })
    }

    /// A cargo command of this toolchain; the caller adds what to build. Its output goes to `target/wasm`, apart from
    /// native builds, since the compilers may differ. `more` are further flags of the compiler.
    pub fn cargo(&self, more: &[&str]) -> Command {
        let mut flags = paths_kept_out();
        // Names that tell one instance of a generic function from another: `crate::split` goes by names.
        flags.push("-Csymbol-mangling-version=v0".to_owned());
        flags.extend(more.iter().map(|flag| (*flag).to_owned()));
        let mut command = match self {
            Self::Active => Command::new("cargo"),
            Self::Debian { debian, sysroot } => {
                flags.push(format!("--sysroot={}", sysroot.display()));
                let mut command = debian.cargo();
                command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", &debian.linker);
                command
            }
        };
        set_flags(&mut command, &flags);
        command.env("CARGO_TARGET_DIR", root().join("target/wasm")).current_dir(root());
        command
    }
}

/// Debian's compiler, which brings the library's source in its own version.
pub struct Debian {
    /// The compiler.
    pub rustc: PathBuf,
    /// The cargo of the same version.
    cargo: PathBuf,
    /// A linker for WebAssembly.
    linker: PathBuf,
}

impl Debian {
    /// Debian's cargo with Debian's compiler, whatever the cargo that runs xtask has put into the environment.
    pub fn cargo(&self) -> Command {
        let mut command = Command::new(&self.cargo);
        for outer in ["RUSTC_WRAPPER", "RUSTC_WORKSPACE_WRAPPER", "RUSTUP_TOOLCHAIN", "LD_LIBRARY_PATH"] {
            command.env_remove(outer);
        }
        command.env("RUSTC", &self.rustc);
        command
    }

    fn find_or_install() -> Result<Self> {
        if let Some(found) = Self::find() {
            return Ok(found);
        }
        apt::install("building for WebAssembly", packages).context(
            "the Rust toolchain has no wasm32 target: `rustup target add wasm32-unknown-unknown` gives it one; \
             without rustup, Debian's packages do",
        )?;
        match Self::find() {
            Some(found) => Ok(found),
            None => bail!(
                "{} are installed, but no compiler of version {} or newer with its library's source was found",
                packages().join(", "),
                env!("CARGO_PKG_RUST_VERSION")
            ),
        }
    }

    fn find() -> Option<Self> {
        let existing = |path: &str| Some(PathBuf::from(path)).filter(|path| path.exists());
        existing("/usr/lib/rustlib/src/rust/library/std/Cargo.toml")?;
        let rustc = existing("/usr/bin/rustc")?;
        let version = quiet(Command::new(&rustc).arg("--version")).ok()?;
        let new_enough = numbers(version.split(' ').nth(1)?) >= numbers(env!("CARGO_PKG_RUST_VERSION"));
        Some(Self { rustc, cargo: existing("/usr/bin/cargo")?, linker: linker()? }).filter(|_| new_enough)
    }
}

fn packages() -> Vec<String> {
    // The lists of a bare machine may be empty before the first update, and then this linker is as good as any.
    let linker = apt::newest("lld-").unwrap_or_else(|| "lld-22".to_owned());
    PACKAGES.iter().map(|package| (*package).to_owned()).chain([linker]).collect()
}

/// The numbers of a version, for comparing.
fn numbers(version: &str) -> Vec<u32> {
    version.split(['.', '-']).map_while(|number| number.parse().ok()).collect()
}

/// The newest `wasm-ld` in `/usr/bin`.
fn linker() -> Option<PathBuf> {
    let version = |path: &PathBuf| {
        let name = path.file_name()?.to_str()?;
        if name == "wasm-ld" { Some(0) } else { name.strip_prefix("wasm-ld-")?.parse::<u32>().ok() }
    };
    let files = std::fs::read_dir("/usr/bin").ok()?.flatten().map(|entry| entry.path());
    files.filter_map(|path| version(&path).map(|version| (version, path))).max().map(|(_, path)| path)
}

fn active_has_target() -> bool {
    let mut command = Command::new("rustc");
    command.args(["--print", "target-libdir", "--target", TARGET]).current_dir(root());
    let Ok(folder) = quiet(&mut command) else { return false };
    let holds_std = |entry: std::fs::DirEntry| entry.file_name().to_string_lossy().starts_with("libstd-");
    std::fs::read_dir(folder.trim()).is_ok_and(|files| files.flatten().any(holds_std))
}

/// Gives a cargo command these compiler flags and no others: flags from outside would replace ours.
pub fn set_flags(command: &mut Command, flags: &[String]) {
    command.env_remove("RUSTFLAGS").env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"));
}

/// Flags that keep this machine's folders out of the modules: the same source gives the same bytes everywhere.
fn paths_kept_out() -> Vec<String> {
    let home = std::env::var_os("HOME").map(PathBuf::from).unwrap_or_default();
    let cargo_home = std::env::var_os("CARGO_HOME").map_or_else(|| home.join(".cargo"), PathBuf::from);
    let mut flags = vec![format!("--remap-path-prefix={}=.", root().display())];
    // One folder for each registry that crates came from; its name differs by mirror.
    for entry in std::fs::read_dir(cargo_home.join("registry/src")).into_iter().flatten().flatten() {
        flags.push(format!("--remap-path-prefix={}=crates", entry.path().display()));
    }
    flags.sort();
    flags
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_compare_by_number() {
        assert!(numbers("1.100.0") > numbers("1.95"));
        assert!(numbers("1.95.0-nightly") >= numbers("1.95"));
        assert!(numbers("1.63.0") < numbers("1.95"));
    }
}
