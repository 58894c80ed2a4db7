//! The runner of promqltest scripts itself: which scripts it accepts, and what it says of the others.

use libtest_mimic::Trial;
use scrapeyard_core::promqltest::{Outcome, Settings, run};
use serde::Deserialize;

use crate::frame::{conformance, ratchet};

const FILE: &str = "test_runner_selftests.jsonl";

/// A script, and what Prometheus's runner says of it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Case {
    name: String,
    input: String,
    /// `None` where the script passes.
    expected_error: Option<String>,
}

pub fn trials() -> Vec<Trial> {
    let Some(path) = conformance::find("syntax").map(|folder| folder.join(FILE)) else { return Vec::new() };
    vec![Trial::test(format!("conformance/promqltest/{FILE}"), move || {
        let text = std::fs::read_to_string(&path)?;
        let (mut total, mut failures) = (0, Vec::new());
        for line in text.lines().filter(|line| !line.is_empty()) {
            let case: Case = serde_json::from_str(line).map_err(|error| error.to_string())?;
            total += 1;
            if let Err(reason) = check(&case) {
                failures.push(format!("{}: {reason}", case.name));
            }
        }
        ratchet::hold("promqltest", FILE, total - failures.len(), total, &failures)
    })]
}

fn check(case: &Case) -> Result<(), String> {
    let outcomes = run(&case.input, &Settings::default());
    let first = outcomes.iter().find(|outcome| outcome.failure.is_some());
    match (first, &case.expected_error) {
        (None, None) => Ok(()),
        (None, Some(expected)) => Err(format!("passed, expected {expected}")),
        (Some(outcome), None) => Err(format!("failed: {outcome:?}")),
        (Some(outcome), Some(expected)) if is_told(outcome, expected) => Ok(()),
        (Some(outcome), Some(expected)) => Err(format!("says {:?}, expected {expected}", outcome.failure)),
    }
}

/// Whether Prometheus's text says the same: either as it is, or behind the query and its line.
fn is_told(outcome: &Outcome, expected: &str) -> bool {
    let reason = outcome.failure.as_deref().unwrap_or_default();
    let placed = format!(" (line {}): {reason}", outcome.line);
    expected == reason || expected.starts_with("error in eval ") && expected.ends_with(&placed)
}
