//! Regular expressions in Go's dialect (RE2), on top of the `regex` crate.

use std::fmt;

/// Why a text is not a regular expression. Displays in the words of Go's `regexp`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegexError(pub String);

impl fmt::Display for RegexError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for RegexError {}

/// A regular expression that must match the whole text, with a dot that matches newlines: Prometheus's
/// `^(?s:…)$`.
#[derive(Clone, Debug)]
pub struct AnchoredRegex(regex::Regex);

impl AnchoredRegex {
    /// Compiles `pattern`, written in Go's dialect.
    ///
    /// # Errors
    /// When it is not a regular expression of Go's, or too large.
    pub fn new(pattern: &str) -> Result<Self, RegexError> {
        regex::Regex::new(&format!("^(?s:{pattern})$"))
            .map(Self)
            .map_err(|error| RegexError(error.to_string()))
    }

    /// Whether the whole text matches.
    #[must_use]
    pub fn is_match(&self, text: &str) -> bool {
        self.0.is_match(text)
    }

    /// Go's `Regexp.Expand`: `template` with `$1`, `${1}`, `$name` and `$$` replaced by the groups of the match;
    /// `None` where the text does not match. A group that is not there is empty.
    #[must_use]
    pub fn expand(&self, text: &str, template: &str) -> Option<String> {
        let captures = self.0.captures(text)?;
        let mut expanded = String::new();
        captures.expand(template, &mut expanded);
        Some(expanded)
    }
}
