//! Words that are not there, or stand where another one is meant.

use std::sync::Arc;

use super::{Edit, Mend, MendKind};
use crate::base::number::quote;
use crate::base::span::Span;
use crate::promql::functions;
use crate::promql::nearest::nearest;
use crate::promql::syntax::error::{ParseError, ParseErrorKind as Kind};
use crate::promql::syntax::operator::AGGREGATORS;
use crate::promql::syntax::options::Options;
use crate::promql::syntax::token::{Token, TokenKind};
use crate::promql::syntax::tokens;

/// What others call it, and what Prometheus does.
const OTHERS_CALL_IT: &[(&str, &str)] = &[
    ("average", "avg"),
    ("maximum", "max"),
    ("mean", "avg"),
    ("median", "quantile"),
    ("minimum", "min"),
    ("percentile", "histogram_quantile"),
    ("per_second", "rate"),
    ("stdev", "stddev"),
    ("top", "topk"),
    ("total", "sum"),
];

/// What needs the switch for experimental functions, and what measures the like without it.
const STABLE: &[(&str, &str)] = &[("limitk", "topk"), ("mad_over_time", "stddev_over_time")];

/// The first argument that is left out most often, by function.
const FIRST_ARGUMENTS: &[(&str, &str)] = &[
    ("bottomk", "5, "),
    ("count_values", "\"value\", "),
    ("histogram_quantile", "0.9, "),
    ("limitk", "5, "),
    ("quantile", "0.9, "),
    ("quantile_over_time", "0.9, "),
    ("topk", "5, "),
];

pub fn candidates(text: &str, errors: &[ParseError], options: &Options) -> Vec<Mend> {
    let all = tokens(text);
    let mut found = Vec::new();
    for error in errors {
        match &error.kind {
            Kind::UnknownFunction => found.extend(names_like(&error.written, error.span, options)),
            Kind::FunctionDisabled | Kind::AggregatorDisabled => {
                found.extend(stable(&error.written, error.span));
            }
            Kind::TrailingComma => found.extend(trailing_commas(text, &all)),
            Kind::ExpectedArguments { count: 2, got: 1 }
            | Kind::AggregateArguments { expected: 2, got: 1 }
            | Kind::TooFewArguments { .. } => found.extend(first_arguments(text, &all)),
            Kind::Unexpected { .. } => {
                found.extend(equals(text, &all));
                found.extend(grouping(text, &all, error.span));
                found.extend(quoted_value(text, &all, error.span));
                found.extend(trailing_commas(text, &all));
            }
            Kind::Token(_) => {
                found.extend(quoted_value(text, &all, error.span));
                found.extend(equals(text, &all));
            }
            _ => {}
        }
    }
    found
}

fn names_like(written: &str, span: Span, options: &Options) -> Vec<Mend> {
    let span = Span::new(span.start, span.start + written.len() as u32);
    let known =
        functions::all().iter().filter(|function| !function.experimental || options.experimental_functions);
    let aggregators =
        AGGREGATORS.iter().filter(|(op, _)| !op.is_experimental() || options.experimental_functions);
    let names: Vec<Arc<str>> = known
        .map(|function| Arc::from(function.name))
        .chain(aggregators.map(|(_, name)| Arc::from(*name)))
        .collect();
    let lower = written.to_ascii_lowercase();
    let called = OTHERS_CALL_IT.iter().filter(|(other, _)| *other == lower).map(|(_, own)| (*own).to_owned());
    called.chain(nearest(written, &names)).map(|name| Mend::write(span, &name)).collect()
}

fn stable(written: &str, span: Span) -> Option<Mend> {
    let (name, other) = STABLE.iter().find(|(name, _)| name.eq_ignore_ascii_case(written))?;
    Some(Mend::write(Span::new(span.start, span.start + name.len() as u32), other))
}

/// `=` compares nothing outside of braces, and `==` nothing inside.
fn equals(text: &str, all: &[Token]) -> Vec<Mend> {
    let mut found = Vec::new();
    let mut in_braces = false;
    for (index, token) in all.iter().enumerate() {
        match token.kind {
            TokenKind::LeftBrace => in_braces = true,
            TokenKind::RightBrace => in_braces = false,
            TokenKind::Assign if !in_braces => found.push(Mend::write(token.span, "==")),
            TokenKind::Assign => {
                let doubled = all
                    .get(index + 1)
                    .filter(|next| next.kind == TokenKind::Assign && next.span.start == token.span.end);
                if let Some(second) = doubled {
                    let both = token.span.to(second.span);
                    found.push(Mend::new(MendKind::Write, "=", vec![Edit::replace(both, "=")]));
                }
            }
            _ => {}
        }
    }
    let _ = text;
    found
}

/// `by job` becomes `by (job)`.
fn grouping(text: &str, all: &[Token], span: Span) -> Option<Mend> {
    let at = all.iter().position(|token| token.span.start == span.start)?;
    let before = all.get(at.checked_sub(1)?)?;
    let TokenKind::Keyword(_) = before.kind else { return None };
    let mut last = at;
    while let [comma, name, ..] = all.get(last + 1..).unwrap_or_default()
        && comma.kind == TokenKind::Comma
        && name.kind.can_name_label()
    {
        last += 2;
    }
    let names = all[at].span.to(all[last].span);
    if !all[at].kind.can_name_label() {
        return None;
    }
    Some(Mend::write(names, &format!("({})", names.of(text))))
}

/// A label's value wants quotes.
fn quoted_value(text: &str, all: &[Token], span: Span) -> Option<Mend> {
    let is_match = |token: &&Token| {
        matches!(token.kind, TokenKind::Assign | TokenKind::RegexMatch | TokenKind::RegexMismatch)
            || (matches!(token.kind, TokenKind::Operator(_)) && token.span.of(text) == "!=")
    };
    let operator = all.iter().rev().filter(is_match).find(|token| token.span.end <= span.start.max(1))?;
    let from = operator.span.end as usize;
    let rest = text.get(from..)?;
    let length = rest.find([',', '}', ')']).unwrap_or(rest.len());
    let value = rest[..length].trim();
    if value.is_empty() || value.contains(['"', '\'', '`', '=']) {
        return None;
    }
    let start = from + rest[..length].find(value)?;
    let value_span = Span::new(start as u32, (start + value.len()) as u32);
    Some(Mend::write(value_span, &quote(value)))
}

fn trailing_commas(text: &str, all: &[Token]) -> Vec<Mend> {
    let pairs = all.windows(2).filter(|pair| {
        pair[0].kind == TokenKind::Comma && matches!(pair[1].kind, TokenKind::RightParen | TokenKind::Comma)
    });
    pairs.map(|pair| Mend::remove(text, pair[0].span)).collect()
}

fn first_arguments(text: &str, all: &[Token]) -> Vec<Mend> {
    let calls = all.windows(2).filter(|pair| pair[1].kind == TokenKind::LeftParen);
    let wanted = calls.filter_map(|pair| {
        let name = pair[0].span.of(text);
        let (_, argument) = FIRST_ARGUMENTS.iter().find(|(function, _)| *function == name)?;
        let edit = Edit::insert(pair[1].span.end, *argument);
        Some(Mend::new(MendKind::Add, argument.trim_end_matches([' ', ',']), vec![edit]))
    });
    wanted.collect()
}
