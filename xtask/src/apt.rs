//! Debian packages: installed where that is possible, asked for by name where it is not.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use crate::run::{exists, quiet, step};

/// Installs packages, or says which command to run by hand.
///
/// # Errors
/// When this is no Debian, the user is not root, or the installation fails.
pub fn install(purpose: &str, packages: &[String]) -> Result<()> {
    let list = packages.join(" ");
    let by_hand = format!(
        "{purpose} needs these packages; please run\n\n    sudo apt-get install {list}\n\nand start again"
    );
    if !exists("apt-get") {
        bail!("{purpose} is missing, and this is no Debian where it could be installed ({list})");
    }
    if !is_root() {
        bail!("{by_hand}");
    }
    step(&format!("installing {list} (about half a minute)"), || {
        quiet(Command::new("apt-get").args(["update", "-q"]))?;
        let mut command = Command::new("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive").args([
            "install",
            "-y",
            "-q",
            "--no-install-recommends",
        ]);
        quiet(command.args(packages)).map(|_| ())
    })
    .map_err(|error| error.context(by_hand))
}

/// The newest version of a package whose name ends with a number (`lld-22`), by asking for names that match.
pub fn newest(prefix: &str) -> Option<String> {
    let names = quiet(Command::new("apt-cache").args(["pkgnames", prefix])).ok()?;
    let numbers = names.lines().filter_map(|name| name.strip_prefix(prefix)?.parse::<u32>().ok());
    numbers.max().map(|number| format!("{prefix}{number}"))
}

fn is_root() -> bool {
    // /proc/self belongs to whoever runs this process.
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        std::fs::metadata(Path::new("/proc/self")).is_ok_and(|metadata| metadata.uid() == 0)
    }
    #[cfg(not(unix))]
    {
        false
    }
}
