//! Why a query fails while it runs. Codes are stable (texts explain them by code); `Display` is Prometheus's wording.

use std::fmt;
use std::sync::Arc;

use crate::base::number::{print_general, quote};
use crate::base::span::Span;
use crate::model::labels::Labels;

/// A failure, and the part of the query it comes from where that is known.
#[derive(Clone, Debug, PartialEq)]
pub struct EvalError {
    /// What went wrong.
    pub kind: ErrorKind,
    /// The bytes of the expression that failed.
    pub span: Option<Span>,
}

/// One side of a binary operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Before the operator.
    Left,
    /// After it.
    Right,
}

/// What can go wrong.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)] // the fields are the values of the text
pub enum ErrorKind {
    /// More samples than the budget allows.
    TooManySamples,
    /// More work than the budget allows.
    Timeout,
    /// More steps than the API allows.
    TooManySteps,
    /// A range that ends before it starts.
    EndBeforeStart,
    /// A range query whose step is not above zero.
    StepNotPositive,
    /// Nested more deeply than the evaluator goes.
    TooDeep { limit: usize },
    /// A range query over something without series.
    WrongTypeForRange { documented: &'static str },
    /// Two elements with the same labels at one instant.
    DuplicateLabels,
    /// Two elements of the "one" side in one match group.
    DuplicateMatch { group: Labels, side: Side, series: Box<(Labels, Labels)> },
    /// Two elements of the left side for one of the right without `group_left`.
    ManyToOne,
    /// Two elements of the "many" side give the same labels.
    GroupingNotUnique,
    /// `topk` and its kin with NaN as number of elements.
    ParameterIsNan,
    /// `limit_ratio` with NaN as ratio.
    RatioIsNan,
    /// A number of elements that does not fit 64 bits.
    ParameterOutOfRange { value: f64 },
    /// `count_values` with an impossible label name.
    InvalidLabelName { name: Arc<str> },
    /// A label name that `label_replace` or `label_join` cannot use.
    InvalidFunctionLabel { role: &'static str, function: &'static str, name: Arc<str> },
    /// A label value that `label_replace` or `label_join` made longer than any is.
    LabelValueTooLong { function: &'static str, bytes: usize },
    /// `label_replace` with something that is not a regular expression.
    InvalidRegex { function: &'static str, pattern: Arc<str> },
    /// A smoothing or trend factor outside its range.
    InvalidFactor { which: &'static str, short: &'static str, value: f64 },
    /// A duration expression whose value cannot be used.
    Duration(DurationFault),
    /// Two information metrics that both claim to be the one.
    DuplicateInformation { millis: i64, existing: Labels, duplicate: Labels },
    /// Two information metrics that give different values for a label.
    ConflictingLabel { name: Arc<str> },
    /// `info` with an information metric whose samples are histograms.
    InformationNotFloat,
}

/// What is wrong with a duration expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DurationFault {
    /// Ranges and steps must be above zero.
    NotPositive,
    /// Longer than about 292 years.
    OutOfRange,
    /// NaN or infinite.
    NotFinite,
    /// `/ 0`
    DivisionByZero,
    /// `% 0`
    ModuloByZero,
}

impl ErrorKind {
    /// The failure without a place.
    #[must_use]
    pub const fn nowhere(self) -> EvalError {
        EvalError { kind: self, span: None }
    }

    /// The failure at a place.
    #[must_use]
    pub const fn at(self, span: Span) -> EvalError {
        EvalError { kind: self, span: Some(span) }
    }

    /// The stable name by which texts explain the failure.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooManySamples => "too-many-samples",
            Self::Timeout => "timeout",
            Self::TooManySteps => "too-many-steps",
            Self::EndBeforeStart => "end-before-start",
            Self::StepNotPositive => "step-not-positive",
            Self::TooDeep { .. } => "too-deep",
            Self::WrongTypeForRange { .. } => "wrong-type-for-range",
            Self::DuplicateLabels => "duplicate-labels",
            Self::DuplicateMatch { .. } => "duplicate-match",
            Self::ManyToOne => "many-to-one",
            Self::GroupingNotUnique => "grouping-not-unique",
            Self::ParameterIsNan => "parameter-is-nan",
            Self::RatioIsNan => "ratio-is-nan",
            Self::ParameterOutOfRange { .. } => "parameter-out-of-range",
            Self::InvalidLabelName { .. } => "invalid-label-name",
            Self::InvalidFunctionLabel { .. } => "invalid-function-label",
            Self::LabelValueTooLong { .. } => "label-value-too-long",
            Self::InvalidRegex { .. } => "invalid-regex",
            Self::InvalidFactor { .. } => "invalid-factor",
            Self::Duration(_) => "duration-expression",
            Self::DuplicateInformation { .. } => "duplicate-information",
            Self::ConflictingLabel { .. } => "conflicting-label",
            Self::InformationNotFloat => "information-not-float",
        }
    }

    /// The word of the HTTP API (`errorType`).
    #[must_use]
    pub const fn api(&self) -> &'static str {
        match self {
            Self::TooManySteps
            | Self::EndBeforeStart
            | Self::StepNotPositive
            | Self::WrongTypeForRange { .. } => "bad_data",
            Self::Timeout => "timeout",
            _ => "execution",
        }
    }
}

/// A number as `%f` prints it.
struct SixDecimals(f64);

impl fmt::Display for SixDecimals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_finite() { write!(f, "{:.6}", self.0) } else { f.write_str(&print_general(self.0)) }
    }
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DuplicateMatch { group, side, series } => {
                let side = if *side == Side::Left { "left" } else { "right" };
                write!(
                    f,
                    "found duplicate series for the match group {group} on the {side} hand-side of the operation: \
                     [{}, {}];many-to-many matching not allowed: matching labels must be unique on one side",
                    series.0, series.1
                )
            }
            Self::TooDeep { limit } => write!(f, "expression is nested more than {limit} levels deep"),
            Self::WrongTypeForRange { documented } => write!(
                f,
                "invalid expression type {} for range query, must be Scalar or instant Vector",
                quote(documented)
            ),
            Self::ParameterOutOfRange { value } => {
                let direction = if *value < 0.0 { "underflows" } else { "overflows" };
                write!(f, "Scalar value {} {direction} int64", print_general(*value))
            }
            Self::InvalidLabelName { name } => write!(f, "invalid label name {}", quote(name)),
            Self::InvalidFunctionLabel { role, function, name } => {
                write!(f, "invalid {role} label name in {function}(): {name}")
            }
            Self::LabelValueTooLong { function, bytes } => {
                write!(f, "{function}(): label value longer than {bytes} bytes")
            }
            Self::InvalidRegex { function, pattern } => {
                write!(f, "invalid regular expression in {function}(): {pattern}")
            }
            Self::InvalidFactor { which, short, value } => {
                write!(f, "invalid {which} factor. Expected: 0 < {short} < 1, got: {}", SixDecimals(*value))
            }
            Self::Duration(fault) => fault.fmt(f),
            Self::DuplicateInformation { millis, existing, duplicate } => write!(
                f,
                "found duplicate series for info metric: existing {existing} @ {millis}, new {duplicate} @ {millis}"
            ),
            Self::ConflictingLabel { name } => write!(f, "conflicting label: {name}"),
            Self::InformationNotFloat => f.write_str("info sample should be float"),
            other => f.write_str(other.fixed_text()),
        }
    }
}

impl ErrorKind {
    /// The wording of the failures that carry no value.
    const fn fixed_text(&self) -> &'static str {
        match self {
            Self::TooManySamples => {
                "query processing would load too many samples into memory in query execution"
            }
            Self::Timeout => "query timed out in expression evaluation",
            Self::TooManySteps => {
                "exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution \
                 (?step=XX)"
            }
            Self::EndBeforeStart => "invalid parameter \"end\": end timestamp must not be before start time",
            Self::StepNotPositive => {
                "invalid parameter \"step\": zero or negative query resolution step widths are not accepted. Try a \
                 positive integer"
            }
            Self::DuplicateLabels => "vector cannot contain metrics with the same labelset",
            Self::ManyToOne => {
                "multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)"
            }
            Self::GroupingNotUnique => {
                "multiple matches for labels: grouping labels must ensure unique matches"
            }
            Self::ParameterIsNan => "Parameter value is NaN",
            Self::RatioIsNan => "Ratio value is NaN",
            _ => "",
        }
    }
}

impl fmt::Display for DurationFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotPositive => "duration must be greater than 0",
            Self::OutOfRange => "duration is out of range",
            Self::NotFinite => "duration is NaN or infinite",
            Self::DivisionByZero => "division by zero",
            Self::ModuloByZero => "modulo by zero",
        })
    }
}

impl fmt::Display for EvalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(f)
    }
}

impl std::error::Error for EvalError {}
