//! The one runner of everything that is data: `cargo test -p scrapeyard-tests --test lab -- FILTER`.
//!
//! `BLESS=1` rewrites expectations. `SCRAPEYARD_CONFORMANCE=DIR` says where the real projects' test data lies
//! (default: `../shared/conformance` beside the repository); without it those cases are skipped, loudly.

mod runners;

// The runners name it `crate::frame`.
use scrapeyard_tests::frame;

fn main() {
    let arguments = libtest_mimic::Arguments::from_args();
    libtest_mimic::run(&arguments, runners::trials()).exit();
}
