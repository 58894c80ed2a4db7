//! Running a script. An instant query is evaluated many times, at other instants and as a range, and must always
//! give the same.

use super::annotations::compare_notes;
use super::compare::compare;
use super::expectation::{Failing, Grid, TextMatch};
use super::load::load;
use super::pin::pinned;
use super::script::{Command, Eval, EvalRange, Script};
use crate::base::number::quote;
use crate::base::time::{Millis, Timestamp};
use crate::model::sample::Sample;
use crate::promql::eval::{
    Element, Evaluation, Options, QueryRange, QueryResult, QueryValue, SeriesPoints, Value,
};
use crate::promql::syntax::{self, ast::Expr, ast::ValueType};
use crate::tsdb::Head;

/// With what a script is run. The default is what the scripts of Prometheus itself expect.
#[derive(Clone, Debug)]
pub struct Settings {
    /// How queries are evaluated.
    pub options: Options,
    /// What of the language is switched on.
    pub syntax: syntax::Options,
}

impl Default for Settings {
    fn default() -> Self {
        let options = Options { delayed_name_removal: true, max_samples: 10_000, ..Options::default() };
        Self { options, syntax: syntax::Options::all() }
    }
}

/// What came of one case: an `eval`, or a command that could not be read or done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The line of the command, from 1.
    pub line: u32,
    /// The query; empty for another command.
    pub query: String,
    /// Why it did not pass.
    pub failure: Option<String>,
}

/// Runs a script; one outcome for each `eval`, and one for each other command that fails.
#[must_use]
pub fn run(text: &str, settings: &Settings) -> Vec<Outcome> {
    let script = Script::read(text);
    let faults = script.faults.into_iter();
    let mut outcomes: Vec<Outcome> = faults
        .map(|fault| Outcome { line: fault.line, query: String::new(), failure: Some(fault.reason) })
        .collect();
    let mut head = Head::new();
    for (line, command) in script.commands {
        match command {
            Command::Clear => head = Head::new(),
            Command::Load { step, with_native, lines } => {
                if let Err(fault) = load(&mut head, step, with_native, &lines) {
                    let failure = Some(fault.reason);
                    outcomes.push(Outcome { line: fault.line, query: String::new(), failure });
                }
            }
            Command::Eval(eval) => {
                let failure = Case { eval: &eval, line, head: &head, settings }.run().err();
                outcomes.push(Outcome { line, query: eval.query, failure });
            }
        }
    }
    outcomes.sort_by_key(|outcome| outcome.line);
    outcomes
}

struct Case<'a> {
    eval: &'a Eval,
    line: u32,
    head: &'a Head,
    settings: &'a Settings,
}

impl Case<'_> {
    fn run(&self) -> Result<(), String> {
        let expr = syntax::parse(&self.eval.query, &self.settings.syntax)
            .map_err(|errors| errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))?;
        match self.eval.range {
            EvalRange::Range { start, end, step } => {
                let range = QueryRange::Range { start, end, step };
                let Some(result) = self.result(&expr, range)? else { return Ok(()) };
                compare_notes(&result.notes, &self.eval.expectation, &self.eval.query, self.line)?;
                compare(&result.value, &self.eval.expectation, Some(Grid { start, end, step }))
            }
            EvalRange::Instant(at) => {
                self.instant(&expr, at)?;
                let Some(pinned) = pinned(&expr, at) else { return Ok(()) };
                for other in other_instants(at) {
                    self.instant(&pinned, other).map_err(|reason| {
                        format!("pinned to {} and evaluated at {}: {reason}", at.0, other.0)
                    })?;
                }
                Ok(())
            }
        }
    }

    /// Evaluates; `None` where the query failed as it should.
    fn result(&self, expr: &Expr, range: QueryRange) -> Result<Option<QueryResult>, String> {
        let result = Evaluation::new(expr, range, self.settings.options.clone())
            .and_then(|evaluation| evaluation.finish(self.head));
        let (query, line) = (quote(&self.eval.query), self.line);
        let (error, failing) = match (result, &self.eval.expectation.fails) {
            (Ok(result), None) => return Ok(Some(result)),
            (Ok(_), Some(_)) => {
                return Err(format!("expected error evaluating query {query} (line {line}) but got none"));
            }
            (Err(error), None) => {
                return Err(format!("error evaluating query {query} (line {line}): {error}"));
            }
            (Err(error), Some(failing)) => (error.to_string(), failing),
        };
        let (wanted, how) = match failing {
            Failing::ByLine(wanted) => (wanted, "matching "),
            Failing::ByCommand(wanted @ TextMatch::Regex(_)) => (wanted, "matching pattern "),
            Failing::ByCommand(wanted) => (wanted, ""),
        };
        if wanted.matches(&error) {
            return Ok(None);
        }
        let wanted = quote(wanted.written());
        Err(format!("expected error {how}{wanted} evaluating query {query} (line {line}), but got: {error}"))
    }

    /// An instant query, and the same as the middle of a range.
    fn instant(&self, expr: &Expr, at: Timestamp) -> Result<(), String> {
        let expectation = &self.eval.expectation;
        let Some(result) = self.result(expr, QueryRange::Instant(at))? else { return Ok(()) };
        compare_notes(&result.notes, expectation, &self.eval.query, self.line)?;
        let grid = expectation.range_vector;
        compare(&result.value, expectation, grid)?;
        let depends_on_range =
            ["start()", "end()", "range()", "step()"].iter().any(|call| self.eval.query.contains(call));
        let has_series = !matches!(expr.value_type(), ValueType::RangeVector | ValueType::String);
        if depends_on_range || grid.is_some() || expectation.text.is_some() || !has_series {
            return Ok(());
        }
        let minute = Millis::from_minutes(1);
        let range = QueryRange::Range { start: at - minute, end: at + minute, step: minute };
        let in_range = |reason: String| format!("as a range around {}: {reason}", at.0);
        let Some(result) = self.result(expr, range).map_err(in_range)? else { return Ok(()) };
        if expectation.ordered {
            return Ok(());
        }
        let QueryValue::Matrix(series) = result.value else { return Ok(()) };
        let is_scalar = expr.value_type() == ValueType::Scalar;
        compare(&middle(&series, at, is_scalar), expectation, None).map_err(in_range)
    }
}

/// The points of a matrix at one instant.
fn middle(series: &[SeriesPoints], at: Timestamp, is_scalar: bool) -> QueryValue {
    let elements: Vec<Element> = series
        .iter()
        .filter_map(|series| Some(Element { labels: series.labels.clone(), at, value: series.at(at)? }))
        .collect();
    match elements.first() {
        Some(Element { value: Value::Float(value), .. }) if is_scalar => {
            QueryValue::Scalar(Sample { at, value: *value })
        }
        _ => QueryValue::Vector(elements),
    }
}

/// Where a pinned query is evaluated again.
fn other_instants(at: Timestamp) -> [Timestamp; 5] {
    let at = at.0;
    if at == 0 {
        [-1000, 0, 1000, 0, 0].map(Timestamp)
    } else {
        [at * -10, 0, at / 5, at, at * 10].map(Timestamp)
    }
}
