//! The native program: the lab's engine from a shell. Reads files, writes to the terminal, computes nothing itself.

mod promtest;

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
    /// Runs promqltest scripts and counts what passes.
    Promtest(promtest::Arguments),
}

fn main() -> ExitCode {
    match Arguments::parse().command {
        Command::Promtest(arguments) => promtest::run(&arguments),
    }
}
