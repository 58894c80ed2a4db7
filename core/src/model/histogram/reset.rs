//! Whether a counter histogram was reset between two samples.

use super::{FloatHistogram, ResetHint, custom};

impl FloatHistogram {
    /// Whether this histogram follows `previous` after a counter reset: by its hint, or because a bucket lost
    /// observations or the layout changed in a way that cannot come from going on. The sum never matters.
    #[must_use]
    pub fn is_reset_after(&self, previous: &Self) -> bool {
        match self.hint {
            ResetHint::Reset => return true,
            ResetHint::NotReset => return false,
            ResetHint::Unknown | ResetHint::Gauge => {}
        }
        if self.count < previous.count || self.uses_custom_buckets() != previous.uses_custom_buckets() {
            return true;
        }
        if self.uses_custom_buckets() {
            return self.is_reset_after_custom(previous);
        }
        if self.schema > previous.schema || self.zero_threshold < previous.zero_threshold {
            return true;
        }
        if self.has_layout_of(previous) {
            return self.zero_count < previous.zero_count || self.has_lost(previous);
        }
        let mut before = previous.clone();
        before.widen_zero_bucket(self.zero_threshold);
        if before.zero_threshold != self.zero_threshold || self.zero_count < before.zero_count {
            return true;
        }
        before.reduce_to(self.schema);
        self.has_lost(&before)
    }

    fn is_reset_after_custom(&self, previous: &Self) -> bool {
        if self.has_layout_of(previous) {
            return self.has_lost(previous);
        }
        let (mut now, mut then) = (self.clone(), previous.clone());
        custom::reconcile(&mut now, &mut then);
        now.has_lost(&then)
    }

    /// Whether any bucket has fewer observations than in a histogram of the same layout.
    fn has_lost(&self, before: &Self) -> bool {
        let lost = |(_, now, then): (i32, f64, f64)| now < then;
        self.positive.zip(&before.positive).any(lost) || self.negative.zip(&before.negative).any(lost)
    }
}
