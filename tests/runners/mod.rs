//! One file a kind of test. A new kind is a new file and a line in [`trials`].

mod config;
mod exposition;
mod histogram;
mod journey;
mod oracle;
mod plot;
mod promql;
mod relabel;
mod scrape;
mod syntax;
mod tidy;
mod tsdb;

use libtest_mimic::Trial;

/// All tests of all kinds; each is named `kind/file-or-case`.
pub fn trials() -> Vec<Trial> {
    [
        config::trials(),
        exposition::trials(),
        histogram::trials(),
        journey::trials(),
        oracle::trials(),
        plot::trials(),
        promql::trials(),
        relabel::trials(),
        scrape::trials(),
        syntax::trials(),
        tidy::trials(),
        tsdb::trials(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
