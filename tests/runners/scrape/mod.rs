//! The scraper driven by scripts: a configuration, pages and failures by URL, names and their addresses, virtual time;
//! what stands in the store and on the Targets page afterwards is written below each question.
//!
//! A line is a command, indented lines below it are its text. Questions (`targets`, `series`, `events`, `warnings`, `requests`,
//! `counters`, `reload`, `start`) are followed by `----` and the answer, up to an empty line.

mod shown;
mod world;

use std::path::Path;

use libtest_mimic::{Failed, Trial};

use self::world::World;
use crate::frame;

/// A test for each script in `tests/scrape/`.
pub fn trials() -> Vec<Trial> {
    let trial = |path: std::path::PathBuf| Trial::test(frame::short(&path), move || play(&path));
    frame::files("scrape", "txt").into_iter().map(trial).collect()
}

fn play(path: &Path) -> Result<(), Failed> {
    let script = std::fs::read_to_string(path)?;
    let actual = answers(path, &script, World::default())?;
    let restored = answers(path, &script, World::saved_often())?;
    if restored != actual {
        let name = frame::short(path);
        return Err(format!("restored: {}", frame::golden::difference(&name, &actual, &restored)).into());
    }
    frame::golden::compare(path, &actual)
}

/// The script with the answers that `world` gives.
fn answers(path: &Path, script: &str, mut world: World) -> Result<String, Failed> {
    let mut actual = String::new();
    let mut lines = script.lines().peekable();
    while let Some(line) = lines.next() {
        actual.push_str(line);
        actual.push('\n');
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let mut block = String::new();
        while let Some(text) = lines.next_if(|next| next.starts_with("  ") || next.starts_with('\t')) {
            actual.push_str(text);
            actual.push('\n');
            block.push_str(text.strip_prefix("  ").unwrap_or(text));
            block.push('\n');
        }
        let answer =
            world.command(line, &block).map_err(|error| format!("{}: {line}: {error}", path.display()))?;
        if let Some(answer) = answer {
            actual.push_str("----\n");
            actual.push_str(&answer);
            actual.push('\n');
            if lines.next_if_eq(&"----").is_some() {
                while lines.next().is_some_and(|expected| !expected.is_empty()) {}
            } else {
                lines.next_if_eq(&"");
            }
        }
    }
    Ok(actual)
}
