//! The native program: the lab's engine from a shell. Reads files, writes to the terminal, computes nothing itself.

mod dataset;
mod instant;
mod promtest;
mod query;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The monitoring lab without a page.
#[derive(Debug, Parser)]
#[command(name = "scrapeyard", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Evaluates an expression and prints the answer of Prometheus's HTTP API.
    Query(query::Arguments),
    /// Runs promqltest scripts and counts what passes.
    Promtest(promtest::Arguments),
}

fn main() -> ExitCode {
    match Arguments::parse().command {
        Command::Query(arguments) => query::run(&arguments),
        Command::Promtest(arguments) => promtest::run(&arguments),
    }
}
