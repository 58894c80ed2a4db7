//! The operators of PromQL: how they are written, how tightly they bind, what group they belong to. The one table of
//! them that reading, printing, highlighting and help share.

use super::ast::{AggregateOp, BinaryOp};

/// How tightly a binary operator binds; a larger one binds tighter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Precedence {
    /// `or`
    Or,
    /// `and unless`
    And,
    /// `== != < <= > >= </ >/`
    Comparison,
    /// `+ -`
    Sum,
    /// `* / % atan2`, and the signs before an operand
    Product,
    /// `^`, the only one that groups from the right
    Power,
}

/// All binary operators with their signs.
pub const BINARY_OPERATORS: &[(BinaryOp, &str, Precedence)] = &[
    (BinaryOp::Add, "+", Precedence::Sum),
    (BinaryOp::Sub, "-", Precedence::Sum),
    (BinaryOp::Mul, "*", Precedence::Product),
    (BinaryOp::Div, "/", Precedence::Product),
    (BinaryOp::Mod, "%", Precedence::Product),
    (BinaryOp::Pow, "^", Precedence::Power),
    (BinaryOp::Atan2, "atan2", Precedence::Product),
    (BinaryOp::Equal, "==", Precedence::Comparison),
    (BinaryOp::NotEqual, "!=", Precedence::Comparison),
    (BinaryOp::Less, "<", Precedence::Comparison),
    (BinaryOp::LessOrEqual, "<=", Precedence::Comparison),
    (BinaryOp::Greater, ">", Precedence::Comparison),
    (BinaryOp::GreaterOrEqual, ">=", Precedence::Comparison),
    (BinaryOp::TrimUpper, "</", Precedence::Comparison),
    (BinaryOp::TrimLower, ">/", Precedence::Comparison),
    (BinaryOp::And, "and", Precedence::And),
    (BinaryOp::Or, "or", Precedence::Or),
    (BinaryOp::Unless, "unless", Precedence::And),
];

/// All aggregation operators with their names.
pub const AGGREGATORS: &[(AggregateOp, &str)] = &[
    (AggregateOp::Sum, "sum"),
    (AggregateOp::Avg, "avg"),
    (AggregateOp::Count, "count"),
    (AggregateOp::Min, "min"),
    (AggregateOp::Max, "max"),
    (AggregateOp::Group, "group"),
    (AggregateOp::Stddev, "stddev"),
    (AggregateOp::Stdvar, "stdvar"),
    (AggregateOp::Topk, "topk"),
    (AggregateOp::Bottomk, "bottomk"),
    (AggregateOp::CountValues, "count_values"),
    (AggregateOp::Quantile, "quantile"),
    (AggregateOp::Limitk, "limitk"),
    (AggregateOp::LimitRatio, "limit_ratio"),
];

impl BinaryOp {
    /// The operator as written.
    #[must_use]
    pub fn symbol(self) -> &'static str {
        BINARY_OPERATORS[self as usize].1
    }

    /// Whether it may stand between lengths of time.
    #[must_use]
    pub const fn stands_in_lengths(self) -> bool {
        matches!(self, Self::Add | Self::Sub | Self::Mul | Self::Div | Self::Mod | Self::Pow)
    }

    /// How tightly it binds.
    #[must_use]
    pub fn precedence(self) -> Precedence {
        BINARY_OPERATORS[self as usize].2
    }

    /// `== != < <= > >=`: those that filter and may take `bool`. The two that trim histograms are not among them.
    #[must_use]
    pub const fn is_comparison(self) -> bool {
        use BinaryOp::{Equal, Greater, GreaterOrEqual, Less, LessOrEqual, NotEqual};
        matches!(self, Equal | NotEqual | Less | LessOrEqual | Greater | GreaterOrEqual)
    }

    /// `and or unless`: those that only choose elements.
    #[must_use]
    pub const fn is_set(self) -> bool {
        matches!(self, Self::And | Self::Or | Self::Unless)
    }
}

impl AggregateOp {
    /// The operator's name.
    #[must_use]
    pub fn name(self) -> &'static str {
        AGGREGATORS[self as usize].1
    }

    /// Whether it takes a parameter before the expression (`topk`'s number).
    #[must_use]
    pub const fn takes_parameter(self) -> bool {
        use AggregateOp::{Bottomk, CountValues, LimitRatio, Limitk, Quantile, Topk};
        matches!(self, Topk | Bottomk | CountValues | Quantile | Limitk | LimitRatio)
    }

    /// Whether it needs the switch for experimental functions.
    #[must_use]
    pub const fn is_experimental(self) -> bool {
        matches!(self, Self::Limitk | Self::LimitRatio)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_stand_in_the_order_of_the_enums() {
        for (index, (op, symbol, _)) in BINARY_OPERATORS.iter().enumerate() {
            assert_eq!((*op as usize, op.symbol()), (index, *symbol));
        }
        for (index, (op, name)) in AGGREGATORS.iter().enumerate() {
            assert_eq!((*op as usize, op.name()), (index, *name));
        }
    }
}
