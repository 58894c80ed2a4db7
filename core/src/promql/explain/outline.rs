//! The nodes of an expression in the order in which they are read, each with the instant at which it is looked at:
//! the query's own, or, below a subquery, that of its last step. Evaluates nothing.

use serde::{Deserialize, Serialize};

use crate::base::time::Timestamp;
use crate::promql::eval::length::millis;
use crate::promql::eval::window::Reach;
use crate::promql::eval::{EvalError, Options, QueryRange};
use crate::promql::syntax::ast::{At, Call, Expr, ExprKind, Length, Subquery, TimeShift};
use crate::promql::syntax::chain::{put_on, take_apart};

/// Nodes that are explained at most; the rest is left out.
pub(super) const MAX_NODES: usize = 200;

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NodeKind {
    /// `5`, `"text"`
    Literal,
    /// `name{…}`
    Selector,
    /// `name{…}[5m]`
    Window,
    /// `expression[1h:5m]`
    Subquery,
    /// `rate(…)`
    Call,
    /// `sum by (job) (…)`
    Aggregation,
    /// `a + b`
    Binary,
    /// `-a`
    Sign,
}

/// A node.
#[derive(Clone, Debug)]
pub(super) struct Outlined<'e> {
    /// The place of the node above it among all.
    pub parent: Option<u32>,
    /// The expression, without parentheses around it.
    pub expr: &'e Expr,
    /// When it is looked at.
    pub at: Timestamp,
}

impl Outlined<'_> {
    pub fn kind(&self) -> NodeKind {
        match &self.expr.kind {
            ExprKind::VectorSelector(_) => NodeKind::Selector,
            ExprKind::MatrixSelector(_) => NodeKind::Window,
            ExprKind::Subquery(_) => NodeKind::Subquery,
            ExprKind::Call(_) => NodeKind::Call,
            ExprKind::Aggregate(_) => NodeKind::Aggregation,
            ExprKind::Binary(_) => NodeKind::Binary,
            ExprKind::Unary(_) => NodeKind::Sign,
            ExprKind::Number(_) | ExprKind::String(_) | ExprKind::Broken(_) | ExprKind::Paren(_) => {
                NodeKind::Literal
            }
        }
    }
}

/// All nodes of `expr`, a node before those below it. `expr` is to be [`pinned`].
///
/// # Errors
/// When a length of a subquery cannot be used.
pub(super) fn outline<'e>(
    expr: &'e Expr,
    at: Timestamp,
    options: &Options,
) -> Result<Vec<Outlined<'e>>, EvalError> {
    let mut nodes = Vec::new();
    add(expr, at, None, options, &mut nodes)?;
    Ok(nodes)
}

fn add<'e>(
    expr: &'e Expr,
    at: Timestamp,
    parent: Option<u32>,
    options: &Options,
    nodes: &mut Vec<Outlined<'e>>,
) -> Result<(), EvalError> {
    if nodes.len() >= MAX_NODES {
        return Ok(());
    }
    let expr = expr.unwrapped();
    let own = Some(nodes.len() as u32);
    nodes.push(Outlined { parent, expr, at });
    for (child, at) in children(expr, at, options)? {
        add(child, at, own, options, nodes)?;
    }
    Ok(())
}

/// The expressions that a node works on, each with its instant.
///
/// # Errors
/// When a length of a subquery cannot be used.
pub(super) fn children<'e>(
    expr: &'e Expr,
    at: Timestamp,
    options: &Options,
) -> Result<Vec<(&'e Expr, Timestamp)>, EvalError> {
    let below: Vec<&Expr> = match &expr.kind {
        ExprKind::Call(call) => call.arguments.iter().collect(),
        ExprKind::Aggregate(aggregate) => {
            aggregate.parameter.as_deref().into_iter().chain([&*aggregate.expr]).collect()
        }
        ExprKind::Binary(binary) => vec![&*binary.left, &*binary.right],
        ExprKind::Unary(unary) => vec![&*unary.expr],
        ExprKind::Paren(inner) => vec![&**inner],
        ExprKind::Subquery(subquery) => {
            return Ok(vec![(&*subquery.expr, last_step(subquery, at, options)?)]);
        }
        ExprKind::Number(_)
        | ExprKind::String(_)
        | ExprKind::VectorSelector(_)
        | ExprKind::MatrixSelector(_)
        | ExprKind::Broken(_) => Vec::new(),
    };
    Ok(below.into_iter().map(|child| (child, at)).collect())
}

/// The last instant at which a subquery evaluates its expression.
fn last_step(subquery: &Subquery, at: Timestamp, options: &Options) -> Result<Timestamp, EvalError> {
    let range = QueryRange::Instant(at);
    let step = match &subquery.step {
        Some(step) => length(step, range, true)?,
        None => options.subquery_step.0,
    };
    let (_, end) = reach(&subquery.shift, 0, range, options)?.edges(at.0);
    Ok(Timestamp(end - end.rem_euclid(step.max(1))))
}

/// A length in milliseconds.
///
/// # Errors
/// When it cannot be used.
pub(super) fn length(length: &Length, range: QueryRange, positive: bool) -> Result<i64, EvalError> {
    match length {
        Length::Literal(length) => Ok(length.0),
        Length::Computed(expr) => millis(expr, range, positive),
    }
}

/// The window of a selector or subquery whose length is `range_ms`.
///
/// # Errors
/// When the offset cannot be used.
pub(super) fn reach(
    shift: &TimeShift,
    range_ms: i64,
    range: QueryRange,
    options: &Options,
) -> Result<Reach, EvalError> {
    let offset = match &shift.offset {
        Some(offset) => length(offset, range, false)?,
        None => 0,
    };
    let at = shift.at.map(|at| match at {
        At::Time(time) => time.0,
        At::Start => range.start().0,
        At::End => range.end().0,
    });
    Ok(Reach { range: range_ms, offset, at, left_open: options.left_open, ..Reach::default() })
}

/// The expression with `@ start()` and `@ end()` replaced by the query's instant, so that a node below a subquery
/// means the same when it is evaluated alone.
pub(super) fn pinned(expr: &Expr, at: Timestamp) -> Expr {
    let mut expr = expr.clone();
    pin(&mut expr, at);
    expr
}

fn pin(expr: &mut Expr, at: Timestamp) {
    let mut operations = take_apart(expr);
    pin_operand(expr, at);
    while let Some(operation) = operations.pop() {
        put_on(operation, expr);
        if let ExprKind::Binary(binary) = &mut expr.kind {
            pin(&mut binary.right, at);
        }
    }
}

fn pin_operand(expr: &mut Expr, at: Timestamp) {
    let fix = |shift: &mut TimeShift| {
        if matches!(shift.at, Some(At::Start | At::End)) {
            shift.at = Some(At::Time(at));
        }
    };
    match &mut expr.kind {
        ExprKind::VectorSelector(selector) => fix(&mut selector.shift),
        ExprKind::MatrixSelector(matrix) => fix(&mut matrix.selector.shift),
        ExprKind::Subquery(subquery) => {
            fix(&mut subquery.shift);
            pin(&mut subquery.expr, at);
        }
        ExprKind::Call(Call { arguments, .. }) => {
            for argument in arguments {
                pin(argument, at);
            }
        }
        ExprKind::Aggregate(aggregate) => {
            pin(&mut aggregate.expr, at);
            if let Some(parameter) = &mut aggregate.parameter {
                pin(parameter, at);
            }
        }
        ExprKind::Unary(unary) => pin(&mut unary.expr, at),
        ExprKind::Paren(inner) => pin(inner, at),
        ExprKind::Number(_) | ExprKind::String(_) | ExprKind::Broken(_) | ExprKind::Binary(_) => {}
    }
}
