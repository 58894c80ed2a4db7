//! `cargo xtask bench`: how fast the engine is, natively and in WebAssembly, beside the real Prometheus where it is at
//! hand; how small it stores; how soon the page stands. Measures in one run what it compares, and remembers nothing.

mod chunks;
mod compare;
mod engine;
mod oracle;
mod queries;
mod storage;
mod table;
mod timing;

use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, ValueEnum};

use crate::browser;
use engine::Engine;
use oracle::Oracle;
use queries::Query;
use table::Table;

/// What is measured and beside what.
#[derive(Args)]
pub struct Wishes {
    /// Measure one part alone
    #[arg(long, value_enum)]
    only: Option<Part>,
    /// A folder with the real prometheus and promtool, to measure beside
    #[arg(long, value_name = "DIR")]
    oracle: Option<PathBuf>,
    /// Only queries whose workload and expression hold this
    #[arg(long, value_name = "TEXT")]
    filter: Option<String>,
    /// Leave WebAssembly out
    #[arg(long)]
    native: bool,
}

/// A part of the bench.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Queries
    Queries,
    /// Appending, selecting, bytes a sample
    Storage,
    /// From opening the page to its first chart
    Page,
}

/// Measures and prints tables.
///
/// # Errors
/// When something cannot be built or started, or an engine does not answer.
pub fn run(wishes: &Wishes) -> Result<()> {
    let wants = |part| wishes.only.is_none_or(|only| only == part);
    if wants(Part::Queries) || wants(Part::Storage) {
        let mut engines = Engines::start(wishes)?;
        if wants(Part::Queries) {
            measure_queries(&mut engines, wishes)?;
        }
        if wants(Part::Storage) {
            storage::run(&mut engines)?;
        }
    }
    if wants(Part::Page) { browser::bench() } else { Ok(()) }
}

/// Who is measured.
pub struct Engines {
    native: Engine,
    wasm: Option<Engine>,
    oracle: Option<PathBuf>,
}

impl Engines {
    fn start(wishes: &Wishes) -> Result<Self> {
        let native = Engine::native()?;
        let wasm = if wishes.native { None } else { Some(Engine::wasm()?) };
        Ok(Self { native, wasm, oracle: wishes.oracle.clone() })
    }
}

fn measure_queries(engines: &mut Engines, wishes: &Wishes) -> Result<()> {
    let mut queries = queries::all()?;
    if let Some(filter) = &wishes.filter {
        queries.retain(|query| format!("{} {}", query.workload, query.expr).contains(filter.as_str()));
    }
    let mut table = Table::new(engines.wasm.is_some(), engines.oracle.is_some());
    for workload in queries::WORKLOADS {
        let own: Vec<&Query> = queries.iter().filter(|query| query.workload == workload.name).collect();
        if own.is_empty() {
            continue;
        }
        let loaded = engines.native.load(workload.name)?;
        println!(
            "\n▶ {}: {} series, {} samples, {}",
            workload.name, loaded.series, loaded.samples, workload.what
        );
        if let Some(wasm) = &mut engines.wasm {
            wasm.load(workload.name)?;
        }
        let oracle = engines.oracle.as_ref().map(|folder| Oracle::start(folder, &engines.native, &workload));
        let oracle = oracle.transpose()?;
        table.head();
        for query in own {
            table.row(timing::measure(query, loaded.newest, engines, oracle.as_ref())?);
        }
    }
    table.summary();
    Ok(())
}
