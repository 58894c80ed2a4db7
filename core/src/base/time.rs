//! Instants and lengths of virtual time, as integers of milliseconds. Reads no clock.

use std::fmt;
use std::ops::{Add, AddAssign, Mul, Sub, SubAssign};

use serde::{Deserialize, Serialize};

/// A length of virtual time in milliseconds; negative lengths are allowed (a PromQL offset may be negative).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Millis(pub i64);

/// An instant of virtual time: milliseconds since the Unix epoch, as Prometheus stores it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Timestamp(pub i64);

impl Millis {
    /// No time at all.
    pub const ZERO: Self = Self(0);

    /// A length of whole seconds.
    #[must_use]
    pub const fn from_secs(seconds: i64) -> Self {
        Self(seconds * 1000)
    }

    /// A length of whole minutes.
    #[must_use]
    pub const fn from_minutes(minutes: i64) -> Self {
        Self(minutes * 60_000)
    }

    /// The nearest whole millisecond to `seconds`, halves away from zero; lengths beyond `i64` saturate, NaN is 0.
    #[must_use]
    pub fn from_secs_f64(seconds: f64) -> Self {
        Self(libm::round(seconds * 1000.0) as i64)
    }

    /// The length in seconds.
    #[must_use]
    pub fn as_secs_f64(self) -> f64 {
        self.0 as f64 / 1000.0
    }
}

impl Timestamp {
    /// The earliest instant.
    pub const MIN: Self = Self(i64::MIN);
    /// The latest instant.
    pub const MAX: Self = Self(i64::MAX);

    /// The instant in seconds since the Unix epoch.
    #[must_use]
    pub fn as_secs_f64(self) -> f64 {
        self.0 as f64 / 1000.0
    }

    /// `self + length`, stopping at the ends of the range instead of wrapping.
    #[must_use]
    pub fn saturating_add(self, length: Millis) -> Self {
        Self(self.0.saturating_add(length.0))
    }

    /// `self - length`, stopping at the ends of the range instead of wrapping.
    #[must_use]
    pub fn saturating_sub(self, length: Millis) -> Self {
        Self(self.0.saturating_sub(length.0))
    }
}

impl Add<Millis> for Timestamp {
    type Output = Self;
    fn add(self, length: Millis) -> Self {
        Self(self.0 + length.0)
    }
}

impl AddAssign<Millis> for Timestamp {
    fn add_assign(&mut self, length: Millis) {
        self.0 += length.0;
    }
}

impl Sub<Millis> for Timestamp {
    type Output = Self;
    fn sub(self, length: Millis) -> Self {
        Self(self.0 - length.0)
    }
}

impl SubAssign<Millis> for Timestamp {
    fn sub_assign(&mut self, length: Millis) {
        self.0 -= length.0;
    }
}

impl Sub for Timestamp {
    type Output = Millis;
    fn sub(self, earlier: Self) -> Millis {
        Millis(self.0 - earlier.0)
    }
}

impl Add for Millis {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Millis {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Mul<i64> for Millis {
    type Output = Self;
    fn mul(self, times: i64) -> Self {
        Self(self.0 * times)
    }
}

/// Prints as Prometheus prints a duration: `1h30m`, `500ms`, `0s`; a negative length has a leading `-`.
impl fmt::Display for Millis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&super::duration::print(*self))
    }
}
