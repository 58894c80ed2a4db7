//! Characters that word processors and Korean keyboards make of the plain ones, and operators of other languages.

use super::{Edit, Mend, MendKind};
use crate::base::span::Span;

/// What is met outside of quotes, and what PromQL writes.
const PLAIN: &[(&str, &str)] = &[
    ("“", "\""),
    ("”", "\""),
    ("„", "\""),
    ("‘", "'"),
    ("’", "'"),
    ("（", "("),
    ("）", ")"),
    ("｛", "{"),
    ("｝", "}"),
    ("［", "["),
    ("］", "]"),
    ("，", ","),
    ("＝", "="),
    ("\u{a0}", " "),
    ("\u{3000}", " "),
    ("≥", ">="),
    ("≤", "<="),
    ("≠", "!="),
    ("×", "*"),
    ("÷", "/"),
    ("−", "-"),
    ("–", "-"),
    ("&&", " and "),
    ("||", " or "),
    ("<>", "!="),
];

pub fn candidates(text: &str) -> Vec<Mend> {
    let mut edits: Vec<Edit> = Vec::new();
    let mut quote = None;
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let known = || PLAIN.iter().find(|(odd, _)| text[at..].starts_with(odd));
        match (quote, c) {
            (Some(open), _) if open == c => quote = None,
            (Some(open), '\\') if open != '`' => {
                at += c.len_utf8();
                at += text[at..].chars().next().map_or(0, char::len_utf8);
                continue;
            }
            (Some(_), _) => {}
            (None, '"' | '\'' | '`') => quote = Some(c),
            (None, _) => {
                if let Some((odd, plain)) = known() {
                    let span = Span::new(at as u32, (at + odd.len()) as u32);
                    edits.push(Edit::replace(span, spaced(text, span, plain)));
                    at += odd.len();
                    continue;
                }
            }
        }
        at += c.len_utf8();
    }
    let mut shown: Vec<&str> = edits.iter().map(|edit| edit.text.trim()).collect();
    shown.dedup();
    let shown = shown.join(" ");
    if edits.is_empty() { Vec::new() } else { vec![Mend::new(MendKind::Write, shown, edits)] }
}

/// A word gets blanks around it only where there are none.
fn spaced(text: &str, span: Span, plain: &str) -> String {
    let before = text[..span.start as usize].ends_with(' ');
    let behind = text[span.end as usize..].starts_with(' ');
    let plain = if before { plain.strip_prefix(' ').unwrap_or(plain) } else { plain };
    let plain = if behind && plain.len() > 1 { plain.strip_suffix(' ').unwrap_or(plain) } else { plain };
    plain.to_owned()
}
