//! One file a kind of test. A new kind is a new file and a line in [`trials`].

mod config;
mod exposition;
mod histogram;
mod journey;
mod relabel;
mod scrape;
mod syntax;
mod tidy;

use libtest_mimic::Trial;

/// All tests of all kinds; each is named `kind/file-or-case`.
pub fn trials() -> Vec<Trial> {
    [
        config::trials(),
        exposition::trials(),
        histogram::trials(),
        journey::trials(),
        relabel::trials(),
        scrape::trials(),
        syntax::trials(),
        tidy::trials(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
