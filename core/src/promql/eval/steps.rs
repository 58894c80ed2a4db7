//! The instants at which a node is evaluated: a block of equally spaced steps.

/// Equally spaced instants, in milliseconds since the Unix epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Steps {
    /// The first instant.
    pub start: i64,
    /// From one instant to the next; above 0.
    pub step: i64,
    /// How many there are.
    pub count: usize,
}

impl Steps {
    /// One instant.
    #[must_use]
    pub const fn one(at: i64) -> Self {
        Self { start: at, step: 1, count: 1 }
    }

    /// All instants from `start` up to and including `end`; none where `end` is before `start`.
    #[must_use]
    pub fn within(start: i64, end: i64, step: i64) -> Self {
        let step = step.max(1);
        let count = if end < start { 0 } else { (end.saturating_sub(start) / step) as usize + 1 };
        Self { start, step, count }
    }

    /// The instant of step `index`.
    #[must_use]
    pub fn time(&self, index: usize) -> i64 {
        self.start.saturating_add(self.step.saturating_mul(index as i64))
    }

    /// The last instant; the first where there is none.
    #[must_use]
    pub fn last(&self) -> i64 {
        self.time(self.count.saturating_sub(1))
    }

    /// Up to `count` steps from step `index` on.
    #[must_use]
    pub fn part(&self, index: usize, count: usize) -> Self {
        let count = count.min(self.count.saturating_sub(index));
        Self { start: self.time(index), step: self.step, count }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_belongs_to_the_range() {
        assert_eq!(Steps::within(0, 20, 10).count, 3);
        assert_eq!(Steps::within(0, 29, 10).last(), 20);
        assert_eq!(Steps::within(5, 4, 10).count, 0);
        assert_eq!(Steps::within(0, 90, 10).part(8, 5), Steps { start: 80, step: 10, count: 2 });
    }
}
