//! A file is named by what it holds; a name that could stand for anything holds everything in time.

use super::Sources;

const BANNED: &[&str] = &[
    "util", "utils", "helper", "helpers", "common", "misc", "manager", "data", "info", "types", "stuff",
    "shared",
];

/// Names that are the field's own: PromQL's function `info`.
const ALLOWED: &[&str] = &["core/src/promql/functions/info.rs"];

pub fn check(sources: &Sources) -> Vec<String> {
    let mut broken = Vec::new();
    for source in sources.ending(".rs").filter(|source| !ALLOWED.contains(&source.path.as_str())) {
        for part in source.path.trim_end_matches(".rs").split('/') {
            if BANNED.contains(&part) {
                broken.push(format!("{}: `{part}` says nothing: name the one thing it holds", source.path));
            }
        }
    }
    broken
}
