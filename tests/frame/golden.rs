//! Expected outcomes as text, kept beside their input; `BLESS=1` writes what came out.

use std::path::Path;

use libtest_mimic::Failed;

/// Whether expectations are to be rewritten.
pub fn blessing() -> bool {
    std::env::var_os("BLESS").is_some_and(|value| value == "1")
}

/// Compares `actual` with the text of the file at `path`.
///
/// # Errors
/// When they differ, with the first line that does; never while blessing.
pub fn compare(path: &Path, actual: &str) -> Result<(), Failed> {
    let expected = std::fs::read_to_string(path).unwrap_or_default();
    if expected == actual {
        return Ok(());
    }
    if blessing() {
        std::fs::write(path, actual).map_err(|error| format!("{}: {error}", path.display()))?;
        return Ok(());
    }
    Err(difference(&super::short(path), &expected, actual).into())
}

/// Says where two texts part, with both whole lines.
pub fn difference(name: &str, expected: &str, actual: &str) -> String {
    let mut lines = expected.lines().zip(actual.lines()).enumerate();
    let (number, wanted, got) = lines.find(|(_, (wanted, got))| wanted != got).map_or_else(
        || {
            let shared = expected.lines().count().min(actual.lines().count());
            (shared, expected.lines().nth(shared), actual.lines().nth(shared))
        },
        |(number, (wanted, got))| (number, Some(wanted), Some(got)),
    );
    let show = |line: Option<&str>| line.map_or_else(|| "(nothing more)".to_owned(), str::to_owned);
    format!(
        "{name}:{}\n  expected: {}\n  actual:   {}\n(BLESS=1 accepts what came out)",
        number + 1,
        show(wanted),
        show(got)
    )
}
