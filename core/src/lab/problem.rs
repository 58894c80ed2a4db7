//! Why something was refused: a stable code, the text in the real system's words, and the place.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::base::span::{Place, Span};

/// One fault of a command, an expression, a file or a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// What kind of fault: stable, lower case with dashes. Explanations in the learner's language hang on it.
    pub code: Cow<'static, str>,
    /// The real system's words.
    pub text: String,
    /// The bytes it is about, where it is about some.
    pub span: Option<Span>,
    /// Line and column of its beginning, where they are known.
    pub place: Option<Place>,
}

impl Problem {
    /// A fault without a place.
    pub fn new(code: &'static str, text: impl Into<String>) -> Self {
        Self { code: Cow::Borrowed(code), text: text.into(), span: None, place: None }
    }

    /// The same fault, about the bytes `span` of `source`.
    #[must_use]
    pub fn within(mut self, source: &str, span: Span) -> Self {
        self.place = Some(Place::of(source, span.start));
        self.span = Some(span);
        self
    }

    /// The same fault at a line and column whose bytes are not known.
    #[must_use]
    pub fn at(mut self, place: Option<Place>) -> Self {
        self.place = place;
        self
    }
}

/// Prints `1:5: text`, or the text alone where there is no place.
impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.place {
            Some(place) => write!(f, "{place}: {}", self.text),
            None => f.write_str(&self.text),
        }
    }
}

impl std::error::Error for Problem {}
