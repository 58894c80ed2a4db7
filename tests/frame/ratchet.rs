//! The two-way ratchet: a listed count may neither fall nor rise unnoticed, so `tests/conformance.toml` always says
//! exactly how much passes.

use std::path::PathBuf;
use std::sync::Mutex;

use libtest_mimic::Failed;

use super::golden::blessing;

/// The runner's threads bless one after the other: each rewrites the whole list.
static LIST: Mutex<()> = Mutex::new(());

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

fn write(list: &toml::Table) -> Result<(), String> {
    let head = "# How many cases of the real projects' test data pass, file by file. The runner fails when a count\n\
                # falls and when it rises, so that this list stays true; `BLESS=1 cargo xtask test` rewrites it.\n\n";
    let body = toml::to_string(list).map_err(|error| error.to_string())?;
    std::fs::write(path(), format!("{head}{body}")).map_err(|error| error.to_string())
}
