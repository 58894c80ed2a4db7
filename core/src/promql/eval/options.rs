//! What a query is evaluated with: its instants, and the switches in which servers differ.

use serde::{Deserialize, Serialize};

use super::error::{ErrorKind, EvalError};
use super::steps::Steps;
use crate::base::time::{Millis, Timestamp};

/// Most steps that Prometheus's API allows a range query.
pub const MAX_STEPS: i64 = 11_000;

/// The instants at which a query is evaluated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum QueryRange {
    /// One instant; the result is what the query's type says.
    Instant(Timestamp),
    /// Every `step` from `start` up to and including `end`; the result is a matrix.
    Range {
        /// The first instant.
        start: Timestamp,
        /// No instant is after it.
        end: Timestamp,
        /// Above 0.
        step: Millis,
    },
}

impl QueryRange {
    /// A range with the checks of Prometheus's API.
    ///
    /// # Errors
    /// When `end` is before `start`, the step not above 0, or the steps are more than [`MAX_STEPS`].
    pub fn checked(start: Timestamp, end: Timestamp, step: Millis) -> Result<Self, EvalError> {
        if end < start {
            return Err(ErrorKind::EndBeforeStart.nowhere());
        }
        if step.0 <= 0 {
            return Err(ErrorKind::StepNotPositive.nowhere());
        }
        if end.0.saturating_sub(start.0) / step.0 > MAX_STEPS {
            return Err(ErrorKind::TooManySteps.nowhere());
        }
        Ok(Self::Range { start, end, step })
    }

    /// The first instant.
    #[must_use]
    pub const fn start(&self) -> Timestamp {
        match self {
            Self::Instant(at) => *at,
            Self::Range { start, .. } => *start,
        }
    }

    /// The last instant asked for.
    #[must_use]
    pub const fn end(&self) -> Timestamp {
        match self {
            Self::Instant(at) => *at,
            Self::Range { end, .. } => *end,
        }
    }

    /// The step; 0 for an instant query.
    #[must_use]
    pub const fn step(&self) -> Millis {
        match self {
            Self::Instant(_) => Millis::ZERO,
            Self::Range { step, .. } => *step,
        }
    }

    /// All instants.
    #[must_use]
    pub fn steps(&self) -> Steps {
        match self {
            Self::Instant(at) => Steps::one(at.0),
            Self::Range { start, end, step } => Steps::within(start.0, end.0, step.0),
        }
    }
}

/// The switches in which servers differ. The default is a Prometheus 3 server as it is installed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Options {
    /// How far an instant selector looks back for a sample.
    pub lookback: Millis,
    /// The step of a subquery that names none: the global evaluation interval.
    pub subquery_step: Millis,
    /// Remove names that functions drop at the very end instead of at once (`promql-delayed-name-removal`).
    pub delayed_name_removal: bool,

    /// A sample exactly at the begin of a window or lookback is outside (Prometheus 3); `false` for 2.13.
    pub left_open: bool,
    /// Most samples held in memory at once, as Prometheus counts them (`--query.max-samples`).
    pub max_samples: u64,
    /// Most work, in units of [`super::budget::Budget`]; stands for the query timeout.
    pub max_work: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            lookback: Millis::from_minutes(5),
            subquery_step: Millis::from_minutes(1),
            delayed_name_removal: false,

            left_open: true,
            max_samples: 50_000_000,
            max_work: 40_000_000_000,
        }
    }
}
