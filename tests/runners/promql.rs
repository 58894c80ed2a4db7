//! promqltest scripts: our own (`promql/**/*.test`), every case of which must pass, and Prometheus's, counted.

use std::path::PathBuf;

use libtest_mimic::{Failed, Trial};
use scrapeyard_core::promqltest::{Settings, run};

use crate::frame::{conformance, files, ratchet, short};

pub fn trials() -> Vec<Trial> {
    let own = files("promql", "test").into_iter().map(|path| {
        let name = short(&path);
        Trial::test(name.trim_end_matches(".test").to_owned(), move || all_pass(&path))
    });
    let at_once = "promql-names-dropped-at-once";
    own.chain(counted("promql", true)).chain(counted(at_once, false)).collect()
}

/// The scripts of a folder of the conformance data, each held by the ratchet.
fn counted(folder: &'static str, delayed_name_removal: bool) -> Vec<Trial> {
    let Some(path) = conformance::find(folder) else { return Vec::new() };
    let Ok(entries) = std::fs::read_dir(path) else { return Vec::new() };
    let mut scripts: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    scripts.sort();
    let trial = |path: PathBuf| {
        let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Trial::test(format!("conformance/{folder}/{file}"), move || {
            let (total, failures) = outcomes(&path, delayed_name_removal)?;
            ratchet::hold(folder, &file, total - failures.len(), total, &failures)
        })
    };
    scripts.into_iter().map(trial).collect()
}

fn all_pass(path: &PathBuf) -> Result<(), Failed> {
    // A folder of this name holds scripts for a server without feature flags.
    let at_once = path.components().any(|part| part.as_os_str() == "names-dropped-at-once");
    let (total, failures) = outcomes(path, !at_once)?;
    if total == 0 {
        return Err("no case".into());
    }
    if failures.is_empty() { Ok(()) } else { Err(failures.join("\n").into()) }
}

/// How many cases a script has, and what failed where.
fn outcomes(path: &PathBuf, delayed_name_removal: bool) -> Result<(usize, Vec<String>), Failed> {
    let text = std::fs::read_to_string(path)?;
    let mut settings = Settings::default();
    settings.options.delayed_name_removal = delayed_name_removal;
    let outcomes = run(&text, &settings);
    let failures = outcomes.iter().filter_map(|outcome| {
        let reason = outcome.failure.as_ref()?;
        Some(format!("{}:{}: {}: {reason}", short(path), outcome.line, outcome.query))
    });
    Ok((outcomes.len(), failures.collect()))
}
