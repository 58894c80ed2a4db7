//! Debian packages: installed where that is possible, asked for by name where it is not.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use crate::run::{exists, quiet, show, step};

/// Installs packages, or says which command to run by hand. `purpose` begins the sentence "… needs packages"; `packages`
/// is asked again once the lists are fresh, since it may choose by what they hold.
///
/// # Errors
/// When this is no Debian, the user is not root, or the installation fails.
pub fn install(purpose: &str, packages: impl Fn() -> Vec<String>) -> Result<()> {
    let list = packages().join(" ");
    let by_hand = format!("apt-get update && apt-get install {list}");
    if !exists("apt-get") {
        bail!(
            "{purpose} needs what Debian calls {list}; this is no Debian, so please install its like by hand"
        );
    }
    if !is_root() {
        bail!("{purpose} needs packages; please run\n\n    sudo sh -c '{by_hand}'\n\nand start again");
    }
    step(&format!("installing {list} (about half a minute)"), || {
        // Old lists name packages that the mirror no longer has; but lists that cannot be renewed may still do.
        if let Err(error) = show(apt_get().args(["update", "-q"])) {
            println!("  the lists of packages could not be renewed: {error:#}");
        }
        show(apt_get().args(["install", "-y", "-q", "--no-install-recommends"]).args(packages()))
    })
    .map_err(|error| error.context(format!("{purpose} needs packages; by hand: {by_hand}")))
}

fn apt_get() -> Command {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive").args(["-o", "DPkg::Lock::Timeout=300"]);
    command
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
