//! Prints a tree on one line, exactly as Prometheus does. What it prints reads back as the same tree.

use std::fmt;

use super::ast::{
    Aggregate, At, Binary, BinaryOp, Call, Cardinality, Expr, ExprKind, Extension, Length, LengthExpr,
    LengthExprKind, MatrixSelector, NumberLiteral, Sign, Subquery, TimeShift, VectorMatching, VectorSelector,
};
use super::chain::Chain;
use super::token::TokenKind;
use crate::base::number::{print_plain, quote};
use crate::base::time::Millis;
use crate::model::labels::{METRIC_NAME, is_plain_metric_name};
use crate::model::matcher::MatchOp;

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            ExprKind::Number(number) => number.fmt(f),
            ExprKind::String(text) => f.write_str(&readable(quote(text))),
            ExprKind::VectorSelector(selector) => selector.fmt(f),
            ExprKind::MatrixSelector(matrix) => matrix.fmt(f),
            ExprKind::Subquery(subquery) => write!(f, "{}{}", subquery.expr, subquery_suffix(subquery)),
            ExprKind::Call(call) => call.fmt(f),
            ExprKind::Aggregate(aggregate) => {
                f.write_str(&aggregate_head(aggregate))?;
                f.write_str("(")?;
                if let Some(parameter) = &aggregate.parameter {
                    write!(f, "{parameter}, ")?;
                }
                write!(f, "{})", aggregate.expr)
            }
            ExprKind::Binary(_) => {
                let chain = Chain::of(self);
                f.write_str(&first_operand(&chain))?;
                (0..chain.operations.len()).try_for_each(|place| f.write_str(&operation(&chain, place)))
            }
            ExprKind::Unary(unary) => write!(f, "{}{}", unary.sign.symbol(), unary.expr),
            ExprKind::Paren(inner) => write!(f, "({inner})"),
            ExprKind::Broken(broken) => {
                f.write_str("…")?;
                broken.parts.iter().try_for_each(|part| write!(f, "{part}…"))
            }
        }
    }
}

/// The first operand of a chain. A sign before the base of a power would take the whole power, so infinity goes without.
pub(super) fn first_operand(chain: &Chain<'_>) -> String {
    let text = if is_power_of_infinity(chain) { "Inf".to_owned() } else { chain.first.to_string() };
    before_operation(chain, 0, chain.first, text)
}

/// Whether the first operation of a chain is a power of infinity.
pub(super) fn is_power_of_infinity(chain: &Chain<'_>) -> bool {
    let is_infinite = matches!(&chain.first.kind, ExprKind::Number(number) if number.value == f64::INFINITY);
    is_infinite && chain.operations.first().is_some_and(|(binary, _)| binary.op == BinaryOp::Pow)
}

/// The operation at a place of a chain as it stands behind its left operand.
pub(super) fn operation(chain: &Chain<'_>, place: usize) -> String {
    let (binary, _) = chain.operations[place];
    let right = before_operation(chain, place + 1, &binary.right, binary.right.to_string());
    format!(" {} {right}", binary_operator(binary))
}

/// The text of an operand with the operation at `place`, if there is one, behind it. An offset in parentheses would take
/// that in, but not one with a sign.
///
/// Differs: Prometheus leaves the sign out, so that what it prints is another query or none.
pub(super) fn before_operation(chain: &Chain<'_>, place: usize, operand: &Expr, mut text: String) -> String {
    let is_taken = chain.operations.get(place).is_some_and(|(binary, _)| binary.op.stands_in_lengths());
    if is_taken && ends_with_wrapped_offset(operand) {
        let at = text.rfind(WRAPPED_OFFSET).map_or(text.len(), |at| at + WRAPPED_OFFSET.len() - 1);
        text.insert(at, '+');
    }
    text
}

/// How an offset in parentheses begins.
const WRAPPED_OFFSET: &str = " offset (";

fn ends_with_wrapped_offset(expr: &Expr) -> bool {
    let is_wrapped =
        |shift: &TimeShift| matches!(&shift.offset, Some(Length::Computed(length)) if length.wrapped);
    match &expr.kind {
        ExprKind::VectorSelector(selector) => is_wrapped(&selector.shift),
        ExprKind::MatrixSelector(matrix) => is_wrapped(&matrix.selector.shift),
        ExprKind::Subquery(subquery) => is_wrapped(&subquery.shift),
        ExprKind::Unary(unary) => ends_with_wrapped_offset(&unary.expr),
        ExprKind::Binary(binary) => ends_with_wrapped_offset(&binary.right),
        _ => false,
    }
}

/// The lexer refuses this character, which may stand for bytes that are no text.
fn readable(quoted: String) -> String {
    if quoted.contains(char::REPLACEMENT_CHARACTER) {
        quoted.replace(char::REPLACEMENT_CHARACTER, "\\ufffd")
    } else {
        quoted
    }
}

impl Sign {
    /// The sign as written.
    #[must_use]
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Plus => "+",
            Self::Minus => "-",
        }
    }
}

/// A duration prints as one again: cut to milliseconds.
///
/// Differs: of a negative nothing Prometheus forgets the sign, so that `1 / -0s` would become another query.
impl fmt::Display for NumberLiteral {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.as_duration {
            return f.write_str(&print_plain(self.value));
        }
        if self.value.is_sign_negative() {
            f.write_str("-")?;
        }
        write!(f, "{}", Millis((self.value.abs() * 1e9) as i64 / 1_000_000))
    }
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}(", self.function.name)?;
        for (index, argument) in self.arguments.iter().enumerate() {
            let comma = if index > 0 { ", " } else { "" };
            write!(f, "{comma}{argument}")?;
        }
        f.write_str(")")
    }
}

impl fmt::Display for VectorSelector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_series(self, f)?;
        f.write_str(&at_text(&self.shift))?;
        f.write_str(extension_text(self.extension))?;
        f.write_str(&offset_text(&self.shift))
    }
}

impl fmt::Display for MatrixSelector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let selector = &self.selector;
        write_series(selector, f)?;
        write!(f, "[{}]{}", self.range, extension_text(selector.extension))?;
        f.write_str(&at_text(&selector.shift))?;
        f.write_str(&offset_text(&selector.shift))
    }
}

/// The name and the matchers, these in the order of their text.
fn write_series(selector: &VectorSelector, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let name = selector.name.as_deref().unwrap_or("");
    let repeats_name = |matcher: &&crate::model::matcher::Matcher| {
        !name.is_empty()
            && *matcher.name == *METRIC_NAME
            && matcher.op == MatchOp::Equal
            && *matcher.value == *name
    };
    let mut matchers: Vec<String> = selector
        .matchers
        .iter()
        .filter(|matcher| !repeats_name(matcher))
        .map(|m| readable(m.to_string()))
        .collect();
    f.write_str(name)?;
    if matchers.is_empty() {
        return Ok(());
    }
    matchers.sort();
    write!(f, "{{{}}}", matchers.join(","))
}

fn at_text(shift: &TimeShift) -> String {
    match shift.at {
        None => String::new(),
        Some(At::Start) => " @ start()".to_owned(),
        Some(At::End) => " @ end()".to_owned(),
        Some(At::Time(at)) => format!(" @ {:.3}", at.as_secs_f64()),
    }
}

const fn extension_text(extension: Option<Extension>) -> &'static str {
    match extension {
        None => "",
        Some(Extension::Anchored) => " anchored",
        Some(Extension::Smoothed) => " smoothed",
    }
}

fn offset_text(shift: &TimeShift) -> String {
    shift.offset.as_ref().map_or_else(String::new, |offset| format!(" offset {offset}"))
}

/// `[1h:5m] @ 10.000 offset 1m`: what follows the expression of a subquery.
pub(super) fn subquery_suffix(subquery: &Subquery) -> String {
    let step = subquery.step.as_ref().map_or_else(String::new, ToString::to_string);
    let (at, offset) = (at_text(&subquery.shift), offset_text(&subquery.shift));
    format!("[{}:{step}]{at}{offset}", subquery.range)
}

/// `sum by (job) `: what precedes the parentheses of an aggregation.
pub(super) fn aggregate_head(aggregate: &Aggregate) -> String {
    let labels = || labels_text(&aggregate.grouping);
    let name = aggregate.op.name();
    if aggregate.without {
        format!("{name} without ({}) ", labels())
    } else if aggregate.grouping.is_empty() {
        name.to_owned()
    } else {
        format!("{name} by ({}) ", labels())
    }
}

fn labels_text(labels: &[std::sync::Arc<str>]) -> String {
    let labels: Vec<String> = labels
        .iter()
        .map(|label| {
            let plain = is_plain_metric_name(label) && TokenKind::of_word(label).can_name_label();
            if plain { label.to_string() } else { readable(quote(label)) }
        })
        .collect();
    labels.join(", ")
}

/// The operator with its modifiers: `- on (b) group_left (x)`.
pub(super) fn binary_operator(binary: &Binary) -> String {
    let returns_bool = if binary.returns_bool { " bool" } else { "" };
    let matching = binary.matching.as_ref().map_or_else(String::new, matching_text);
    format!("{}{returns_bool}{matching}", binary.op.symbol())
}

fn matching_text(matching: &VectorMatching) -> String {
    use std::fmt::Write as _;
    let mut text = String::new();
    let group = match matching.cardinality {
        Cardinality::ManyToOne => Some("group_left"),
        Cardinality::OneToMany => Some("group_right"),
        Cardinality::OneToOne | Cardinality::ManyToMany => None,
    };
    if matching.on || !matching.labels.is_empty() || group.is_some() {
        let word = if matching.on { "on" } else { "ignoring" };
        let _ = write!(text, " {word} ({})", labels_text(&matching.labels));
    }
    if let Some(group) = group {
        let _ = write!(text, " {group} ({})", labels_text(&matching.include));
    }
    match (matching.fill_left, matching.fill_right) {
        (Some(left), Some(right)) if left.to_bits() == right.to_bits() => {
            let _ = write!(text, " fill ({})", print_plain(left));
        }
        (left, right) => {
            for (word, value) in [("fill_left", left), ("fill_right", right)] {
                if let Some(value) = value {
                    let _ = write!(text, " {word} ({})", print_plain(value));
                }
            }
        }
    }
    text
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Literal(length) => length.fmt(f),
            Self::Computed(length) => length.fmt(f),
        }
    }
}

impl fmt::Display for LengthExpr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.wrapped {
            f.write_str("(")?;
        }
        match &self.kind {
            LengthExprKind::Number(number) => number.fmt(f)?,
            LengthExprKind::Step => f.write_str("step()")?,
            LengthExprKind::Range => f.write_str("range()")?,
            LengthExprKind::Unary(Sign::Plus, inner) => inner.fmt(f)?,
            LengthExprKind::Unary(Sign::Minus, inner) => write!(f, "-{inner}")?,
            LengthExprKind::Binary(op, left, right) => write!(f, "{left} {} {right}", op.symbol())?,
            LengthExprKind::MinOf(left, right) => write!(f, "min_of({left}, {right})")?,
            LengthExprKind::MaxOf(left, right) => write!(f, "max_of({left}, {right})")?,
        }
        if self.wrapped { f.write_str(")") } else { Ok(()) }
    }
}
