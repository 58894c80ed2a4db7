//! `durations.jsonl`: what lengths of time are worth, at a step of a second over five minutes.

use scrapeyard_core::base::span::Span;
use scrapeyard_core::base::time::{Millis, Timestamp};
use scrapeyard_core::promql::eval::length::millis;
use scrapeyard_core::promql::eval::options::QueryRange;
use scrapeyard_core::promql::syntax::ast::{BinaryOp, LengthExpr, LengthExprKind, NumberLiteral, Sign};
use serde_json::Value;

use super::{Verdict, text_of};

pub fn run(case: &Value) -> Verdict {
    let range =
        QueryRange::Range { start: Timestamp(0), end: Timestamp(300_000), step: Millis::from_secs(1) };
    let positive = case["allowedNegative"] != true;
    let read = length(&case["expr"]).and_then(|length| {
        let computed = millis(&length, range, positive);
        match (computed, case["errorMessage"].as_str()) {
            (Ok(computed), None) if Some(computed * 1_000_000) == case["expected"]["ns"].as_i64() => Ok(()),
            (Err(error), Some(expected)) if error.to_string().ends_with(expected) => Ok(()),
            (computed, _) => Err(format!("{}: {computed:?}", text_of(&case["name"]))),
        }
    });
    Verdict::of(read)
}

fn length(expr: &Value) -> Result<LengthExpr, String> {
    let operand = |name: &str| length(&expr[name]).map(Box::new);
    let binary = |op| Ok(LengthExprKind::Binary(op, operand("LHS")?, operand("RHS")?));
    let unary = expr["LHS"].is_null();
    let kind = match (expr["type"].as_str(), expr["Op"].as_str().unwrap_or("")) {
        (Some("NumberLiteral"), _) => {
            let value = expr["Val"].as_f64().ok_or("a number without a value")?;
            Ok::<_, String>(LengthExprKind::Number(NumberLiteral { value, as_duration: false }))
        }
        (_, "STEP") => Ok(LengthExprKind::Step),
        (_, "RANGE") => Ok(LengthExprKind::Range),
        (_, "MAX_OF") => Ok(LengthExprKind::MaxOf(operand("LHS")?, operand("RHS")?)),
        (_, "MIN_OF") => Ok(LengthExprKind::MinOf(operand("LHS")?, operand("RHS")?)),
        (_, "SUB") if unary => Ok(LengthExprKind::Unary(Sign::Minus, operand("RHS")?)),
        (_, "ADD") => binary(BinaryOp::Add),
        (_, "SUB") => binary(BinaryOp::Sub),
        (_, "MUL") => binary(BinaryOp::Mul),
        (_, "DIV") => binary(BinaryOp::Div),
        (_, "MOD") => binary(BinaryOp::Mod),
        (_, "POW") => binary(BinaryOp::Pow),
        (_, other) => return Err(format!("an operation that the runner does not know: {other}")),
    };
    Ok(LengthExpr { kind: kind?, span: Span::default(), wrapped: false })
}
