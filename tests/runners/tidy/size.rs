//! No source file is longer than a reader can hold: the aim is 200 lines, the wall 400.

use super::Sources;

const WALL_LINES: usize = 400;

pub fn check(sources: &Sources) -> Vec<String> {
    let endings = [".rs", ".css", ".js", ".mjs", ".ftl"];
    let measured = sources.all().filter(|source| endings.iter().any(|ending| source.path.ends_with(ending)));
    let long = measured.filter_map(|source| {
        let lines = source.text.lines().count();
        let remedy = "give its second idea a file of its own";
        (lines > WALL_LINES)
            .then(|| format!("{}: {lines} lines, the wall is {WALL_LINES}: {remedy}", source.path))
    });
    long.collect()
}
