//! The native program: the lab's engine from a shell. Reads files, writes to the terminal, computes nothing itself.

mod check;
mod dataset;
mod folder;
mod play;
mod promtest;
mod promtool;
mod query;
mod scenario;
mod serve;
mod tsdb;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use mimalloc::MiMalloc;

/// Keeps the memory of one query for the next: the system's allocator gives it back and fetches it anew, page by page.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// The monitoring lab without a page.
#[derive(Debug, Parser)]
#[command(name = "scrapeyard", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Checks that scenarios keep what they promise.
    Check(check::Arguments),
    /// Runs a lab without a page and prints a transcript.
    Play(play::Arguments),
    /// Evaluates an expression and prints the answer of Prometheus's HTTP API.
    Query(query::Arguments),
    /// Serves Prometheus's HTTP API over a running lab or over files.
    Serve(serve::Arguments),
    /// Runs promqltest scripts and counts what passes.
    Promtest(promtest::Arguments),
    /// Lists, dumps and makes blocks of a Prometheus.
    Tsdb(tsdb::Arguments),
    /// Checks files as Prometheus's promtool does.
    Promtool(promtool::Arguments),
}

fn main() -> ExitCode {
    match Arguments::parse().command {
        Command::Query(arguments) => query::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Play(arguments) => play::run(&arguments),
        Command::Serve(arguments) => serve::run(&arguments),
        Command::Promtest(arguments) => promtest::run(&arguments),
        Command::Tsdb(arguments) => tsdb::run(&arguments),
        Command::Promtool(arguments) => promtool::run(&arguments),
    }
}
