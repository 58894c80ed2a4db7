//! The tree of a PromQL expression. Every node carries the bytes it was read from.

use std::sync::Arc;

use super::chain::Chain;
use crate::base::span::Span;
use crate::base::time::{Millis, Timestamp};
use crate::model::matcher::Matcher;
use crate::promql::functions::Function;

/// What an expression evaluates to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ValueType {
    /// One number an instant.
    Scalar,
    /// A text; only a literal is one.
    String,
    /// Series with one value an instant.
    InstantVector,
    /// Series with the values of a window an instant.
    RangeVector,
}

impl ValueType {
    /// Prometheus's word in error texts.
    #[must_use]
    pub const fn documented(self) -> &'static str {
        match self {
            Self::Scalar => "scalar",
            Self::String => "string",
            Self::InstantVector => "instant vector",
            Self::RangeVector => "range vector",
        }
    }

    /// The word of the HTTP API (`resultType`).
    #[must_use]
    pub const fn api(self) -> &'static str {
        match self {
            Self::Scalar => "scalar",
            Self::String => "string",
            Self::InstantVector => "vector",
            Self::RangeVector => "matrix",
        }
    }
}

/// A node of the tree.
#[derive(Clone, Debug, PartialEq)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// The bytes it was read from.
    pub span: Span,
}

/// The kinds of node.
#[derive(Clone, Debug, PartialEq)]
pub enum ExprKind {
    /// `1.5`, `0x1F`, `Inf`, `5m`
    Number(NumberLiteral),
    /// `"text"`, already unquoted
    String(Arc<str>),
    /// `name{label="value"} offset 5m @ 10`
    VectorSelector(VectorSelector),
    /// `name[5m]`
    MatrixSelector(MatrixSelector),
    /// `expression[1h:5m]`
    Subquery(Subquery),
    /// `rate(…)`
    Call(Call),
    /// `sum by (job) (…)`
    Aggregate(Aggregate),
    /// `a + on(job) b`
    Binary(Binary),
    /// `-a`
    Unary(Unary),
    /// `(a)`
    Paren(Box<Expr>),
    /// What could not be read whole. Only in trees that come with errors, never in one to be evaluated.
    Broken(Broken),
}

/// The parts of a node that could be read, where the node could not.
#[derive(Clone, Debug, PartialEq)]
pub struct Broken {
    /// The operands read, in their order.
    pub parts: Vec<Expr>,
    /// Whether a range stands behind it, as in `rate(x[5m])[1h]`.
    pub ranged: bool,
}

/// A number, and how it was written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NumberLiteral {
    /// The value; a duration's is its seconds.
    pub value: f64,
    /// Whether it was written as a duration (`1m`), so that the printer writes it so again.
    pub as_duration: bool,
}

/// A length of time: written out, or computed from `step()`, `range()` and others when the query runs.
#[derive(Clone, Debug, PartialEq)]
pub enum Length {
    /// `5m`, `300`
    Literal(Millis),
    /// `step() * 2`, `5m + 10s`
    Computed(Box<LengthExpr>),
}

/// A duration expression.
#[derive(Clone, Debug, PartialEq)]
pub struct LengthExpr {
    /// What it is.
    pub kind: LengthExprKind,
    /// The bytes it was read from.
    pub span: Span,
    /// Whether it stood in parentheses, so that the printer writes them again.
    pub wrapped: bool,
}

/// The kinds of duration expression.
#[derive(Clone, Debug, PartialEq)]
pub enum LengthExprKind {
    /// A number of seconds, perhaps written as a duration.
    Number(NumberLiteral),
    /// `step()`: the query's step.
    Step,
    /// `range()`: the query's end minus its start.
    Range,
    /// A sign before an operand.
    Unary(Sign, Box<LengthExpr>),
    /// `+ - * / % ^`
    Binary(BinaryOp, Box<LengthExpr>, Box<LengthExpr>),
    /// `min_of(a, b)`
    MinOf(Box<LengthExpr>, Box<LengthExpr>),
    /// `max_of(a, b)`
    MaxOf(Box<LengthExpr>, Box<LengthExpr>),
}

/// A sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// `+`
    Plus,
    /// `-`
    Minus,
}

/// The instant after `@`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// `@ 1609746000`
    Time(Timestamp),
    /// `@ start()`
    Start,
    /// `@ end()`
    End,
}

/// `offset` and `@`, in whichever order they were written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TimeShift {
    /// `offset 5m`; negative lengths look ahead.
    pub offset: Option<Length>,
    /// `@ …`
    pub at: Option<At>,
}

/// `anchored` and `smoothed`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extension {
    /// The left edge is the newest sample at or before it.
    Anchored,
    /// Both edges are interpolated.
    Smoothed,
}

/// A selection of series.
#[derive(Clone, Debug, PartialEq)]
pub struct VectorSelector {
    /// The name where it was written before the braces; its matcher is among `matchers` too (the last one).
    pub name: Option<Arc<str>>,
    /// All conditions, in the order written.
    pub matchers: Vec<Matcher>,
    /// `offset` and `@`.
    pub shift: TimeShift,
    /// `anchored`, `smoothed`.
    pub extension: Option<Extension>,
}

/// A selection of windows.
#[derive(Clone, Debug, PartialEq)]
pub struct MatrixSelector {
    /// The series; `offset`, `@` and the extension stand on it, though they are written after the range.
    pub selector: VectorSelector,
    /// The bytes of the selector without the range.
    pub selector_span: Span,
    /// The length of the window.
    pub range: Length,
}

/// An expression evaluated over a window.
#[derive(Clone, Debug, PartialEq)]
pub struct Subquery {
    /// What is evaluated.
    pub expr: Box<Expr>,
    /// The length of the window.
    pub range: Length,
    /// The resolution; the global evaluation interval where none is written.
    pub step: Option<Length>,
    /// `offset` and `@`.
    pub shift: TimeShift,
}

/// A function call.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// The function's record.
    pub function: &'static Function,
    /// The arguments as written.
    pub arguments: Vec<Expr>,
}

/// The aggregation operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)] // each is the operator of its name
pub enum AggregateOp {
    Sum,
    Avg,
    Count,
    Min,
    Max,
    Group,
    Stddev,
    Stdvar,
    Topk,
    Bottomk,
    CountValues,
    Quantile,
    Limitk,
    LimitRatio,
}

/// An aggregation.
#[derive(Clone, Debug, PartialEq)]
pub struct Aggregate {
    /// Which one.
    pub op: AggregateOp,
    /// What is aggregated.
    pub expr: Box<Expr>,
    /// The parameter of those that take one (`topk`'s number).
    pub parameter: Option<Box<Expr>>,
    /// The labels of `by` or `without`.
    pub grouping: Vec<Arc<str>>,
    /// `without` instead of `by`.
    pub without: bool,
}

/// The binary operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)] // each is the operator of its name
pub enum BinaryOp {
    Add,
    Sub,
    Mul,
    Div,
    Mod,
    Pow,
    Atan2,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    /// `</`: keeps a histogram's observations below
    TrimUpper,
    /// `>/`: keeps a histogram's observations above
    TrimLower,
    And,
    Or,
    Unless,
}

/// An operation on two operands. A chain of them may be long: see [`super::chain`].
#[derive(Debug, PartialEq)]
pub struct Binary {
    /// Which one.
    pub op: BinaryOp,
    /// The left operand.
    pub left: Box<Expr>,
    /// The right operand.
    pub right: Box<Expr>,
    /// `bool`: comparisons give 0 and 1 instead of filtering.
    pub returns_bool: bool,
    /// How elements find each other; only where both operands are instant vectors.
    pub matching: Option<VectorMatching>,
}

/// How many elements may share a match group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cardinality {
    /// One on each side.
    OneToOne,
    /// `group_left`: many on the left.
    ManyToOne,
    /// `group_right`: many on the right.
    OneToMany,
    /// `and`, `or`, `unless`.
    ManyToMany,
}

/// How the elements of two instant vectors find each other.
#[derive(Clone, Debug, PartialEq)]
pub struct VectorMatching {
    /// How many may share a group.
    pub cardinality: Cardinality,
    /// The labels of `on` or `ignoring`.
    pub labels: Vec<Arc<str>>,
    /// `on` instead of `ignoring`.
    pub on: bool,
    /// The labels of `group_left(…)` or `group_right(…)`, taken over from the "one" side.
    pub include: Vec<Arc<str>>,
    /// `fill`, `fill_left`: the value of a missing left partner.
    pub fill_left: Option<f64>,
    /// `fill`, `fill_right`: the value of a missing right partner.
    pub fill_right: Option<f64>,
}

/// A sign before an operand.
#[derive(Clone, Debug, PartialEq)]
pub struct Unary {
    /// Which one.
    pub sign: Sign,
    /// The operand.
    pub expr: Box<Expr>,
}

impl Expr {
    /// What the expression evaluates to.
    #[must_use]
    pub fn value_type(&self) -> ValueType {
        match &self.kind {
            ExprKind::Number(_) => ValueType::Scalar,
            ExprKind::String(_) => ValueType::String,
            ExprKind::VectorSelector(_) | ExprKind::Aggregate(_) => ValueType::InstantVector,
            ExprKind::MatrixSelector(_) | ExprKind::Subquery(_) => ValueType::RangeVector,
            ExprKind::Broken(broken) if broken.ranged => ValueType::RangeVector,
            ExprKind::Broken(_) => ValueType::InstantVector,
            ExprKind::Call(call) => call.function.returns,
            ExprKind::Binary(_) => {
                let chain = Chain::of(self);
                let rights = chain.operations.iter().map(|(binary, _)| &*binary.right);
                let mut operands = rights.chain([chain.first]);
                if operands.all(|operand| operand.value_type() == ValueType::Scalar) {
                    ValueType::Scalar
                } else {
                    ValueType::InstantVector
                }
            }
            ExprKind::Unary(unary) => unary.expr.value_type(),
            ExprKind::Paren(inner) => inner.value_type(),
        }
    }

    /// The expression inside any parentheses around it.
    #[must_use]
    pub fn unwrapped(&self) -> &Self {
        match &self.kind {
            ExprKind::Paren(inner) => inner.unwrapped(),
            _ => self,
        }
    }
}
