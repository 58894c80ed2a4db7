//! Answers requests with a head full of series.

use scrapeyard_core::base::time::{Millis, Timestamp};
use scrapeyard_core::promql::eval::{Evaluation, Options, QueryRange, QueryResult};
use scrapeyard_core::promql::syntax::ast::Expr;
use scrapeyard_core::promql::{api, syntax};
use scrapeyard_core::tsdb::Head;
use serde::Serialize;

use crate::digest::digest;
use crate::request::{Loaded, Query, Request, Timed};
use crate::{storage, workloads};

/// Seconds since some fixed instant.
pub type Clock = Box<dyn Fn() -> f64>;

/// A bench: a clock and the series of one workload.
pub struct Bench {
    clock: Clock,
    head: Head,
}

impl Bench {
    /// A bench that holds no series yet.
    #[must_use]
    pub fn new(clock: Clock) -> Self {
        Self { clock, head: Head::new() }
    }

    /// Answers a request. What goes wrong comes in the API's form of an error.
    pub fn answer(&mut self, line: &str) -> String {
        let request = match serde_json::from_str(line) {
            Ok(request) => request,
            Err(error) => return api::error("bad_request", &error.to_string()),
        };
        let outcome = match request {
            Request::Load { workload } => self.load(&workload).and_then(|loaded| json(&loaded)),
            Request::Time { query, runs, seconds } => {
                self.time(&query, runs, seconds).and_then(|timed| json(&timed))
            }
            Request::Answer { query } => self.run(&query),
            Request::Store { workload } => {
                storage::measure(&workload, &self.clock).and_then(|stored| json(&stored))
            }
        };
        outcome.unwrap_or_else(|error| error)
    }

    fn load(&mut self, workload: &str) -> Result<Loaded, String> {
        self.head = Head::new(); // the old one goes first: both at once need not fit into memory
        self.head = workloads::head(workload).map_err(|reason| api::error("bad_request", &reason))?;
        let counted = self.head.size();
        let newest = counted.max_time.unwrap_or_default().0;
        Ok(Loaded { series: counted.series, samples: counted.samples, newest })
    }

    fn time(&self, query: &Query, runs: u32, seconds: f64) -> Result<Timed, String> {
        let expr = parsed(query)?;
        let begun = (self.clock)();
        let mut timed = Timed { seconds: Vec::new(), points: 0, digest: String::new() };
        for run in 0..runs.max(1) {
            let range = range(query, i64::from(run) * query.step);
            let start = (self.clock)();
            let result = evaluated(&expr, range, &self.head)?;
            let end = (self.clock)();
            timed.seconds.push(end - start);
            if run == 0 {
                let (bits, points) = digest(&result);
                timed.digest = format!("{bits:016x}");
                timed.points = points;
            }
            if end - begun > seconds {
                break;
            }
        }
        Ok(timed)
    }

    fn run(&self, query: &Query) -> Result<String, String> {
        let result = evaluated(&parsed(query)?, range(query, 0), &self.head)?;
        Ok(api::success(&result, &query.expr))
    }
}

fn json(value: &impl Serialize) -> Result<String, String> {
    serde_json::to_string(value).map_err(|error| api::error("internal", &error.to_string()))
}

fn parsed(query: &Query) -> Result<Expr, String> {
    syntax::parse(&query.expr, &syntax::Options::all())
        .map_err(|errors| api::parse_error(&errors, &query.expr))
}

/// The query's instants, earlier by `by` milliseconds.
fn range(query: &Query, by: i64) -> QueryRange {
    QueryRange::Range {
        start: Timestamp(query.start - by),
        end: Timestamp(query.end - by),
        step: Millis(query.step),
    }
}

fn evaluated(expr: &Expr, range: QueryRange, head: &Head) -> Result<QueryResult, String> {
    Evaluation::new(expr, range, Options::default())
        .and_then(|evaluation| evaluation.finish(head))
        .map_err(|error| api::evaluation_error(&error))
}
