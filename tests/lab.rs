//! The one runner of everything that is data: `cargo test -p scrapeyard-tests --test lab -- FILTER`.

fn main() {
    let arguments = libtest_mimic::Arguments::from_args();
    libtest_mimic::run(&arguments, Vec::new()).exit();
}
