//! Proves that every rule can fail: each is shown a small repository that breaks it.

use super::{Source, Sources};

/// For every rule, by its name, a file that breaks it and nothing else.
const OFFENCES: &[(&str, &str, &str)] = &[
    ("layers use only layers below their own", "core/src/base/a.rs", "use crate::tsdb::Head;"),
    ("layers use only layers below their own", "core/src/tsdb/a.rs", "use crate::{base::time, plot};"),
    (
        "layers use only layers below their own",
        "core/src/tsdb/a.rs",
        "use crate::{\n    base::time,\n    plot,\n};",
    ),
    ("layers use only layers below their own", "core/src/tsdb/a.rs", "fn a() { vec![crate ::plot::b()]; }"),
    ("layers use only layers below their own", "core/src/tsdb/a.rs", "use crate as all;"),
    ("layers use only layers below their own", "web/src/a.rs", "use scrapeyard_core::tsdb::Head;"),
    (
        "layers use only layers below their own",
        "web/src/a.rs",
        "use scrapeyard_core::promql::{eval::Options};",
    ),
    ("layers use only layers below their own", "web/src/a.rs", "use scrapeyard_core::{lab::Lab, promql};"),
    ("layers use only layers below their own", "web/src/a.rs", "use scrapeyard_core as core;"),
    ("files are named by what they hold", "core/src/model/utils.rs", ""),
    ("both languages say the same things", "web/texts/en/a.ftl", "only-here = Only here\n"),
    ("nothing hostile becomes markup", "web/src/a.rs", "node.set_inner_html(text)"),
    ("nothing hostile becomes markup", "index.html", "<p style=\"color: red\">"),
    ("style sheets take colours from tokens", "web/src/a.css", "a { color: #fff }"),
    ("style sheets take colours from tokens", "web/src/a.css", "  transition: color 90ms;"),
];

pub fn check() -> Vec<String> {
    let mut offences: Vec<(&str, Source)> = OFFENCES
        .iter()
        .map(|(rule, path, text)| (*rule, Source { path: (*path).to_owned(), text: (*text).to_owned() }))
        .collect();
    let long = |path: &str, text: String| Source { path: path.to_owned(), text };
    let lines = |count: usize| "    step();\n".repeat(count);
    offences.push(("files stay small", long("web/src/a.rs", lines(401))));
    offences.push(("functions stay small", long("web/src/a.rs", format!("fn a() {{\n{}}}\n", lines(70)))));
    offences
        .push(("the project speaks only of itself", long("README.md", ["built in /ro", "ot/a"].concat())));
    let mut silent: Vec<String> = Vec::new();
    for (rule, _) in super::RULES {
        if !offences.iter().any(|(name, _)| name == rule) {
            silent.push(format!("`{rule}` has no offence in tidy/bite.rs"));
        }
    }
    for (name, offence) in offences {
        let path = offence.path.clone();
        let sources = Sources(vec![offence]);
        let rule = super::RULES.iter().find(|(rule, _)| *rule == name);
        if rule.is_none_or(|(_, rule)| rule(&sources).is_empty()) {
            silent.push(format!("`{name}` does not see the offence in {path}"));
        }
    }
    silent
}
