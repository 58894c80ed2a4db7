//! A label, a metric name or a file from outside is hostile text: nothing may turn it into markup or style.

use super::Sources;

/// What may not stand in the page's code, and what to write instead.
const BANNED: &[(&str, &str)] = &[
    ("inner_html", "build nodes instead of markup"),
    ("innerHTML", "build nodes instead of markup"),
    ("outer_html", "build nodes instead of markup"),
    ("outerHTML", "build nodes instead of markup"),
    ("insert_adjacent_html", "build nodes instead of markup"),
    ("insertAdjacentHTML", "build nodes instead of markup"),
    ("from_html_unchecked", "build nodes instead of markup"),
    ("document.write", "build nodes instead of markup"),
    ("style=", "the page's policy forbids style attributes: a class, an SVG attribute or CSSOM"),
    ("eval(", "the page's policy forbids it"),
];

pub fn check(sources: &Sources) -> Vec<String> {
    let mut broken = Vec::new();
    let looked_at = sources.all().filter(|source| {
        let page = source.path.starts_with("web/") || source.path == "index.html";
        page && [".rs", ".js", ".html"].iter().any(|ending| source.path.ends_with(ending))
    });
    for source in looked_at {
        for (number, line) in source.code_lines() {
            for (word, remedy) in BANNED {
                if occurs(line, word) {
                    broken.push(format!("{}:{number}: `{word}`: {remedy}", source.path));
                }
            }
        }
    }
    broken
}

/// Whether the line holds the word; `style=` and `eval(` only as whole words (`font-style=`, `wasm-unsafe-eval(` are
/// others), the rest also inside longer names (`set_inner_html`).
fn occurs(line: &str, word: &str) -> bool {
    let whole = matches!(word, "style=" | "eval(");
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !whole || !before.is_some_and(|before| before.is_alphanumeric() || matches!(before, '_' | '-'))
    })
}
