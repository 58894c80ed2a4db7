//! Layer 2: metrics pages, written and parsed: text 0.0.4 and OpenMetrics. Stores nothing and fetches nothing.

mod family;

pub use family::{Exemplar, Family, Point, Suffix};
