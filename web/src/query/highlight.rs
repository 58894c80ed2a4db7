//! The colours of an expression's words, from the core's own lexer.

use scrapeyard_core::base::span::Span;
use scrapeyard_core::promql::syntax::token::{Token, TokenKind};
use scrapeyard_core::promql::syntax::tokens;

use crate::controls::Mark;

/// A mark for every word that has a colour.
pub fn highlight(expression: &str) -> Vec<Mark> {
    let all = tokens(expression);
    let mut marks = Vec::new();
    let mut in_braces = false;
    // Behind `by`, `on` and their like a list in parentheses names labels.
    let mut names_labels = false;
    for (index, token) in all.iter().enumerate() {
        let next = all[index + 1..].iter().find(|next| next.kind != TokenKind::Comment);
        match token.kind {
            TokenKind::LeftBrace => in_braces = true,
            TokenKind::RightBrace => in_braces = false,
            TokenKind::RightParen => names_labels = false,
            TokenKind::Keyword(_) => {
                names_labels = next.is_some_and(|next| next.kind == TokenKind::LeftParen)
            }
            _ => {}
        }
        if let Some(class) = class(token, next, in_braces || names_labels) {
            marks.push(Mark { span: token.span, class });
        }
    }
    marks
}

fn class(token: &Token, next: Option<&Token>, is_label: bool) -> Option<&'static str> {
    let called = next.is_some_and(|next| next.kind == TokenKind::LeftParen);
    Some(match token.kind {
        TokenKind::Keyword(_) | TokenKind::Aggregator(_) if is_label && !called => "syn-label",
        TokenKind::Keyword(_) | TokenKind::Aggregator(_) => "syn-keyword",
        TokenKind::Identifier if is_label => "syn-label",
        TokenKind::Identifier if called => "syn-function",
        TokenKind::Identifier | TokenKind::MetricIdentifier => "syn-metric",
        TokenKind::Number => "syn-number",
        TokenKind::Duration => "syn-duration",
        TokenKind::String => "syn-string",
        TokenKind::Comment => "syn-comment",
        TokenKind::Operator(_)
        | TokenKind::Assign
        | TokenKind::RegexMatch
        | TokenKind::RegexMismatch
        | TokenKind::At => "syn-operator",
        _ => return None,
    })
}

/// The bracket at the caret and its partner.
pub fn brackets(expression: &str, caret: usize) -> Vec<Mark> {
    let all = tokens(expression);
    let at = |token: &Token| token.span.start as usize == caret || token.span.end as usize == caret;
    let Some(here) = all.iter().position(|token| at(token) && depth(token.kind) != 0) else {
        return Vec::new();
    };
    let opens = depth(all[here].kind) > 0;
    let mut level = 0;
    let mut walk: Box<dyn Iterator<Item = &Token>> =
        if opens { Box::new(all[here..].iter()) } else { Box::new(all[..=here].iter().rev()) };
    let partner = walk.find(|token| {
        level += depth(token.kind);
        depth(token.kind) != 0 && level == 0
    });
    let mark = |span: Span| Mark { span, class: "bracket" };
    partner.map(|partner| vec![mark(all[here].span), mark(partner.span)]).unwrap_or_default()
}

const fn depth(kind: TokenKind) -> i32 {
    match kind {
        TokenKind::LeftParen | TokenKind::LeftBrace | TokenKind::LeftBracket => 1,
        TokenKind::RightParen | TokenKind::RightBrace | TokenKind::RightBracket => -1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colored(expression: &str) -> Vec<(&str, &'static str)> {
        highlight(expression).into_iter().map(|mark| (mark.span.of(expression), mark.class)).collect()
    }

    #[test]
    fn every_word_has_the_colour_of_its_place() {
        assert_eq!(
            colored(r#"sum by (code) (rate(requests_total{code=~"2.."}[1m])) > 5"#),
            [
                ("sum", "syn-keyword"),
                ("by", "syn-keyword"),
                ("code", "syn-label"),
                ("rate", "syn-function"),
                ("requests_total", "syn-metric"),
                ("code", "syn-label"),
                ("=~", "syn-operator"),
                ("\"2..\"", "syn-string"),
                ("1m", "syn-duration"),
                (">", "syn-operator"),
                ("5", "syn-number"),
            ]
        );
    }

    #[test]
    fn a_bracket_finds_its_partner() {
        let spans: Vec<u32> = brackets("a(b[5m])", 8).into_iter().map(|mark| mark.span.start).collect();
        assert_eq!(spans, [7, 1]);
        assert!(brackets("a(b", 2).is_empty());
    }
}
