//! Evaluates the expressions of a lesson: whether a goal holds, whether two expressions give the same, what stands on
//! the left of a goal's comparison. Keeps nothing.

use serde::{Deserialize, Serialize};

use crate::base::time::{Millis, Timestamp};
use crate::promql::eval::{Advance, Evaluation, Options, QueryRange, QueryValue};
use crate::promql::syntax::ast::{Expr, ExprKind};
use crate::promql::syntax::{self, parse};
use crate::tsdb::Head;

/// Values closer than this share of each other are the same: sums in another order differ in their last bits.
const SAME: f64 = 1e-9;
/// How far back it is looked for an instant at which an expression gave something else.
const LOOKED_BACK: [Millis; 4] =
    [Millis::from_minutes(1), Millis::from_minutes(5), Millis::from_minutes(15), Millis::from_minutes(60)];

/// How near a goal is that compares one number with another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Seen {
    /// The number now; `None` where there is none.
    pub now: Option<f64>,
    /// The comparison: `==`, `>` …
    pub operator: String,
    /// What it is compared with.
    pub wanted: f64,
}

/// Whether an expression gives something.
pub fn holds(head: &Head, expression: &str, at: Timestamp, options: &Options) -> bool {
    values(head, expression, at, options).is_some_and(|values| !values.is_empty())
}

/// Whether two expressions give the same numbers; `false` where the second gives none.
pub fn gives_same(
    head: &Head,
    (given, expression): (&str, &str),
    at: Timestamp,
    within: f64,
    options: &Options,
) -> bool {
    let (Some(found), Some(wanted)) =
        (values(head, given, at, options), values(head, expression, at, options))
    else {
        return false;
    };
    let same = |found: &[f64], wanted: &[f64]| {
        found.len() == wanted.len()
            && found.iter().zip(wanted).all(|(given, wanted)| near(*given, *wanted, within))
    };
    if wanted.is_empty() || !same(&found, &wanted) {
        return false;
    }
    // What gives the same without any series is a number written down, or asks for what is missing: then it must also
    // have given what it is compared with when that was something else.
    if values(&Head::default(), given, at, options).is_none_or(|without| without != found) {
        return true;
    }
    let mut before = LOOKED_BACK.iter().filter_map(|length| {
        let at = at - *length;
        Some((values(head, given, at, options)?, values(head, expression, at, options)?))
    });
    before.find(|(_, then)| !same(then, &wanted)).is_some_and(|(found, then)| same(&found, &then))
}

/// Whether a number is the one that an expression gives.
pub fn is_number(
    head: &Head,
    given: f64,
    expression: &str,
    at: Timestamp,
    within: f64,
    options: &Options,
) -> bool {
    match values(head, expression, at, options).as_deref() {
        Some([wanted]) => near(given, *wanted, within),
        _ => false,
    }
}

fn near(given: f64, wanted: f64, within: f64) -> bool {
    given == wanted || (given - wanted).abs() <= wanted.abs() * within.max(SAME)
}

/// How near a goal is; `None` where it is not a comparison of something with a number.
#[must_use]
pub fn seen(head: &Head, expression: &str, at: Timestamp, options: &Options) -> Option<Seen> {
    let tree = parse(expression, &syntax::Options::default()).ok()?;
    let ExprKind::Binary(binary) = &tree.kind else { return None };
    let ExprKind::Number(wanted) = &unwrapped(&binary.right).kind else { return None };
    if !binary.op.is_comparison() {
        return None;
    }
    let now = match evaluated(head, &binary.left, at, options).as_deref() {
        Some([only]) => Some(*only),
        _ => None,
    };
    Some(Seen { now, operator: binary.op.symbol().to_owned(), wanted: wanted.value })
}

fn unwrapped(expr: &Expr) -> &Expr {
    match &expr.kind {
        ExprKind::Paren(inner) => unwrapped(inner),
        _ => expr,
    }
}

/// The numbers of an expression's value, sorted; `None` where it cannot be read or evaluated.
fn values(head: &Head, expression: &str, at: Timestamp, options: &Options) -> Option<Vec<f64>> {
    let tree = parse(expression, &syntax::Options::default()).ok()?;
    evaluated(head, &tree, at, options)
}

fn evaluated(head: &Head, tree: &Expr, at: Timestamp, options: &Options) -> Option<Vec<f64>> {
    let mut evaluation = Evaluation::new(tree, QueryRange::Instant(at), options.clone()).ok()?;
    let result = loop {
        // The evaluation has a budget of its own for all slices together.
        if let Advance::Ready(result) = evaluation.advance(head, u64::MAX).ok()? {
            break result;
        }
    };
    let mut values = match result.value {
        QueryValue::Scalar(sample) => vec![sample.value],
        QueryValue::Vector(elements) => {
            elements.iter().map(|element| element.value.float()).collect::<Option<Vec<f64>>>()?
        }
        QueryValue::Text(..) | QueryValue::Matrix(_) => return None,
    };
    values.sort_by(f64::total_cmp);
    Some(values)
}
