//! `parse_expr.jsonl`: trees with all places, and the faults with theirs.

use scrapeyard_core::base::bytes::{byte_of, is_utf8};
use scrapeyard_core::base::span::Span;
use scrapeyard_core::promql::syntax::ast::{
    At, Cardinality, Expr, ExprKind, Length, LengthExpr, LengthExprKind, NumberLiteral, Sign, TimeShift,
    VectorMatching, VectorSelector,
};
use scrapeyard_core::promql::syntax::{Options, parse};
use serde_json::{Map, Value, json};

use super::{Verdict, same, text_of};

/// Cases in which we differ, and why.
const DIFFERS: &[(&str, &str)] = &[
    ("foo @ 9223372036854775808", "the table has the number as written, Prometheus prints six decimals"),
    ("foo @ -9223372036854775809", "the table has the number as written, Prometheus prints six decimals"),
    (
        "label_replace(a, `b`, `c\u{fffd}`",
        "its input is no UTF-8: U+FFFD takes three bytes, so the end moves",
    ),
];

pub fn parse_expr(case: &Value) -> Verdict {
    let text = text_of(&case["input"]);
    let verdict = compare(case, &text);
    let differs = DIFFERS.iter().find(|(start, _)| text.starts_with(start));
    match (differs, &verdict) {
        (Some((_, reason)), Err(_)) => Verdict::Differs(reason),
        (Some(_), Ok(())) => Verdict::Failed(format!("{text} no longer differs: take it off the list")),
        (None, _) => Verdict::of(verdict),
    }
}

fn compare(case: &Value, text: &str) -> Result<(), String> {
    match (parse(text, &Options::all()), case["fail"] == true) {
        (Ok(expr), false) => same(text, &normal(&case["ast"]), &normal(&tree(&expr))),
        (Ok(expr), true) => Err(format!("{text}: read as {expr}")),
        (Err(errors), false) => Err(format!("{text}: {}", errors[0].located(text))),
        (Err(errors), true) => {
            let actual: Vec<Value> = errors
                .iter()
                .map(|error| {
                    json!({"start": error.span.start, "end": error.span.end, "msg": error.to_string()})
                })
                .collect();
            same(text, &case["errors"], &Value::Array(actual))?;
            same(text, &case["error_string"], &json!(errors[0].located(text)))
        }
    }
}

/// Leaves out what says nothing, as the tables do in changing degrees.
fn normal(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            if let Some(inner) = fields.get("_un").and(fields.get("x")) {
                return json!({"ns": -inner["ns"].as_i64().unwrap_or(0)});
            }
            let kept = fields.iter().filter_map(|(name, value)| {
                let value = normal(value);
                let empty = match &value {
                    Value::Null | Value::Bool(false) => true,
                    Value::Array(items) => items.is_empty(),
                    Value::Number(number) => {
                        number.as_i64() == Some(0)
                            && matches!(name.as_str(), "StartPos" | "EndPos" | "OriginalOffset")
                    }
                    Value::Object(fields) => {
                        name == "Args" && fields.get("type") == Some(&json!("Expressions"))
                    }
                    _ => false,
                };
                let value = if name == "Val" && value.is_number() { json!(value.as_f64()) } else { value };
                (!empty).then(|| (name.clone(), value))
            });
            Value::Object(kept.collect::<Map<_, _>>())
        }
        Value::Array(items) => Value::Array(items.iter().map(normal).collect()),
        other => other.clone(),
    }
}

/// A text, as its bytes where it is no UTF-8.
fn text_value(text: &str) -> Value {
    if is_utf8(text) {
        return json!(text);
    }
    let bytes =
        text.chars().flat_map(|c| byte_of(c).map_or_else(|| c.to_string().into_bytes(), |byte| vec![byte]));
    json!({"_bytes_hex": bytes.map(|byte| format!("{byte:02x}")).collect::<String>()})
}

fn range(span: Span) -> Value {
    json!({"Start": span.start, "End": span.end})
}

fn tree(expr: &Expr) -> Value {
    let span = expr.span;
    match &expr.kind {
        ExprKind::Number(literal) => number(*literal, span),
        ExprKind::String(text) => {
            json!({"type": "StringLiteral", "Val": text_value(text), "PosRange": range(span)})
        }
        ExprKind::VectorSelector(selector) => vector(selector, span),
        ExprKind::MatrixSelector(matrix) => {
            let (literal, computed) = length(&matrix.range);
            json!({"type": "MatrixSelector", "VectorSelector": vector(&matrix.selector, matrix.selector_span),
                "Range": literal, "RangeExpr": computed, "EndPos": span.end})
        }
        ExprKind::Subquery(subquery) => {
            let (literal, computed) = length(&subquery.range);
            let step = subquery.step.as_ref().map(length).unwrap_or_default();
            let mut node = json!({"type": "SubqueryExpr", "Expr": tree(&subquery.expr), "Range": literal,
                "RangeExpr": computed, "Step": step.0, "StepExpr": step.1, "EndPos": span.end});
            shifted(&mut node, &subquery.shift);
            node
        }
        ExprKind::Call(call) => json!({"type": "Call", "Func": {"function": call.function.name},
            "Args": call.arguments.iter().map(tree).collect::<Vec<_>>(), "PosRange": range(span)}),
        ExprKind::Aggregate(aggregate) => json!({"type": "AggregateExpr",
            "Op": aggregate.op.name().to_uppercase(), "Expr": tree(&aggregate.expr),
            "Param": aggregate.parameter.as_deref().map(tree), "Grouping": aggregate.grouping,
            "Without": aggregate.without, "PosRange": range(span)}),
        ExprKind::Binary(binary) => json!({"type": "BinaryExpr", "Op": operator(binary.op.symbol()),
            "LHS": tree(&binary.left), "RHS": tree(&binary.right), "ReturnBool": binary.returns_bool,
            "VectorMatching": binary.matching.as_ref().map(matching)}),
        ExprKind::Unary(unary) => json!({"type": "UnaryExpr", "Op": sign(unary.sign),
            "Expr": tree(&unary.expr), "StartPos": span.start}),
        ExprKind::Paren(inner) => json!({"type": "ParenExpr", "Expr": tree(inner), "PosRange": range(span)}),
        ExprKind::Broken(_) => json!("broken"),
    }
}

fn operator(symbol: &str) -> String {
    let name = match symbol {
        "+" => "ADD",
        "-" => "SUB",
        "*" => "MUL",
        "/" => "DIV",
        "%" => "MOD",
        "^" => "POW",
        "==" => "EQLC",
        "!=" => "NEQ",
        "<" => "LSS",
        "<=" => "LTE",
        ">" => "GTR",
        ">=" => "GTE",
        "</" => "TRIM_UPPER",
        ">/" => "TRIM_LOWER",
        "atan2" => "ATAN2",
        set => return format!("L{}", set.to_uppercase()),
    };
    name.to_owned()
}

const fn sign(sign: Sign) -> &'static str {
    match sign {
        Sign::Plus => "ADD",
        Sign::Minus => "SUB",
    }
}

fn number(literal: NumberLiteral, span: Span) -> Value {
    let value = if literal.value.is_finite() {
        json!(literal.value)
    } else {
        json!(scrapeyard_core::base::number::print_plain(literal.value))
    };
    json!({"type": "NumberLiteral", "Val": value, "Duration": literal.as_duration, "PosRange": range(span)})
}

fn vector(selector: &VectorSelector, span: Span) -> Value {
    let matchers: Vec<Value> = selector
        .matchers
        .iter()
        .map(|matcher| json!({"matcher": [*matcher.name, matcher.op.symbol(), *matcher.value]}))
        .collect();
    let mut node = json!({"type": "VectorSelector", "Name": selector.name, "LabelMatchers": matchers,
        "PosRange": range(span)});
    shifted(&mut node, &selector.shift);
    node
}

fn shifted(node: &mut Value, shift: &TimeShift) {
    let (literal, computed) = shift.offset.as_ref().map(length).unwrap_or_default();
    node["OriginalOffset"] = literal;
    node["OriginalOffsetExpr"] = computed;
    match shift.at {
        None => {}
        Some(At::Start) => node["StartOrEnd"] = json!("START"),
        Some(At::End) => node["StartOrEnd"] = json!("END"),
        Some(At::Time(at)) => node["Timestamp"] = json!(at.0),
    }
}

fn length(length: &Length) -> (Value, Value) {
    match length {
        Length::Literal(length) => (json!({"ns": length.0 * 1_000_000}), Value::Null),
        Length::Computed(length) => (Value::Null, length_tree(length)),
    }
}

fn length_tree(length: &LengthExpr) -> Value {
    let span = length.span;
    let mut node = match &length.kind {
        LengthExprKind::Number(literal) => return number(*literal, span),
        LengthExprKind::Step => json!({"Op": "STEP", "StartPos": span.start, "EndPos": span.end}),
        LengthExprKind::Range => json!({"Op": "RANGE", "StartPos": span.start, "EndPos": span.end}),
        LengthExprKind::Unary(Sign::Plus, inner) => {
            json!({"Op": "ADD", "RHS": length_tree(inner), "StartPos": span.start, "EndPos": span.end})
        }
        LengthExprKind::Unary(Sign::Minus, inner) => {
            json!({"Op": "SUB", "RHS": length_tree(inner), "StartPos": span.start})
        }
        LengthExprKind::Binary(op, left, right) => {
            json!({"Op": operator(op.symbol()), "LHS": length_tree(left), "RHS": length_tree(right)})
        }
        LengthExprKind::MinOf(left, right) => extreme("MIN_OF", left, right, span),
        LengthExprKind::MaxOf(left, right) => extreme("MAX_OF", left, right, span),
    };
    node["type"] = json!("DurationExpr");
    node["Wrapped"] = json!(length.wrapped);
    node
}

fn extreme(op: &str, left: &LengthExpr, right: &LengthExpr, span: Span) -> Value {
    json!({"Op": op, "LHS": length_tree(left), "RHS": length_tree(right), "StartPos": span.start, "EndPos": span.end})
}

fn matching(matching: &VectorMatching) -> Value {
    let cardinality = match matching.cardinality {
        Cardinality::OneToOne => "CardOneToOne",
        Cardinality::ManyToOne => "CardManyToOne",
        Cardinality::OneToMany => "CardOneToMany",
        Cardinality::ManyToMany => "CardManyToMany",
    };
    json!({"Card": cardinality, "MatchingLabels": matching.labels, "On": matching.on, "Include": matching.include})
}
