//! The codes of the faults, and the messages that are one sentence with at most one value.

use std::fmt;

use super::error::ParseErrorKind::{self, *};
use crate::base::number::quote;

/// Writes the message of a kind whose message quotes at most `written` and the kind's own values.
pub(super) fn write(kind: &ParseErrorKind, written: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match kind {
        TooLong { limit_bytes } => write!(f, "expression longer than {limit_bytes} bytes"),
        TooDeep { limit } => write!(f, "expression nested deeper than {limit} levels"),
        TooManyOperators { limit } => write!(f, "expression with more than {limit} operators in a row"),
        BadNumber { reason } => write!(f, "error parsing number: {reason}"),
        UnknownFunction => write!(f, "unknown function with name {}", quote(written)),
        FunctionDisabled => write!(f, "function {} is not enabled", quote(written)),
        AggregatorDisabled => write!(
            f,
            "{written}() is experimental and must be enabled with --enable-feature=promql-experimental-functions"
        ),
        ExtensionDisabled => write!(f, "{written} modifier is experimental and not enabled"),
        ExtensionOnSubquery => write!(f, "{written} modifier is not supported for subqueries"),
        ExtensionElsewhere => write!(f, "{written} modifier not implemented"),
        EmptyGroupingLabel => write!(f, "invalid label name for grouping: {}", quote(written)),
        AggregateArguments { expected, got } => write!(
            f,
            "wrong number of arguments for aggregate expression provided, expected {expected}, got {got}"
        ),
        LabelTwice { label } => {
            write!(f, "label {} must not occur in ON and GROUP clause at once", quote(label))
        }
        GroupingOnSet => write!(f, "no grouping allowed for {} operation", quote(written)),
        SetOnScalar => {
            write!(f, "set operator {} not allowed in binary scalar expression", quote(written))
        }
        UnaryType { got } => write!(
            f,
            "unary expression only allowed on expressions of type scalar or instant vector, got {}",
            quote(got.documented())
        ),
        SubqueryType { got } => {
            write!(f, "subquery is only allowed on instant vector, got {} instead", got.api())
        }
        NameTwice { other } => {
            write!(f, "metric name must not be set twice: {} or {}", quote(written), quote(other))
        }
        SeriesRepetition { reason } => write!(f, "invalid repetition in series values: {reason}"),
        SeriesTooLong { limit } => write!(f, "series of more than {limit} values"),
        DuplicateHistogramKey => write!(f, "duplicate key \"{written}\" in histogram"),
        HistogramSchemas { from, to } => {
            write!(f, "error combining histograms: cannot merge from schema {from} to {to}")
        }
        other => f.write_str(fixed(other)),
    }
}

/// The messages without a value.
fn fixed(kind: &ParseErrorKind) -> &'static str {
    match kind {
        NoExpression => "no expression found in input",
        FillDisabled => "binop fill modifiers are experimental and not enabled",
        LengthExpressionDisabled => "experimental duration expression is not enabled",
        ExtensionTwice => "anchored and smoothed modifiers cannot be used together",
        TrailingComma => "trailing commas not allowed in function call args",
        NoAggregateArguments => "no arguments for aggregate expression provided",
        LengthNotPositive => "duration must be greater than 0",
        LengthOutOfRange => "duration out of range",
        DivisionByZero => "division by zero",
        ModuloByZero => "modulo by zero",
        RangeOnExpression => "ranges only allowed for vector selectors",
        OffsetBeforeRange => "no offset modifiers allowed before range",
        AtBeforeRange => "no @ modifiers allowed before range",
        OffsetOnExpression => {
            "offset modifier must be preceded by an instant vector selector or range vector selector or a subquery"
        }
        OffsetTwice => "offset may not be set multiple times",
        AtOnExpression => {
            "@ modifier must be preceded by an instant vector selector or range vector selector or a subquery"
        }
        AtTwice => "@ <timestamp> may not be set multiple times",
        InfoWithName => "expected label selectors only, got vector selector instead",
        InfoWithoutSelector => "expected label selectors only",
        BoolOnOperator => "bool modifier can only be used on comparison operators",
        ComparisonNeedsBool => "comparisons between scalars must use BOOL modifier",
        OperandType => "binary expression must contain only scalar and instant vector types",
        MatchingOnScalar => "vector matching only allowed between instant vectors",
        FillOnScalar => "filling in missing series only allowed between instant vectors",
        FillOnSet => "filling in missing series not allowed for set operators",
        SetNotManyToMany => "set operations must always be many-to-many",
        EmptySelector => "vector selector must contain at least one non-empty matcher",
        _ => "",
    }
}

impl ParseErrorKind {
    /// The stable name under which the texts explain the fault.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            NoExpression => "no-expression",
            TooLong { .. } => "too-long",
            TooDeep { .. } => "too-deep",
            TooManyOperators { .. } => "too-many-operators",
            Token(_) => "bad-token",
            Unexpected { .. } => "unexpected-token",
            BadNumber { .. } => "bad-number",
            BadDuration { .. } => "bad-duration",
            BadRegex { .. } => "bad-regex",
            UnknownFunction => "unknown-function",
            FunctionDisabled | AggregatorDisabled => "experimental-function",
            FillDisabled => "experimental-fill",
            LengthExpressionDisabled => "experimental-duration",
            ExtensionDisabled => "experimental-selector",
            ExtensionOnSubquery | ExtensionElsewhere | ExtensionTwice => "extended-selector",
            TrailingComma => "trailing-comma",
            EmptyGroupingLabel => "grouping-label",
            NoAggregateArguments | AggregateArguments { .. } => "aggregate-arguments",
            LengthNotPositive => "duration-not-positive",
            LengthOutOfRange => "duration-out-of-range",
            DivisionByZero | ModuloByZero => "division-by-zero",
            RangeOnExpression => "range-on-expression",
            OffsetBeforeRange | AtBeforeRange => "modifier-before-range",
            OffsetOnExpression | OffsetTwice => "offset",
            AtOnExpression | AtTwice | AtOutOfRange { .. } => "at",
            ExpectedType { .. } | ExpectedArgument { .. } => "type",
            ExpectedArguments { .. } | TooFewArguments { .. } | TooManyArguments { .. } => "argument-count",
            InfoWithName | InfoWithoutSelector => "info-selector",
            BoolOnOperator => "bool",
            ComparisonNeedsBool => "scalar-comparison",
            LabelTwice { .. } => "label-in-on-and-group",
            OperandType => "operand-type",
            MatchingOnScalar => "matching-on-scalar",
            FillOnScalar | FillOnSet => "fill",
            GroupingOnSet | SetNotManyToMany | SetOnScalar => "set-operator",
            UnaryType { .. } => "unary-type",
            SubqueryType { .. } => "subquery-type",
            NameTwice { .. } => "name-twice",
            EmptySelector => "empty-selector",
            SeriesRepetition { .. } | SeriesTooLong { .. } => "series-values",
            DuplicateHistogramKey | HistogramSchemas { .. } | Histogram { .. } => "histogram-literal",
        }
    }
}
