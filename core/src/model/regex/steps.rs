//! How much matching may cost. The time grows with the text and the expression, never exponentially; but both may be
//! long, and there may be many.

/// Steps that may still be taken: about one for each instruction that is looked at for each character.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Steps(u64);

/// More steps were wanted than may be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exhausted;

impl Steps {
    /// So many.
    #[must_use]
    pub const fn new(steps: u64) -> Self {
        Self(steps)
    }

    /// As many as are wanted: for one short text.
    #[must_use]
    pub const fn endless() -> Self {
        Self(u64::MAX)
    }

    /// How many are left.
    #[must_use]
    pub const fn left(&self) -> u64 {
        self.0
    }

    /// Takes some.
    ///
    /// # Errors
    /// When so many are not left; then none is.
    pub const fn take(&mut self, steps: u64) -> Result<(), Exhausted> {
        match self.0.checked_sub(steps) {
            Some(left) => {
                self.0 = left;
                Ok(())
            }
            None => {
                self.0 = 0;
                Err(Exhausted)
            }
        }
    }
}
