//! The built page in a real browser: tests and the page's benchmark, run by Node.js.

use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

use anyhow::{Result, bail};

use crate::bundle::{self, Quality};
use crate::run::{root, show};
use crate::serve::Site;
use crate::{apt, node};

/// Where a browser is usually found.
const BROWSERS: [&str; 4] = [
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/usr/bin/google-chrome-stable",
];

/// Finds a browser, installing Debian's where there is none. `CHROME` names another.
///
/// # Errors
/// When there is none and none can be installed.
pub fn chromium() -> Result<String> {
    if let Ok(named) = std::env::var("CHROME") {
        return Ok(named);
    }
    let find = || BROWSERS.iter().find(|path| Path::new(path).exists()).map(|path| (*path).to_owned());
    if let Some(found) = find() {
        return Ok(found);
    }
    // Korean pages need a font with Hangul to look as they do at a reader's.
    apt::install("running the browser tests", || ["chromium", "fonts-noto-cjk"].map(str::to_owned).to_vec())?;
    match find() {
        Some(found) => Ok(found),
        None => bail!("no browser found; CHROME=/path/to/chromium names one"),
    }
}

/// A Node.js command that finds the browser, the served site and the one-file lab in its environment.
///
/// # Errors
/// When the site is not built, or no browser or port can be had.
pub fn node_with_site() -> Result<Command> {
    node_with(&root().join("dist"))
}

/// As [`node_with_site`], for a site in another folder.
///
/// # Errors
/// When no browser or port can be had.
pub fn node_with(dist: &Path) -> Result<Command> {
    node::modules("tests/browser")?;
    let browser = chromium()?;
    let site = Site::open(dist.to_owned(), 0)?;
    let address = format!("http://127.0.0.1:{}/", site.port);
    thread::spawn(move || site.serve());
    let mut command = Command::new("node");
    command
        .env("CHROME", browser)
        .env("SCRAPEYARD_SITE", address)
        .env("SCRAPEYARD_FILE", dist.join("scrapeyard.html"))
        .current_dir(root().join("tests/browser"))
        .stdin(Stdio::null());
    Ok(command)
}

/// Measures the page in a browser and prints tables.
///
/// # Errors
/// When the build or the measurement fails.
pub fn bench() -> Result<()> {
    bundle::build(Quality::Full)?;
    for script in ["first_chart", "charts", "smooth"] {
        show(node_with_site()?.arg(format!("bench/{script}.mjs")))?;
    }
    Ok(())
}
