//! Whether the types of a tree fit together. All faults are collected, in the order in which Prometheus finds them.
//! Also settles how the operands of a binary operator are matched, once their types are known.

use super::ast::{
    Aggregate, AggregateOp, Binary, Call, Cardinality, Expr, ExprKind, Unary, ValueType, VectorMatching,
    VectorSelector,
};
use super::chain;
use super::error::{ParseError, ParseErrorKind as Kind};
use super::lexer::is_space;
use crate::base::span::Span;
use crate::model::labels::METRIC_NAME;
use crate::promql::functions::{Function, Optional};

use ValueType::{InstantVector, Scalar};

/// The faults of `expr`, which was read from `text` without one.
pub(super) fn check(expr: &mut Expr, text: &str) -> Vec<ParseError> {
    let mut check = Check { text, errors: Vec::new() };
    check.expr(expr);
    check.errors
}

struct Check<'t> {
    text: &'t str,
    errors: Vec<ParseError>,
}

impl Check<'_> {
    fn report(&mut self, kind: Kind, span: Span) {
        self.errors.push(ParseError::new(kind, span));
    }

    fn report_written(&mut self, kind: Kind, span: Span, written: &str) {
        self.errors.push(ParseError { kind, span, written: written.to_owned() });
    }

    fn expr(&mut self, expr: &mut Expr) -> ValueType {
        let span = expr.span;
        match &mut expr.kind {
            ExprKind::Aggregate(aggregate) => self.aggregate(aggregate),
            ExprKind::Binary(_) => return self.chain(expr),
            ExprKind::Call(call) => self.call(call, span),
            ExprKind::Unary(unary) => self.unary(unary, span),
            ExprKind::Subquery(subquery) => {
                let got = self.expr(&mut subquery.expr);
                if got != InstantVector {
                    self.report(Kind::SubqueryType { got }, span);
                }
            }
            ExprKind::Paren(inner) => return self.expr(inner),
            ExprKind::VectorSelector(selector) => self.selector(selector, span, false),
            ExprKind::MatrixSelector(matrix) => self.selector(&matrix.selector, matrix.selector_span, false),
            ExprKind::Number(_) | ExprKind::String(_) | ExprKind::Broken(_) => {}
        }
        expr.value_type()
    }

    fn expect(&mut self, expr: &mut Expr, wanted: ValueType, context: &'static str) {
        let got = self.expr(expr);
        if got != wanted {
            self.report(Kind::ExpectedType { wanted, context, got }, expr.span);
        }
    }

    fn aggregate(&mut self, aggregate: &mut Aggregate) {
        self.expect(&mut aggregate.expr, InstantVector, "aggregation expression");
        if let Some(parameter) = &mut aggregate.parameter {
            let wanted = match aggregate.op {
                AggregateOp::CountValues => ValueType::String,
                _ => Scalar,
            };
            self.expect(parameter, wanted, "aggregation parameter");
        }
    }

    fn unary(&mut self, unary: &mut Unary, span: Span) {
        let got = self.expr(&mut unary.expr);
        if got != Scalar && got != InstantVector {
            self.report(Kind::UnaryType { got }, span);
        }
    }

    /// Goes along a chain of operators from its first operand.
    fn chain(&mut self, expr: &mut Expr) -> ValueType {
        let mut operations = chain::take_apart(expr);
        let mut left = self.expr(expr);
        while let Some(operation) = operations.pop() {
            chain::put_on(operation, expr);
            let span = expr.span;
            if let ExprKind::Binary(binary) = &mut expr.kind {
                left = self.binary(binary, left, span);
            }
        }
        left
    }

    /// An operation whose left operand is checked and has the type `left`.
    fn binary(&mut self, binary: &mut Binary, left: ValueType, span: Span) -> ValueType {
        let right = self.expr(&mut binary.right);
        let operator_span = self.operator_span(binary);
        if binary.returns_bool && !binary.op.is_comparison() {
            self.report(Kind::BoolOnOperator, operator_span);
        }
        if binary.op.is_comparison() && !binary.returns_bool && (left, right) == (Scalar, Scalar) {
            self.report(Kind::ComparisonNeedsBool, operator_span);
        }
        if let Some(matching) = &mut binary.matching {
            if binary.op.is_set() && matching.cardinality == Cardinality::OneToOne {
                matching.cardinality = Cardinality::ManyToMany;
            }
            self.labels_once(matching, operator_span);
        }
        for (side, got) in [(&binary.left, left), (&binary.right, right)] {
            if got != Scalar && got != InstantVector {
                self.report(Kind::OperandType, side.span);
            }
        }
        if (left, right) == (InstantVector, InstantVector) {
            if binary.op.is_set() {
                self.set_matching(binary, span);
            }
        } else {
            self.no_matching(binary, span);
        }
        if binary.op.is_set() && (left == Scalar || right == Scalar) {
            self.report_written(Kind::SetOnScalar, span, binary.op.symbol());
        }
        if (left, right) == (Scalar, Scalar) { Scalar } else { InstantVector }
    }

    /// The operator and its modifiers. Its end is one short, as Prometheus's is.
    fn operator_span(&self, binary: &Binary) -> Span {
        let bytes = self.text.as_bytes();
        let blank = |at: u32| bytes.get(at as usize).is_some_and(|byte| is_space(char::from(*byte)));
        let mut start = binary.left.span.end;
        while blank(start) {
            start += 1;
        }
        let mut end = binary.right.span.start.saturating_sub(1);
        while end > start && blank(end) {
            end -= 1;
        }
        Span::new(start, end)
    }

    fn labels_once(&mut self, matching: &VectorMatching, span: Span) {
        if !matching.on {
            return;
        }
        for label in &matching.labels {
            for _ in matching.include.iter().filter(|included| *included == label) {
                self.report(Kind::LabelTwice { label: label.to_string() }, span);
            }
        }
    }

    fn set_matching(&mut self, binary: &Binary, span: Span) {
        let Some(matching) = &binary.matching else { return };
        if matches!(matching.cardinality, Cardinality::OneToMany | Cardinality::ManyToOne) {
            self.report_written(Kind::GroupingOnSet, span, binary.op.symbol());
        }
        if matching.cardinality != Cardinality::ManyToMany {
            self.report(Kind::SetNotManyToMany, span);
        }
        if matching.fill_left.is_some() || matching.fill_right.is_some() {
            self.report(Kind::FillOnSet, span);
        }
    }

    /// Only instant vectors are matched.
    fn no_matching(&mut self, binary: &mut Binary, span: Span) {
        let Some(matching) = binary.matching.take() else { return };
        if !matching.labels.is_empty() {
            self.report(Kind::MatchingOnScalar, span);
        }
        if matching.fill_left.is_some() || matching.fill_right.is_some() {
            self.report(Kind::FillOnScalar, span);
        }
    }

    fn call(&mut self, call: &mut Call, span: Span) {
        let function = call.function;
        self.argument_count(function, call.arguments.len(), span);
        let is_info = function.name == "info";
        if is_info && let Some(selector) = call.arguments.get(1) {
            self.info_selector(selector, span);
        }
        for (index, argument) in call.arguments.iter_mut().enumerate() {
            let fixed = function.optional == Optional::None;
            let wanted = match function.arguments.get(index) {
                Some(wanted) => *wanted,
                None if fixed => break,
                None => function.arguments.last().copied().unwrap_or(InstantVector),
            };
            let got = match &argument.kind {
                // The selector of what `info` adds may match everything.
                ExprKind::VectorSelector(selector) if is_info && index == 1 => {
                    self.selector(selector, argument.span, true);
                    InstantVector
                }
                _ => self.expr(argument),
            };
            if got != wanted {
                self.report_written(Kind::ExpectedArgument { wanted, got }, argument.span, function.name);
            }
        }
    }

    fn argument_count(&mut self, function: &Function, got: usize, span: Span) {
        let count = function.arguments.len();
        let fault = match function.optional {
            Optional::None if got != count => Kind::ExpectedArguments { count, got },
            Optional::Last(optional) if got < count.saturating_sub(optional) => {
                Kind::TooFewArguments { least: count.saturating_sub(optional), got }
            }
            Optional::Last(_) if got > count => Kind::TooManyArguments { most: count, got },
            Optional::Repeated if got < count.saturating_sub(1) => {
                Kind::TooFewArguments { least: count.saturating_sub(1), got }
            }
            _ => return,
        };
        self.report_written(fault, span, function.name);
    }

    fn info_selector(&mut self, argument: &Expr, call: Span) {
        let got = argument.value_type();
        if got != InstantVector {
            self.report_written(Kind::ExpectedArgument { wanted: InstantVector, got }, call, "info");
        }
        match &argument.kind {
            ExprKind::VectorSelector(selector) if selector.name.is_some() => {
                self.report(Kind::InfoWithName, argument.span);
            }
            ExprKind::VectorSelector(_) => {}
            _ => self.report(Kind::InfoWithoutSelector, argument.span),
        }
    }

    fn selector(&mut self, selector: &VectorSelector, span: Span, may_be_empty: bool) {
        let Some(name) = &selector.name else {
            if !may_be_empty && selector.matchers.iter().all(|matcher| matcher.matches_empty()) {
                self.report(Kind::EmptySelector, span);
            }
            return;
        };
        // The last matcher is the one of the name before the braces.
        let inside = selector.matchers.len().saturating_sub(1);
        for matcher in selector.matchers[..inside].iter().filter(|matcher| *matcher.name == *METRIC_NAME) {
            self.report_written(Kind::NameTwice { other: matcher.value.to_string() }, span, name);
        }
    }
}
