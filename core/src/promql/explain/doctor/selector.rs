//! Why a selector finds nothing: which condition removes the last series, or why those that are there have no sample.

use std::sync::Arc;

use super::super::outline::{length, reach};
use super::{Cause, Finding};
use crate::base::number::is_stale;
use crate::base::time::{Millis, Timestamp};
use crate::model::labels::METRIC_NAME;
use crate::model::matcher::{MatchOp, Matcher};
use crate::promql::eval::{EvalError, Options, QueryRange};
use crate::promql::nearest::nearest;
use crate::promql::syntax::ast::{Expr, ExprKind, TimeShift, VectorSelector};
use crate::tsdb::{Head, Samples, SeriesId};

/// Series whose samples are read.
const MAX_SERIES: usize = 1_000;
/// Names and values that are offered where none is alike.
const OFFERED: usize = 5;

/// The length of a range selector's or subquery's window.
///
/// # Errors
/// When it cannot be used.
pub fn window(expr: &Expr, at: Timestamp, options: &Options) -> Result<Option<Millis>, EvalError> {
    let _ = options;
    let range = QueryRange::Instant(at);
    match &expr.kind {
        ExprKind::MatrixSelector(matrix) => Ok(Some(Millis(length(&matrix.range, range, true)?))),
        ExprKind::Subquery(subquery) => Ok(Some(Millis(length(&subquery.range, range, true)?))),
        _ => Ok(None),
    }
}

/// Looks why a selector finds nothing at an instant.
///
/// # Errors
/// When a length in it cannot be used.
pub fn look(
    head: &Head,
    expr: &Expr,
    at: Timestamp,
    options: &Options,
) -> Result<Option<Finding>, EvalError> {
    let (selector, span) = match &expr.kind {
        ExprKind::VectorSelector(selector) => (selector, expr.span),
        ExprKind::MatrixSelector(matrix) => (&matrix.selector, matrix.selector_span),
        _ => return Ok(None),
    };
    let cause = match by_conditions(head, selector) {
        Some(cause) => Some(cause),
        None => {
            let looked_back = window(expr, at, options)?.unwrap_or(options.lookback);
            by_time(head, selector, looked_back, at, options)?
        }
    };
    Ok(cause.map(|cause| Finding { span, cause, mends: Vec::new() }))
}

/// The condition that removes the last series, the name's first.
fn by_conditions(head: &Head, selector: &VectorSelector) -> Option<Cause> {
    let is_name = |matcher: &&Matcher| &*matcher.name == METRIC_NAME;
    let named = selector.matchers.iter().filter(is_name);
    let others = selector.matchers.iter().filter(|matcher| !is_name(matcher));
    let (mut before, mut left): (Vec<Matcher>, _) = (Vec::new(), 0);
    for matcher in named.chain(others) {
        let mut now = before.clone();
        now.push(matcher.clone());
        let count = head.select(&now, Timestamp::MIN, Timestamp::MAX).len() as u32;
        if count == 0 {
            return Some(removed(head, matcher, &before, left));
        }
        (before, left) = (now, count);
    }
    None
}

fn removed(head: &Head, matcher: &Matcher, before: &[Matcher], left: u32) -> Cause {
    let label = &matcher.name;
    if &**label == METRIC_NAME && matcher.op == MatchOp::Equal {
        let nearest = nearest(&matcher.value, &head.label_values(METRIC_NAME, &[]));
        return Cause::NoSuchName { name: matcher.value.to_string(), nearest };
    }
    let said = matcher.to_string();
    let values = head.label_values(label, before);
    let offered = |wanted: &str, all: &[Arc<str>]| {
        let near = nearest(wanted, all);
        if near.is_empty() { all.iter().take(OFFERED).map(ToString::to_string).collect() } else { near }
    };
    if values.is_empty() {
        let names = head.label_names(before);
        let names: Vec<Arc<str>> = names.into_iter().filter(|name| &**name != METRIC_NAME).collect();
        return Cause::NoSuchLabel { matcher: said, left, nearest: offered(label, &names) };
    }
    Cause::NoSuchValue { matcher: said, left, nearest: offered(&matcher.value, &values) }
}

/// Why series that exist have no sample: older than what is looked back, ended, not begun, or shifted away.
fn by_time(
    head: &Head,
    selector: &VectorSelector,
    looked_back: Millis,
    at: Timestamp,
    options: &Options,
) -> Result<Option<Cause>, EvalError> {
    let range = QueryRange::Instant(at);
    let (begin, end) = reach(&selector.shift, looked_back.0, range, options)?.edges(at.0);
    let ids = head.select(&selector.matchers, Timestamp::MIN, Timestamp::MAX);
    if selector.shift != TimeShift::default() {
        let now = ids.iter().take(MAX_SERIES).filter(|id| {
            newest(head, **id, at.0)
                .is_some_and(|(time, value)| time > at.0 - looked_back.0 && !is_stale(value))
        });
        let now = now.count() as u32;
        if now > 0 {
            return Ok(Some(Cause::Shifted { looked_at: Timestamp(end), now }));
        }
    }
    let series = ids.len() as u32;
    let known = ids.iter().take(MAX_SERIES).filter_map(|id| newest(head, *id, end));
    let Some((last, value)) = known.reduce(|best, one| if one.0 > best.0 { one } else { best }) else {
        let firsts = ids.iter().filter_map(|id| head.time_range(*id)).map(|(first, _)| first);
        return Ok(firsts.min().map(|first| Cause::NotYet { series, first }));
    };
    if is_stale(value) {
        return Ok(Some(Cause::Stale { series, since: Timestamp(last) }));
    }
    let ago = Millis(end - last);
    Ok((last <= begin).then_some(Cause::TooOld { series, last: Timestamp(last), ago, reach: looked_back }))
}

/// The newest sample at or before an instant, stale markers included.
fn newest(head: &Head, id: SeriesId, at: i64) -> Option<(i64, f64)> {
    /// Samples further back are found by reading everything.
    const NEAR_MS: i64 = 3_600_000;
    let (first, last) = head.time_range(id)?;
    if first.0 > at {
        return None;
    }
    let mut samples = Samples::default();
    for from in [last.0.min(at).saturating_sub(NEAR_MS), first.0] {
        samples.clear();
        head.read(id, Timestamp(from), Timestamp(at), &mut samples);
        if let (Some(time), Some(value)) = (samples.times.last(), samples.values.last()) {
            return Some((*time, *value));
        }
    }
    None
}
