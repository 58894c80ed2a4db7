//! Modifiers in the wrong place, operators that want or refuse `bool`, selectors that select everything.

use super::{Edit, Mend, MendKind};
use crate::base::span::Span;
use crate::promql::syntax::error::{ParseError, ParseErrorKind as Kind};
use crate::promql::syntax::token::{Keyword, Token, TokenKind};
use crate::promql::syntax::tokens;

pub fn candidates(text: &str, errors: &[ParseError]) -> Vec<Mend> {
    let all = tokens(text);
    let mut found = Vec::new();
    for error in errors {
        match error.kind {
            Kind::ComparisonNeedsBool => found.extend(add_bool(&all, error.span)),
            Kind::BoolOnOperator => found.extend(remove_bool(text, &all, error.span)),
            Kind::OffsetBeforeRange | Kind::AtBeforeRange => found.extend(range_first(text, &all)),
            Kind::RangeOnExpression => found.extend(subquery(&all)),
            Kind::EmptySelector => found.extend(non_empty(text, &all, error.span)),
            _ => {}
        }
    }
    found
}

fn add_bool(all: &[Token], span: Span) -> Option<Mend> {
    let operator = all.iter().find(|token| {
        token.span.start >= span.start && matches!(token.kind, TokenKind::Operator(op) if op.is_comparison())
    })?;
    Some(Mend::add(operator.span.end, " bool"))
}

fn remove_bool(text: &str, all: &[Token], span: Span) -> Option<Mend> {
    let word = all
        .iter()
        .find(|token| token.span.start >= span.start && token.kind == TokenKind::Keyword(Keyword::Bool))?;
    let before = text[..word.span.start as usize].trim_end().len() as u32;
    Some(Mend::remove(text, Span::new(before, word.span.end)))
}

/// `up offset 1h [5m]` becomes `up[5m] offset 1h`.
fn range_first(text: &str, all: &[Token]) -> Option<Mend> {
    let open = all.iter().position(|token| token.kind == TokenKind::LeftBracket)?;
    let close = all[open..].iter().position(|token| token.kind == TokenKind::RightBracket)? + open;
    let is_modifier =
        |token: &Token| matches!(token.kind, TokenKind::At | TokenKind::Keyword(Keyword::Offset));
    // The modifiers stand between the selector and its range, one behind the other.
    let mut first = all[..open].iter().rposition(is_modifier)?;
    while let Some(before) = all[..first].iter().rposition(is_modifier).filter(|before| first - before <= 4) {
        first = before;
    }
    let at = text[..all[first].span.start as usize].trim_end().len() as u32;
    let range = all[open].span.to(all[close].span);
    let before = text[..range.start as usize].trim_end().len() as u32;
    let edits = vec![Edit::insert(at, range.of(text)), Edit::delete(Span::new(before, range.end))];
    let mended = Mend::new(MendKind::Write, "", edits);
    let shown = format!("{}{}", range.of(text), text.get(at as usize..before as usize)?);
    Some(Mend { shown, ..mended })
}

/// A range behind an expression becomes that of a subquery.
fn subquery(all: &[Token]) -> Vec<Mend> {
    let mut found = Vec::new();
    for (index, token) in all.iter().enumerate() {
        let closes = all[index..].iter().position(|token| token.kind == TokenKind::RightBracket);
        let behind_expression = index > 0 && all[index - 1].kind == TokenKind::RightParen;
        if let (TokenKind::LeftBracket, true, Some(close)) = (token.kind, behind_expression, closes) {
            let inside = &all[index..index + close];
            if inside.iter().all(|token| token.kind != TokenKind::Colon) {
                found.push(Mend::add(all[index + close].span.start, ":"));
            }
        }
    }
    found
}

/// `.*` fits the empty text too, `.+` does not.
fn non_empty(text: &str, all: &[Token], span: Span) -> Vec<Mend> {
    let strings = all.iter().filter(|token| {
        token.kind == TokenKind::String && token.span.start >= span.start && token.span.end <= span.end
    });
    let anything = strings.filter(|token| token.span.of(text).trim_matches(['"', '\'', '`']) == ".*");
    anything.map(|token| Mend::write(token.span, "\".+\"")).collect()
}
