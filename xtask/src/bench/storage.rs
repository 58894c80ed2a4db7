//! Storage: bytes a sample beside the real Prometheus's chunks of the same samples; appending and selecting.

use anyhow::{Result, bail};
use serde::Deserialize;
use serde_json::json;

use super::Engines;
use super::engine::Engine;
use super::oracle::bytes_of_head;

/// What is stored.
const WORKLOADS: [(&str, &str); 3] = [
    ("lab", "an hour of the chapter's yard"),
    ("gauges", "random walks in steps of a tenth"),
    ("latencies", "floats with all their bits"),
];

#[derive(Deserialize)]
struct Stored {
    samples: u64,
    chunk_bytes: u64,
    append_seconds: f64,
    select_seconds: f64,
}

/// Measures and prints a table.
///
/// # Errors
/// When an engine fails or the real one refuses the samples.
pub fn run(engines: &mut Engines) -> Result<()> {
    println!(
        "\n▶ storage\n{:<44}{:>10}{:>14}{:>9}{:>18}{:>18}{:>18}{:>18}",
        "samples", "count", "bytes/sample", "theirs", "append M/s", "in wasm", "select M/s", "in wasm"
    );
    for (workload, what) in WORKLOADS {
        let native = stored(&mut engines.native, workload)?;
        let wasm = engines.wasm.as_mut().map(|wasm| stored(wasm, workload)).transpose()?;
        let theirs = match &engines.oracle {
            None => "-".to_owned(),
            Some(folder) => {
                let bytes = bytes_of_head(folder, &engines.native, workload)?;
                format!("{:.3}", bytes as f64 / native.samples as f64)
            }
        };
        let rate = |seconds: Option<f64>| {
            seconds.map_or_else(
                || "-".to_owned(),
                |seconds| format!("{:.1}", native.samples as f64 / seconds / 1e6),
            )
        };
        println!(
            "{:<44}{:>10}{:>14.3}{theirs:>9}{:>18}{:>18}{:>18}{:>18}",
            format!("{workload}: {what}"),
            native.samples,
            native.chunk_bytes as f64 / native.samples as f64,
            rate(Some(native.append_seconds)),
            rate(wasm.as_ref().map(|wasm| wasm.append_seconds)),
            rate(Some(native.select_seconds)),
            rate(wasm.as_ref().map(|wasm| wasm.select_seconds)),
        );
    }
    Ok(())
}

fn stored(engine: &mut Engine, workload: &str) -> Result<Stored> {
    match engine.get(&json!({ "do": "store", "workload": workload }))? {
        Ok(stored) => Ok(stored),
        Err(reason) => bail!("{workload}: {reason}"),
    }
}
