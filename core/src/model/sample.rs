//! A value at an instant.

use serde::{Deserialize, Serialize};

use crate::base::time::Timestamp;

/// A float at an instant. Native histograms stand beside it (`model::histogram`).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sample {
    /// When.
    pub at: Timestamp,
    /// What; may be the stale marker.
    pub value: f64,
}
