//! The one runner of everything that is data: `cargo test -p scrapeyard-tests --test lab -- FILTER`.
//!
//! `BLESS=1` rewrites expectations. `SCRAPEYARD_CONFORMANCE=DIR` says where the real projects' test data lies
//! (default: `../shared/conformance` beside the repository); without it those cases are skipped, loudly.
//! `REAL_PROMETHEUS=DIR` names a folder with the real `prometheus` and `promtool`.

mod runners;

// The runners name it `crate::frame`.
use scrapeyard_tests::frame;

fn main() {
    let arguments = libtest_mimic::Arguments::from_args();
    libtest_mimic::run(&arguments, runners::trials()).exit_if_failed();
    let is_whole =
        arguments.filter.is_none() && arguments.skip.is_empty() && !arguments.list && !arguments.ignored;
    if is_whole
        && frame::conformance::is_complete()
        && let Err(error) = frame::ratchet::every_row_was_asked_for()
    {
        eprintln!("{error}");
        std::process::exit(101);
    }
}
