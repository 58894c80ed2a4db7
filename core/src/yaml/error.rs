//! What is wrong with a YAML text, with places, in the words of Go's yaml.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::base::span::Place;

/// One thing that is wrong, without the `yaml: line 3:` in front.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Where; `None` where it is about the whole text.
    pub place: Option<Place>,
    /// What.
    pub text: String,
}

impl Problem {
    /// A problem at a place.
    pub fn at(place: Place, text: impl Into<String>) -> Self {
        Self { place: Some(place), text: text.into() }
    }

    /// A problem of the whole text.
    pub fn anywhere(text: impl Into<String>) -> Self {
        Self { place: None, text: text.into() }
    }
}

/// Why a YAML text was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Error {
    /// It is not YAML, or too much of it.
    Syntax(Problem),
    /// It is YAML, but values are of another type than expected, or fields are unknown or doubled. In order of place.
    Types(Vec<Problem>),
    /// The types are right, but what is said makes no sense.
    Invalid(Problem),
}

impl Error {
    /// Everything that is wrong, in order of place.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        match self {
            Self::Syntax(problem) | Self::Invalid(problem) => std::slice::from_ref(problem),
            Self::Types(problems) => problems,
        }
    }

    /// Where the first problem is.
    #[must_use]
    pub fn place(&self) -> Option<Place> {
        self.problems().iter().find_map(|problem| problem.place)
    }
}

/// Prints as Go's yaml does: `yaml: line 3: …`, `yaml: unmarshal errors:` with a line each, or the bare text.
///
/// Differs: Go counts the line of a parser's error from 0 and leaves out the first; here a line is the line.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax(Problem { place: Some(place), text }) => {
                write!(f, "yaml: line {}: {text}", place.line)
            }
            Self::Syntax(Problem { place: None, text }) => write!(f, "yaml: {text}"),
            Self::Types(problems) => {
                f.write_str("yaml: unmarshal errors:")?;
                for problem in problems {
                    match problem.place {
                        Some(place) => write!(f, "\n  line {}: {}", place.line, problem.text)?,
                        None => write!(f, "\n  {}", problem.text)?,
                    }
                }
                Ok(())
            }
            Self::Invalid(problem) => f.write_str(&problem.text),
        }
    }
}

impl std::error::Error for Error {}
