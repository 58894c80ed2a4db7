//! Configuration files, good and bad: our own with the error expected, Prometheus's by their names and messages.

use std::path::Path;

use libtest_mimic::{Failed, Trial};
use scrapeyard_core::scrape::config::Config;

use crate::frame;

/// Our files in `tests/config/`, then the conformance corpora.
pub fn trials() -> Vec<Trial> {
    let mut trials: Vec<Trial> = frame::files("config", "txt")
        .into_iter()
        .map(|path| Trial::test(frame::short(&path), move || own(&path)))
        .collect();
    trials.push(Trial::test("config/conformance", conformance));
    trials.push(Trial::test("config/conformance-messages", messages));
    trials
}

/// A file of cases, each a configuration, a line `----` and what became of it.
fn own(path: &Path) -> Result<(), Failed> {
    let text = std::fs::read_to_string(path)?;
    let mut actual = String::new();
    for case in text.split("====\n") {
        let config = case.split("----\n").next().unwrap_or("");
        if !actual.is_empty() {
            actual.push_str("====\n");
        }
        actual.push_str(&format!("{config}----\n{}", outcome(config)));
    }
    frame::golden::compare(path, &actual)
}

/// The error with its place, or what stands after defaults are filled in.
fn outcome(text: &str) -> String {
    let config = match Config::parse(text) {
        Ok(config) => config,
        Err(error) => {
            let place = match (error.line, error.column) {
                (Some(line), Some(column)) => format!("{line}:{column}"),
                _ => "whole file".to_owned(),
            };
            return format!("refused at {place}\n{}\n", error.message);
        }
    };
    let mut shown = String::new();
    for job in &config.scrape_configs {
        shown.push_str(&format!(
            "job {} every {} timeout {} {}://…{} from {:?}\n",
            job.job_name,
            job.scrape_interval,
            job.scrape_timeout,
            job.scheme,
            job.metrics_path,
            job.discovery
        ));
    }
    for problem in &config.unsimulated {
        let line = problem.place.map_or(0, |place| place.line);
        shown.push_str(&format!("line {line}: {} is not simulated\n", problem.text));
    }
    if shown.is_empty() { "accepted\n".to_owned() } else { shown }
}

/// Whether a file of the corpus is bad by its name. A name that says neither is good, but for the one that Prometheus
/// dropped support for.
fn is_bad(name: &str) -> bool {
    [".bad.", ".incompatible.", "deprecated"].iter().any(|part| name.contains(part))
}

/// A configuration with the jobs of the files that it names in `folder`.
fn load(folder: &Path, text: &str) -> Result<Config, String> {
    let mut config = Config::parse(text).map_err(|error| error.to_string())?;
    let mut origins = config.job_origins();
    for name in config.scrape_config_files.clone() {
        // Names with a star stand for files of a folder that the corpus does not have.
        if let Ok(text) = std::fs::read_to_string(folder.join(&name)) {
            config.include(&name, &text, &mut origins).map_err(|error| error.to_string())?;
        }
    }
    Ok(config)
}

fn conformance() -> Result<(), Failed> {
    let Some(folder) = frame::conformance::find("config") else { return Ok(()) };
    let mut files = Vec::new();
    frame::walk(&folder, &mut |path| {
        if path.extension().is_some_and(|extension| extension == "yml") {
            files.push(path.to_owned());
        }
    });
    files.sort();
    let (mut passed, mut failures) = (0, Vec::new());
    for file in &files {
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let parsed = load(&folder, &std::fs::read_to_string(file)?);
        match (is_bad(&name), parsed) {
            (true, Err(_)) | (false, Ok(_)) => passed += 1,
            (true, Ok(_)) => failures.push(format!("{name}: accepted")),
            (false, Err(error)) => failures.push(format!("{name}: {error}")),
        }
    }
    frame::ratchet::hold("config", "verdicts", passed, files.len(), &failures)
}

fn messages() -> Result<(), Failed> {
    let Some(list) = frame::conformance::find("config/errors.jsonl") else { return Ok(()) };
    let (mut passed, mut total, mut failures) = (0, 0, Vec::new());
    for line in std::fs::read_to_string(&list)?.lines() {
        let case: serde_json::Value = serde_json::from_str(line)?;
        let text_of = |fields: [&str; 2]| fields.iter().find_map(|field| case[*field].as_str());
        let name = text_of(["filename", "configFile"]).map(|name| name.trim_start_matches("testdata/"));
        let (Some(name), Some(expected)) = (name, text_of(["errMsg", "expectedError"])) else {
            continue;
        };
        // The name of the file is put in front by whoever opens it.
        let opened = format!("parsing YAML file testdata/{name}: ");
        let expected = expected.strip_prefix(&opened).unwrap_or(expected);
        let Ok(text) = std::fs::read_to_string(list.with_file_name(name)) else { continue };
        total += 1;
        match load(list.parent().unwrap_or(&list), &text) {
            Err(error) if error.contains(expected) => passed += 1,
            Err(error) => failures.push(format!("{name}: {error}, not {expected}")),
            Ok(_) => failures.push(format!("{name}: accepted")),
        }
    }
    frame::ratchet::hold("config", "messages", passed, total, &failures)
}
