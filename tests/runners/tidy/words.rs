//! The project speaks only of itself: of no tool that wrote it, no machine, no registry.

use super::Sources;

/// Parts of words, put together here so that this file does not break its own rule.
const BANNED: &[(&str, &str)] = &[
    ("/ro", "ot/"),
    ("/wo", "rk/"),
    ("crates", ".io/api"),
    ("registry", ".npmjs"),
    ("static.crates", ".io"),
    ("todo", "!("),
    ("unimplemented", "!("),
    ("dbg", "!("),
];

pub fn check(sources: &Sources) -> Vec<String> {
    let mut broken = Vec::new();
    // Lock files are written by their tools.
    for source in sources
        .all()
        .filter(|source| !source.path.ends_with("lock") && !source.path.ends_with("package-lock.json"))
    {
        for (index, line) in source.text.lines().enumerate() {
            for (start, end) in BANNED {
                if line.contains(&format!("{start}{end}")) {
                    broken.push(format!(
                        "{}:{}: `{start}{end}` does not belong here",
                        source.path,
                        index + 1
                    ));
                }
            }
        }
    }
    broken
}
