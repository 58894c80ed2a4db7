//! How a head is kept.

use serde::{Deserialize, Serialize};

use crate::base::time::Millis;

/// How a head is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadOptions {
    /// The span of time that chunks do not cross, two hours in Prometheus.
    pub chunk_range: Millis,
    /// How many samples a chunk is meant to have, 120 in Prometheus.
    pub samples_per_chunk: u16,
    /// Whether samples further behind the newest one than half a chunk range are refused, as a Prometheus does. An
    /// imported dump comes a series at a time, so it must not be.
    pub is_bounded: bool,
    /// How far behind the head's newest sample one may come although its series has newer ones
    /// (`out_of_order_time_window`); none where it is zero.
    pub out_of_order_window: Millis,
}

impl Default for HeadOptions {
    fn default() -> Self {
        Self {
            chunk_range: Millis::from_minutes(120),
            samples_per_chunk: 120,
            is_bounded: false,
            out_of_order_window: Millis::ZERO,
        }
    }
}
