//! The real Prometheus and us, asked the same of the same samples (`oracle/queries.txt`).
//!
//! Needs the real programs: `REAL_PROMETHEUS=DIR` names a folder with `prometheus` and `promtool`. The real promtool
//! makes blocks of a page of samples, dumps them again, and that dump is what we read; the real server listens on
//! loopback on a port that was free.

mod page;
pub mod server;

use std::path::{Path, PathBuf};

use libtest_mimic::{Failed, Trial};
use scrapeyard_core::base::time::{Millis, Timestamp};
use scrapeyard_core::exposition::{Format, Limits, TimedEntry, read_timed_page};
use scrapeyard_core::promql::eval::{Evaluation, Options, QueryRange};
use scrapeyard_core::promql::{api, syntax};
use scrapeyard_core::tsdb::Head;
use serde_json::Value;

use crate::frame::root;
pub use page::page;
pub use server::Server;

/// By how much numbers may differ that come from another library's logarithm.
const TOLERANCE: f64 = 1e-12;

pub fn trials() -> Vec<Trial> {
    let folder = std::env::var_os("REAL_PROMETHEUS").map(PathBuf::from);
    let Some(folder) = folder.filter(|folder| folder.join("prometheus").exists()) else {
        eprintln!(
            "\n*** NOT RUN: oracle, the real prometheus and promtool are not at hand (REAL_PROMETHEUS=DIR) ***\n"
        );
        return Vec::new();
    };
    vec![Trial::test("oracle/queries", move || {
        let scratch = std::env::temp_dir().join(format!("scrapeyard-oracle-{}", std::process::id()));
        std::fs::create_dir_all(&scratch)?;
        let outcome = run(&folder, &scratch);
        std::fs::remove_dir_all(&scratch)?;
        outcome
    })]
}

fn run(folder: &Path, scratch: &Path) -> Result<(), Failed> {
    let dump = server::import(folder, scratch, &page())?;
    let head = read(&dump)?;
    let server = Server::start(folder, scratch, "global: {}\n", &[])?;
    let queries = std::fs::read_to_string(root().join("tests/oracle/queries.txt"))?;
    let versions: toml::Table = std::fs::read_to_string(root().join("tests/versions.toml"))?.parse()?;
    let mut differences = Vec::new();
    for line in queries.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (query, tolerance) = line.strip_prefix("~ ").map_or((line, 0.0), |query| (query, TOLERANCE));
        let known = versions["oracle"].get(query).is_some();
        let mut differs = Vec::new();
        for range in ranges() {
            let real: Value = serde_json::from_str(&server.ask(query, range)?)
                .map_err(|error| format!("{query}: {error}"))?;
            let ours: Value = serde_json::from_str(&ask(&head, query, range))
                .map_err(|error| format!("{query}: {error}"))?;
            if let Err(difference) = same(&sorted(real), &sorted(ours), tolerance) {
                differs.push(format!("{query} over {range:?}: {difference}"));
            }
        }
        if !known {
            differences.extend(differs);
        } else if differs.is_empty() {
            differences.push(format!("{query}: agrees, but tests/versions.toml says that it differs"));
        }
    }
    if differences.is_empty() { Ok(()) } else { Err(differences.join("\n").into()) }
}

/// Instants among the samples, at their edges, and ranges whose steps fall on and between them.
fn ranges() -> [QueryRange; 4] {
    let range = |start, end, step| QueryRange::Range {
        start: Timestamp(start),
        end: Timestamp(end),
        step: Millis(step),
    };
    [
        QueryRange::Instant(Timestamp(1_700_003_600_000)),
        QueryRange::Instant(Timestamp(1_700_007_123_456)),
        range(1_699_999_900_000, 1_700_008_000_000, 60_000),
        range(1_700_001_000_500, 1_700_003_000_000, 7_300),
    ]
}

fn read(dump: &str) -> Result<Head, Failed> {
    let mut head = Head::new();
    let mut refused = None;
    let entry = |entry: TimedEntry<'_>| {
        if let TimedEntry::Sample(labels, at, value) = entry {
            let id = head.series_id(labels);
            if let Err(error) = head.append(id, at, value) {
                refused = Some(format!("{labels} at {}: {error:?}", at.0));
            }
        }
    };
    read_timed_page(dump.as_bytes(), Format::OpenMetrics, Limits::default(), entry)
        .map_err(|error| format!("dump: {}: {error}", error.place))?;
    refused.map_or(Ok(head), |reason| Err(reason.into()))
}

/// Our answer.
pub fn ask(head: &Head, query: &str, range: QueryRange) -> String {
    let language = syntax::Options { experimental_functions: true, ..syntax::Options::default() };
    let expr = match syntax::parse(query, &language) {
        Ok(expr) => expr,
        Err(errors) => return api::parse_error(&errors, query),
    };
    match Evaluation::new(&expr, range, Options::default()).and_then(|evaluation| evaluation.finish(head)) {
        Ok(result) => api::success(&result, query),
        Err(error) => api::evaluation_error(&error),
    }
}

/// An answer with its series in order of their labels (the real order of an instant query is a hash map's), and
/// without what tells how it was computed.
pub fn sorted(mut answer: Value) -> Value {
    if let Some(series) = answer["data"]["result"].as_array_mut()
        && series.iter().all(Value::is_object)
    {
        series.sort_by_key(|series| series["metric"].to_string());
    }
    for notes in ["warnings", "infos"] {
        if let Some(notes) = answer[notes].as_array_mut() {
            notes.sort_by_key(ToString::to_string);
        }
    }
    answer
}

/// Whether two answers are the same, numbers within a relative tolerance.
pub fn same(real: &Value, ours: &Value, tolerance: f64) -> Result<(), String> {
    let different = || Err(format!("real {}, ours {}", shortened(real), shortened(ours)));
    match (real, ours) {
        (Value::Array(real), Value::Array(ours)) if real.len() == ours.len() => {
            real.iter().zip(ours).try_for_each(|(real, ours)| same(real, ours, tolerance))
        }
        (Value::Object(real), Value::Object(ours)) if real.keys().eq(ours.keys()) => {
            real.iter().zip(ours.values()).try_for_each(|((_, real), ours)| same(real, ours, tolerance))
        }
        (Value::String(left), Value::String(right)) if left != right && tolerance > 0.0 => {
            match (left.parse::<f64>(), right.parse::<f64>()) {
                (Ok(left), Ok(right)) if (left - right).abs() <= tolerance * left.abs() => Ok(()),
                _ => different(),
            }
        }
        _ if real == ours => Ok(()),
        _ => different(),
    }
}

fn shortened(value: &Value) -> String {
    value.to_string().chars().take(300).collect()
}
