//! Layer 0: time, randomness, numbers and places in text. Knows nothing of monitoring.

pub mod bytes;
pub mod date;
pub mod duration;
pub mod json;
pub mod lookup;
pub mod number;
pub mod random;
pub mod span;
pub mod time;
