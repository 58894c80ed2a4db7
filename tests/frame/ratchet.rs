//! The two-way ratchet: a listed count may neither fall nor rise unnoticed, so `tests/conformance.toml` always says
//! exactly how much passes; a row that no runner asks for any more fails as well.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Mutex;

use libtest_mimic::Failed;

use super::golden::blessing;

/// The runner's threads bless one after the other: each rewrites the whole list.
static LIST: Mutex<()> = Mutex::new(());

/// The rows that were asked for in this run.
static ASKED: Mutex<BTreeSet<(String, String)>> = Mutex::new(BTreeSet::new());

fn path() -> PathBuf {
    super::root().join("tests/conformance.toml")
}

/// Holds `passed` of `total` cases of `[corpus] "file"` against the list.
///
/// # Errors
/// When another number is listed: fewer pass (something broke) or more do (raise the number: `BLESS=1`). `failures`
/// are shown in the first case.
pub fn hold(
    corpus: &str,
    file: &str,
    passed: usize,
    total: usize,
    failures: &[String],
) -> Result<(), Failed> {
    if let Ok(mut asked) = ASKED.lock() {
        asked.insert((corpus.to_owned(), file.to_owned()));
    }
    let _guard = LIST.lock();
    let text = std::fs::read_to_string(path()).unwrap_or_default();
    let mut list: toml::Table = text.parse().map_err(|error| format!("tests/conformance.toml: {error}"))?;
    let entry = format!("{passed} of {total}");
    let listed =
        list.get(corpus).and_then(|files| files.get(file)).and_then(toml::Value::as_str).unwrap_or("nothing");
    if listed == entry {
        return Ok(());
    }
    if blessing() {
        let files = list.entry(corpus).or_insert_with(|| toml::Value::Table(toml::Table::new()));
        if let Some(files) = files.as_table_mut() {
            files.insert(file.to_owned(), toml::Value::String(entry));
        }
        return write(&list).map_err(Failed::from);
    }
    let shown = failures.iter().take(10).map(|failure| format!("\n  {failure}")).collect::<String>();
    Err(format!("[{corpus}] {file}: {entry} pass, listed is {listed} (BLESS=1 after a look){shown}").into())
}

/// Holds the list's rows against what was asked for, after a run of everything with all data at hand.
///
/// # Errors
/// When a row was asked for by nobody; while blessing it is taken out instead.
pub fn every_row_was_asked_for() -> Result<(), String> {
    let asked = ASKED.lock().map(|asked| asked.clone()).unwrap_or_default();
    let text = std::fs::read_to_string(path()).unwrap_or_default();
    let mut list: toml::Table = text.parse().map_err(|error| format!("tests/conformance.toml: {error}"))?;
    let rows = unasked(&list, &asked);
    if rows.is_empty() {
        return Ok(());
    }
    if !blessing() {
        let rows: Vec<String> = rows.iter().map(|(corpus, file)| format!("[{corpus}] {file}")).collect();
        return Err(format!(
            "tests/conformance.toml: no runner asks for {} (BLESS=1 removes)",
            rows.join(", ")
        ));
    }
    for (corpus, file) in rows {
        if let Some(files) = list.get_mut(&corpus).and_then(toml::Value::as_table_mut) {
            files.remove(&file);
        }
    }
    list.retain(|_, files| files.as_table().is_none_or(|files| !files.is_empty()));
    write(&list)
}

/// The rows of a list that are not among those asked for.
fn unasked(list: &toml::Table, asked: &BTreeSet<(String, String)>) -> Vec<(String, String)> {
    let rows = list.iter().flat_map(|(corpus, files)| {
        let files = files.as_table().into_iter().flat_map(toml::Table::keys);
        files.map(move |file| (corpus.clone(), file.clone()))
    });
    rows.filter(|row| !asked.contains(row)).collect()
}

/// Shows that a row nobody asks for is seen, and one that is asked for is not.
pub fn sees_unasked_rows() -> Result<(), Failed> {
    let list: toml::Table = "[a]\nx = \"1 of 1\"\ny = \"1 of 1\"\n".parse().map_err(|_| "unreadable")?;
    let asked = BTreeSet::from([("a".to_owned(), "x".to_owned())]);
    match unasked(&list, &asked).as_slice() {
        [(corpus, file)] if corpus == "a" && file == "y" => Ok(()),
        other => Err(format!("found {other:?}").into()),
    }
}

fn write(list: &toml::Table) -> Result<(), String> {
    let head = "# How many cases of the real projects' test data pass, file by file. The runner fails when a count\n\
                # falls and when it rises, so that this list stays true; `BLESS=1 cargo xtask test` rewrites it.\n\n";
    let body = toml::to_string(list).map_err(|error| error.to_string())?;
    std::fs::write(path(), format!("{head}{body}")).map_err(|error| error.to_string())
}
