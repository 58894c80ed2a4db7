//! Layer 1: what monitoring speaks of: labels, matchers, metrics, samples. Holds no series and evaluates nothing.

pub mod histogram;
pub mod labels;
pub mod matcher;
pub mod metric;
pub mod regex;
pub mod sample;
