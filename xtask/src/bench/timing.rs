//! One query, measured by all engines one after the other, so that what else the machine does disturbs all of them.

use std::time::Instant;

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use serde_json::{Value, json};

use super::Engines;
use super::compare::{Verdict, compare};
use super::engine::Engine;
use super::oracle::{Oracle, evaluation_seconds};
use super::queries::Query;

/// Most runs of a query; each is a step earlier than the one before. See [`undisturbed`].
const RUNS: i64 = 30;
/// No run begins after this many seconds,
const SECONDS: f64 = 0.5;
/// but so many are always done.
const FEWEST: usize = 3;

/// What was measured of a query. Times in seconds.
pub struct Row {
    /// Expression and steps.
    pub name: String,
    /// Points of the result.
    pub points: u64,
    /// Natively.
    pub native: f64,
    /// In WebAssembly, where that runs.
    pub wasm: Option<f64>,
    /// The real one's own evaluation time, where it is at hand and knows the query.
    pub real: Option<f64>,
    /// Whether both gave the same.
    pub verdict: Option<Verdict>,
    /// From outside, reading the expression and writing the answer as JSON among it: the native process.
    pub native_outside: f64,
    /// From outside: the real one's request.
    pub real_outside: Option<f64>,
}

#[derive(Deserialize)]
struct Timed {
    seconds: Vec<f64>,
    points: u64,
    digest: String,
}

/// Measures a query over the workload that all engines hold, whose newest sample is at `newest`.
///
/// # Errors
/// When an engine fails, or native code and WebAssembly give different bits.
pub fn measure(query: &Query, newest: i64, engines: &mut Engines, oracle: Option<&Oracle>) -> Result<Row> {
    let native = timed(&mut engines.native, query, newest)?;
    let wasm = engines.wasm.as_mut().map(|wasm| timed(wasm, query, newest)).transpose()?;
    if let Some(wasm) = wasm.as_ref().filter(|wasm| wasm.digest != native.digest) {
        bail!("{}: natively {}, in WebAssembly {}", query.expr, native.digest, wasm.digest);
    }
    let begun = Instant::now();
    let ours = engines.native.ask(&request("answer", query, newest))?;
    let mut row = Row {
        name: format!("{} × {}", query.expr, query.steps),
        points: native.points,
        native: undisturbed(native.seconds),
        wasm: wasm.map(|wasm| undisturbed(wasm.seconds)),
        real: None,
        verdict: None,
        native_outside: begun.elapsed().as_secs_f64(),
        real_outside: None,
    };
    if let Some(oracle) = oracle {
        ask_real(oracle, query, newest, &ours, &mut row)?;
    }
    Ok(row)
}

fn ask_real(oracle: &Oracle, query: &Query, newest: i64, ours: &str, row: &mut Row) -> Result<()> {
    let begun = Instant::now();
    let (mut inside, mut outside) = (Vec::new(), Vec::new());
    for run in 0..RUNS {
        if inside.len() >= FEWEST && begun.elapsed().as_secs_f64() > SECONDS {
            break;
        }
        let end = newest - run * query.step;
        let told = oracle.ask(&query.expr, end - (query.steps - 1) * query.step, end, query.step)?;
        if run == 0 {
            let (verdict, seconds) = compare(ours, &told.body)?;
            let is_unknown = matches!(verdict, Verdict::Unknown(_));
            row.verdict = Some(verdict);
            if is_unknown {
                return Ok(());
            }
            inside.push(seconds);
        } else {
            inside.push(own_seconds(&told.body)?);
        }
        outside.push(told.outside);
    }
    row.real = Some(undisturbed(inside));
    row.real_outside = Some(undisturbed(outside));
    Ok(())
}

/// The evaluation time in an answer, without reading its million points.
fn own_seconds(body: &str) -> Result<f64> {
    let at = body.rfind("\"stats\":").context("an answer without timings")?;
    let mut stats = serde_json::Deserializer::from_str(&body[at + "\"stats\":".len()..]).into_iter::<Value>();
    let stats = stats.next().context("an answer without timings")??;
    evaluation_seconds(&json!({ "data": { "stats": stats } })).context("an answer without timings")
}

fn timed(engine: &mut Engine, query: &Query, newest: i64) -> Result<Timed> {
    match engine.get(&request("time", query, newest))? {
        Ok(timed) => Ok(timed),
        Err(reason) => bail!("{}: {reason}", query.expr),
    }
}

fn request(wish: &str, query: &Query, newest: i64) -> Value {
    json!({
        "do": wish,
        "expr": query.expr,
        "start": newest - (query.steps - 1) * query.step,
        "end": newest,
        "step": query.step,
        "runs": RUNS,
        "seconds": SECONDS,
    })
}

/// The lower quartile: what else a machine does makes a run longer and never shorter, and the shortest run of a program
/// that collects garbage is the one in which it did not.
fn undisturbed(mut seconds: Vec<f64>) -> f64 {
    seconds.sort_by(f64::total_cmp);
    seconds.get(seconds.len() / 4).copied().unwrap_or(f64::NAN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timings_are_found_behind_the_points() {
        let body = r#"{"status":"success","data":{"resultType":"matrix","result":[],"stats":{"timings":{"evalTotalTime":0.25}}},"warnings":["w"]}"#;
        assert_eq!(own_seconds(body).unwrap(), 0.25);
        assert_eq!(undisturbed(vec![5.0, 3.0, 1.0, 2.0, 4.0]), 2.0);
    }
}
