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
const FILES: [File; 5] = [
    File { stem: "index", ending: ".html", part: "app" },
    File { stem: "style", ending: ".css", part: "app" },
    File { stem: "app", ending: ".wasm", part: "app" },
    File { stem: "worker", ending: ".js", part: "worker" },
    File { stem: "worker", ending: ".wasm", part: "worker" },
];

/// In kB of brotli.
const BUDGETS: [(&str, f64); 3] = [("app", 220.0), ("worker", 350.0), ("all", 450.0)];

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
/// When the build fails, a budget is exceeded, or a part grew by more than 3 % over `xtask/size.toml`.
pub fn run() -> Result<()> {
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
    let parts = weigh(&dist)?;
    let mut over = Vec::new();
    for (part, budget_kb) in BUDGETS {
        let weight = parts.get(part).copied().unwrap_or_default();
        over.extend(held(part, weight, budget_kb, recorded.get(part).copied()));
    }
    if std::env::var("BLESS").as_deref() == Ok("1") {
        fs::write(&record, as_record(&parts))?;
    }
    if over.is_empty() { Ok(()) } else { bail!("too large:\n  {}", over.join("\n  ")) }
}

/// Weighs and prints every file; gives the sums of the parts and of all.
fn weigh(dist: &Path) -> Result<BTreeMap<&'static str, Weight>> {
    let mut parts: BTreeMap<&str, Weight> = BTreeMap::new();
    for File { stem, ending, part } in FILES {
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

/// Prints a part's line; gives what is wrong with its weight.
fn held(part: &str, weight: Weight, budget_kb: f64, recorded_kb: Option<f64>) -> Vec<String> {
    let kb = weight.brotli_kb();
    let shown = recorded_kb.map_or_else(|| "-".to_owned(), |recorded| format!("{recorded:.1}"));
    println!("{part:<24}{kb:>12.1}{:>12.1}{shown:>12}{budget_kb:>12.0}", weight.gzip as f64 / 1000.0);
    let mut wrong = Vec::new();
    if kb > budget_kb {
        wrong.push(format!("{part}: {kb:.1} kB, the budget is {budget_kb:.0}"));
    }
    let grown = recorded_kb.is_none_or(|recorded| kb > recorded * TOLERANCE);
    if grown && std::env::var("BLESS").as_deref() != Ok("1") {
        wrong.push(format!(
            "{part}: {kb:.1} kB, recorded are {shown}: look why, then `BLESS=1 cargo xtask size`"
        ));
    }
    wrong
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
        assert!(held("app", weight, 220.0, Some(101.0)).is_empty());
        assert_eq!(held("app", weight, 220.0, Some(100.0)).len(), 1);
        assert_eq!(held("app", weight, 103.0, Some(100.0)).len(), 2);
        assert_eq!(held("app", weight, 220.0, None).len(), 1, "a part nobody has recorded");
    }
}
