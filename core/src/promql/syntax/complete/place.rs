//! Where in an expression the cursor stands: read from the tokens before it, so that a text that is no expression yet
//! has a place too.

use std::sync::Arc;

use super::super::ast::{AggregateOp, BinaryOp};
use super::super::lexer::{is_word, string, tokens};
use super::super::token::{Keyword, Token, TokenKind};
use crate::base::span::Span;
use crate::model::labels::METRIC_NAME;
use crate::model::matcher::{MatchOp, Matcher};
use crate::promql::functions::{self, Function};

/// The place of the cursor.
#[derive(Clone, Debug)]
pub struct Here {
    pub kind: Kind,
    /// What has been typed of the word or text at the cursor.
    pub typed: String,
    /// The bytes of that word, up to its end behind the cursor.
    pub replaced: Span,
    /// The quote that the text at the cursor begins with, and whether it is closed behind the cursor.
    pub quote: Option<char>,
    /// The calls around the cursor, the innermost last, each with the commas behind its parenthesis.
    pub calls: Vec<(Callee, u32)>,
}

/// What a parenthesis belongs to.
#[derive(Clone, Copy, Debug)]
pub enum Callee {
    Function(&'static Function),
    Aggregation(AggregateOp),
}

/// The kinds of place.
#[derive(Clone, Debug)]
pub enum Kind {
    /// Where an operand begins; behind an operator and perhaps its modifiers.
    Operand(After),
    /// Behind an operand.
    Operator {
        /// The operand is an aggregation that may still be grouped.
        grouping: bool,
        /// The operand is a range selector.
        ranged: bool,
    },
    /// Behind an aggregation's name.
    Grouping,
    /// A label's name in braces, with the conditions written so far.
    LabelName(Vec<Matcher>),
    /// Behind a label's name in braces.
    LabelOperator,
    /// A label's value, with the conditions written so far.
    LabelValue(Arc<str>, Vec<Matcher>),
    /// A label's name in the list of `by`, `on` and others.
    ListedLabel,
    /// A length of time.
    Length,
    /// Behind `@`.
    Instant,
    /// Where nothing can be offered.
    Nothing,
}

/// What an operand comes after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum After {
    /// Nothing, a parenthesis or a comma.
    Begin,
    /// An operator.
    Operator(BinaryOp),
    /// `on (…)`, `ignoring (…)`.
    Matching,
    /// `bool`, `group_left (…)`.
    Modifier,
}

impl Kind {
    /// Whether only names or lengths can follow, so that they are offered unasked.
    pub const fn opens_unasked(&self) -> bool {
        matches!(self, Self::LabelName(_) | Self::LabelValue(..) | Self::ListedLabel | Self::Length)
    }
}

/// A bracket that is open at the cursor.
enum Open {
    Paren { callee: Option<Callee>, list_of: Option<Keyword>, commas: u32 },
    Brace { matchers: Vec<Matcher>, label: Option<Arc<str>>, op: Option<MatchOp> },
    Bracket,
}

/// Finds the place at the end of `before`, which is the text before the cursor.
pub fn place(text: &str, before: &str) -> Here {
    let mut read = tokens(before);
    read.retain(|token| token.kind != TokenKind::Comment || token.span.end as usize == before.len());
    let cursor = before.len() as u32;
    let current = read.last().copied().filter(|token| token.span.end == cursor && is_begun(*token, before));
    if current.is_some() {
        read.pop();
    }
    let mut walk = Walk::default();
    for (index, token) in read.iter().enumerate() {
        let next = read.get(index + 1).map(|token| token.kind);
        walk.step(*token, next, before);
    }
    let (typed, replaced, quote) = match current {
        Some(token) => begun(token, text, before),
        None => (String::new(), Span::new(cursor, cursor), None),
    };
    let is_comment = current.is_some_and(|token| token.kind == TokenKind::Comment);
    let mut kind = if is_comment { Kind::Nothing } else { walk.kind() };
    if quote.is_some() && !matches!(kind, Kind::LabelValue(..) | Kind::LabelName(_)) {
        kind = Kind::Nothing;
    }
    Here { kind, typed, replaced, quote, calls: walk.calls() }
}

/// Whether a token that ends at the cursor may still grow: a word, a number, or a text without its end.
fn is_begun(token: Token, text: &str) -> bool {
    let written = token.span.of(text);
    match token.kind {
        TokenKind::Comment => true,
        TokenKind::Error(_) => written.starts_with(['"', '\'', '`']) || written.chars().all(is_word),
        TokenKind::String => false,
        _ => written.chars().all(|c| is_word(c) || c == ':') && written != ":",
    }
}

/// What has been typed of a token, and the bytes of the whole of it.
fn begun(token: Token, text: &str, before: &str) -> (String, Span, Option<char>) {
    let written = token.span.of(before);
    let behind = &text[before.len()..];
    let quote = written.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'));
    let word = behind.find(|c| !is_word(c)).unwrap_or(behind.len());
    let rest = match quote {
        // Up to the closing quote, where there is one before anything that ends a matcher.
        Some(quote) => {
            let close = behind.find([quote, '\n', '}', ',']);
            match close {
                Some(at) if behind[at..].starts_with(quote) => at + quote.len_utf8(),
                _ => word,
            }
        }
        None => word,
    };
    let typed = match quote {
        Some(quote) => written[quote.len_utf8()..].to_owned(),
        None => written.to_owned(),
    };
    (typed, Span::new(token.span.start, token.span.end + rest as u32), quote)
}

/// Reads tokens and keeps what is open.
#[derive(Default)]
struct Walk {
    open: Vec<Open>,
    previous: Option<TokenKind>,
    /// The metric's name read last, for the braces behind it.
    metric: Option<Arc<str>>,
    /// The parenthesis closed last: what it belonged to.
    closed: Option<(Option<Callee>, Option<Keyword>)>,
    /// The callee or list whose parenthesis comes next.
    awaited: (Option<Callee>, Option<Keyword>),
    /// An aggregation's name has been read, its operand not.
    aggregation: Option<AggregateOp>,
}

impl Walk {
    fn step(&mut self, token: Token, next: Option<TokenKind>, text: &str) {
        let kind = token.kind;
        if let Some(Open::Brace { .. }) = self.open.last() {
            self.in_braces(token, text);
            self.previous = Some(kind);
            return;
        }
        match kind {
            TokenKind::LeftParen => {
                let (callee, list_of) = std::mem::take(&mut self.awaited);
                let callee = callee.or_else(|| {
                    // Behind `sum by (…)` comes the operand's parenthesis.
                    let aggregation = self.aggregation.filter(|_| list_of.is_none());
                    aggregation.map(Callee::Aggregation)
                });
                if list_of.is_none() {
                    self.aggregation = None;
                }
                self.open.push(Open::Paren { callee, list_of, commas: 0 });
            }
            TokenKind::RightParen => {
                if let Some(Open::Paren { callee, list_of, .. }) = self.open.pop() {
                    self.closed = Some((callee, list_of));
                }
            }
            TokenKind::LeftBrace => {
                let name = self.metric.take().filter(|_| self.previous.is_some_and(is_name));
                let matchers = name.map(|name| Matcher::equal(METRIC_NAME, name)).into_iter().collect();
                self.open.push(Open::Brace { matchers, label: None, op: None });
            }
            TokenKind::LeftBracket => self.open.push(Open::Bracket),
            TokenKind::RightBracket => {
                self.open.pop();
            }
            TokenKind::Comma => {
                if let Some(Open::Paren { commas, .. }) = self.open.last_mut() {
                    *commas += 1;
                }
            }
            TokenKind::Aggregator(op) => {
                self.aggregation = Some(op);
            }
            TokenKind::Keyword(keyword) if takes_list(keyword) => self.awaited = (None, Some(keyword)),
            _ if next == Some(TokenKind::LeftParen) => {
                let callee = functions::find(token.span.of(text)).map(Callee::Function);
                self.awaited = (callee, None);
            }
            _ if is_name(kind) => self.metric = Some(token.span.of(text).into()),
            _ => {}
        }
        self.previous = Some(kind);
    }

    fn in_braces(&mut self, token: Token, text: &str) {
        let Some(Open::Brace { matchers, label, op }) = self.open.last_mut() else { return };
        match token.kind {
            TokenKind::RightBrace => {
                self.open.pop();
            }
            TokenKind::Comma => (*label, *op) = (None, None),
            TokenKind::Assign => *op = Some(MatchOp::Equal),
            TokenKind::Operator(BinaryOp::NotEqual) => *op = Some(MatchOp::NotEqual),
            TokenKind::RegexMatch => *op = Some(MatchOp::Regex),
            TokenKind::RegexMismatch => *op = Some(MatchOp::NotRegex),
            TokenKind::String => {
                let written = string::unquote(token.span.of(text));
                match (label.take(), op.take()) {
                    (Some(label), Some(op)) => matchers.extend(Matcher::new(label, op, written).ok()),
                    // A name in quotes: a label's, or the metric's own. Which one is seen behind it.
                    _ => *label = Some(written.into()),
                }
            }
            _ => *label = Some(token.span.of(text).into()),
        }
    }

    fn kind(&self) -> Kind {
        match self.open.last() {
            Some(Open::Brace { matchers, label, op }) => match (label, op, self.previous) {
                (Some(label), Some(_), _) => Kind::LabelValue(label.clone(), matchers.clone()),
                (Some(_), None, _) => Kind::LabelOperator,
                (None, _, Some(TokenKind::LeftBrace | TokenKind::Comma)) => Kind::LabelName(matchers.clone()),
                _ => Kind::Nothing,
            },
            Some(Open::Bracket) => match self.previous {
                Some(TokenKind::LeftBracket | TokenKind::Colon) => Kind::Length,
                _ => Kind::Nothing,
            },
            Some(Open::Paren { list_of: Some(_), .. }) => match self.previous {
                Some(TokenKind::LeftParen | TokenKind::Comma) => Kind::ListedLabel,
                _ => Kind::Nothing,
            },
            _ => self.in_expression(),
        }
    }

    fn in_expression(&self) -> Kind {
        let behind = |grouping, ranged| Kind::Operator { grouping, ranged };
        match self.previous {
            None | Some(TokenKind::LeftParen | TokenKind::Comma) => Kind::Operand(After::Begin),
            Some(TokenKind::Operator(op)) => Kind::Operand(After::Operator(op)),
            Some(TokenKind::Aggregator(_)) => Kind::Grouping,
            Some(TokenKind::Keyword(Keyword::Offset)) => Kind::Length,
            Some(TokenKind::Keyword(Keyword::Bool)) => Kind::Operand(After::Modifier),
            Some(TokenKind::Keyword(keyword)) if takes_list(keyword) => Kind::Nothing,
            Some(TokenKind::At) => Kind::Instant,
            Some(TokenKind::RightBracket) => behind(false, true),
            Some(TokenKind::RightParen) => match self.closed {
                Some((_, Some(Keyword::On | Keyword::Ignoring))) => Kind::Operand(After::Matching),
                Some((_, Some(Keyword::GroupLeft | Keyword::GroupRight))) => Kind::Operand(After::Modifier),
                Some((_, Some(Keyword::By | Keyword::Without))) if self.aggregation.is_some() => {
                    Kind::Nothing
                }
                Some((Some(Callee::Aggregation(_)), None)) => behind(true, false),
                _ => behind(false, false),
            },
            Some(TokenKind::Error(_)) => Kind::Nothing,
            Some(_) => behind(false, false),
        }
    }

    fn calls(&self) -> Vec<(Callee, u32)> {
        let calls = self.open.iter().filter_map(|open| match open {
            Open::Paren { callee: Some(callee), commas, .. } => Some((*callee, *commas)),
            _ => None,
        });
        calls.collect()
    }
}

const fn is_name(kind: TokenKind) -> bool {
    matches!(kind, TokenKind::Identifier | TokenKind::MetricIdentifier)
}

const fn takes_list(keyword: Keyword) -> bool {
    use Keyword::{By, GroupLeft, GroupRight, Ignoring, On, Without};
    matches!(keyword, By | Without | On | Ignoring | GroupLeft | GroupRight)
}
