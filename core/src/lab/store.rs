//! Which of a lab's time series databases is meant. Holds none.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::problem::Problem;

/// Names one of the stores of a lab. Every query says which one it asks.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum StoreId {
    /// What the first Prometheus of the yard pulled; written `pulled`.
    #[default]
    Pulled,
    /// What the Prometheus of this container name pulled; written `prometheus:NAME`.
    Prometheus(String),
    /// What push receivers accepted; written `pushed`. A yard where nobody pushes has none.
    Pushed,
    /// What an ideal observer saw; written `truth`.
    Truth,
    /// A page or dump that the learner brought along; written `imported:NAME`.
    Imported(String),
    /// What the first Prometheus had pulled on the line left behind by going back in time; written `before`.
    Before,
}

impl fmt::Display for StoreId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pulled => f.write_str("pulled"),
            Self::Prometheus(name) => write!(f, "prometheus:{name}"),
            Self::Pushed => f.write_str("pushed"),
            Self::Truth => f.write_str("truth"),
            Self::Imported(name) => write!(f, "imported:{name}"),
            Self::Before => f.write_str("before"),
        }
    }
}

impl std::str::FromStr for StoreId {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        Ok(match (text, text.split_once(':')) {
            ("pulled", _) => Self::Pulled,
            ("pushed", _) => Self::Pushed,
            ("truth", _) => Self::Truth,
            ("before", _) => Self::Before,
            (_, Some(("prometheus", name))) if !name.is_empty() => Self::Prometheus(name.to_owned()),
            (_, Some(("imported", name))) if !name.is_empty() => Self::Imported(name.to_owned()),
            _ => return Err(Problem::new("unknown-store", format!("unknown store {text:?}"))),
        })
    }
}
