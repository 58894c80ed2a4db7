//! Every test, one phase after the other, with counts over all of them.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Result, bail};

use crate::browser;
use crate::bundle::{self, Quality};
use crate::run::{exists, quiet, root, step};
use crate::toolchain::Toolchain;
use crate::wasm::WORKER;
use crate::{node, size};

/// Counts over all phases.
#[derive(Default)]
struct Tally {
    passed: usize,
    failed: usize,
    broken: Vec<String>,
}

/// Runs every test; with a filter, only the native, wasm and browser tests whose names hold it.
///
/// # Errors
/// When a test fails or a phase cannot run.
pub fn run(filter: Option<&str>) -> Result<()> {
    let mut tally = Tally::default();
    if filter.is_none() {
        tally.check("formatting", format);
        tally.check("clippy", clippy);
    }
    tally.phase("native tests", || native(filter));
    tally.phase("journeys in wasm under Node.js", || journeys(filter));
    match bundle::build(Quality::Full) {
        Ok(_) => {
            if filter.is_none() {
                tally.check("size of the page", size::run);
            }
            tally.phase("browser tests", || in_browser(filter));
        }
        Err(error) => tally.broken.push(format!("build: {error:#}")),
    }
    for broken in &tally.broken {
        println!("\n✗ {broken}");
    }
    // A phase that could not run at all counts as one failure.
    let failed = tally.failed + tally.broken.len();
    println!("\n{} passed, {failed} failed", tally.passed);
    if failed > 0 { bail!("tests failed") } else { Ok(()) }
}

impl Tally {
    /// A check that passes or fails as a whole.
    fn check(&mut self, name: &str, work: impl FnOnce() -> Result<()>) {
        self.phase(name, || work().map(|()| (1, 0)));
    }

    fn phase(&mut self, name: &str, work: impl FnOnce() -> Result<(usize, usize)>) {
        match step(name, work) {
            Ok((passed, failed)) => {
                println!("  {passed} passed, {failed} failed");
                self.passed += passed;
                self.failed += failed;
            }
            Err(error) => {
                println!("  {error:#}");
                self.broken.push(format!("{error:#}"));
            }
        }
    }
}

fn format() -> Result<()> {
    if !exists("rustfmt") {
        println!("  *** NOT RUN: rustfmt is missing (rustup component add rustfmt) ***");
        return Ok(());
    }
    quiet(cargo().args(["fmt", "--all", "--check"])).map(|_| ())
}

fn clippy() -> Result<()> {
    if !exists("cargo-clippy") {
        println!("  *** NOT RUN: clippy is missing (rustup component add clippy) ***");
        return Ok(());
    }
    quiet(cargo().args(["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"]))
        .map(|_| ())
}

fn native(filter: Option<&str>) -> Result<(usize, usize)> {
    let mut command = cargo();
    command.args(["test", "--workspace", "--no-fail-fast"]);
    if let Some(filter) = filter {
        command.args(["--", filter]);
    }
    counted(&mut command, "test result:", |line| {
        let count = |word: &str| {
            line.split([';', '.']).find_map(|part| part.trim().strip_suffix(word)?.trim().parse().ok())
        };
        (count("passed").unwrap_or(0), count("failed").unwrap_or(0))
    })
}

/// Plays the journeys of `tests/journey` in the worker's module, to hold them against the native outcomes.
fn journeys(filter: Option<&str>) -> Result<(usize, usize)> {
    if !exists("node") {
        node::modules("xtask/node")?; // says what is missing
    }
    let toolchain = Toolchain::find()?;
    let folder = root().join("target/node-worker");
    WORKER.for_node(&WORKER.compile(&toolchain, Quality::Full)?, &folder)?;
    let mut command = Command::new("node");
    command
        .args(["--test", "--test-reporter=tap"])
        .args(name_pattern(filter))
        .arg("tests/wasm/journeys.test.mjs");
    command.env("SCRAPEYARD_WORKER", folder.join("module.js")).current_dir(root());
    tap(&mut command)
}

fn in_browser(filter: Option<&str>) -> Result<(usize, usize)> {
    let mut command = browser::node_with_site()?;
    // One file after the other: two cores, and each file starts a browser.
    command.args(["--test", "--test-reporter=tap", "--test-concurrency=1"]).args(name_pattern(filter));
    for file in files(&root().join("tests/browser"))? {
        command.arg(file);
    }
    tap(&mut command)
}

fn files(folder: &Path) -> Result<Vec<std::path::PathBuf>> {
    let entries = std::fs::read_dir(folder)?.flatten().map(|entry| entry.path());
    let mut files: Vec<_> = entries.filter(|path| path.to_string_lossy().ends_with(".test.mjs")).collect();
    files.sort();
    Ok(files)
}

fn name_pattern(filter: Option<&str>) -> Option<String> {
    filter.map(|filter| format!("--test-name-pattern={filter}"))
}

fn tap(command: &mut Command) -> Result<(usize, usize)> {
    counted(command, "# ", |line| {
        let count =
            |word: &str| line.strip_prefix(word).and_then(|number| number.trim().parse().ok()).unwrap_or(0);
        (count("pass "), count("fail "))
    })
}

/// Runs a test program with its output shown, and adds up the counts in its lines that begin with `mark`. A program
/// that ends badly without a failed test counts as one.
fn counted(
    command: &mut Command,
    mark: &str,
    count: impl Fn(&str) -> (usize, usize),
) -> Result<(usize, usize)> {
    use std::io::{BufRead as _, BufReader};
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
    let (mut passed, mut failed) = (0, 0);
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).lines() {
            let line = line?;
            println!("  {line}");
            if let Some(rest) = line.strip_prefix(mark) {
                let (more_passed, more_failed) = count(rest);
                passed += more_passed;
                failed += more_failed;
            }
        }
    }
    let status = child.wait()?;
    if !status.success() && failed == 0 {
        failed = 1;
    }
    Ok((passed, failed))
}

fn cargo() -> Command {
    let mut command = Command::new("cargo");
    command.current_dir(root());
    command
}
