//! `promtool check-metrics`: a page from standard input, looked over (text format) or held against the standard
//! (OpenMetrics).

use std::io::Read as _;
use std::process::ExitCode;

use scrapeyard_core::exposition::{Limits, check_openmetrics, lint};

/// The arguments of `check-metrics`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Holds the page against OpenMetrics 1.0, strictly, instead of looking over the text format.
    #[arg(long)]
    openmetrics: bool,
}

/// A page may be this long, in bytes: more than any scrape takes.
const PAGE_BYTES: usize = 64 << 20;

/// Checks the page: 1 when it cannot be read, 3 when there are remarks.
pub fn run(arguments: &Arguments) -> ExitCode {
    let mut page = Vec::new();
    let input = std::io::stdin().lock().take(PAGE_BYTES as u64 + 1).read_to_end(&mut page);
    if let Err(error) = input {
        eprintln!("error while reading standard input: {error}");
        return ExitCode::FAILURE;
    }
    if page.len() > PAGE_BYTES {
        eprintln!("error while linting: body size limit exceeded: more than {PAGE_BYTES} bytes");
        return ExitCode::FAILURE;
    }
    if arguments.openmetrics {
        let limits =
            Limits { page_bytes: PAGE_BYTES, line_bytes: PAGE_BYTES, samples: u32::MAX, ..Limits::default() };
        return match check_openmetrics(&page, limits) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("error while parsing OpenMetrics: {}: {error}", error.place);
                ExitCode::FAILURE
            }
        };
    }
    match lint(&page) {
        Err(error) => {
            eprintln!("error while linting: {error}");
            ExitCode::FAILURE
        }
        Ok(remarks) => {
            remarks.iter().for_each(|remark| eprintln!("{remark}"));
            if remarks.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(3) }
        }
    }
}
