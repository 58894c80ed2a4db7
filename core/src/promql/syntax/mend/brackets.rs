//! Brackets that are missing, too many, or close the wrong one; quotes that are never closed.

use super::{Edit, Mend, MendKind};
use crate::base::span::Span;
use crate::promql::syntax::tokens;

/// A bracket or a quote that is open.
struct Open {
    closing: char,
}

/// What a walk over the brackets of a text found.
struct Walk {
    edits: Vec<Edit>,
    /// Closing brackets that are missing at the end.
    missing: String,
    /// Where the text ends before blanks and comments.
    end: u32,
    /// The quote that is never closed, with its place.
    quote: Option<(usize, char)>,
}

/// Tries for the place of one missing bracket.
const PLACES: usize = 40;

pub fn candidates(text: &str) -> Vec<Mend> {
    let walk = walk(text);
    if let Some((at, quote)) = walk.quote {
        return quotes(text, at, quote);
    }
    let mut found = vec![balanced(text, &walk)];
    // One bracket may be missing somewhere inside instead: the later places are the likelier ones.
    if walk.edits.is_empty() && walk.missing.len() == 1 {
        let places = tokens(text).into_iter().rev().skip(1).take(PLACES);
        found.extend(places.map(|token| Some(Mend::add(token.span.end, &walk.missing))));
    }
    found.into_iter().flatten().collect()
}

/// All brackets closed and none too many.
fn balanced(text: &str, walk: &Walk) -> Option<Mend> {
    let mut edits = walk.edits.clone();
    if !walk.missing.is_empty() {
        edits.push(Edit::insert(walk.end, walk.missing.clone()));
    }
    let (added, removed): (Vec<&Edit>, Vec<&Edit>) = edits.iter().partition(|edit| !edit.text.is_empty());
    let (kind, shown) = match (added.is_empty(), removed.is_empty()) {
        (true, true) => return None,
        (false, true) => (MendKind::Add, added.iter().map(|edit| edit.text.as_str()).collect()),
        (true, false) => (MendKind::Remove, removed.iter().map(|edit| edit.span.of(text)).collect()),
        (false, false) => {
            let whole = Mend::new(MendKind::Write, "", edits.clone()).applied(text)?;
            (MendKind::Write, whole)
        }
    };
    Some(Mend { kind, shown, edits })
}

/// A quote closed before one of the characters that may follow it, and what is then missing behind.
fn quotes(text: &str, open: usize, quote: char) -> Vec<Mend> {
    let behind = open + quote.len_utf8();
    let rest = text.get(behind..).unwrap_or("");
    let closes = rest.char_indices().filter(|(_, c)| matches!(c, '}' | ',' | ')' | ']' | ' '));
    let places = closes.map(|(at, _)| behind + at).chain([text.trim_end().len()]);
    let close = |at: usize| {
        let mut mended = text.to_owned();
        mended.insert(at, quote);
        let further = walk(&mended);
        let missing = if further.quote.is_none() { further.missing } else { String::new() };
        let mut edits = vec![Edit::insert(at as u32, quote)];
        if !missing.is_empty() {
            edits.push(Edit::insert(text.trim_end().len().max(at) as u32, missing.clone()));
        }
        Mend::new(MendKind::Add, format!("{quote}{missing}"), edits)
    };
    places.take(PLACES).map(close).collect()
}

fn walk(text: &str) -> Walk {
    let mut walk = Walk { edits: Vec::new(), missing: String::new(), end: 0, quote: None };
    let mut open: Vec<Open> = Vec::new();
    let mut characters = text.char_indices();
    while let Some((at, c)) = characters.next() {
        match c {
            '#' => {
                characters.by_ref().find(|(_, c)| *c == '\n');
                continue;
            }
            c if c.is_whitespace() => continue,
            '"' | '\'' | '`' => {
                let mut escaped = false;
                let end = characters.by_ref().find(|(_, inside)| {
                    let ends = *inside == c && !escaped;
                    escaped = c != '`' && *inside == '\\' && !escaped;
                    ends
                });
                let Some((end, _)) = end else {
                    walk.quote = Some((at, c));
                    return walk;
                };
                walk.end = end as u32 + 1;
                continue;
            }
            '(' => open.push(Open { closing: ')' }),
            '[' => open.push(Open { closing: ']' }),
            '{' => open.push(Open { closing: '}' }),
            ')' | ']' | '}' => close(&mut open, &mut walk, at as u32, c),
            _ => {}
        }
        walk.end = (at + c.len_utf8()) as u32;
    }
    walk.missing = open.iter().rev().map(|open| open.closing).collect();
    walk
}

/// A closing bracket: what must be closed before it is, and one that was never opened is taken away.
fn close(open: &mut Vec<Open>, walk: &mut Walk, at: u32, c: char) {
    match open.iter().rposition(|open| open.closing == c) {
        None => walk.edits.push(Edit::delete(Span::new(at, at + 1))),
        Some(partner) => {
            let missing: String = open.drain(partner..).skip(1).rev().map(|open| open.closing).collect();
            if !missing.is_empty() {
                walk.edits.push(Edit::insert(at, missing));
            }
        }
    }
}
