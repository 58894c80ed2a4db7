//! `query` and `query_range`: evaluated in slices, with limit, time-out, lookback and statistics.

use std::sync::Arc;

use super::length;
use super::reply::{ApiError, ErrorType, Reply};
use super::sample_counts::{SampleCounts, count_samples};
use super::server::Source;
use super::tables::{Answer, Asked};
use super::{Begun, time};
use crate::base::json::{Object, write_list};
use crate::base::time::{Millis, Timestamp};
use crate::promql::eval::annotation::Severity;
use crate::promql::eval::error::ErrorKind;
use crate::promql::eval::{Advance, EvalError, Evaluation, Options, QueryRange, QueryResult, QueryValue};
use crate::promql::syntax::ast::Expr;
use crate::promql::{api, syntax};
use crate::tsdb::Head;

/// What is said where a limit cut something off.
pub const TRUNCATED: &str = "results truncated due to limit";

/// A query on its way. Dropping it cancels it.
#[derive(Debug)]
pub struct Running {
    head: Arc<Head>,
    text: String,
    expr: Expr,
    range: QueryRange,
    options: Options,
    evaluation: Evaluation,
    limit: usize,
    timeout: Option<i64>,
    /// Whether statistics are wanted, and whether step by step.
    statistics: Option<bool>,
    outcome: Option<Result<QueryResult, EvalError>>,
}

/// How long a query took, in seconds; whoever advances it has the clock.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Timings {
    /// Waiting for its turn.
    pub queue: f64,
    /// Reading the expression and choosing what to compute.
    pub preparation: f64,
    /// Computing.
    pub evaluation: f64,
}

/// `query`
pub fn instant(asked: &Asked<'_>) -> Answer {
    let form = asked.form;
    let limit = time::limit(form)?;
    let at = time::parameter(form, "time", asked.source.now)?;
    let timeout = timeout(asked)?;
    let options = options(asked)?;
    Running::begin(asked, (limit, timeout), options, QueryRange::Instant(at))
}

/// `query_range`
pub fn range(asked: &Asked<'_>) -> Answer {
    let form = asked.form;
    let limit = time::limit(form)?;
    let instant = |name| time::parse(form.first(name)).map_err(|reason| ApiError::parameter(name, &reason));
    let (start, end) = (instant("start")?, instant("end")?);
    if end < start {
        return Err(ApiError::parameter("end", "end timestamp must not be before start time"));
    }
    let step = length::parse(form.first("step")).map_err(|reason| ApiError::parameter("step", &reason))?;
    // Differs: a step below a millisecond is refused as none; Prometheus divides by zero.
    let range = QueryRange::checked(start, end, Millis(step / 1_000_000)).map_err(refused)?;
    let timeout = timeout(asked)?;
    let options = options(asked)?;
    Running::begin(asked, (limit, timeout), options, range)
}

/// How long the query may take, in nanoseconds, where it is said.
fn timeout(asked: &Asked<'_>) -> Result<Option<i64>, ApiError> {
    match asked.form.first("timeout") {
        "" => Ok(None),
        text => length::parse(text).map(Some).map_err(|reason| ApiError::parameter("timeout", &reason)),
    }
}

fn options(asked: &Asked<'_>) -> Result<Options, ApiError> {
    let mut options = asked.source.options.clone();
    let text = asked.form.first("lookback_delta");
    if !text.is_empty() {
        let lookback = length::parse(text).map_err(|reason| {
            ApiError::bad_data(format!("error parsing lookback delta duration: {reason}"))
        })?;
        if lookback >= 1_000_000 {
            options.lookback = Millis(lookback / 1_000_000);
        }
    }
    Ok(options)
}

fn refused(error: EvalError) -> ApiError {
    let error_type = ErrorType::of_evaluation(error.kind.api());
    ApiError { error_type, text: api::evaluation_error_text(&error) }
}

/// Reads the expression of a parameter.
///
/// # Errors
/// When it is none: the first fault.
pub(super) fn expression(source: &Source, text: &str) -> Result<Expr, ApiError> {
    syntax::parse(text, &source.language).map_err(|errors| {
        let reason = errors.first().map_or_else(String::new, |error| error.located(text));
        ApiError::parameter("query", &reason)
    })
}

impl Running {
    fn begin(
        asked: &Asked<'_>,
        (limit, timeout): (usize, Option<i64>),
        options: Options,
        range: QueryRange,
    ) -> Answer {
        let (source, form) = (asked.source, asked.form);
        let text = form.first("query").to_owned();
        let expr = expression(source, &text)?;
        let evaluation = Evaluation::new(&expr, range, options.clone()).map_err(refused)?;
        Ok(Begun::Running(Box::new(Self {
            head: Arc::clone(&source.head),
            text,
            expr,
            range,
            options,
            evaluation,
            limit,
            timeout,
            statistics: Some(form.first("stats")).filter(|wish| !wish.is_empty()).map(|wish| wish == "all"),
            outcome: None,
        })))
    }

    /// How long the client wants to wait at most, in nanoseconds.
    #[must_use]
    pub const fn timeout(&self) -> Option<i64> {
        self.timeout
    }

    /// Works on for about `budget` units of a few nanoseconds each; `true` when there is an outcome.
    pub fn advance(&mut self, budget: u64) -> bool {
        if self.outcome.is_none() {
            self.outcome = match self.evaluation.advance(&self.head, budget) {
                Ok(Advance::Progress { .. }) => None,
                Ok(Advance::Ready(result)) => Some(Ok(result)),
                Err(error) => Some(Err(error)),
            };
        }
        self.outcome.is_some()
    }

    /// The reply; a query without an outcome took too long.
    #[must_use]
    pub fn reply(self, timings: &Timings) -> Reply {
        let mut result = match self.outcome {
            Some(Ok(result)) => result,
            Some(Err(error)) => return refused(error).reply(),
            None => return refused(ErrorKind::Timeout.nowhere()).reply(),
        };
        let mut warnings = api::notes(&result, Severity::Warning, &self.text);
        let infos = api::notes(&result, Severity::Info, &self.text);
        let points = points(&result.value);
        if truncate(&mut result.value, self.limit) {
            warnings.push(TRUNCATED.to_owned());
        }
        let counts = self
            .statistics
            .map(|by_step| (by_step, count_samples(&self.expr, self.range, &self.options, &self.head)));
        let write_data = &mut |json: &mut String| {
            let mut object = Object::begin(json);
            api::write_result(&mut object, &result.value);
            if let Some((by_step, counts)) = &counts {
                write_statistics(object.field("stats"), timings, counts, points, *by_step);
            }
            object.end();
        };
        Reply::success(write_data, &warnings, &infos)
    }

    /// What is said of a query that was given up before it had an outcome.
    #[must_use]
    pub fn canceled() -> Reply {
        let text = "query was canceled in expression evaluation".to_owned();
        ApiError { error_type: ErrorType::Canceled, text }.reply()
    }
}

/// Keeps the first series or elements; says whether there were more.
fn truncate(value: &mut QueryValue, limit: usize) -> bool {
    let length = match value {
        QueryValue::Vector(elements) => elements.len(),
        QueryValue::Matrix(series) => series.len(),
        QueryValue::Scalar(_) | QueryValue::Text(..) => 0,
    };
    if limit == 0 || length <= limit {
        return false;
    }
    match value {
        QueryValue::Vector(elements) => elements.truncate(limit),
        QueryValue::Matrix(series) => series.truncate(limit),
        QueryValue::Scalar(_) | QueryValue::Text(..) => {}
    }
    true
}

/// How many samples a result holds.
fn points(value: &QueryValue) -> usize {
    match value {
        QueryValue::Vector(elements) => elements.len(),
        QueryValue::Matrix(series) => {
            series.iter().map(|series| series.points.len() + series.histograms.len()).sum()
        }
        QueryValue::Scalar(_) | QueryValue::Text(..) => 0,
    }
}

fn write_statistics(
    json: &mut String,
    timings: &Timings,
    counts: &SampleCounts,
    points: usize,
    by_step: bool,
) {
    let total = timings.preparation + timings.evaluation;
    let mut object = Object::begin(json);
    let mut times = Object::begin(object.field("timings"));
    for (name, seconds) in [
        ("evalTotalTime", total),
        // Differs: sorting is part of the evaluation.
        ("resultSortTime", 0.0),
        ("queryPreparationTime", timings.preparation),
        ("innerEvalTime", timings.evaluation),
        ("execQueueTime", timings.queue),
        ("execTotalTime", timings.queue + total),
    ] {
        times.plain(name, seconds);
    }
    times.end();
    let mut samples = Object::begin(object.field("samples"));
    if by_step && !counts.by_step.is_empty() {
        write_list(samples.field("totalQueryableSamplesPerStep"), &counts.by_step, |json, (at, count)| {
            json.push('[');
            api::write_time(json, Timestamp(*at));
            json.push_str(&format!(",{count}]"));
        });
    }
    samples.plain("totalQueryableSamples", counts.total());
    // Differs: Prometheus's peak is that of its own evaluator; here it is what the result holds.
    samples.plain("peakSamples", points);
    samples.end();
    object.end();
}
