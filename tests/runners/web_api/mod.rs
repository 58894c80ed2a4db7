//! The HTTP API against the tables of Prometheus's own tests, function by function. Asks the API as a function: no
//! socket is opened here (`serve` does that).

mod endpoints;
mod expected;
mod functions;
mod world;

use std::collections::BTreeMap;

use libtest_mimic::{Failed, Trial};
use serde_json::Value;

use crate::frame;

/// The corpus as one test.
pub fn trials() -> Vec<Trial> {
    vec![Trial::test("web_api/conformance", conformance)]
}

/// Measures and expects nothing.
const MEASURES: &str = "BenchmarkRespond";

fn conformance() -> Result<(), Failed> {
    let Some(list) = frame::conformance::find("web_api.jsonl") else { return Ok(()) };
    let mut tables: BTreeMap<String, (usize, usize, Vec<String>)> = BTreeMap::new();
    for (number, line) in std::fs::read_to_string(&list)?.lines().enumerate() {
        let case: Value = serde_json::from_str(line)?;
        let function = case["func"].as_str().unwrap_or_default().to_owned();
        if function == MEASURES {
            continue;
        }
        let (passed, total, failures) = tables.entry(function).or_default();
        *total += 1;
        match check(&case) {
            Ok(()) => *passed += 1,
            Err(failure) => failures.push(format!("line {}: {failure}", number + 1)),
        }
    }
    let mut broken = Vec::new();
    for (function, (passed, total, failures)) in tables {
        if let Err(failure) = frame::ratchet::hold("web_api", &function, passed, total, &failures) {
            broken.push(failure.message().unwrap_or_default().to_owned());
        }
    }
    if broken.is_empty() { Ok(()) } else { Err(broken.join("\n").into()) }
}

fn check(case: &Value) -> Result<(), String> {
    match case["func"].as_str().unwrap_or_default() {
        "testEndpoints" => endpoints::endpoint(case),
        "TestGetSeries" => endpoints::series(case),
        "TestLabelNames" => endpoints::label_names(case),
        "TestQueryExemplars" => endpoints::exemplars(case),
        "TestAdminEndpoints" => endpoints::administration(case),
        "TestTSDBStatus" => endpoints::tsdb(case),
        "TestStats" => endpoints::statistics(case),
        "TestExtractQueryOpts" => endpoints::query_options(case),
        "TestQueryTimeout" => endpoints::timeout(case),
        "TestParseTime" => functions::time(case),
        "TestParseTimeParam" => functions::time_parameter(case),
        "TestParseDuration" => functions::length(case),
        "TestGetGlobalURL" => functions::global_url(case),
        "TestReturnAPIError" => functions::error(case),
        "TestRespondSuccess" => functions::success(case),
        other => Err(format!("no runner for {other}")),
    }
}
