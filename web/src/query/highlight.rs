//! The colours of an expression's words, from the core's own lexer.

use scrapeyard_core::base::span::Span;
use scrapeyard_core::promql::syntax::token::{Token, TokenKind};
use scrapeyard_core::promql::syntax::{self, TextClass, tokens};

use crate::controls::Mark;

/// A mark for every word that has a colour.
pub fn highlight(expression: &str) -> Vec<Mark> {
    let pieces = syntax::highlight(expression).into_iter();
    pieces.filter_map(|(span, class)| Some(Mark { span, class: style(class)? })).collect()
}

/// The class of the style sheet.
const fn style(class: TextClass) -> Option<&'static str> {
    Some(match class {
        TextClass::Function => "syn-function",
        TextClass::Aggregator | TextClass::Keyword => "syn-keyword",
        TextClass::Operator => "syn-operator",
        TextClass::Metric => "syn-metric",
        TextClass::Label => "syn-label",
        TextClass::Text => "syn-string",
        TextClass::Number => "syn-number",
        TextClass::Comment => "syn-comment",
        TextClass::Punctuation | TextClass::Fault => return None,
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

    #[test]
    fn every_word_has_the_colour_of_its_place() {
        let expression = r#"sum by (code) (rate(x{code="2"}[1m]))"#;
        let colored: Vec<(&str, &str)> =
            highlight(expression).into_iter().map(|mark| (mark.span.of(expression), mark.class)).collect();
        let wanted = [
            ("sum", "syn-keyword"),
            ("by", "syn-keyword"),
            ("code", "syn-label"),
            ("rate", "syn-function"),
            ("x", "syn-metric"),
            ("code", "syn-label"),
            ("=", "syn-operator"),
            ("\"2\"", "syn-string"),
            ("1m", "syn-number"),
        ];
        assert_eq!(colored, wanted);
    }

    #[test]
    fn a_bracket_finds_its_partner() {
        let spans: Vec<u32> = brackets("a(b[5m])", 8).into_iter().map(|mark| mark.span.start).collect();
        assert_eq!(spans, [7, 1]);
        assert!(brackets("a(b", 2).is_empty());
    }
}
