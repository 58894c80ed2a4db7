//! `scrapeyard promtest`: promqltest scripts, a line a file.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use scrapeyard_core::promqltest::{Settings, run as run_script};

/// The arguments of `promtest`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Scripts, or folders of scripts (`*.test`).
    #[arg(required = true)]
    paths: Vec<PathBuf>,
    /// Prints each case that fails, and why.
    #[arg(long)]
    failures: bool,
    /// Removes metric names at once, as a server without feature flags does.
    #[arg(long)]
    names_at_once: bool,
}

/// Runs the scripts; fails when a case does, or a file cannot be read.
pub fn run(arguments: &Arguments) -> ExitCode {
    let mut files = Vec::new();
    for path in &arguments.paths {
        collect(path, &mut files);
    }
    let mut settings = Settings::default();
    settings.options.delayed_name_removal = !arguments.names_at_once;
    let (mut passed, mut failed, mut unread) = (0, 0, false);
    for file in &files {
        let text = match std::fs::read_to_string(file) {
            Ok(text) => text,
            Err(error) => {
                eprintln!("{}: {error}", file.display());
                unread = true;
                continue;
            }
        };
        let outcomes = run_script(&text, &settings);
        let failures = outcomes.iter().filter(|outcome| outcome.failure.is_some()).count();
        println!("{}: {} passed, {failures} failed", file.display(), outcomes.len() - failures);
        if arguments.failures {
            for outcome in &outcomes {
                if let Some(reason) = &outcome.failure {
                    println!("  {}:{}: {}\n    {reason}", file.display(), outcome.line, outcome.query);
                }
            }
        }
        passed += outcomes.len() - failures;
        failed += failures;
    }
    println!("{passed} passed, {failed} failed");
    if failed > 0 || unread || files.is_empty() { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

/// The scripts at a path, in order of their names.
fn collect(path: &Path, files: &mut Vec<PathBuf>) {
    if !path.is_dir() {
        files.push(path.to_owned());
        return;
    }
    let Ok(entries) = std::fs::read_dir(path) else { return };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() || path.extension().is_some_and(|ending| ending == "test") {
            collect(&path, files);
        }
    }
}
