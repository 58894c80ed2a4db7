//! Windows that are missing, too many, or lie on the wrong side of an aggregation.

use super::{Edit, Mend, MendKind};
use crate::base::span::Span;
use crate::promql::functions::Optional;
use crate::promql::syntax::ast::{Aggregate, Call, Expr, ExprKind, ValueType};
use crate::promql::syntax::error::ParseErrorKind as Kind;
use crate::promql::syntax::parser::Reading;
use crate::promql::syntax::token::{Keyword, TokenKind};
use crate::promql::syntax::tokens;

/// The window that is offered where one is missing.
const WINDOW: &str = "[5m]";
/// The same for what is no selector.
const SUBQUERY: &str = "[5m:]";

pub fn candidates(text: &str, reading: &Reading) -> Vec<Mend> {
    let is_type = |kind: &Kind| {
        matches!(
            kind,
            Kind::ExpectedType { .. }
                | Kind::ExpectedArgument { .. }
                | Kind::OperandType
                | Kind::UnaryType { .. }
        )
    };
    let Some(expr) =
        reading.expr.as_ref().filter(|_| reading.errors.iter().any(|error| is_type(&error.kind)))
    else {
        return Vec::new();
    };
    let mut found = Vec::new();
    // A stack of its own: chains of operators are as deep as they are long.
    let mut open = vec![expr];
    while let Some(expr) = open.pop() {
        match &expr.kind {
            ExprKind::Call(call) => {
                found.extend(call_mends(text, call, expr.span));
                open.extend(call.arguments.iter().rev());
            }
            ExprKind::Aggregate(aggregate) => {
                found.extend(too_many_windows(text, &aggregate.expr));
                open.push(&aggregate.expr);
                open.extend(aggregate.parameter.as_deref());
            }
            ExprKind::Binary(binary) => {
                found.extend(too_many_windows(text, &binary.left));
                found.extend(too_many_windows(text, &binary.right));
                open.extend([&*binary.right, &*binary.left]);
            }
            ExprKind::Unary(unary) => {
                found.extend(too_many_windows(text, &unary.expr));
                open.push(&unary.expr);
            }
            ExprKind::Paren(inner) => open.push(inner),
            ExprKind::Subquery(subquery) => open.push(&subquery.expr),
            _ => {}
        }
    }
    found
}

fn call_mends(text: &str, call: &Call, span: Span) -> Vec<Mend> {
    let mut found = Vec::new();
    for (index, argument) in call.arguments.iter().enumerate() {
        let last = call.function.arguments.last().filter(|_| call.function.optional != Optional::None);
        let Some(wanted) = call.function.arguments.get(index).or(last) else { continue };
        match (wanted, argument.value_type()) {
            (ValueType::RangeVector, ValueType::InstantVector) => match &argument.unwrapped().kind {
                ExprKind::Aggregate(aggregate) if call.arguments.len() == 1 => {
                    found.extend(inside_out(text, call, span, (aggregate, argument.unwrapped().span)));
                }
                _ => found.extend(window(text, argument)),
            },
            (ValueType::InstantVector, ValueType::RangeVector) => {
                found.extend(too_many_windows(text, argument))
            }
            _ => {}
        }
    }
    found
}

/// `rate(x)` becomes `rate(x[5m])`; what is no selector gets a subquery.
fn window(text: &str, argument: &Expr) -> Option<Mend> {
    let (span, inner) = (argument.span, argument.unwrapped());
    match &inner.kind {
        ExprKind::VectorSelector(_) if inner.span == span => {
            Some(Mend::add(before_modifiers(text, span), WINDOW))
        }
        ExprKind::Binary(_) | ExprKind::Unary(_) if inner.span == span => Some(Mend::new(
            MendKind::Add,
            SUBQUERY,
            vec![Edit::insert(span.start, "("), Edit::insert(span.end, format!("){SUBQUERY}"))],
        )),
        _ => Some(Mend::add(span.end, SUBQUERY)),
    }
}

/// Where the selector at `span` ends before `offset` and `@`.
fn before_modifiers(text: &str, span: Span) -> u32 {
    let mut in_braces = false;
    let mut end = span.start;
    for token in tokens(text) {
        if token.span.end <= span.start || token.span.start >= span.end {
            continue;
        }
        match token.kind {
            TokenKind::LeftBrace => in_braces = true,
            TokenKind::RightBrace => in_braces = false,
            TokenKind::At | TokenKind::Keyword(Keyword::Offset | Keyword::Anchored | Keyword::Smoothed)
                if !in_braces && end > span.start =>
            {
                break;
            }
            _ => {}
        }
        end = token.span.end;
    }
    end
}

/// `rate(sum by (job) (x))` becomes `sum by (job) (rate(x[5m]))`: a counter's resets can be seen in each series alone.
fn inside_out(
    text: &str,
    call: &Call,
    span: Span,
    (aggregate, aggregate_span): (&Aggregate, Span),
) -> Option<Mend> {
    let inner = &aggregate.expr;
    let window = match (&inner.unwrapped().kind, inner.value_type()) {
        (_, ValueType::RangeVector) => inner.span.of(text).to_owned(),
        (ExprKind::VectorSelector(_), _) if inner.unwrapped().span == inner.span => {
            let at = before_modifiers(text, inner.span) as usize;
            let (before, behind) =
                (text.get(inner.span.start as usize..at)?, text.get(at..inner.span.end as usize)?);
            format!("{before}{WINDOW}{behind}")
        }
        _ => return None,
    };
    let before = text.get(aggregate_span.start as usize..inner.span.start as usize)?;
    let behind = text.get(inner.span.end as usize..aggregate_span.end as usize)?;
    Some(Mend::write(span, &format!("{before}{}({window}){behind}", call.function.name)))
}

/// A window where one value an instant is wanted: a function over it, or no window.
pub fn too_many_windows(text: &str, expr: &Expr) -> Vec<Mend> {
    let ExprKind::MatrixSelector(matrix) = &expr.unwrapped().kind else { return Vec::new() };
    let span = expr.unwrapped().span;
    let wrapped = format!("rate({})", span.of(text));
    let mut found = vec![Mend::write(span, &wrapped)];
    let behind = matrix.selector_span.end.max(span.start) as usize;
    let range = text.get(behind..span.end as usize).and_then(|rest| {
        let open = behind + rest.find('[')?;
        let close = open + text.get(open..)?.find(']')?;
        Some(Span::new(open as u32, close as u32 + 1))
    });
    found.extend(range.map(|range| Mend::remove(text, range)));
    found
}
