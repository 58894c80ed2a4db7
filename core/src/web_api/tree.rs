//! The tree of an expression as JSON, as `parse_query` gives it.

use crate::base::json::{Object, write_list, write_text};
use crate::base::number::print_plain;
use crate::model::matcher::Matcher;
use crate::promql::functions::{Function, Optional};
use crate::promql::syntax::ast::{
    Aggregate, At, Binary, Cardinality, Expr, ExprKind, Length, TimeShift, VectorMatching, VectorSelector,
};

/// Adds the tree of `expr`.
pub fn write(json: &mut String, expr: &Expr) {
    let mut object = Object::begin(json);
    match &expr.kind {
        ExprKind::Number(number) => {
            object.text("type", "numberLiteral").text("val", &print_plain(number.value));
        }
        ExprKind::String(text) => {
            object.text("type", "stringLiteral").text("val", text);
        }
        ExprKind::VectorSelector(selector) => {
            write_selector(&mut object, selector);
            object.text("type", "vectorSelector");
        }
        ExprKind::MatrixSelector(matrix) => {
            write_selector(&mut object, &matrix.selector);
            object.plain("range", millis(Some(&matrix.range))).text("type", "matrixSelector");
        }
        ExprKind::Subquery(subquery) => {
            write(object.field("expr"), &subquery.expr);
            write_shift(&mut object, &subquery.shift);
            object
                .plain("range", millis(Some(&subquery.range)))
                .plain("step", millis(subquery.step.as_ref()))
                .text("type", "subquery");
        }
        ExprKind::Call(call) => {
            write_list(object.field("args"), &call.arguments, write);
            write_function(object.field("func"), call.function);
            object.text("type", "call");
        }
        ExprKind::Aggregate(aggregate) => write_aggregate(&mut object, aggregate),
        ExprKind::Binary(binary) => write_binary(&mut object, binary),
        ExprKind::Unary(unary) => {
            write(object.field("expr"), &unary.expr);
            object.text("op", unary.sign.symbol()).text("type", "unaryExpr");
        }
        ExprKind::Paren(inner) => {
            write(object.field("expr"), inner);
            object.text("type", "parenExpr");
        }
        // Never in a tree without faults.
        ExprKind::Broken(_) => {}
    }
    object.end();
}

/// A length in milliseconds; 0 for none, and for one that is computed only when the query runs.
fn millis(length: Option<&Length>) -> i64 {
    match length {
        Some(Length::Literal(length)) => length.0,
        Some(Length::Computed(_)) | None => 0,
    }
}

fn write_selector(object: &mut Object<'_>, selector: &VectorSelector) {
    write_list(object.field("matchers"), &selector.matchers, write_matcher);
    object.text("name", selector.name.as_deref().unwrap_or_default());
    write_shift(object, &selector.shift);
}

fn write_matcher(json: &mut String, matcher: &Matcher) {
    let mut object = Object::begin(json);
    object.text("name", &matcher.name).text("type", matcher.op.symbol()).text("value", &matcher.value);
    object.end();
}

fn write_shift(object: &mut Object<'_>, shift: &TimeShift) {
    object.plain("offset", millis(shift.offset.as_ref()));
    match shift.at {
        Some(At::Start) => object.text("startOrEnd", "start").plain("timestamp", "null"),
        Some(At::End) => object.text("startOrEnd", "end").plain("timestamp", "null"),
        Some(At::Time(at)) => object.plain("startOrEnd", "null").plain("timestamp", at.0),
        None => object.plain("startOrEnd", "null").plain("timestamp", "null"),
    };
}

fn write_function(json: &mut String, function: &Function) {
    let mut object = Object::begin(json);
    write_list(object.field("argTypes"), function.arguments, |json, kind| write_text(json, kind.api()));
    let variadic = match function.optional {
        Optional::None => 0,
        Optional::Last(count) => count as i64,
        Optional::Repeated => -1,
    };
    object.text("name", function.name).text("returnType", function.returns.api()).plain("variadic", variadic);
    object.end();
}

fn write_aggregate(object: &mut Object<'_>, aggregate: &Aggregate) {
    write(object.field("expr"), &aggregate.expr);
    object.texts("grouping", &aggregate.grouping).text("op", aggregate.op.name());
    match &aggregate.parameter {
        Some(parameter) => write(object.field("param"), parameter),
        None => object.field("param").push_str("null"),
    }
    object.text("type", "aggregation").plain("without", aggregate.without);
}

fn write_binary(object: &mut Object<'_>, binary: &Binary) {
    object.plain("bool", binary.returns_bool);
    write(object.field("lhs"), &binary.left);
    match &binary.matching {
        Some(matching) => write_matching(object.field("matching"), matching),
        None => object.field("matching").push_str("null"),
    }
    object.text("op", binary.op.symbol());
    write(object.field("rhs"), &binary.right);
    object.text("type", "binaryExpr");
}

fn write_matching(json: &mut String, matching: &VectorMatching) {
    let card = match matching.cardinality {
        Cardinality::OneToOne => "one-to-one",
        Cardinality::ManyToOne => "many-to-one",
        Cardinality::OneToMany => "one-to-many",
        Cardinality::ManyToMany => "many-to-many",
    };
    let mut object = Object::begin(json);
    object
        .text("card", card)
        .texts("include", &matching.include)
        .texts("labels", &matching.labels)
        .plain("on", matching.on);
    object.end();
}
