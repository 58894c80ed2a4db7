//! One file a kind of test. A new kind is a new file and a line in [`trials`].

mod histogram;
mod problem;
mod syntax;
mod tidy;

use libtest_mimic::Trial;

/// All tests of all kinds; each is named `kind/file-or-case`.
pub fn trials() -> Vec<Trial> {
    [histogram::trials(), problem::trials(), syntax::trials(), tidy::trials()].into_iter().flatten().collect()
}
