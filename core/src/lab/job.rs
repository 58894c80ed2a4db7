//! A question on its way to its answer, pinned to the instant at which it was begun. Reads nothing of the lab after
//! that, so time may go on meanwhile.

use std::sync::Arc;

use super::answer::Answer;
use super::command::Range;
use super::doors::Lab;
use super::expressions::expressions;
use super::insight::{self, Explaining};
use super::lanes::lanes;
use super::problem::Problem;
use super::question::Question;
use super::store::StoreId;
use super::view::{
    Annotation, HistogramView, QueryView, RangeView, Severity, Value, VectorPoint, WindowSeries,
};
use super::{board, look, look_course, look_relabeling, look_stores};
use crate::base::span::{Place, Span};
use crate::base::time::Timestamp;
use crate::promql::eval::annotation::Severity as NoteSeverity;
use crate::promql::eval::error::EvalError;
use crate::promql::eval::{Advance, Evaluation, Options, QueryRange, QueryResult, QueryValue, SeriesPoints};
use crate::promql::syntax;
use crate::promql::syntax::ast::Expr;
use crate::scrape::Compatibility;
use crate::tsdb::Head;

/// A question that was begun. Dropping it cancels it.
#[derive(Debug)]
pub struct Job {
    at: Timestamp,
    work: Work,
}

#[derive(Debug)]
enum Work {
    /// The answer was at hand.
    Answered(Option<Box<Answer>>),
    /// An expression that is evaluated.
    Query(Box<Query>),
    /// An expression whose nodes are evaluated.
    Explain(Box<Explaining>),
}

#[derive(Debug)]
struct Query {
    head: Arc<Head>,
    evaluation: Evaluation,
    range: QueryRange,
    expression: String,
}

/// What a slice of work came to.
#[derive(Clone, Debug, PartialEq)]
pub enum Poll {
    /// There is more to do.
    Progress {
        /// Thousandths of the whole.
        permille: u32,
    },
    /// The answer.
    Ready(Box<Answer>),
    /// There is none.
    Refused(Vec<Problem>),
}

impl Job {
    pub(super) fn begin(lab: &Lab, question: &Question) -> Result<Self, Vec<Problem>> {
        let work = match question {
            Question::Query { store, range, expression } => {
                Work::Query(Box::new(Query::begin(lab, store, *range, expression)?))
            }
            Question::Explain { store, at, expression } => {
                Work::Explain(Box::new(Explaining::begin(lab, store, *at, expression)?))
            }
            Question::HowMade { store, at, expression, node, labels } => {
                let answer = insight::how_made(lab, store, *at, expression, (*node, labels))?;
                Work::Answered(Some(Box::new(answer)))
            }
            Question::Doctor { store, at, expression } => {
                Work::Answered(Some(Box::new(insight::doctor(lab, store, *at, expression)?)))
            }
            other => Work::Answered(Some(Box::new(answer(lab, other).map_err(|problem| vec![problem])?))),
        };
        Ok(Self { at: lab.now(), work })
    }

    /// The virtual instant the answer holds for.
    #[must_use]
    pub const fn at(&self) -> Timestamp {
        self.at
    }

    /// Works on for about `budget` units of a few nanoseconds each. After the answer was given there is none left.
    pub fn poll(&mut self, budget: u64) -> Poll {
        match &mut self.work {
            Work::Answered(answer) => match answer.take() {
                Some(answer) => Poll::Ready(answer),
                None => Poll::Refused(vec![Problem::new(
                    "already-answered",
                    "this question was answered already",
                )]),
            },
            Work::Query(query) => match query.evaluation.advance(&query.head, budget) {
                Ok(Advance::Progress { done, total }) => {
                    Poll::Progress { permille: (done * 1000 / total.max(1)) as u32 }
                }
                Ok(Advance::Ready(result)) => {
                    let view = query.view(result);
                    self.work = Work::Answered(None);
                    Poll::Ready(Box::new(Answer::Query(view)))
                }
                Err(error) => Poll::Refused(vec![query.problem(&error)]),
            },
            Work::Explain(explaining) => match explaining.advance(budget) {
                Ok(tree) => {
                    self.work = Work::Answered(None);
                    Poll::Ready(Box::new(Answer::Explain(tree)))
                }
                Err(permille) => Poll::Progress { permille },
            },
        }
    }

    /// Works until the answer is there.
    ///
    /// # Errors
    /// When there is none.
    pub fn finish(mut self) -> Result<Answer, Vec<Problem>> {
        loop {
            match self.poll(u64::MAX) {
                Poll::Progress { .. } => {}
                Poll::Ready(answer) => return Ok(*answer),
                Poll::Refused(problems) => return Err(problems),
            }
        }
    }
}

fn answer(lab: &Lab, question: &Question) -> Result<Answer, Problem> {
    Ok(match question {
        Question::Yard => Answer::Yard(look::yard(lab.state())),
        Question::Targets(store) => Answer::Targets(look::targets(lab.state(), store)?),
        Question::Relabeling { store, job, discovered, rules } => {
            let view = look_relabeling::relabeling(lab.state(), store, job, discovered, rules.as_deref())?;
            Answer::Relabeling(Box::new(view))
        }
        Question::MetricRelabeling { store, target, rules } => {
            let view = look_relabeling::metric_relabeling(lab.state(), store, *target, rules.as_deref())?;
            Answer::MetricRelabeling(Box::new(view))
        }
        Question::Page { container } => Answer::Page(look::page(lab.state(), container)?),
        Question::Logs { container, since } => Answer::Logs(look::logs(lab.state(), container, *since)?),
        Question::Config(store) => Answer::Config(look::config(lab.state(), store)?),
        Question::Metrics(store) => Answer::Metrics(look_stores::metrics(lab, store)?),
        Question::LabelNames { store, metric } => {
            Answer::Names(look_stores::label_names(lab, store, metric.as_deref())?)
        }
        Question::LabelValues { store, label, metric } => {
            Answer::Names(look_stores::label_values(lab, store, label, metric.as_deref())?)
        }
        Question::Events { since } => Answer::Events(lab.events(*since)),
        Question::Stores => Answer::Stores(look_stores::stores(lab)),
        Question::Storage(store) => Answer::Storage(Box::new(look_stores::storage(lab, store)?)),
        Question::Export { store, form } => Answer::File(look_stores::file(lab, store, *form)?),
        Question::Journal => Answer::Journal(lab.journal().to_string()),
        Question::Course => Answer::Course(look_course::course(lab.state())?),
        Question::Board => Answer::Board(Box::new(lab.state().board.clone())),
        Question::BoardFile => Answer::File(board::file(lab)),
        Question::BoardSuggestions(language) => Answer::Board(Box::new(board::suggestions(lab, language)?)),
        Question::Vitals => Answer::Vitals(lab.state().vitals.view(&lab.state().yard)),
        Question::Complete { store, text, cursor } => {
            Answer::Completion(insight::completion(lab, store, text, *cursor)?)
        }
        Question::Check { expression } => Answer::Check(insight::check(expression)),
        Question::History => Answer::History(expressions(lab.journal())),
        Question::Query { .. }
        | Question::Explain { .. }
        | Question::HowMade { .. }
        | Question::Doctor { .. } => return Err(Problem::new("not-at-hand", "an evaluation takes its time")),
    })
}

impl Query {
    fn begin(lab: &Lab, store: &StoreId, range: Range, expression: &str) -> Result<Self, Vec<Problem>> {
        let head = look_stores::head(lab, store).map_err(|problem| vec![problem])?;
        let tree = read(expression)?;
        let options = options(lab);
        let begun = query_range(range).and_then(|range| Ok((range, Evaluation::new(&tree, range, options)?)));
        let (range, evaluation) = begun.map_err(|error| vec![eval_problem(expression, &error)])?;
        Ok(Self { head, evaluation, range, expression: expression.to_owned() })
    }

    fn problem(&self, error: &EvalError) -> Problem {
        eval_problem(&self.expression, error)
    }

    fn view(&self, result: QueryResult) -> QueryView {
        let annotations = result.notes.iter().map(|annotation| Annotation {
            severity: match annotation.note.severity() {
                NoteSeverity::Warning => Severity::Warning,
                NoteSeverity::Info => Severity::Info,
            },
            code: annotation.note.code().to_owned(),
            text: annotation.note.to_string(),
            span: Some(annotation.span),
            place: Some(Place::of(&self.expression, annotation.span.start)),
        });
        let annotations = annotations.collect();
        QueryView { value: self.value(result.value), annotations, work: self.evaluation.work() }
    }

    fn value(&self, value: QueryValue) -> Value {
        match (value, self.range) {
            (QueryValue::Scalar(sample), _) => Value::Scalar(sample.value),
            (QueryValue::Text(_, text), _) => Value::String(text.to_string()),
            (QueryValue::Vector(elements), _) => Value::Vector(
                elements
                    .into_iter()
                    .map(|element| VectorPoint {
                        value: element.value.float().unwrap_or(f64::NAN),
                        histogram: element.value.histogram().map(|histogram| HistogramView::of(histogram)),
                        labels: element.labels,
                    })
                    .collect(),
            ),
            (QueryValue::Matrix(series), QueryRange::Instant(_)) => {
                Value::Window(series.into_iter().map(window).collect())
            }
            (QueryValue::Matrix(series), QueryRange::Range { start, step, .. }) => {
                let steps = self.range.steps().count;
                let series = lanes(series, start, step.0, steps);
                Value::Range(RangeView { start, step, steps: steps as u32, series })
            }
        }
    }
}

/// The tree of an expression.
pub(super) fn read(expression: &str) -> Result<Expr, Vec<Problem>> {
    syntax::parse(expression, &syntax::Options::default()).map_err(|errors| {
        let problem = |error: &syntax::ParseError| {
            Problem::new(error.code(), format!("parse error: {error}")).within(expression, error.span)
        };
        errors.iter().map(problem).collect()
    })
}

/// The switches of the scenario's Prometheus.
pub(super) fn options(lab: &Lab) -> Options {
    let left_open = lab.scenario().manifest.compatibility == Compatibility::V3;
    Options { left_open, ..Options::default() }
}

fn query_range(range: Range) -> Result<QueryRange, EvalError> {
    match range {
        Range::At(at) => Ok(QueryRange::Instant(at)),
        Range::Steps { from, to, step } => QueryRange::checked(from, to, step),
    }
}

pub(super) fn eval_problem(expression: &str, error: &EvalError) -> Problem {
    let problem = Problem::new(error.kind.code(), error.to_string());
    match error.span {
        Some(span) if span != Span::default() => problem.within(expression, span),
        _ => problem,
    }
}

fn window(series: SeriesPoints) -> WindowSeries {
    let times = series.points.iter().map(|sample| sample.at.0).collect();
    let values = series.points.iter().map(|sample| sample.value).collect();
    let histograms =
        series.histograms.iter().map(|point| (point.at.0, point.histogram.to_string())).collect();
    WindowSeries { labels: series.labels, times, values, histograms }
}
