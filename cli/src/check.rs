//! `scrapeyard check`: whether scenarios keep what they promise.

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use scrapeyard_core::lab::play::{Beside, check_lesson};

use crate::scenario;

/// Checks scenarios: every lesson's solution reaches its tasks in turn, wrong attempts reach none, and its words are
/// complete in Korean and English.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Scenarios: folders, or names under `scenarios/` here or further up.
    #[arg(required = true)]
    scenarios: Vec<String>,
}

/// Checks; fails when something is not as it should be.
pub fn run(arguments: &Arguments) -> ExitCode {
    let mut is_well = true;
    for name in &arguments.scenarios {
        match check(name) {
            Ok(()) => {}
            Err(error) => {
                eprintln!("{error}");
                is_well = false;
            }
        }
    }
    if is_well { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn check(name: &str) -> Result<(), String> {
    let (scenario, folder) = (Arc::new(scenario::read(name)?), scenario::find(name)?);
    let mut faults = Vec::new();
    for lesson in &scenario.manifest.lessons {
        let text = |ending: &str| text(&folder, &format!("{lesson}.{ending}"));
        let (korean, english) = (text("ko.md")?, text("en.md")?);
        let (solution, wrong) = (text("solution.txt")?, text("wrong.txt")?);
        let words = [("ko", korean.as_str()), ("en", english.as_str())];
        let beside = Beside { solution: &solution, wrong: &wrong, words: &words };
        let found = check_lesson(&scenario, lesson, beside).map_err(|problem| problem.to_string())?;
        println!("{name}: {lesson}: {}", if found.is_empty() { "as promised" } else { "not as promised" });
        faults.extend(found);
    }
    if faults.is_empty() { Ok(()) } else { Err(faults.join("\n")) }
}

fn text(folder: &Path, file: &str) -> Result<String, String> {
    let path = folder.join("lessons").join(file);
    std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))
}
