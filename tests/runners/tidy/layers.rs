//! DESIGN's layers: a module of `core` uses only layers below its own, and `web` only the doors meant for it.

use super::{Source, Sources};

/// The layers of `core`, from the bottom up. Modules of one layer do not know each other.
const LAYERS: &[&[&str]] = &[
    &["base"],
    &["model", "yaml"],
    &["exposition", "tsdb", "plot"],
    &["promql", "sim"],
    &["scrape", "push", "promqltest"],
    &["rules", "alertmanager", "dashboard"],
    &["lab"],
];

/// What the page may use of `core`: it draws views and computes no value.
const PAGE_USES: &[&str] = &["lab", "promql::syntax", "plot", "base"];

pub fn check(sources: &Sources) -> Vec<String> {
    let core = sources.ending(".rs").filter_map(|source| {
        let module = source.path.strip_prefix("core/src/")?.split(['/', '.']).next()?;
        (module != "lib").then_some((source, module))
    });
    let mut broken: Vec<String> = core.flat_map(|(source, module)| check_core(source, module)).collect();
    for source in sources.ending(".rs").filter(|source| source.path.starts_with("web/src/")) {
        broken.extend(check_page(source));
    }
    broken
}

fn level(module: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&module))
}

fn check_core(source: &Source, module: &str) -> Vec<String> {
    let Some(own) = level(module) else {
        return vec![format!(
            "{}: module `{module}` stands in no layer: add it to tidy/layers.rs and lib.rs",
            source.path
        )];
    };
    let mut broken = Vec::new();
    for (number, line) in source.code_lines() {
        for used in paths_after(line, "crate::") {
            let used = used.split("::").next().unwrap_or("");
            let allowed = used == module || level(used).is_none_or(|level| level < own);
            if !allowed {
                broken.push(format!(
                    "{}:{number}: `{module}` uses `{used}`, which is not below it: move the shared part down a layer",
                    source.path
                ));
            }
        }
    }
    broken
}

fn check_page(source: &Source) -> Vec<String> {
    let mut broken = Vec::new();
    for (number, line) in source.code_lines() {
        for used in paths_after(line, "scrapeyard_core::") {
            if !PAGE_USES.iter().any(|allowed| used.starts_with(allowed) || allowed.starts_with(used)) {
                broken.push(format!(
                    "{}:{number}: the page uses `scrapeyard_core::{used}`; it may use {PAGE_USES:?}",
                    source.path
                ));
            }
        }
    }
    broken
}

/// The paths that follow `prefix` in a line: `a::b` of `use crate::a::b;`, and each of `crate::{a::x, b}`.
fn paths_after<'a>(line: &'a str, prefix: &str) -> Vec<&'a str> {
    let mut found = Vec::new();
    for (at, _) in line.match_indices(prefix) {
        let before = line[..at].bytes().next_back();
        if before.is_some_and(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
            continue; // `some_crate::` is another path
        }
        let rest = &line[at + prefix.len()..];
        let is_path = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
        if let Some(group) = rest.strip_prefix('{') {
            let group = group.split(';').next().unwrap_or("");
            found.extend(group.split([',', '{', '}']).map(str::trim).filter(|part| !part.is_empty()));
        } else {
            found.push(&rest[..rest.find(|c| !is_path(c)).unwrap_or(rest.len())]);
        }
    }
    found
}
