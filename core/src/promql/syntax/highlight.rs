//! What a token is to the eye: the classes by which an editor colours an expression. Draws nothing.

use super::lexer::tokens;
use super::token::{Keyword, Token, TokenKind};
use crate::base::span::Span;

/// The classes of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TextClass {
    /// `rate` before its parenthesis
    Function,
    /// `sum`, `topk`
    Aggregator,
    /// `by`, `offset`, `bool`
    Keyword,
    /// `+`, `and`, `=~`
    Operator,
    /// The name of a metric
    Metric,
    /// The name of a label
    Label,
    /// A quoted text
    Text,
    /// A number or a duration
    Number,
    /// Brackets, commas, colons
    Punctuation,
    /// `# …`
    Comment,
    /// What is no token
    Fault,
}

impl TextClass {
    /// The name of the class, as style sheets use it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Function => "function",
            Self::Aggregator => "aggregator",
            Self::Keyword => "keyword",
            Self::Operator => "operator",
            Self::Metric => "metric",
            Self::Label => "label",
            Self::Text => "text",
            Self::Number => "number",
            Self::Punctuation => "punctuation",
            Self::Comment => "comment",
            Self::Fault => "fault",
        }
    }
}

/// The coloured pieces of `text`, in order; what lies between them is blank. Works on wrong and unfinished texts.
#[must_use]
pub fn highlight(text: &str) -> Vec<(Span, TextClass)> {
    let tokens = tokens(text);
    let mut labels = Labels::None;
    let mut pieces = Vec::with_capacity(tokens.len());
    for (index, token) in tokens.iter().enumerate() {
        let next = tokens.get(index + 1).map(|token| token.kind);
        labels = labels.behind(token.kind);
        pieces.push((token.span, class_of(*token, next, labels)));
    }
    pieces
}

/// Where the names are those of labels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Labels {
    /// Not here.
    None,
    /// In braces.
    Braces,
    /// Behind a keyword that takes a list of labels, before its parenthesis.
    Awaited,
    /// In that list.
    List,
}

impl Labels {
    fn behind(self, kind: TokenKind) -> Self {
        use Keyword::{By, GroupLeft, GroupRight, Ignoring, On, Without};
        match (self, kind) {
            (Self::List, TokenKind::RightParen) | (Self::Braces, TokenKind::RightBrace) => Self::None,
            (Self::List | Self::Braces, _) => self,
            (_, TokenKind::LeftBrace) => Self::Braces,
            (Self::Awaited, TokenKind::LeftParen) => Self::List,
            (_, TokenKind::Keyword(By | Without | On | Ignoring | GroupLeft | GroupRight)) => Self::Awaited,
            _ => Self::None,
        }
    }
}

fn class_of(token: Token, next: Option<TokenKind>, labels: Labels) -> TextClass {
    let called = next == Some(TokenKind::LeftParen);
    let listed = matches!(labels, Labels::List | Labels::Braces);
    match token.kind {
        kind if listed && kind.can_name_label() => TextClass::Label,
        TokenKind::Keyword(keyword) if keyword.is_contextual() => {
            if called {
                TextClass::Function
            } else {
                TextClass::Metric
            }
        }
        TokenKind::Identifier if called => TextClass::Function,
        TokenKind::Identifier | TokenKind::MetricIdentifier => TextClass::Metric,
        TokenKind::Aggregator(_) => TextClass::Aggregator,
        TokenKind::Keyword(_) => TextClass::Keyword,
        TokenKind::Operator(_)
        | TokenKind::Assign
        | TokenKind::RegexMatch
        | TokenKind::RegexMismatch
        | TokenKind::At => TextClass::Operator,
        TokenKind::Number | TokenKind::Duration => TextClass::Number,
        TokenKind::String => TextClass::Text,
        TokenKind::Comment => TextClass::Comment,
        TokenKind::Error(_) => TextClass::Fault,
        _ => TextClass::Punctuation,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_coloured_by_what_they_name() {
        let text = "sum by (job, sum) (rate(x{a=\"b\"}[5m] offset 1h)) > bool 1 # end\n; start() @ end()";
        let shown: Vec<String> = highlight(text)
            .into_iter()
            .filter(|(_, class)| *class != TextClass::Punctuation)
            .map(|(span, class)| format!("{} {}", span.of(text), class.name()))
            .collect();
        assert_eq!(
            shown,
            [
                "sum aggregator",
                "by keyword",
                "job label",
                "sum label",
                "rate function",
                "x metric",
                "a label",
                "= operator",
                "\"b\" text",
                "5m number",
                "offset keyword",
                "1h number",
                "> operator",
                "bool keyword",
                "1 number",
                "# end comment",
                "; fault",
                "start function",
                "@ operator",
                "end function",
            ]
        );
    }
}
