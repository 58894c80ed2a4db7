//! A tree as text to read: a node a line, its operands below it, two blanks deeper. Leaves out places.

use scrapeyard_core::promql::syntax::ast::{
    At, Expr, ExprKind, Length, LengthExpr, LengthExprKind, TimeShift, VectorMatching, VectorSelector,
};

/// The tree, a line a node.
pub fn render(expr: &Expr) -> String {
    let mut lines = String::new();
    // A list of what is still to come instead of recursion: a chain of operators is as deep as it is long.
    let mut waiting = vec![(expr, 0)];
    while let Some((expr, level)) = waiting.pop() {
        line(level, &head(expr), &mut lines);
        waiting.extend(children(expr).into_iter().rev().map(|child| (child, level + 1)));
    }
    lines
}

fn line(level: usize, text: &str, lines: &mut String) {
    lines.push_str(&"  ".repeat(level));
    lines.push_str(text.trim_end());
    lines.push('\n');
}

fn head(expr: &Expr) -> String {
    match &expr.kind {
        ExprKind::Number(number) if number.as_duration => format!("duration {}s", number.value),
        ExprKind::Number(number) => format!("number {:?}", number.value),
        ExprKind::String(text) => format!("string {text:?}"),
        ExprKind::VectorSelector(selector) => format!("series {}", series(selector)),
        ExprKind::MatrixSelector(matrix) => {
            format!("window {} of {}", length(&matrix.range), series(&matrix.selector))
        }
        ExprKind::Subquery(subquery) => {
            let step = subquery.step.as_ref().map_or_else(|| "default".to_owned(), length);
            format!("subquery {} every {step}{}", length(&subquery.range), shift(&subquery.shift))
        }
        ExprKind::Call(call) => format!("call {}", call.function.name),
        ExprKind::Aggregate(aggregate) => {
            let word = if aggregate.without { "without" } else { "by" };
            format!("aggregate {} {word} {:?}", aggregate.op.name(), aggregate.grouping)
        }
        ExprKind::Binary(binary) => {
            let bool = if binary.returns_bool { " bool" } else { "" };
            let matched = binary.matching.as_ref().map_or_else(String::new, matching);
            format!("binary {}{bool}{matched}", binary.op.symbol())
        }
        ExprKind::Unary(unary) => format!("unary {}", unary.sign.symbol()),
        ExprKind::Paren(_) => "parentheses".to_owned(),
        ExprKind::Broken(_) => "broken".to_owned(),
    }
}

fn children(expr: &Expr) -> Vec<&Expr> {
    match &expr.kind {
        ExprKind::Subquery(subquery) => vec![&subquery.expr],
        ExprKind::Call(call) => call.arguments.iter().collect(),
        ExprKind::Aggregate(aggregate) => {
            aggregate.parameter.iter().chain(Some(&aggregate.expr)).map(AsRef::as_ref).collect()
        }
        ExprKind::Binary(binary) => vec![&binary.left, &binary.right],
        ExprKind::Unary(unary) => vec![&unary.expr],
        ExprKind::Paren(inner) => vec![inner],
        ExprKind::Broken(broken) => broken.parts.iter().collect(),
        ExprKind::Number(_)
        | ExprKind::String(_)
        | ExprKind::VectorSelector(_)
        | ExprKind::MatrixSelector(_) => Vec::new(),
    }
}

fn series(selector: &VectorSelector) -> String {
    let mut matchers: Vec<String> = selector.matchers.iter().map(ToString::to_string).collect();
    matchers.sort();
    let extension = selector.extension.map_or_else(String::new, |extension| format!(" {extension:?}"));
    format!("{{{}}}{extension}{}", matchers.join(", "), shift(&selector.shift))
}

fn shift(shift: &TimeShift) -> String {
    let offset = shift.offset.as_ref().map_or_else(String::new, |by| format!(" offset {}", length(by)));
    let at = match shift.at {
        None => String::new(),
        Some(At::Start) => " at start".to_owned(),
        Some(At::End) => " at end".to_owned(),
        Some(At::Time(at)) => format!(" at {}ms", at.0),
    };
    format!("{offset}{at}")
}

fn matching(matching: &VectorMatching) -> String {
    let word = if matching.on { "on" } else { "ignoring" };
    let fill = |side: &str, value: Option<f64>| {
        value.map_or_else(String::new, |value| format!(" {side} filled with {value}"))
    };
    format!(
        " {:?} {word} {:?} include {:?}{}{}",
        matching.cardinality,
        matching.labels,
        matching.include,
        fill("left", matching.fill_left),
        fill("right", matching.fill_right)
    )
}

fn length(length: &Length) -> String {
    match length {
        Length::Literal(length) => format!("{}ms", length.0),
        Length::Computed(length) => length_tree(length),
    }
}

/// Computed lengths are short: they stand in the line, every operation in its own parentheses.
fn length_tree(length: &LengthExpr) -> String {
    match &length.kind {
        LengthExprKind::Number(number) => format!("{}s", number.value),
        LengthExprKind::Step => "step".to_owned(),
        LengthExprKind::Range => "range".to_owned(),
        LengthExprKind::Unary(sign, inner) => format!("({}{})", sign.symbol(), length_tree(inner)),
        LengthExprKind::Binary(op, left, right) => {
            format!("({} {} {})", length_tree(left), op.symbol(), length_tree(right))
        }
        LengthExprKind::MinOf(left, right) => format!("min({}, {})", length_tree(left), length_tree(right)),
        LengthExprKind::MaxOf(left, right) => format!("max({}, {})", length_tree(left), length_tree(right)),
    }
}
