//! What a histogram must keep to before it is stored, and why one is refused, in Prometheus's words.

use std::cmp::Ordering;
use std::fmt;

use super::bounds::{MAX_EXPONENTIAL_SCHEMA, MIN_EXPONENTIAL_SCHEMA};
use super::{Buckets, FloatHistogram};

/// Why histograms cannot be stored or combined.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)] // the fields are the numbers of the message
pub enum HistogramError {
    /// Exponential with custom buckets.
    IncompatibleSchema,
    /// A schema that does not exist.
    InvalidSchema(i32),
    /// Fewer counts than the spans have buckets.
    TooFewBuckets { have: usize },
    /// More counts than the spans have buckets.
    TooManyBuckets { need: usize, have: usize },
    /// A span but the first steps back.
    SpanNegativeOffset { number: usize, offset: i32 },
    /// A bucket index beyond 32 bits.
    IndexOutOfRange,
    /// A bucket with a negative count.
    NegativeBucketCount { positive_side: bool, bucket: usize, count: f64 },
    /// The zero bucket's count is negative.
    NegativeZeroCount(f64),
    /// The overall count is negative.
    NegativeCount(f64),
    /// A custom bound is not above the one before it.
    CustomBoundsNotRising { previous: f64, current: f64 },
    /// A custom bound is infinite.
    CustomBoundInfinite,
    /// More buckets than custom bounds allow.
    CustomBoundsTooFew { last_bucket: i32, bounds: usize },
    /// Custom buckets with a zero count.
    CustomZeroCount,
    /// Custom buckets with a zero threshold.
    CustomZeroThreshold,
    /// Custom buckets with a negative side.
    CustomNegativeBuckets,
    /// Custom bounds in an exponential histogram.
    ExponentialWithBounds,
}

impl fmt::Display for HistogramError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const MISMATCH: &str = "histogram spans specify different number of buckets than provided";
        const NEGATIVE: &str = "histogram has a bucket whose observation count is negative";
        match self {
            Self::IncompatibleSchema => f.write_str(
                "cannot apply this operation on histograms with a mix of exponential and custom bucket schemas",
            ),
            Self::InvalidSchema(schema) => write!(
                f,
                "schema {schema} is out of range, must be between {MIN_EXPONENTIAL_SCHEMA} and \
                 {MAX_EXPONENTIAL_SCHEMA} for exponential buckets or -53 for custom buckets: invalid histogram schema"
            ),
            Self::TooFewBuckets { have } => write!(f, "have {have} buckets but spans need more: {MISMATCH}"),
            Self::TooManyBuckets { need, have } => write!(f, "spans need {need} buckets, have {have} buckets: {MISMATCH}"),
            Self::SpanNegativeOffset { number, offset } => {
                write!(f, "span number {number} with offset {offset}: histogram has a span whose offset is negative")
            }
            Self::IndexOutOfRange => f.write_str("histogram bucket index out of range"),
            Self::NegativeBucketCount { positive_side, bucket, count } => {
                let side = if *positive_side { "positive" } else { "negative" };
                write!(f, "{side} side: bucket number {bucket} has observation count of {count}: {NEGATIVE}")
            }
            Self::NegativeZeroCount(count) => write!(f, "zero bucket has observation count of {count}: {NEGATIVE}"),
            Self::NegativeCount(count) => write!(f, "observation count is {count}: histogram's observation count is negative"),
            Self::CustomBoundsNotRising { previous, current } => write!(
                f,
                "custom buckets: previous bound is {previous:.6} and current is {current:.6}: \
                 histogram custom bounds must be in strictly increasing order"
            ),
            Self::CustomBoundInfinite => f.write_str("custom buckets: histogram custom bounds must be finite"),
            Self::CustomBoundsTooFew { last_bucket, bounds } => write!(
                f,
                "custom buckets: only {bounds} custom bounds defined which is insufficient to cover bucket \
                 {last_bucket}: histogram custom bounds are too few"
            ),
            Self::CustomZeroCount => f.write_str("custom buckets: must have zero count of 0"),
            Self::CustomZeroThreshold => f.write_str("custom buckets: must have zero threshold of 0"),
            Self::CustomNegativeBuckets => f.write_str("custom buckets: must not have negative spans"),
            Self::ExponentialWithBounds => f.write_str("histogram with exponential schema must not have custom bounds"),
        }
    }
}

impl std::error::Error for HistogramError {}

impl FloatHistogram {
    /// Checks what storage demands: a known schema, no negative population, custom bounds in order.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn validate(&self) -> Result<(), HistogramError> {
        if self.uses_custom_buckets() {
            self.validate_custom()?;
        } else if !(MIN_EXPONENTIAL_SCHEMA..=MAX_EXPONENTIAL_SCHEMA).contains(&self.schema) {
            return Err(HistogramError::InvalidSchema(self.schema));
        } else if !self.custom_bounds.is_empty() {
            return Err(HistogramError::ExponentialWithBounds);
        }
        if self.zero_count < 0.0 {
            return Err(HistogramError::NegativeZeroCount(self.zero_count));
        }
        not_negative(&self.negative, false)?;
        not_negative(&self.positive, true)?;
        if self.count < 0.0 {
            return Err(HistogramError::NegativeCount(self.count));
        }
        Ok(())
    }

    fn validate_custom(&self) -> Result<(), HistogramError> {
        if let Some(pair) = self
            .custom_bounds
            .windows(2)
            .find(|pair| pair[1].partial_cmp(&pair[0]) != Some(Ordering::Greater))
        {
            return Err(HistogramError::CustomBoundsNotRising { previous: pair[0], current: pair[1] });
        }
        if self.custom_bounds.iter().any(|bound| bound.is_infinite() || bound.is_nan()) {
            return Err(HistogramError::CustomBoundInfinite);
        }
        if self.zero_count != 0.0 {
            return Err(HistogramError::CustomZeroCount);
        }
        if self.zero_threshold != 0.0 {
            return Err(HistogramError::CustomZeroThreshold);
        }
        if !self.negative.is_empty() {
            return Err(HistogramError::CustomNegativeBuckets);
        }
        let bounds = self.custom_bounds.len();
        match self.positive.iter().next_back() {
            Some((last_bucket, _)) if i64::from(last_bucket) > bounds as i64 => {
                Err(HistogramError::CustomBoundsTooFew { last_bucket, bounds })
            }
            _ => Ok(()),
        }
    }
}

fn not_negative(buckets: &Buckets, positive_side: bool) -> Result<(), HistogramError> {
    match buckets.iter().enumerate().find(|(_, (_, count))| *count < 0.0) {
        Some((number, (_, count))) => {
            Err(HistogramError::NegativeBucketCount { positive_side, bucket: number + 1, count })
        }
        None => Ok(()),
    }
}
