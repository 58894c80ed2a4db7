//! From the tree of an expression to the nodes that compute it.

use std::sync::Arc;

use super::buffer::{Sampling, Selection};
use super::call::{HistogramCall, MomentCall, Negation, NumberCall, NumberWithCall, VectorOf};
use super::error::{ErrorKind, EvalError};
use super::length;
use super::literal::NumberNode;
use super::names::{DropNames, MarkNames};
use super::node::Node;
use super::options::{Options, QueryRange};
use super::selector::{Gives, InstantSelector, RangeSelector};
use super::subquery::SubqueryNode;
use super::window::Reach;
use super::window_call::WindowCall;
use crate::base::span::Span;
use crate::promql::aggregators;
use crate::promql::functions::{Body, Moment};
use crate::promql::syntax::ast::{
    At, Binary, Call, Expr, ExprKind, Extension, Length, MatrixSelector, Sign, Subquery, TimeShift,
    ValueType, VectorSelector,
};
use crate::promql::syntax::chain::Chain;

/// How deeply expressions may be nested; a chain of operators lies in one level.
pub const MAX_DEPTH: usize = 200;

/// Makes the plan of one query.
#[derive(Debug)]
pub struct Planner<'a> {
    /// The switches.
    pub options: &'a Options,
    /// The query's instants.
    pub range: QueryRange,
    /// The first and last instant at which the expression at hand is evaluated: the query's, or a subquery's.
    span: (i64, i64),
    depth: usize,
    /// Expressions planned so far.
    count: usize,
    /// Whether a node above already sees to it that the expression is evaluated once only.
    once: bool,
    /// What the calls above need of histograms.
    totals: Totals,
}

/// Whether selectors may leave out the buckets of histograms.
#[derive(Clone, Copy, Debug, Default)]
struct Totals {
    /// A function above needs totals alone.
    suffice: bool,
    /// Another one needs the buckets.
    barred: bool,
}

impl Totals {
    /// What holds in the arguments of a call of `function`.
    fn within(self, function: &str) -> Self {
        match function {
            "histogram_count" | "histogram_sum" | "histogram_avg" => Self { suffice: true, ..self },
            "histogram_quantile" | "histogram_quantiles" | "histogram_fraction" => {
                Self { barred: true, ..self }
            }
            _ => self,
        }
    }
}

impl<'a> Planner<'a> {
    /// A planner for a query over `range`.
    #[must_use]
    pub fn new(options: &'a Options, range: QueryRange) -> Self {
        let steps = range.steps();
        Self {
            options,
            range,
            span: (steps.start, steps.last()),
            depth: 0,
            count: 0,
            once: false,
            totals: Totals::default(),
        }
    }

    /// How many expressions have been planned.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.count
    }

    /// The node of an expression.
    ///
    /// # Errors
    /// When the expression cannot be evaluated.
    pub fn node(&mut self, expr: &Expr) -> Result<Node, EvalError> {
        let kind = &expr.unwrapped().kind;
        let is_literal = matches!(kind, ExprKind::Number(_) | ExprKind::String(_) | ExprKind::Broken(_));
        let repeatable = matches!(expr.value_type(), ValueType::Scalar | ValueType::InstantVector);
        if self.once || is_literal || !repeatable || !is_invariant(expr) {
            return self.bare(expr);
        }
        self.once = true;
        let child = self.bare(expr);
        self.once = false;
        Ok(Node::invariant(child?))
    }

    fn bare(&mut self, expr: &Expr) -> Result<Node, EvalError> {
        if self.depth >= MAX_DEPTH {
            return Err(ErrorKind::TooDeep { limit: MAX_DEPTH }.at(expr.span));
        }
        self.depth += 1;
        self.count += 1;
        let totals = self.totals;
        // As in Prometheus: resets are told from buckets across the samples of a subquery, and the operands of an
        // operator are on their own.
        match &expr.kind {
            ExprKind::Subquery(_) => self.totals.barred = true,
            ExprKind::Binary(_) => self.totals = Totals::default(),
            ExprKind::Call(call) => self.totals = totals.within(call.function.name),
            _ => {}
        }
        let node = match &expr.kind {
            ExprKind::Number(literal) => Ok(Node::new(NumberNode(literal.value), Vec::new())),
            ExprKind::String(_) | ExprKind::Broken(_) => Ok(Node::nothing()),
            ExprKind::VectorSelector(selector) => self.instant_selector(selector, Gives::Value, expr.span),
            ExprKind::MatrixSelector(selector) => self.range_selector(selector),
            ExprKind::Subquery(subquery) => self.subquery(subquery),
            ExprKind::Call(call) => self.call(call, expr),
            ExprKind::Aggregate(aggregate) => aggregators::plan(self, aggregate, expr.span),
            ExprKind::Binary(_) => self.chain(&Chain::of(expr)),
            ExprKind::Unary(unary) => {
                let operand = self.node(&unary.expr)?;
                match unary.sign {
                    Sign::Plus => Ok(operand),
                    Sign::Minus => {
                        let negated = Node::new(Negation, vec![operand]);
                        let is_vector = unary.expr.value_type() == ValueType::InstantVector;
                        Ok(if is_vector { self.without_name(negated) } else { negated })
                    }
                }
            }
            ExprKind::Paren(inner) => self.node(inner),
        };
        self.depth -= 1;
        self.totals = totals;
        node
    }

    /// The node of a chain of operators. What begins it and does not depend on the step is evaluated once.
    fn chain(&mut self, chain: &Chain<'_>) -> Result<Node, EvalError> {
        let repeats = |(binary, _): &&(&Binary, Span)| is_invariant(&binary.right);
        let fixed = if !self.once && is_invariant(chain.first) {
            chain.operations.iter().take_while(repeats).count()
        } else {
            0
        };
        let once = self.once;
        self.once |= fixed > 0;
        let mut left_type = chain.first.value_type();
        let mut left = self.node(chain.first);
        for (index, (binary, span)) in chain.operations.iter().enumerate() {
            left = super::binary::plan(self, (left?, left_type), binary, *span);
            if (left_type, binary.right.value_type()) != (ValueType::Scalar, ValueType::Scalar) {
                left_type = ValueType::InstantVector;
            }
            if index + 1 == fixed {
                self.once = once;
                left = left.map(Node::invariant);
            }
        }
        self.once = once;
        left
    }

    /// A node above `node` that removes metric names, at once or at the very end.
    #[must_use]
    pub fn without_name(&self, node: Node) -> Node {
        if self.options.delayed_name_removal {
            Node::new(MarkNames, vec![node])
        } else {
            Node::new(DropNames::default(), vec![node])
        }
    }

    /// The node of an instant selector, written at `span`.
    ///
    /// # Errors
    /// When a length in it cannot be used.
    pub fn instant_selector(
        &mut self,
        selector: &VectorSelector,
        gives: Gives,
        span: Span,
    ) -> Result<Node, EvalError> {
        let lookback = self.options.lookback.0;
        let is_between = gives == Gives::Value && selector.extension == Some(Extension::Smoothed);
        let (reach, gives) = if is_between {
            let around = Reach { before: lookback, after: lookback, ..self.reach(&selector.shift, 0)? };
            (around, Gives::Between)
        } else {
            (self.reach(&selector.shift, lookback)?, gives)
        };
        let selection =
            Selection::new(selector.matchers.clone(), self.within(reach), self.sampling(is_between));
        Ok(Node::new(InstantSelector::new(selection, reach, gives, span), Vec::new()))
    }

    fn sampling(&self, skips_stale: bool) -> Sampling {
        Sampling { skips_stale, only_totals: self.totals.suffice && !self.totals.barred }
    }

    fn range_selector(&mut self, matrix: &MatrixSelector) -> Result<Node, EvalError> {
        let range = self.length(&matrix.range, true)?;
        let mut reach = self.reach(&matrix.selector.shift, range)?;
        if let Some(extension) = matrix.selector.extension {
            reach.before = self.options.lookback.0;
            reach.after = if extension == Extension::Smoothed { self.options.lookback.0 } else { 0 };
        }
        let selection =
            Selection::new(matrix.selector.matchers.clone(), self.within(reach), self.sampling(true));
        Ok(Node::new(RangeSelector::new(selection, reach), Vec::new()))
    }

    fn subquery(&mut self, subquery: &Subquery) -> Result<Node, EvalError> {
        let range = self.length(&subquery.range, true)?;
        let step = match &subquery.step {
            Some(step) => self.length(step, true)?,
            None => self.options.subquery_step.0.max(1),
        };
        let reach = self.reach(&subquery.shift, range)?;
        let outer = (self.span, self.once);
        (self.span, self.once) = (self.within(reach), false);
        let child = self.node(&subquery.expr);
        (self.span, self.once) = outer;
        Ok(Node::subquery(SubqueryNode::new(child?, reach, step)))
    }

    /// The instants whose samples an expression with this reach needs.
    fn within(&self, reach: Reach) -> (i64, i64) {
        (reach.offered(self.span.0).0, reach.offered(self.span.1).1)
    }

    fn reach(&self, shift: &TimeShift, range: i64) -> Result<Reach, EvalError> {
        let offset = match &shift.offset {
            Some(offset) => self.length(offset, false)?,
            None => 0,
        };
        let at = shift.at.map(|at| match at {
            At::Time(time) => time.0,
            At::Start => self.range.start().0,
            At::End => self.range.end().0,
        });
        Ok(Reach { range, offset, at, left_open: self.options.left_open, before: 0, after: 0 })
    }

    fn length(&self, length: &Length, positive: bool) -> Result<i64, EvalError> {
        match length {
            Length::Literal(length) => Ok(length.0),
            Length::Computed(expr) => length::millis(expr, self.range, positive),
        }
    }

    fn call(&mut self, call: &Call, expr: &Expr) -> Result<Node, EvalError> {
        let function = call.function;
        let node = match function.body {
            Body::Node(plan) => plan(self, call, expr.span)?,
            Body::Moment(body) => Node::new(MomentCall(body), Vec::new()),
            Body::Date(body) if call.arguments.is_empty() => {
                let time: fn(&Moment) -> f64 = |moment| moment.time as f64 / 1000.0;
                let time = Node::new(MomentCall(time), Vec::new());
                let vector = Node::new(VectorOf, vec![time]);
                return Ok(Node::new(NumberCall(body), vec![vector]));
            }
            Body::Number(body) | Body::Date(body) => Node::new(NumberCall(body), self.arguments(call)?),
            Body::Histogram(body) => Node::new(HistogramCall(body), self.arguments(call)?),
            Body::NumberWith(body) => Node::new(NumberWithCall(body), self.arguments(call)?),
            Body::Window(body) => {
                let is_window = |argument: &Expr| argument.value_type() == ValueType::RangeVector;
                let window = call.arguments.iter().position(is_window).unwrap_or(0);
                let spans = call.arguments.iter().map(place_of).collect();
                let extension = match call.arguments.get(window).map(|argument| &argument.kind) {
                    Some(ExprKind::MatrixSelector(matrix)) => matrix.selector.extension,
                    _ => None,
                };
                Node::new(WindowCall::new(body, window, extension, spans), self.arguments(call)?)
            }
        };
        let is_vector = function.returns == ValueType::InstantVector;
        Ok(if function.drops_name && is_vector { self.without_name(node) } else { node })
    }

    /// The nodes of all arguments of a call.
    ///
    /// # Errors
    /// When one of them cannot be evaluated.
    pub fn arguments(&mut self, call: &Call) -> Result<Vec<Node>, EvalError> {
        call.arguments.iter().map(|argument| self.node(argument)).collect()
    }
}

/// The place that remarks about an argument name. Prometheus has forgotten that of a subquery when it makes them.
fn place_of(argument: &Expr) -> Span {
    match &argument.unwrapped().kind {
        ExprKind::Subquery(_) => Span::default(),
        _ => argument.span,
    }
}

/// Whether an expression gives the same at every step.
fn is_invariant(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Number(_) | ExprKind::String(_) | ExprKind::Broken(_) => true,
        ExprKind::VectorSelector(selector) => selector.shift.at.is_some(),
        ExprKind::MatrixSelector(matrix) => matrix.selector.shift.at.is_some(),
        ExprKind::Subquery(subquery) => subquery.shift.at.is_some(),
        ExprKind::Call(call) => !call.function.depends_on_time && call.arguments.iter().all(is_invariant),
        ExprKind::Aggregate(aggregate) => {
            is_invariant(&aggregate.expr) && aggregate.parameter.as_deref().is_none_or(is_invariant)
        }
        ExprKind::Binary(_) => {
            let chain = Chain::of(expr);
            is_invariant(chain.first)
                && chain.operations.iter().all(|(binary, _)| is_invariant(&binary.right))
        }
        ExprKind::Unary(unary) => is_invariant(&unary.expr),
        ExprKind::Paren(inner) => is_invariant(inner),
    }
}

/// The text of a string argument; parentheses around it are looked through.
#[must_use]
pub fn text_of(expr: &Expr) -> Arc<str> {
    match &expr.unwrapped().kind {
        ExprKind::String(text) => Arc::clone(text),
        _ => Arc::from(""),
    }
}
