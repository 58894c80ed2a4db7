//! DESIGN's layers: a module of `core` uses only layers below its own, and `web` only the doors meant for it.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::{Source, Sources};

/// The layers of `core`, from the bottom up. Modules of one layer do not know each other.
const LAYERS: &[&[&str]] = &[
    &["base"],
    &["model", "yaml"],
    &["exposition", "tsdb", "plot"],
    &["promql", "sim"],
    &["scrape", "push", "promqltest"],
    &["rules", "alertmanager", "dashboard"],
    &["web_api"],
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
    let used = match paths_from(source, "crate") {
        Ok(used) => used,
        Err(error) => return vec![error],
    };
    let mut broken = Vec::new();
    for (line, path) in used {
        let Some(first) = path.first().filter(|first| !is_whole(first)) else {
            broken
                .push(format!("{}:{line}: `{module}` takes the whole crate: name what it uses", source.path));
            continue;
        };
        let allowed = first == module || level(first).is_none_or(|level| level < own);
        if !allowed {
            broken.push(format!(
                "{}:{line}: `{module}` uses `{first}`, which is not below it: move the shared part down a layer",
                source.path
            ));
        }
    }
    broken
}

fn check_page(source: &Source) -> Vec<String> {
    let used = match paths_from(source, "scrapeyard_core") {
        Ok(used) => used,
        Err(error) => return vec![error],
    };
    let is_door = |path: &[String]| {
        PAGE_USES.iter().any(|door| door.split("::").eq(path.iter().take(door.split("::").count())))
    };
    used.into_iter()
        .filter(|(_, path)| !is_door(path))
        .map(|(line, path)| {
            let path = path.join("::");
            format!(
                "{}:{line}: the page uses `scrapeyard_core::{path}`; it may use {PAGE_USES:?}",
                source.path
            )
        })
        .collect()
}

/// Whether a path's first part stands for everything, by which any module could be reached unseen.
fn is_whole(part: &str) -> bool {
    matches!(part, "self" | "*")
}

/// A line, and the parts of a path that begins there.
type Used = (usize, Vec<String>);

/// The paths that begin with `root`, wherever in the file: in `use`, its groups and their groups, in expressions and
/// in what macros are given.
fn paths_from(source: &Source, root: &str) -> Result<Vec<Used>, String> {
    let tokens: Result<TokenStream, _> = source.text.parse();
    let tokens = tokens.map_err(|error| format!("{}: not readable as Rust: {error}", source.path))?;
    let mut found = Vec::new();
    walk(tokens, root, &mut found);
    Ok(found)
}

fn walk(tokens: TokenStream, root: &str, found: &mut Vec<Used>) {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, tree) in trees.iter().enumerate() {
        match tree {
            TokenTree::Group(group) => walk(group.stream(), root, found),
            TokenTree::Ident(ident) if ident == root => {
                let rest = &trees[at + 1..];
                let line = ident.span().start().line;
                if is_separator(rest) {
                    flatten(&rest[2..], &[], line, found);
                } else if matches!(rest.first(), Some(TokenTree::Ident(word)) if word == "as") {
                    found.push((line, vec!["self".to_owned()]));
                }
            }
            _ => {}
        }
    }
}

/// Whether `::` comes next.
fn is_separator(trees: &[TokenTree]) -> bool {
    let is_colon = |tree: &TokenTree| matches!(tree, TokenTree::Punct(punct) if punct.as_char() == ':');
    trees.len() >= 2 && trees[..2].iter().all(is_colon)
}

/// The paths that `trees` begin with, behind `before`: one, or one for each member of a group in braces.
fn flatten(trees: &[TokenTree], before: &[String], line: usize, found: &mut Vec<Used>) {
    let mut path = before.to_vec();
    let mut rest = trees;
    loop {
        match rest.first() {
            Some(TokenTree::Ident(part)) => path.push(part.to_string()),
            Some(TokenTree::Punct(star)) if star.as_char() == '*' => path.push("*".to_owned()),
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                let members: Vec<TokenTree> = group.stream().into_iter().collect();
                let is_comma = |tree: &TokenTree| matches!(tree, TokenTree::Punct(c) if c.as_char() == ',');
                for member in members.split(is_comma).filter(|member| !member.is_empty()) {
                    let line = member[0].span().start().line;
                    flatten(member, &path, line, found);
                }
                return;
            }
            _ => break,
        }
        rest = &rest[1..];
        if !is_separator(rest) {
            break;
        }
        rest = &rest[2..];
    }
    found.push((line, path));
}
