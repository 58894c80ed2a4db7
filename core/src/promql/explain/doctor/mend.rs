//! What a learner may change so that something is found: a name, a label or a value that exists, a window that is long
//! enough, an instant at which there are samples.

use super::{Cause, Finding};
use crate::base::number::quote;
use crate::base::span::Span;
use crate::base::time::Millis;
use crate::promql::syntax::lexer::unquote;
use crate::promql::syntax::token::{Keyword, Token, TokenKind};
use crate::promql::syntax::{Mend, tokens};

/// What is older than this is not reached by a wider window, but by another time.
const MOST_WIDENED_MS: i64 = 3_600_000;

/// The changes that a finding suggests in `text`.
pub fn mends(text: &str, finding: &Finding) -> Vec<Mend> {
    let all = tokens(text);
    // A selector's finding ends before its range and what may stand behind that.
    let behind = all.iter().filter(|token| token.span.start >= finding.span.end);
    let end = behind.take_while(|token| belongs_to_selector(token.kind)).last();
    let end = end.map_or(finding.span.end, |token| token.span.end);
    let within = |token: &Token| {
        token.span.start >= finding.span.start && token.span.end <= end && token.kind != TokenKind::Comment
    };
    let tokens: Vec<Token> = all.into_iter().filter(within).collect();
    match &finding.cause {
        Cause::NoSuchName { name, nearest } => names(text, &tokens, name, nearest),
        Cause::NoSuchLabel { matcher, nearest, .. } => {
            let place = matchers(text, &tokens).find(|found| found.printed == *matcher);
            let write = |name: &String| place.as_ref().map(|found| Mend::write(found.label, name));
            nearest.iter().filter_map(write).collect()
        }
        Cause::NoSuchValue { matcher, nearest, .. } => {
            let place = matchers(text, &tokens).find(|found| found.printed == *matcher);
            let write = |value: &String| place.as_ref().map(|found| Mend::write(found.value, &quote(value)));
            nearest.iter().filter_map(write).collect()
        }
        Cause::TooFewSamples { window, .. } => wider(&tokens, *window).into_iter().collect(),
        // A window may be widened; how far an instant vector looks back is the server's business.
        Cause::TooOld { ago, .. } if ago.0 <= MOST_WIDENED_MS => wider(&tokens, *ago).into_iter().collect(),
        Cause::Shifted { .. } => unshifted(text, &tokens).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// `[5m] offset 1h`
const fn belongs_to_selector(kind: TokenKind) -> bool {
    use TokenKind::{Duration, LeftBracket, Number, RightBracket};
    matches!(kind, LeftBracket | Duration | Number | RightBracket | TokenKind::Keyword(Keyword::Offset))
}

/// A name stands before the braces, in quotes inside them, or as the value of `__name__`.
fn names(text: &str, tokens: &[Token], name: &str, nearest: &[String]) -> Vec<Mend> {
    let bare = tokens.iter().find(|token| token.kind.can_name_metric() && token.span.of(text) == name);
    let quoted = || {
        tokens.iter().find(|token| token.kind == TokenKind::String && unquote(token.span.of(text)) == name)
    };
    let write = |other: &String| match bare {
        Some(token) if is_plain(other) => Some(Mend::write(token.span, other)),
        Some(_) => None,
        None => quoted().map(|token| Mend::write(token.span, &quote(other))),
    };
    nearest.iter().filter_map(write).collect()
}

fn is_plain(name: &str) -> bool {
    let starts = name.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '_' | ':'));
    starts && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | ':'))
}

/// A condition in braces and where its parts stand.
struct Found {
    printed: String,
    label: Span,
    value: Span,
}

fn matchers<'a>(text: &'a str, tokens: &'a [Token]) -> impl Iterator<Item = Found> + 'a {
    tokens.windows(3).filter_map(|three| {
        let [label, operator, value] = three else { return None };
        let symbol = operator.span.of(text);
        let fits = value.kind == TokenKind::String && matches!(symbol, "=" | "!=" | "=~" | "!~");
        let name = label.span.of(text);
        let name = if label.kind == TokenKind::String { quote(&unquote(name)) } else { name.to_owned() };
        fits.then(|| Found {
            printed: format!("{name}{symbol}{}", quote(&unquote(value.span.of(text)))),
            label: label.span,
            value: value.span,
        })
    })
}

/// Four times the window that holds one sample, or that would: a gap may then be missing without the function falling
/// silent.
fn wider(tokens: &[Token], window: Millis) -> Option<Mend> {
    let mut ranges = tokens.windows(3).filter(|three| {
        three[0].kind == TokenKind::LeftBracket
            && matches!(three[1].kind, TokenKind::Duration | TokenKind::Number)
            && three[2].kind == TokenKind::RightBracket
    });
    let range = ranges.next()?;
    if ranges.next().is_some() {
        return None;
    }
    /// No scrape interval of a lab is longer.
    const LEAST_MS: i64 = 60_000;
    let wide = Millis((window.0.saturating_mul(4) + LEAST_MS - 1) / LEAST_MS * LEAST_MS);
    Some(Mend::write(range[1].span, &wide.to_string()))
}

/// Without `offset` and its length.
fn unshifted(text: &str, tokens: &[Token]) -> Option<Mend> {
    let at = tokens.iter().position(|token| token.kind == TokenKind::Keyword(Keyword::Offset))?;
    let end =
        tokens[at..].iter().find(|token| matches!(token.kind, TokenKind::Duration | TokenKind::Number))?;
    let start = text[..tokens[at].span.start as usize].trim_end().len() as u32;
    Some(Mend::remove(text, Span::new(start, end.span.end)))
}
