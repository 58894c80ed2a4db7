//! Why a configuration was refused.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::yaml::{Error, Problem};

/// Why a configuration was refused. Displays in Prometheus's words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfigError {
    /// The line of the first problem, from 1; `None` where it is about the whole file.
    pub line: Option<u32>,
    /// Its byte column, from 1, where it is known.
    pub column: Option<u32>,
    /// What is wrong, in Prometheus's words; type errors stand in one message of several lines.
    pub message: String,
    /// Each problem with its place, to be shown where it is.
    pub problems: Vec<Problem>,
}

impl From<Error> for ConfigError {
    fn from(error: Error) -> Self {
        let place = error.place();
        Self {
            line: place.map(|place| place.line),
            column: place.map(|place| place.column),
            message: error.to_string(),
            problems: error.problems().to_vec(),
        }
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ConfigError {}
