//! What a visitor transfers until the first chart stands, held against budgets and against the last recorded figures.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::bundle::{self, Quality};
use crate::compress;
use crate::run::root;

/// Recorded figures may grow by this much before somebody must look.
const TOLERANCE: f64 = 1.03;

struct Row {
    name: &'static str,
    budget_kb: f64,
    brotli: usize,
    gzip: usize,
}

/// Builds, prints the table, and fails where a budget or the recorded figure is exceeded.
///
/// # Errors
/// When the build fails, a budget is exceeded, or a part grew by more than 3 % over `xtask/size.toml`.
pub fn run() -> Result<()> {
    let dist = bundle::build(Quality::Full)?;
    let rows = measure(&dist)?;
    println!(
        "\n{:<28}{:>12}{:>12}{:>12}{:>12}",
        "until the first chart", "brotli kB", "gzip kB", "recorded", "budget"
    );
    let file = root().join("xtask/size.toml");
    let recorded: toml::Table = fs::read_to_string(&file).unwrap_or_default().parse()?;
    let mut over = Vec::new();
    for row in &rows {
        let kb = row.brotli as f64 / 1000.0;
        let last = recorded.get(row.name).and_then(toml::Value::as_float);
        let shown = last.map_or_else(|| "-".to_owned(), |last| format!("{last:.1}"));
        println!(
            "{:<28}{kb:>12.1}{:>12.1}{shown:>12}{:>12.0}",
            row.name,
            row.gzip as f64 / 1000.0,
            row.budget_kb
        );
        if kb > row.budget_kb {
            over.push(format!("{}: {kb:.1} kB, the budget is {:.0}", row.name, row.budget_kb));
        }
        if last.is_some_and(|last| kb > last * TOLERANCE) {
            over.push(format!("{}: {kb:.1} kB, recorded are {shown}: look why, then BLESS=1", row.name));
        }
    }
    if std::env::var("BLESS").as_deref() == Ok("1") || recorded.is_empty() {
        record(&file, &rows)?;
        over.retain(|line| !line.contains("recorded are"));
    }
    if over.is_empty() { Ok(()) } else { bail!("too large:\n  {}", over.join("\n  ")) }
}

fn measure(dist: &Path) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    let parts: [(&'static str, f64, &[(&str, &str)]); 3] = [
        ("app", 220.0, &[("index", ".html"), ("style", ".css"), ("app", ".wasm")]),
        ("worker", 350.0, &[("worker", ".js"), ("worker", ".wasm")]),
        (
            "all",
            450.0,
            &[
                ("index", ".html"),
                ("style", ".css"),
                ("app", ".wasm"),
                ("worker", ".js"),
                ("worker", ".wasm"),
            ],
        ),
    ];
    for (name, budget_kb, files) in parts {
        let mut row = Row { name, budget_kb, brotli: 0, gzip: 0 };
        for (stem, ending) in files {
            let bytes = fs::read(find(dist, stem, ending)?)?;
            row.brotli += compress::brotli(&bytes)?.len();
            row.gzip += compress::gzip(&bytes)?.len();
        }
        rows.push(row);
    }
    Ok(rows)
}

fn find(dist: &Path, stem: &str, ending: &str) -> Result<std::path::PathBuf> {
    let matches = |name: &str| name.starts_with(stem) && name.ends_with(ending);
    let mut files = fs::read_dir(dist)?.flatten().map(|entry| entry.path());
    let found = files.find(|path| path.file_name().is_some_and(|name| matches(&name.to_string_lossy())));
    found.with_context(|| format!("dist/ has no {stem}…{ending}"))
}

fn record(file: &Path, rows: &[Row]) -> Result<()> {
    let head =
        "# Kilobytes in brotli when last looked at; `cargo xtask size` fails 3 % above. BLESS=1 rewrites.\n";
    let lines = rows.iter().map(|row| format!("{} = {:.1}\n", row.name, row.brotli as f64 / 1000.0));
    fs::write(file, [head.to_owned()].into_iter().chain(lines).collect::<String>())?;
    Ok(())
}
