//! Every text stands in both languages, with the same arguments, and is used somewhere.

use std::collections::{BTreeMap, BTreeSet};

use scrapeyard_core::promql::functions;
use scrapeyard_core::promql::syntax::operator::AGGREGATORS;

use super::Sources;

pub fn check(sources: &Sources) -> Vec<String> {
    let korean = messages(sources, "ko");
    let english = messages(sources, "en");
    let mut broken = Vec::new();
    for (first, second, language) in [(&korean, &english, "en"), (&english, &korean, "ko")] {
        for (key, message) in first {
            match second.get(key) {
                None => broken.push(format!("{}: `{key}` is missing in web/texts/{language}", message.path)),
                Some(twin) if language == "en" && twin.arguments != message.arguments => {
                    broken.push(format!(
                        "{}: `{key}` takes {:?} in ko and {:?} in en",
                        message.path, message.arguments, twin.arguments
                    ))
                }
                Some(_) => {}
            }
        }
    }
    broken.extend(undescribed(&english));
    let code = sources
        .ending(".rs")
        .filter(|source| source.path.starts_with("web/src/") || source.path.starts_with("core/src/"));
    let used: BTreeSet<String> = code.flat_map(|source| literals(&source.text)).collect();
    for (key, message) in &english {
        // A key is named whole, or its family is: `format!("state-{…}")`.
        let family =
            |literal: &String| literal.split_once('{').is_some_and(|(start, _)| is_family(start, key));
        if !used.contains(key) && !used.iter().any(family) {
            broken.push(format!("{}: `{key}` is used nowhere: delete it", message.path));
        }
    }
    broken
}

/// Functions and aggregations without a text of their own.
fn undescribed(messages: &BTreeMap<String, Message>) -> Vec<String> {
    let functions = functions::all().iter().map(|function| function.name);
    let all = functions.chain(AGGREGATORS.iter().map(|(_, name)| *name));
    let is_missing = |name: &&str| !messages.contains_key(&format!("function-{name}"));
    // Only where there is a page that speaks of them.
    let has_any = messages.keys().any(|key| key.starts_with("function-"));
    let missing = all.filter(is_missing).filter(|_| has_any);
    missing
        .map(|name| format!("web/texts/en/functions.ftl: `function-{name}` is missing: say what it gives"))
        .collect()
}

fn is_family(start: &str, key: &str) -> bool {
    start.len() > 2 && start.ends_with('-') && key.starts_with(start)
}

struct Message {
    path: String,
    arguments: BTreeSet<String>,
}

/// The messages of a language by key, an attribute as `key.attribute`.
fn messages(sources: &Sources, language: &str) -> BTreeMap<String, Message> {
    let mut messages: BTreeMap<String, Message> = BTreeMap::new();
    let folder = format!("web/texts/{language}/");
    for source in sources.ending(".ftl").filter(|source| source.path.starts_with(&folder)) {
        let mut key = String::new();
        for line in source.text.lines().filter(|line| !line.starts_with('#')) {
            if let Some((name, _)) = line.split_once('=').filter(|_| !line.starts_with([' ', '\t', '}', '-']))
            {
                key = name.trim().to_owned();
                messages
                    .insert(key.clone(), Message { path: source.path.clone(), arguments: BTreeSet::new() });
            }
            if let Some(message) = messages.get_mut(&key) {
                message.arguments.extend(arguments(line));
            }
        }
    }
    messages
}

/// The `$names` in a line.
fn arguments(line: &str) -> Vec<String> {
    let name = |rest: &str| {
        rest.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '-' | '_')).collect::<String>()
    };
    line.match_indices('$').map(|(at, _)| name(&line[at + 1..])).filter(|name| !name.is_empty()).collect()
}

/// What stands between double quotes in Rust code: enough to find keys.
fn literals(text: &str) -> Vec<String> {
    text.split('"')
        .skip(1)
        .step_by(1)
        .filter(|part| part.len() < 80 && !part.contains('\n'))
        .map(str::to_owned)
        .collect()
}
