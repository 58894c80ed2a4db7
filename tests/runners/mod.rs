//! One file a kind of test. A new kind is a new file and a line in [`trials`].

mod exposition;
mod histogram;
mod oracle;
mod promql;
mod syntax;
mod tidy;

use libtest_mimic::Trial;

/// All tests of all kinds; each is named `kind/file-or-case`.
pub fn trials() -> Vec<Trial> {
    [
        exposition::trials(),
        histogram::trials(),
        oracle::trials(),
        promql::trials(),
        syntax::trials(),
        tidy::trials(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
