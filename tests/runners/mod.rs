//! One file a kind of test. A new kind is a new file and a line in [`trials`].

mod config;
mod histogram;
mod relabel;
mod scrape;
mod tidy;

use libtest_mimic::Trial;

/// All tests of all kinds; each is named `kind/file-or-case`.
pub fn trials() -> Vec<Trial> {
    [config::trials(), histogram::trials(), relabel::trials(), scrape::trials(), tidy::trials()]
        .into_iter()
        .flatten()
        .collect()
}
