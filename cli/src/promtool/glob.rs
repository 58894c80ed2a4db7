//! Names of files with wildcards, as Go's `filepath.Glob` reads them.

use std::path::{Path, PathBuf};

/// What Go says of a pattern that is none.
const BAD_PATTERN: &str = "syntax error in pattern";

/// The files that a pattern stands for, in order of their names.
///
/// Differs: stars are followed in the last part only, and other wildcards not at all; what a pattern may look like is
/// checked as a whole.
///
/// # Errors
/// When the pattern is none, in Go's words.
pub fn glob(folder: &Path, pattern: &str) -> Result<Vec<PathBuf>, &'static str> {
    if !is_pattern(pattern) {
        return Err(BAD_PATTERN);
    }
    let path = folder.join(pattern);
    let last = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    if !last.contains('*') {
        return Ok(path.exists().then_some(path).into_iter().collect());
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = entries
        .filter(|entry| fits(&last, &entry.file_name().to_string_lossy()))
        .map(|entry| entry.path())
        .collect();
    found.sort();
    Ok(found)
}

/// Whether every class of characters is closed and holds something, and every backslash has a character behind it.
fn is_pattern(pattern: &str) -> bool {
    let mut rest = pattern.chars();
    while let Some(character) = rest.next() {
        let fits = match character {
            '\\' => rest.next().is_some(),
            '[' => skip_class(&mut rest).is_some(),
            _ => true,
        };
        if !fits {
            return false;
        }
    }
    true
}

/// Goes on behind the `]` of a class; `None` where it is none.
fn skip_class(rest: &mut std::str::Chars<'_>) -> Option<()> {
    if rest.as_str().starts_with('^') {
        rest.next();
    }
    let mut is_empty = true;
    while is_empty || !rest.as_str().starts_with(']') {
        class_member(rest)?;
        if rest.as_str().starts_with('-') {
            rest.next();
            class_member(rest)?;
        }
        is_empty = false;
    }
    rest.next().map(|_| ())
}

/// One character of a class, with the backslash before it.
fn class_member(rest: &mut std::str::Chars<'_>) -> Option<()> {
    match rest.next()? {
        '-' | ']' => None,
        '\\' => rest.next().map(|_| ()),
        _ => Some(()),
    }
}

/// Whether a name fits a pattern with stars.
fn fits(pattern: &str, name: &str) -> bool {
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or("");
    let Some(mut rest) = name.strip_prefix(first) else { return false };
    let mut parts: Vec<&str> = parts.collect();
    let Some(last) = parts.pop() else { return rest.is_empty() };
    for part in parts {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_stand_for_any_text() {
        assert!(fits("*.yml", "a.yml") && fits("a*c*.yml", "abc.yml") && fits("*", "x") && fits("a", "a"));
        assert!(!fits("*.yml", "a.yaml") && !fits("a*b", "a") && !fits("ab*b", "ab"));
    }

    #[test]
    fn patterns_are_those_of_go() {
        for good in ["nope/*.yml", "[^a]x", "[\\a]", "a]", "[[]", "[z-a]", "{a}", "\\[", "[^^]"] {
            assert!(is_pattern(good), "{good}");
        }
        for bad in
            ["a[.yml", "a[.yml*", "*[a.yml", "b\\", "[]a]", "[-x]", "[a-]", "[^]", "x[a-b-c]", "a[]", "[a\\"]
        {
            assert_eq!(glob(Path::new(""), bad), Err("syntax error in pattern"), "{bad}");
        }
    }
}
