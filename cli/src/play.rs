//! `scrapeyard play SCENARIO [SCRIPT]`: runs a lab without a page and prints a transcript.

use std::io::{BufRead as _, IsTerminal as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use scrapeyard_core::base::date;
use scrapeyard_core::base::random::Seed;
use scrapeyard_core::lab::play::Player;
use scrapeyard_core::lab::{Problem, StoreId, export};
use scrapeyard_core::tsdb::{Head, block};

use crate::{folder, scenario};

/// What `--help` says after the options.
const LINES: &str = "\
Lines of a script:
  any command of the lab        scale accesslog 3 · stop iotd · traffic image-gallery 20 · reload prometheus \"TEXT\" …
  after 60s                     lets time pass
  ask STORE EXPRESSION          the value now
  chart STORE LENGTH STEP EXPRESSION
  explain, doctor, complete STORE TEXT
  yard · course · targets STORE · storage STORE · page CONTAINER METRIC
  relabel STORE JOB ADDRESS RULES · relabel-metrics STORE JOB RULES      (\"\" for the job's own rules)
  bring NAME \"TEXT\" · try STORE EXPRESSION · reckon LESSON QUESTION EXPRESSION
  undo · undo-change · redo · rewind LENGTH · digest
Stores: pulled, truth, prometheus:CONTAINER, imported:NAME, before.";

/// The arguments of `play`.
#[derive(Debug, clap::Args)]
#[command(after_help = LINES)]
pub struct Arguments {
    /// A scenario: a folder, or the name of one under `scenarios/` here or further up.
    scenario: String,
    /// The script; without one, lines are read from the standard input.
    script: Option<PathBuf>,
    /// Another seed than the scenario's own.
    #[arg(long)]
    seed: Option<u64>,
    /// Print the journal when all is played.
    #[arg(long)]
    journal: bool,
    /// Write a store out as OpenMetrics when all is played, as `pulled=FILE` or `truth=FILE`.
    #[arg(long, value_name = "STORE=FILE")]
    export: Vec<String>,
    /// Write a store out as a Prometheus block when all is played, into a folder of the block's name in DIR.
    #[arg(long, value_name = "STORE=DIR")]
    export_block: Vec<String>,
}

/// Plays; fails when the scenario cannot be opened or the script cannot be read.
pub fn run(arguments: &Arguments) -> ExitCode {
    match play(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn play(arguments: &Arguments) -> Result<(), String> {
    let scenario = scenario::read(&arguments.scenario)?;
    let name = scenario.name.clone();
    let mut player = Player::open(Arc::new(scenario), arguments.seed.map(Seed), None)
        .map_err(|problem| problem.to_string())?;
    println!("{} stands at {}", name, date::print(player.lab().now()));
    match &arguments.script {
        Some(path) => {
            let text =
                std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
            text.lines().for_each(|line| answer(&mut player, line, true));
        }
        None => {
            // What a person types stands on the screen already.
            let is_echoed = !std::io::stdin().is_terminal();
            for line in std::io::stdin().lock().lines() {
                answer(&mut player, &line.map_err(|error| error.to_string())?, is_echoed);
            }
        }
    }
    if arguments.journal {
        print!("\n{}", player.lab().journal());
    }
    arguments.export.iter().try_for_each(|wish| {
        let (head, file) = wished(&player, wish)?;
        std::fs::write(file, export::write(&head)).map_err(|error| format!("{file}: {error}"))
    })?;
    arguments.export_block.iter().try_for_each(|wish| {
        let (head, parent) = wished(&player, wish)?;
        let (name, files) = block::write(&head).ok_or_else(|| format!("{wish}: no samples, so no block"))?;
        folder::write(Path::new(parent), &name, &files).map(|folder| println!("{}", folder.display()))
    })
}

/// The store that `wish` names before its `=`, and the path that it names after it.
fn wished<'a>(player: &Player, wish: &'a str) -> Result<(Arc<Head>, &'a str), String> {
    let (store, path) = wish.split_once('=').ok_or_else(|| format!("{wish}: not STORE=PATH"))?;
    let id: StoreId = store.parse().map_err(|problem: Problem| problem.to_string())?;
    let head = player.lab().store(&id).ok_or_else(|| format!("no such store: {store}"))?;
    Ok((head, path))
}

fn answer(player: &mut Player, line: &str, is_echoed: bool) {
    let line = line.trim();
    if line.is_empty() || line.starts_with('#') {
        return;
    }
    if is_echoed {
        println!("> {line}");
    }
    print!("{}", player.line(line));
}
