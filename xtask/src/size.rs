//! What a visitor transfers until the first chart stands, held against budgets and against the last recorded figures.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::bundle::{self, Quality};
use crate::compress;
use crate::run::root;

/// Recorded figures may grow by this much before somebody must look.
const TOLERANCE: f64 = 1.03;

/// A file of the site: how its name begins and ends, around the hash.
struct File {
    stem: &'static str,
    ending: &'static str,
    /// The part whose budget it counts against.
    part: &'static str,
}

/// Everything that is transferred before the first chart. The page's script stands in the page.
/// Of the languages the heavier one counts.
const FILES: [File; 7] = [
    File { stem: "index", ending: ".html", part: "app" },
    File { stem: "manifest", ending: ".webmanifest", part: "app" },
    File { stem: "style", ending: ".css", part: "app" },
    File { stem: "texts-ko", ending: ".txt", part: "app" },
    File { stem: "app", ending: ".wasm", part: "app" },
    File { stem: "worker", ending: ".js", part: "worker" },
    File { stem: "worker", ending: ".wasm", part: "worker" },
];

/// What is transferred when the first chart stands, or earlier when it is needed earlier.
const LATER: [File; 8] = [
    File { stem: "texts-en", ending: ".txt", part: "later" },
    File { stem: "later", ending: ".css", part: "later" },
    File { stem: "texts-more-en", ending: ".txt", part: "later" },
    File { stem: "texts-more-ko", ending: ".txt", part: "later" },
    File { stem: "texts-lessons-en", ending: ".txt", part: "later" },
    File { stem: "texts-lessons-ko", ending: ".txt", part: "later" },
    File { stem: "later-app", ending: ".wasm", part: "later" },
    File { stem: "later-worker", ending: ".wasm", part: "later" },
];

/// In kB of brotli.
const BUDGETS: [(&str, f64); 3] = [("app", 220.0), ("worker", 350.0), ("all", 450.0)];

/// What a weight is held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gate {
    /// What was recorded: for the tests of every day, so that nothing grows unnoticed while a budget is still missed.
    Growth,
    /// That, and the budgets.
    GrowthAndBudgets,
}

#[derive(Clone, Copy, Default)]
struct Weight {
    brotli: usize,
    gzip: usize,
}

impl Weight {
    fn brotli_kb(self) -> f64 {
        self.brotli as f64 / 1000.0
    }
}

/// Builds, prints the table, and fails where a budget or the recorded figure is exceeded.
///
/// # Errors
/// When the build fails, a part grew by more than 3 % over `xtask/size.toml`, or, unless only growth is asked for, a
/// budget is exceeded.
pub fn run(gate: Gate) -> Result<()> {
    let dist = bundle::build(Quality::Full)?;
    let record = root().join("xtask/size.toml");
    let recorded: BTreeMap<String, f64> = match fs::read_to_string(&record) {
        Ok(text) => toml::from_str(&text).with_context(|| record.display().to_string())?,
        Err(_) => BTreeMap::new(),
    };
    println!(
        "\n{:<24}{:>12}{:>12}{:>12}{:>12}",
        "until the first chart", "brotli kB", "gzip kB", "recorded", "budget"
    );
    let parts = weigh(&dist, &FILES)?;
    let (mut over, mut grown) = (Vec::new(), Vec::new());
    for (part, budget_kb) in BUDGETS {
        let weight = parts.get(part).copied().unwrap_or_default();
        print_part(part, weight, budget_kb, recorded.get(part).copied());
        over.extend(over_budget(part, weight, budget_kb));
        grown.extend(has_grown(part, weight, recorded.get(part).copied()));
    }
    print_later(&dist)?;
    for line in &over {
        println!("  *** OVER BUDGET: {line} ***");
    }
    if std::env::var("BLESS").as_deref() == Ok("1") {
        fs::write(&record, as_record(&parts))?;
        grown.clear();
    }
    if gate == Gate::GrowthAndBudgets {
        grown.append(&mut over);
    }
    if grown.is_empty() { Ok(()) } else { bail!("too large:\n  {}", grown.join("\n  ")) }
}

/// Weighs and prints every file; gives the sums of the parts and of all.
fn weigh(dist: &Path, files: &[File]) -> Result<BTreeMap<&'static str, Weight>> {
    let mut parts: BTreeMap<&str, Weight> = BTreeMap::new();
    for File { stem, ending, part } in files {
        let bytes = fs::read(find(dist, stem, ending)?)?;
        let weight = Weight { brotli: compress::brotli(&bytes)?.len(), gzip: compress::gzip(&bytes)?.len() };
        let name = format!("  {stem}{ending}");
        println!("{name:<24}{:>12.1}{:>12.1}", weight.brotli_kb(), weight.gzip as f64 / 1000.0);
        for sum in [part, "all"] {
            let sum = parts.entry(sum).or_default();
            sum.brotli += weight.brotli;
            sum.gzip += weight.gzip;
        }
    }
    Ok(parts)
}

fn print_later(dist: &Path) -> Result<()> {
    println!("\n{:<24}{:>12}{:>12}", "afterwards", "brotli kB", "gzip kB");
    weigh(dist, &LATER).map(|_| ())
}

fn print_part(part: &str, weight: Weight, budget_kb: f64, recorded_kb: Option<f64>) {
    let shown = recorded_kb.map_or_else(|| "-".to_owned(), |recorded| format!("{recorded:.1}"));
    let (brotli_kb, gzip_kb) = (weight.brotli_kb(), weight.gzip as f64 / 1000.0);
    println!("{part:<24}{brotli_kb:>12.1}{gzip_kb:>12.1}{shown:>12}{budget_kb:>12.0}");
}

fn over_budget(part: &str, weight: Weight, budget_kb: f64) -> Option<String> {
    let kb = weight.brotli_kb();
    (kb > budget_kb).then(|| format!("{part}: {kb:.1} kB, the budget is {budget_kb:.0}"))
}

/// What is wrong with a part that weighs more than was recorded, or that nobody has recorded.
fn has_grown(part: &str, weight: Weight, recorded_kb: Option<f64>) -> Option<String> {
    let kb = weight.brotli_kb();
    let grown = recorded_kb.is_none_or(|recorded| kb > recorded * TOLERANCE);
    grown.then(|| {
        format!("{part}: {kb:.1} kB, recorded are {recorded_kb:?}: look why, then `BLESS=1 cargo xtask size`")
    })
}

fn find(dist: &Path, stem: &str, ending: &str) -> Result<std::path::PathBuf> {
    let matches = |name: &str| {
        let hash = name.strip_prefix(stem).and_then(|rest| rest.strip_suffix(ending));
        hash.is_some_and(|hash| hash.is_empty() || hash.starts_with('-'))
    };
    let mut files = fs::read_dir(dist)?.flatten().map(|entry| entry.path());
    let found = files.find(|path| path.file_name().is_some_and(|name| matches(&name.to_string_lossy())));
    found.with_context(|| format!("dist/ has no {stem}…{ending}"))
}

fn as_record(parts: &BTreeMap<&str, Weight>) -> String {
    let head = "# Kilobytes in brotli when last looked at; `cargo xtask size` fails 3 % above.\n\
                # `BLESS=1 cargo xtask size` writes what it finds.\n";
    let lines = parts.iter().map(|(part, weight)| format!("{part} = {:.1}\n", weight.brotli_kb()));
    std::iter::once(head.to_owned()).chain(lines).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_fails_over_its_budget_and_over_what_was_recorded() {
        let weight = Weight { brotli: 104_000, gzip: 120_000 };
        assert_eq!(over_budget("app", weight, 104.0), None);
        assert!(over_budget("app", weight, 103.0).is_some());
        assert_eq!(has_grown("app", weight, Some(101.0)), None);
        assert!(has_grown("app", weight, Some(100.0)).is_some());
        assert!(has_grown("app", weight, None).is_some(), "a part nobody has recorded");
    }
}
