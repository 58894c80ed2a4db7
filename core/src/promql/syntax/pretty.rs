//! Prints a tree over several lines: what is longer than a line is split at its operands, two blanks deeper each.

use super::ast::{Aggregate, Call, Expr, ExprKind};
use super::chain::Chain;
use super::printer::{
    aggregate_head, before_operation, binary_operator, first_operand, is_power_of_infinity, operation,
    subquery_suffix,
};

/// The line length from which Prometheus splits.
pub const LINE_BYTES: usize = 100;

/// Prints `expr` with lines of at most about `line_bytes` (Prometheus: [`LINE_BYTES`]).
#[must_use]
pub fn pretty(expr: &Expr, line_bytes: usize) -> String {
    Pretty { line_bytes }.expr(expr, 0)
}

struct Pretty {
    line_bytes: usize,
}

impl Pretty {
    fn expr(&self, expr: &Expr, level: usize) -> String {
        let indent = "  ".repeat(level);
        let line = expr.to_string();
        let split = line.len() > self.line_bytes;
        match &expr.kind {
            ExprKind::Aggregate(aggregate) if split => self.aggregate(aggregate, level),
            ExprKind::Binary(_) if split => self.chain(expr, level),
            ExprKind::Call(call) if split => self.call(call, level),
            ExprKind::Paren(inner) if split => {
                format!("{indent}(\n{}\n{indent})", self.expr(inner, level + 1))
            }
            // Short ones are not indented: Prometheus forgets it.
            ExprKind::Subquery(_) if !split => line,
            ExprKind::Subquery(subquery) => {
                format!("{}{}", self.expr(&subquery.expr, level), subquery_suffix(subquery))
            }
            ExprKind::Unary(unary) => {
                let operand = self.expr(&unary.expr, level);
                format!("{indent}{}{}", unary.sign.symbol(), operand.trim())
            }
            _ => format!("{indent}{line}"),
        }
    }

    fn aggregate(&self, aggregate: &Aggregate, level: usize) -> String {
        let indent = "  ".repeat(level);
        let parameter = aggregate
            .parameter
            .as_ref()
            .map_or_else(String::new, |parameter| format!("{},\n", self.expr(parameter, level + 1)));
        let inner = self.expr(&aggregate.expr, level + 1);
        format!("{indent}{}(\n{parameter}{inner}\n{indent})", aggregate_head(aggregate))
    }

    /// A chain of operators too long for a line: the operations that still fit one stay together, each further one
    /// stands two blanks less deep.
    fn chain(&self, expr: &Expr, level: usize) -> String {
        let chain = Chain::of(expr);
        let deepest = level + chain.operations.len();
        let mut line = first_operand(&chain);
        let mut text = if is_power_of_infinity(&chain) {
            format!("{}{line}", "  ".repeat(deepest))
        } else {
            before_operation(&chain, 0, chain.first, self.expr(chain.first, deepest))
        };
        for (index, (binary, _)) in chain.operations.iter().enumerate() {
            let level = deepest - index - 1;
            let indent = "  ".repeat(level);
            line += &operation(&chain, index);
            if line.len() <= self.line_bytes {
                text = format!("{indent}{line}");
            } else {
                let right = self.expr(&binary.right, level + 1);
                let right = before_operation(&chain, index + 1, &binary.right, right);
                text += &format!("\n{indent}{}\n{right}", binary_operator(binary));
            }
        }
        text
    }

    fn call(&self, call: &Call, level: usize) -> String {
        let indent = "  ".repeat(level);
        let arguments: Vec<String> =
            call.arguments.iter().map(|argument| self.expr(argument, level + 1)).collect();
        format!("{indent}{}(\n{}\n{indent})", call.function.name, arguments.join(",\n"))
    }
}
