//! Every test, one phase after the other, with counts over all of them.
//!
//! What runs in wasm runs in the module that is shipped: the journeys load `dist/worker-*.js` with its module under
//! Node.js and hold what `play_journey` gives against the same files as the native runner, so a result that is not equal to
//! the last bit fails. Nothing is built a second time for it.

mod count;
mod tally;

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::browser;
use crate::bundle::{self, Quality};
use crate::run::{exists, quiet, root, show};
use crate::toolchain::Toolchain;
use crate::{node, size};

use count::{Counts, native_counts, node_counts};
use tally::Tally;

/// Runs every test; with a filter, only the native, wasm and browser tests whose names hold it. Whether all passed.
///
/// # Errors
/// When the outcome cannot be told: a failed test is no error.
pub fn run(filter: Option<&str>) -> Result<bool> {
    let mut tally = Tally::default();
    // First, so that what is missing is said before minutes of tests, not after them.
    tally.check("what the tests need", prepare);
    if filter.is_none() {
        tally.check("formatting", format);
        tally.check("clippy", clippy);
    }
    tally.phase("native tests", || native(filter));
    let built = tally.check("building the page", || bundle::build(Quality::Full).map(|_| ()));
    if built && filter.is_none() {
        tally.check("size of the page", || size::run(size::Gate::Growth));
    }
    if built {
        tally.phase("journeys in wasm", || journeys(filter));
        tally.phase("browser tests", || in_browser(filter));
    }
    Ok(tally.told())
}

/// Sets up what a bare machine lacks.
fn prepare() -> Result<()> {
    for component in ["rustfmt", "clippy"] {
        if !exists(&program(component)) && rustup_may_install() {
            show(Command::new("rustup").args(["component", "add", component]))?;
        }
    }
    Toolchain::find()?;
    node::modules("xtask/node")?;
    node::modules("tests/browser")?;
    browser::chromium().map(|_| ())
}

fn program(component: &str) -> String {
    if component == "clippy" { "cargo-clippy".to_owned() } else { component.to_owned() }
}

fn rustup_may_install() -> bool {
    std::env::var("RUSTUP_AUTO_INSTALL").as_deref() != Ok("0") && exists("rustup")
}

fn format() -> Result<()> {
    demand("rustfmt")?;
    quiet(cargo().args(["fmt", "--all", "--check"])).map(|_| ())
}

fn clippy() -> Result<()> {
    demand("clippy")?;
    show(cargo().args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))
}

fn demand(component: &str) -> Result<()> {
    if exists(&program(component)) {
        return Ok(());
    }
    bail!("{component} is missing: `rustup component add {component}`, or your system's package of that name")
}

fn native(filter: Option<&str>) -> Result<Counts> {
    let mut command = cargo();
    command.args(["test", "--workspace", "--no-fail-fast"]);
    if let Some(filter) = filter {
        command.args(["--", filter]);
    }
    native_counts(&mut command)
}

/// Plays the journeys of `tests/journey` in the worker's module.
fn journeys(filter: Option<&str>) -> Result<Counts> {
    let mut command = Command::new("node");
    command.current_dir(root()).env("SCRAPEYARD_DIST", root().join("dist"));
    node_counts(&mut command, filter, &tests_in("tests/wasm")?)
}

fn in_browser(filter: Option<&str>) -> Result<Counts> {
    let mut command = browser::node_with_site()?;
    // One file after the other: each starts a browser, and machines with two cores shall pass too.
    command.arg("--test-concurrency=1");
    node_counts(&mut command, filter, &tests_in("tests/browser")?)
}

/// The files of Node.js tests in a folder, in order.
fn tests_in(folder: &str) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(root().join(folder)).with_context(|| folder.to_owned())?;
    let paths = entries.flatten().map(|entry| entry.path());
    let mut files: Vec<_> = paths.filter(|path| path.to_string_lossy().ends_with(".test.mjs")).collect();
    files.sort();
    Ok(files)
}

fn cargo() -> Command {
    let mut command = Command::new("cargo");
    command.current_dir(root());
    command
}
