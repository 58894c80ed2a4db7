//! The project's one tool: `cargo xtask serve`, `test`, `build`, `size`, `bench`. Builds and checks; is part of no page.

mod apt;
mod bench;
mod browser;
mod bundle;
mod cache;
mod compress;
mod minify;
mod node;
mod offline;
mod page;
mod piece;
mod record;
mod run;
mod serve;
mod sheets;
mod shorten;
mod size;
mod split;
mod sysroot;
mod test;
mod toolchain;
mod wasm;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, Parser, Subcommand};

use crate::bundle::Quality;

#[derive(Parser)]
#[command(bin_name = "cargo xtask", about = "Builds, serves, tests and measures the lab")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build the lab and serve it on 127.0.0.1
    Serve {
        /// The port; where it is taken, any free one
        #[arg(long, default_value_t = 8090)]
        port: u16,
        #[command(flatten)]
        speed: Speed,
    },
    /// Every test: native, wasm, browser
    Test {
        /// Only tests whose names hold this
        filter: Option<String>,
    },
    /// Write dist/ and dist/scrapeyard.html
    Build {
        #[command(flatten)]
        speed: Speed,
    },
    /// What a visitor transfers, held against the budgets
    Size,
    /// Watch what the first chart needs, so that the rest can come later
    Profile,
    /// Queries, storage and the built page, measured and printed as tables
    Bench {
        #[command(flatten)]
        wishes: bench::Wishes,
    },
}

#[derive(Args)]
struct Speed {
    /// Build faster and larger: for looking at a change, not for publishing
    #[arg(long)]
    dev: bool,
}

impl Speed {
    fn quality(&self) -> Quality {
        if self.dev { Quality::Quick } else { Quality::Full }
    }
}

fn main() -> ExitCode {
    match dispatch(Arguments::parse().command) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE, // and it has been said why
        Err(error) => {
            eprintln!("\nxtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Whether everything that was asked for went well.
fn dispatch(command: Command) -> Result<bool> {
    match command {
        Command::Serve { port, speed } => serve::run(port, speed.quality())?,
        Command::Test { filter } => return test::run(filter.as_deref()),
        Command::Build { speed } => bundle::build(speed.quality()).map(|_| ())?,
        Command::Size => size::run(size::Gate::GrowthAndBudgets)?,
        Command::Profile => record::run()?,
        Command::Bench { wishes } => bench::run(&wishes)?,
    }
    Ok(true)
}
