//! `scrapeyard promtool`: the checks of Prometheus's own tool, with its verdicts and words.

mod check_config;
mod check_metrics;
mod glob;

use std::process::ExitCode;

/// The arguments of `promtool`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    check: Check,
}

#[derive(Debug, clap::Subcommand)]
enum Check {
    /// Checks configuration files.
    CheckConfig(check_config::Arguments),
    /// Checks a metrics page from standard input.
    CheckMetrics(check_metrics::Arguments),
}

/// Runs a check.
pub fn run(arguments: &Arguments) -> ExitCode {
    match &arguments.check {
        Check::CheckConfig(arguments) => check_config::run(arguments),
        Check::CheckMetrics(arguments) => check_metrics::run(arguments),
    }
}
