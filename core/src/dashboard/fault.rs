//! Why a board was not changed.

use std::fmt;

use crate::base::span::Place;

/// One fault of a change or of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What kind of fault: stable, lower case with dashes.
    pub code: &'static str,
    /// What is wrong, in plain words.
    pub text: String,
    /// Line and column in the file, where they are known.
    pub place: Option<Place>,
}

impl Fault {
    /// A fault without a place.
    pub fn new(code: &'static str, text: impl Into<String>) -> Self {
        Self { code, text: text.into(), place: None }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for Fault {}
