//! One file a kind of test. A new kind is a new file, and two lines here.

mod blocks;
mod config;
mod exposition;
mod fuzz;
mod histogram;
mod histogram_chunks;
mod journey;
mod lesson;
mod oracle;
mod plot;
mod postings;
mod problem;
mod promql;
mod promqltest;
mod relabel;
mod scrape;
mod serve;
mod syntax;
mod tidy;
mod tsdb;
mod web_api;
mod yard;

use libtest_mimic::Trial;

/// The kinds of test, each giving its tests.
const KINDS: &[fn() -> Vec<Trial>] = &[
    blocks::trials,
    config::trials,
    exposition::trials,
    fuzz::trials,
    histogram::trials,
    histogram_chunks::trials,
    journey::trials,
    lesson::trials,
    oracle::trials,
    plot::trials,
    postings::trials,
    problem::trials,
    promql::trials,
    promqltest::trials,
    relabel::trials,
    scrape::trials,
    serve::trials,
    syntax::trials,
    tidy::trials,
    tsdb::trials,
    web_api::trials,
    yard::trials,
];

/// All tests of all kinds; each is named `kind/file-or-case`.
pub fn trials() -> Vec<Trial> {
    KINDS.iter().flat_map(|trials| trials()).collect()
}
