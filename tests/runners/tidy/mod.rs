//! The project's own rules, checked by machine: one file a rule, and every message names the rule and the remedy.

mod bite;
mod functions;
mod hostile;
mod layers;
mod names;
mod sheets;
mod size;
mod texts;
mod words;

use std::path::{Path, PathBuf};

use libtest_mimic::{Failed, Trial};

use crate::frame::{ratchet, root, walk};

/// A rule: looks at the repository, gives one line for each place that breaks it.
type Rule = fn(&Sources) -> Vec<String>;

/// The rules by name.
const RULES: &[(&str, Rule)] = &[
    ("layers use only layers below their own", layers::check),
    ("files stay small", size::check),
    ("functions stay small", functions::check),
    ("files are named by what they hold", names::check),
    ("both languages say the same things", texts::check),
    ("nothing hostile becomes markup", hostile::check),
    ("style sheets take colours from tokens", sheets::check),
    ("the project speaks only of itself", words::check),
];

/// A test for every rule.
pub fn trials() -> Vec<Trial> {
    let trial = |(name, rule): &(&str, Rule)| {
        let rule = *rule;
        Trial::test(format!("tidy/{name}"), move || verdict(rule(&Sources::read())))
    };
    let bite = Trial::test("tidy/every rule can fail", || verdict(bite::check()));
    let ratchet = Trial::test("tidy/the ratchet sees rows nobody asks for", ratchet::sees_unasked_rows);
    RULES.iter().map(trial).chain([bite, ratchet]).collect()
}

fn verdict(broken: Vec<String>) -> Result<(), Failed> {
    if broken.is_empty() { Ok(()) } else { Err(Failed::from(format!("\n{}", broken.join("\n")))) }
}

/// The repository's own files, read once a rule.
pub struct Sources(Vec<Source>);

/// A file of the repository.
pub struct Source {
    /// From the root on, with slashes.
    pub path: String,
    /// What it holds.
    pub text: String,
}

impl Sources {
    fn read() -> Self {
        const SKIPPED: [&str; 5] = ["target", "dist", "node_modules", ".git", "LICENSE"];
        let mut paths: Vec<PathBuf> = Vec::new();
        for entry in std::fs::read_dir(root()).into_iter().flatten().flatten() {
            let name = entry.file_name();
            if SKIPPED.iter().any(|skipped| name == *skipped) {
                continue;
            }
            if entry.path().is_dir() {
                walk(&entry.path(), &mut |path| paths.push(path.to_owned()));
            } else {
                paths.push(entry.path());
            }
        }
        paths.retain(|path| {
            !path.components().any(|part| SKIPPED.iter().any(|skipped| part.as_os_str() == *skipped))
        });
        paths.sort();
        let read = |path: &PathBuf| {
            let text = std::fs::read_to_string(path).ok()?; // pictures are not text
            let short =
                path.strip_prefix(root()).unwrap_or(Path::new("")).to_string_lossy().replace('\\', "/");
            Some(Source { path: short, text })
        };
        Self(paths.iter().filter_map(read).collect())
    }

    /// The files whose names end so (`.rs`).
    pub fn ending<'a>(&'a self, ending: &'a str) -> impl Iterator<Item = &'a Source> {
        self.0.iter().filter(move |source| source.path.ends_with(ending))
    }

    /// All files.
    pub fn all(&self) -> impl Iterator<Item = &Source> {
        self.0.iter()
    }
}

impl Source {
    /// The lines with their numbers, comment lines left out (as `.rs` and `.js` write them).
    pub fn code_lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(index, line)| (index + 1, line)).filter(|(_, line)| {
            let line = line.trim_start();
            !line.starts_with("//")
        })
    }
}
