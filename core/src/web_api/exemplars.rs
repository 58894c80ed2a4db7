//! `query_exemplars`: the exemplars of the series that an expression selects.
//!
//! Differs: stores keep none, as a Prometheus without the feature `exemplar-storage`; who serves may know some besides,
//! from a file say.

use super::reply::ApiError;
use super::tables::{Answer, Asked, told};
use super::time;
use crate::base::json::{Object, write_list};
use crate::base::number::print_api;
use crate::base::time::Timestamp;
use crate::exposition::Exemplar;
use crate::model::labels::Labels;
use crate::model::matcher::Matcher;
use crate::promql::api::{write_labels, write_time};
use crate::promql::syntax::{
    self,
    ast::{Expr, ExprKind},
};

/// The exemplars of one series.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SeriesExemplars {
    /// The series.
    pub labels: Labels,
    /// Its exemplars by rising time; those without one are not told.
    pub exemplars: Vec<Exemplar>,
}

/// `query_exemplars`
pub fn exemplars(asked: &Asked<'_>) -> Answer {
    let (start, end) = time::span(asked.form)?;
    if end < start {
        return Err(ApiError::bad_data("end timestamp must not be before start timestamp"));
    }
    let text = asked.form.first("query");
    let expr = syntax::parse(text, &asked.source.language).map_err(|errors| {
        ApiError::bad_data(errors.first().map_or_else(String::new, |error| error.located(text)))
    })?;
    let selectors = selectors(&expr);
    let is_selected = |labels: &Labels| {
        selectors.iter().any(|matchers| matchers.iter().all(|matcher| matcher.matches_labels(labels)))
    };
    let mut found: Vec<(&Labels, Vec<(&Exemplar, Timestamp)>)> = Vec::new();
    for series in asked.source.exemplars.iter().filter(|series| is_selected(&series.labels)) {
        let timed = series.exemplars.iter().filter_map(|exemplar| Some((exemplar, exemplar.at?)));
        let within: Vec<_> = timed.filter(|(_, at)| (start..=end).contains(at)).collect();
        if !within.is_empty() {
            found.push((&series.labels, within));
        }
    }
    found.sort_by(|left, right| left.0.cmp(right.0));
    told(&mut |json| {
        write_list(json, &found, |json, (labels, exemplars)| {
            let mut object = Object::begin(json);
            write_labels(object.field("seriesLabels"), labels);
            write_list(object.field("exemplars"), exemplars, |json, (exemplar, at)| {
                let mut object = Object::begin(json);
                write_labels(object.field("labels"), &exemplar.labels);
                object.text("value", &print_api(exemplar.value));
                write_time(object.field("timestamp"), *at);
                object.end();
            });
            object.end();
        });
    })
}

/// The matchers of each selector in an expression.
fn selectors(expr: &Expr) -> Vec<&[Matcher]> {
    let (mut selectors, mut rest) = (Vec::new(), vec![expr]);
    while let Some(expr) = rest.pop() {
        match &expr.kind {
            ExprKind::Number(_) | ExprKind::String(_) => {}
            ExprKind::VectorSelector(selector) => selectors.push(&*selector.matchers),
            ExprKind::MatrixSelector(matrix) => selectors.push(&*matrix.selector.matchers),
            ExprKind::Subquery(subquery) => rest.push(&subquery.expr),
            ExprKind::Call(call) => rest.extend(&call.arguments),
            ExprKind::Aggregate(aggregate) => {
                rest.push(&aggregate.expr);
                rest.extend(aggregate.parameter.as_deref());
            }
            ExprKind::Binary(binary) => rest.extend([&*binary.left, &*binary.right]),
            ExprKind::Unary(unary) => rest.push(&unary.expr),
            ExprKind::Paren(inner) => rest.push(inner),
            ExprKind::Broken(broken) => rest.extend(&broken.parts),
        }
    }
    selectors
}
