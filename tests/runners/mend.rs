//! How wrong expressions may be mended: files of `expression`, `----`, and each way with the text that comes of it; empty
//! lines between. `BLESS=1` rewrites the ways. Whatever is offered must be less wrong than the text was.

use libtest_mimic::{Failed, Trial};
use scrapeyard_core::promql::syntax::{Options, mends, read};

use crate::frame::{cases, files, golden, short};

pub fn trials() -> Vec<Trial> {
    let files = files("mend", "mends").into_iter();
    files.map(|path| Trial::test(short(&path), move || run(&path))).collect()
}

fn run(path: &std::path::Path) -> Result<(), Failed> {
    let text = std::fs::read_to_string(path)?;
    golden::compare(path, &cases::rewritten(&text, ways))
}

fn ways(expression: &str) -> String {
    let options = Options::default();
    let found = mends(expression, &options);
    let shown = found.iter().map(|mend| {
        let mended = mend.applied(expression).unwrap_or_default();
        let faults = read(&mended, &options).errors.len();
        let left = if faults == 0 { String::new() } else { format!(" ({faults} left)") };
        format!("{} {}: {mended}{left}\n", mend.kind.name(), mend.shown)
    });
    let shown: String = shown.collect();
    if shown.is_empty() { "nothing is offered\n".to_owned() } else { shown }
}
