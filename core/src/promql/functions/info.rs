//! `info`: adds the labels of information metrics (`target_info`) to the series of the same target.

use std::sync::Arc;

use super::{Body, Function, Optional, VECTOR};
use crate::base::lookup::Lookup;
use crate::base::span::Span;
use crate::model::labels::{Labels, LabelsBuilder, METRIC_NAME};
use crate::model::matcher::{MatchOp, Matcher};
use crate::promql::eval::error::{ErrorKind, EvalError};
use crate::promql::eval::node::Node;
use crate::promql::eval::operator::{Context, Operator, Progress};
use crate::promql::eval::output::{Output, Row, Vector};
use crate::promql::eval::plan::Planner;
use crate::promql::eval::selector::Gives;
use crate::promql::eval::steps::Steps;
use crate::promql::syntax::ast::{Call, Expr, ExprKind, Length, TimeShift, VectorSelector};
use crate::promql::syntax::chain::Chain;

/// `info(v, {selector})`
pub const INFO: Function = Function::new("info", &[VECTOR, VECTOR], Body::Node(plan))
    .optional(Optional::Last(1))
    .keeps_name()
    .experimental();

/// The labels that say which target a series is of.
const IDENTIFYING: [&str; 2] = ["instance", "job"];

fn plan(planner: &mut Planner<'_>, call: &Call, span: Span) -> Result<Node, EvalError> {
    let Some(base) = call.arguments.first() else { return Ok(Node::nothing()) };
    let selector = call.arguments.get(1).map(|argument| &argument.unwrapped().kind);
    let written = match selector {
        Some(ExprKind::VectorSelector(selector)) => selector.matchers.clone(),
        _ => Vec::new(),
    };
    let (mut names, wanted): (Vec<Matcher>, Vec<Matcher>) =
        written.into_iter().partition(|matcher| &*matcher.name == METRIC_NAME);
    if names.is_empty() {
        names.push(Matcher::equal(METRIC_NAME, "target_info"));
    } else if !names.iter().any(|name| matches!(name.op, MatchOp::Equal | MatchOp::Regex)) {
        // Only what is not meant was named: anything else that looks like an information metric is.
        names.extend(Matcher::new(METRIC_NAME, MatchOp::Regex, ".+_info").ok());
    }
    let matchers = names.iter().chain(&wanted).cloned().collect();
    let shift = shift_of(base, TimeShift::default()).unwrap_or_default();
    let information = VectorSelector { name: None, matchers, shift, extension: None };
    let children =
        vec![planner.node(base)?, planner.instant_selector(&information, Gives::TimeOfNumber, span)?];
    Ok(Node::new(Info { names, wanted, ..Info::default() }, children))
}

/// When the samples of the first selector of an expression are read, through all subqueries around it: that is when
/// information is read too.
fn shift_of(expr: &Expr, around: TimeShift) -> Option<TimeShift> {
    match &expr.kind {
        ExprKind::VectorSelector(selector) => Some(shifted(&selector.shift, around)),
        ExprKind::MatrixSelector(matrix) => Some(shifted(&matrix.selector.shift, around)),
        ExprKind::Subquery(subquery) => shift_of(&subquery.expr, shifted(&subquery.shift, around)),
        ExprKind::Call(call) => call.arguments.iter().find_map(|argument| shift_of(argument, around.clone())),
        ExprKind::Aggregate(aggregate) => shift_of(&aggregate.expr, around),
        ExprKind::Binary(_) => {
            let chain = Chain::of(expr);
            let rights = chain.operations.iter().map(|(binary, _)| &*binary.right);
            [chain.first].into_iter().chain(rights).find_map(|operand| shift_of(operand, around.clone()))
        }
        ExprKind::Unary(unary) => shift_of(&unary.expr, around),
        ExprKind::Paren(inner) => shift_of(inner, around),
        ExprKind::Number(_) | ExprKind::String(_) | ExprKind::Broken(_) => None,
    }
}

/// A shift inside another one.
fn shifted(inner: &TimeShift, around: TimeShift) -> TimeShift {
    if inner.at.is_some() {
        return inner.clone();
    }
    let offset = match (&inner.offset, around.offset) {
        (Some(Length::Literal(inner)), Some(Length::Literal(outer))) => Some(Length::Literal(*inner + outer)),
        (None, outer) => outer,
        (inner, _) => inner.clone(),
    };
    TimeShift { offset, at: around.at }
}

/// Information series of one metric about one target.
#[derive(Debug, Default)]
struct Source {
    rows: Vec<usize>,
}

#[derive(Debug, Default)]
struct Info {
    /// What an information metric is called.
    names: Vec<Matcher>,
    /// The labels asked for; all where there is none.
    wanted: Vec<Matcher>,
    sources: Vec<Source>,
    /// The sources about a target, by its identifying labels.
    by_target: Lookup<Labels, Vec<usize>>,
    /// The sources of each row of the base; none for a row that is information itself.
    of_rows: Vec<Option<Vec<usize>>>,
    by_labels: Lookup<Labels, usize>,
}

fn target(labels: &Labels) -> Labels {
    labels.filtered(|label| IDENTIFYING.contains(&&*label.name))
}

impl Info {
    /// Sorts the information series by metric and target.
    fn prepare(&mut self, information: &[Row]) {
        let mut by_key: Lookup<(Arc<str>, Labels), usize> = Lookup::default();
        for (row, information) in information.iter().enumerate() {
            let target = target(&information.labels);
            if target.is_empty() {
                continue;
            }
            let name = Arc::from(information.labels.metric_name().unwrap_or(""));
            let next = self.sources.len();
            let source = *by_key.get_or_insert_with((name, target.clone()), || next);
            if source == next {
                self.sources.push(Source::default());
                self.by_target.get_or_insert_with(target, Vec::new).push(source);
            }
            self.sources[source].rows.push(row);
        }
    }

    fn follow(&mut self, base: &[Row]) {
        for row in &base[self.of_rows.len()..] {
            let name = row.labels.metric_name().unwrap_or("");
            let is_information = self.names.iter().all(|matcher| matcher.matches(name));
            let sources = self.by_target.get(&target(&row.labels)).cloned().unwrap_or_default();
            self.of_rows.push((!is_information).then_some(sources));
        }
    }

    /// The newest information of a source at a step.
    fn newest(&self, source: usize, information: &Vector, step: usize) -> Result<Option<usize>, EvalError> {
        let mut best: Option<(usize, f64)> = None;
        for row in &self.sources[source].rows {
            let lane = information.lanes.lane(*row);
            if !lane.has(step) {
                continue;
            }
            let Some(time) = lane.get(step) else { return Err(ErrorKind::InformationNotFloat.nowhere()) };
            match best {
                Some((known, best)) if best == time => {
                    let labels = |row: usize| information.rows[row].labels.clone();
                    let (existing, duplicate) = (labels(known), labels(*row));
                    let millis = libm::round(time * 1000.0) as i64;
                    return Err(ErrorKind::DuplicateInformation { millis, existing, duplicate }.nowhere());
                }
                Some((_, best)) if best > time => {}
                _ => best = Some((*row, time)),
            }
        }
        Ok(best.map(|(row, _)| row))
    }

    /// The labels of a row of the base with those of information; `None` where what is asked for is not there.
    fn enriched(
        &self,
        base: &Labels,
        rows: &[usize],
        information: &Vector,
    ) -> Result<Option<Labels>, EvalError> {
        if rows.is_empty() {
            let accepts_none = self.wanted.iter().all(Matcher::matches_empty);
            return Ok(accepts_none.then(|| base.clone()));
        }
        let mut added = LabelsBuilder::default();
        for row in rows {
            for label in &information.rows[*row].labels {
                let asked =
                    self.wanted.is_empty() || self.wanted.iter().any(|wanted| wanted.name == label.name);
                if &*label.name == METRIC_NAME || !asked {
                    continue;
                }
                if added.get(&label.name).is_some_and(|known| *known != *label.value) {
                    return Err(ErrorKind::ConflictingLabel { name: label.name.clone() }.nowhere());
                }
                if base.get(&label.name).is_none() {
                    added.set(label.name.clone(), label.value.clone());
                }
            }
        }
        let mut labels = base.to_builder();
        for label in added.iter() {
            labels.set(label.name.clone(), label.value.clone());
        }
        Ok(Some(labels.build()))
    }

    fn place(&mut self, labels: Labels, drops_name: bool, out: &mut Vector) -> usize {
        let next = out.rows.len();
        let place = *self.by_labels.get_or_insert_with(labels.clone(), || next);
        if place == next {
            out.rows.push(Row { labels, drops_name });
            out.lanes.grow(out.rows.len());
        }
        place
    }

    /// One row of the base at all steps.
    fn row(
        &mut self,
        row: usize,
        base: &Vector,
        information: &Vector,
        out: &mut Vector,
    ) -> Result<(), EvalError> {
        let (labels, drops_name) = (&base.rows[row].labels, base.rows[row].drops_name);
        let sources = self.of_rows[row].clone();
        let mut chosen: Option<Vec<usize>> = None;
        let mut place = None;
        for (step, value) in base.lanes.lane(row).cells() {
            let mut rows = Vec::new();
            for source in sources.iter().flatten() {
                rows.extend(self.newest(*source, information, step)?);
            }
            if chosen.as_ref() != Some(&rows) {
                let enriched = match sources {
                    None => Some(labels.clone()),
                    Some(_) => self.enriched(labels, &rows, information)?,
                };
                place = enriched.map(|labels| self.place(labels, drops_name, out));
                chosen = Some(rows);
            }
            let Some(place) = place else { continue };
            let mut lane = out.lanes.lane_mut(place);
            if lane.view().has(step) {
                return Err(ErrorKind::DuplicateLabels.nowhere());
            }
            lane.put(step, value);
        }
        Ok(())
    }
}

impl Operator for Info {
    fn apply(
        &mut self,
        inputs: &mut [Node],
        steps: &Steps,
        out: &mut Output,
        context: &mut Context<'_>,
    ) -> Result<Progress, EvalError> {
        let [base, information] = inputs else { return Ok(Progress::Ready) };
        let (base, information) = (&base.output.vector, &information.output.vector);
        if self.sources.is_empty() {
            self.prepare(&information.rows);
        }
        self.follow(&base.rows);
        out.vector.lanes.reset(out.vector.rows.len(), steps.count);
        for row in 0..base.rows.len() {
            self.row(row, base, information, &mut out.vector)?;
        }
        context.budget.spend(base.rows.len() * steps.count * 2);
        Ok(Progress::Ready)
    }
}
