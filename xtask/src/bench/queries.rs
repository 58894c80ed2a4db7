//! Which queries are measured: a dashboard's nine on the fleet, and the expressions of Prometheus's own benchmarks.

use std::path::PathBuf;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::run::root;

/// A set of series that the measured side knows by name.
pub struct Workload {
    /// Its name.
    pub name: &'static str,
    /// What it is, to be read.
    pub what: &'static str,
    /// Whether it holds native histograms, which no page can bring to the real Prometheus.
    pub has_histograms: bool,
    /// From one step of a query to the next, in milliseconds.
    step: i64,
    /// Steps of a query that names none.
    steps: i64,
}

/// The workloads that are queried.
pub const WORKLOADS: [Workload; 5] = [
    Workload::new("fleet", "a sample each 15 s for 75 minutes", 15_000, 241),
    Workload::new("ranges", "a sample each 10 s for 52 hours", 10_000, 1_000),
    Workload::new("joins", "a sample each 10 s for 14 hours", 10_000, 5_000),
    Workload::new("facts", "a sample each 30 s for 3 hours", 30_000, 241),
    Workload {
        has_histograms: true,
        ..Workload::new("histograms", "a native histogram each 15 s for 155 minutes", 30_000, 241)
    },
];

impl Workload {
    const fn new(name: &'static str, what: &'static str, step: i64, steps: i64) -> Self {
        Self { name, what, has_histograms: false, step, steps }
    }
}

/// A dashboard's queries: 3,000 series at 241 steps.
const FLEET: [&str; 9] = [
    "requests_total",
    "sum(requests_total)",
    "sum by (instance) (requests_total)",
    "rate(requests_total[5m])",
    "sum(rate(requests_total[5m]))",
    "sum by (path, code) (rate(requests_total[5m]))",
    "errors_total / requests_total",
    "rate(requests_total[5m]) * on (instance) group_left (version) build_info",
    "histogram_quantile(0.9, rate(latency_seconds_bucket[5m]))",
];

/// A query to measure.
pub struct Query {
    /// The workload it runs over.
    pub workload: &'static str,
    /// The expression.
    pub expr: String,
    /// Steps.
    pub steps: i64,
    /// From one step to the next, in milliseconds.
    pub step: i64,
}

/// All queries; those of Prometheus's benchmarks only where the conformance data is at hand, which is said.
///
/// # Errors
/// When the data cannot be read.
pub fn all() -> Result<Vec<Query>> {
    let mut queries: Vec<Query> = FLEET.iter().map(|expr| query(&WORKLOADS[0], expr, None)).collect();
    let path = conformance();
    if !path.exists() {
        println!(
            "\n*** NOT RUN: Prometheus's benchmark queries, {} is not there (SCRAPEYARD_CONFORMANCE=DIR) ***",
            path.display()
        );
        return Ok(queries);
    }
    let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let case: Value = serde_json::from_str(line).with_context(|| path.display().to_string())?;
        let expr = case["expr"].as_str().context("a query without an expression")?;
        let bench = case["bench"].as_str().unwrap_or_default();
        match workload_of(bench) {
            Some(workload) => queries.push(query(workload, expr, case["steps"].as_i64())),
            None => println!("\n*** NOT RUN: {expr}, nobody knows the series of {bench} ***"),
        }
    }
    Ok(queries)
}

fn query(workload: &Workload, expr: &str, steps: Option<i64>) -> Query {
    let steps = steps.unwrap_or(workload.steps);
    Query { workload: workload.name, expr: expr.to_owned(), steps, step: workload.step }
}

fn conformance() -> PathBuf {
    let folder = std::env::var_os("SCRAPEYARD_CONFORMANCE");
    folder.map_or_else(|| root().join("../shared/conformance"), PathBuf::from).join("bench.jsonl")
}

fn workload_of(bench: &str) -> Option<&'static Workload> {
    let name = match bench {
        "BenchmarkRangeQuery" => "ranges",
        "BenchmarkJoinQuery" => "joins",
        "BenchmarkInfoFunction" => "facts",
        "BenchmarkNativeHistograms" | "BenchmarkNativeHistogramsCustomBuckets" => "histograms",
        _ => return None,
    };
    WORKLOADS.iter().find(|workload| workload.name == name)
}
