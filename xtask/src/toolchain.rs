//! A cargo that can build for wasm32: the active toolchain where it has the target, else rustup's target, else
//! Debian's compiler with a library built once ([`crate::sysroot`]).

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::run::{exists, quiet, root, step};
use crate::{apt, sysroot};

/// The target triple of everything that runs in the page.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// How to build for wasm32 on this machine.
pub struct Toolchain {
    cargo: PathBuf,
    environment: Vec<(&'static str, String)>,
}

impl Toolchain {
    /// Finds a way to build for wasm32, setting up what is missing.
    ///
    /// # Errors
    /// When there is none; says what to do by hand.
    pub fn find() -> Result<Self> {
        if active_has_target() {
            return Ok(Self::active());
        }
        if exists("rustup") && std::env::var("RUSTUP_AUTO_INSTALL").as_deref() != Ok("0") {
            let added = step("adding the wasm32 target to the Rust toolchain", || {
                quiet(Command::new("rustup").args(["target", "add", TARGET])).map(|_| ())
            });
            if added.is_ok() && active_has_target() {
                return Ok(Self::active());
            }
            println!("  that did not work; trying Debian's compiler");
        }
        Self::debian()
    }

    /// A cargo command of this toolchain; the caller adds what to build. Its output goes to `target/wasm`, apart from
    /// native builds, since the compilers may differ.
    pub fn cargo(&self) -> Command {
        let mut command = Command::new(&self.cargo);
        forget_outer_cargo(&mut command);
        command.envs(self.environment.iter().map(|(name, value)| (name, value)));
        command.env("CARGO_TARGET_DIR", root().join("target/wasm")).current_dir(root());
        command
    }

    fn active() -> Self {
        Self { cargo: PathBuf::from("cargo"), environment: Vec::new() }
    }

    fn debian() -> Result<Self> {
        let debian = Debian::find_or_install()?;
        let sysroot = sysroot::ready(&debian)?;
        Ok(Self {
            cargo: debian.cargo,
            environment: vec![
                ("RUSTC", debian.rustc.display().to_string()),
                ("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", debian.linker.display().to_string()),
                ("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", format!("--sysroot={}", sysroot.display())),
            ],
        })
    }
}

/// Debian's compiler, which brings the library's source in its own version.
pub struct Debian {
    /// The compiler.
    pub rustc: PathBuf,
    /// The cargo of the same version.
    pub cargo: PathBuf,
    /// A linker for WebAssembly.
    pub linker: PathBuf,
}

impl Debian {
    fn find_or_install() -> Result<Self> {
        if let Some(found) = Self::find() {
            return Ok(found);
        }
        let purpose = "Building for WebAssembly";
        let mut packages: Vec<String> =
            ["rustc-web", "cargo-web", "rust-web-src"].map(str::to_owned).to_vec();
        packages.push(apt::newest("lld-").unwrap_or_else(|| "lld".to_owned()));
        apt::install(purpose, &packages).with_context(|| {
            "the Rust toolchain has no wasm32 target: `rustup target add wasm32-unknown-unknown` gives it one; \
             without rustup, Debian's packages do"
        })?;
        match Self::find() {
            Some(found) => Ok(found),
            None => bail!(
                "{} are installed, but no compiler with its library's source was found",
                packages.join(", ")
            ),
        }
    }

    fn find() -> Option<Self> {
        let existing = |path: &str| Some(PathBuf::from(path)).filter(|path| path.exists());
        existing("/usr/lib/rustlib/src/rust/library/std/Cargo.toml")?;
        Some(Self {
            rustc: existing("/usr/bin/rustc")?,
            cargo: existing("/usr/bin/cargo")?,
            linker: linker()?,
        })
    }
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

/// `cargo xtask` runs under a cargo that speaks of itself in the environment; another cargo must not hear it.
pub fn forget_outer_cargo(command: &mut Command) {
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy().into_owned();
        let about_outer =
            name == "CARGO" || name == "RUSTC" || name == "RUSTDOC" || name == "RUSTUP_TOOLCHAIN";
        if about_outer || name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST") {
            command.env_remove(&name);
        }
    }
}
