//! Whose behaviour is followed where Prometheus changed its own.

use serde::{Deserialize, Serialize};

/// The version that a scraper behaves as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Compatibility {
    /// Prometheus 2.13, as in the book: the default port stands in `instance`, a missing Content-Type means text, and
    /// `le` stays as it was exposed.
    V2_13,
    /// Prometheus 3.
    #[default]
    V3,
}

impl Compatibility {
    /// The version as a scenario names it: `2.13` or `3`.
    #[must_use]
    pub fn parse(version: &str) -> Option<Self> {
        match version {
            "2.13" => Some(Self::V2_13),
            "3" => Some(Self::V3),
            _ => None,
        }
    }

    /// The version in full.
    #[must_use]
    pub const fn version(self) -> &'static str {
        match self {
            Self::V2_13 => "2.13.1",
            Self::V3 => "3.14.0",
        }
    }

    /// What the scraper calls itself in requests.
    #[must_use]
    pub const fn user_agent(self) -> &'static str {
        match self {
            Self::V2_13 => "Prometheus/2.13.1",
            Self::V3 => "Prometheus/3.14.0",
        }
    }
}
