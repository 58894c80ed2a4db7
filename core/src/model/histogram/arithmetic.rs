//! Adding, subtracting and scaling histograms.

use std::borrow::Cow;
use std::sync::Arc;

use super::valid::HistogramError;
use super::{FloatHistogram, ResetHint, custom};

/// What adding or subtracting two histograms has to report beside its result.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Combined {
    /// One said "reset", the other "not reset".
    pub hint_collision: bool,
    /// The custom bounds differed and were reduced to those that both have.
    pub bounds_reconciled: bool,
}

impl ResetHint {
    /// The hint of a combination of two histograms; true where their hints contradict each other.
    pub(super) fn combined(self, other: Self) -> (Self, bool) {
        use ResetHint::{Gauge, NotReset, Reset, Unknown};
        match (self, other) {
            (own, other) if own == other => (own, false),
            (Gauge, _) | (_, Gauge) => (Gauge, false),
            (Reset, NotReset) | (NotReset, Reset) => (Unknown, true),
            _ => (Unknown, false),
        }
    }
}

impl FloatHistogram {
    /// Adds another histogram: at the coarser resolution, with the wider zero bucket.
    ///
    /// # Errors
    /// When one has exponential and the other custom buckets.
    pub fn add(&mut self, other: &Self) -> Result<Combined, HistogramError> {
        self.combine(other, |left, right| left + right)
    }

    /// Subtracts another histogram, under the rules of [`Self::add`].
    ///
    /// # Errors
    /// When one has exponential and the other custom buckets.
    pub fn sub(&mut self, other: &Self) -> Result<Combined, HistogramError> {
        self.combine(other, |left, right| left - right)
    }

    fn combine(&mut self, other: &Self, operation: fn(f64, f64) -> f64) -> Result<Combined, HistogramError> {
        let (other, combined) = self.aligned(other)?;
        self.zero_count = operation(self.zero_count, other.zero_count);
        self.count = operation(self.count, other.count);
        self.sum = operation(self.sum, other.sum);
        for (own, others) in [(&mut self.positive, &other.positive), (&mut self.negative, &other.negative)] {
            if own.change_by(others, |_, own, others| *own = operation(*own, others)) {
                continue;
            }
            *own = super::Buckets::from_rising(
                own.zip(others).map(|(index, left, right)| (index, operation(left, right))),
            );
        }
        Ok(combined)
    }

    /// Takes the layout that both can have and gives the other in it, settling the hint. Mostly the layouts are the same
    /// already, and nothing is copied.
    pub(super) fn aligned<'a>(
        &mut self,
        other: &'a Self,
    ) -> Result<(Cow<'a, Self>, Combined), HistogramError> {
        if self.has_layout_of(other) {
            let hint_collision = self.settle_hint(other.hint);
            return Ok((Cow::Borrowed(other), Combined { hint_collision, bounds_reconciled: false }));
        }
        let mut other = other.clone();
        let combined = self.align(&mut other)?;
        Ok((Cow::Owned(other), combined))
    }

    /// Whether the buckets of both are the same ones.
    pub(super) fn has_layout_of(&self, other: &Self) -> bool {
        self.schema == other.schema
            && self.zero_threshold == other.zero_threshold
            && (Arc::ptr_eq(&self.custom_bounds, &other.custom_bounds)
                || self.custom_bounds == other.custom_bounds)
    }

    /// Brings both to one layout (schema, zero bucket, custom bounds) and settles the hint of `self`.
    fn align(&mut self, other: &mut Self) -> Result<Combined, HistogramError> {
        if self.uses_custom_buckets() != other.uses_custom_buckets() {
            return Err(HistogramError::IncompatibleSchema);
        }
        let hint_collision = self.settle_hint(other.hint);
        let bounds_reconciled = if self.uses_custom_buckets() {
            custom::reconcile(self, other)
        } else {
            self.reconcile_zero_buckets(other);
            let coarser = self.schema.min(other.schema);
            self.reduce_to(coarser);
            other.reduce_to(coarser);
            false
        };
        Ok(Combined { hint_collision, bounds_reconciled })
    }

    /// Takes the hint of a combination; true where the two contradict each other.
    fn settle_hint(&mut self, other: ResetHint) -> bool {
        let (hint, collision) = self.hint.combined(other);
        self.hint = hint;
        collision
    }

    /// Multiplies all counts and the sum. A negative factor makes it a gauge.
    #[must_use]
    pub fn scaled(mut self, factor: f64) -> Self {
        self.change_counts(|count| count * factor);
        if factor < 0.0 {
            self.hint = ResetHint::Gauge;
        }
        self
    }

    /// Divides all counts and the sum. Divided by zero, no bucket is left: counts are infinite or not a number.
    #[must_use]
    pub fn divided(mut self, divisor: f64) -> Self {
        self.change_counts(|count| count / divisor);
        if divisor == 0.0 {
            self.positive = super::Buckets::default();
            self.negative = super::Buckets::default();
        }
        if divisor < 0.0 {
            self.hint = ResetHint::Gauge;
        }
        self
    }

    fn change_counts(&mut self, change: impl Fn(f64) -> f64) {
        self.zero_count = change(self.zero_count);
        self.count = change(self.count);
        self.sum = change(self.sum);
        self.positive.map(|_, count| change(count));
        self.negative.map(|_, count| change(count));
    }
}
