//! Label matchers: `=`, `!=`, `=~`, `!~`.

use std::fmt;
use std::sync::Arc;

use super::labels::{Labels, is_plain_label_name};
use super::regex::{AnchoredRegex, RegexError};
use crate::base::number::quote;

/// How a matcher compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MatchOp {
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
    /// `=~`, fully anchored
    Regex,
    /// `!~`, fully anchored
    NotRegex,
}

impl MatchOp {
    /// The operator as written.
    #[must_use]
    pub const fn symbol(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::NotEqual => "!=",
            Self::Regex => "=~",
            Self::NotRegex => "!~",
        }
    }
}

/// A condition on one label. A missing label counts as the empty value.
#[derive(Clone, Debug)]
pub struct Matcher {
    /// The label's name.
    pub name: Arc<str>,
    /// How it is compared.
    pub op: MatchOp,
    /// What it is compared with: a value, or a regular expression in Go's dialect.
    pub value: Arc<str>,
    regex: Option<AnchoredRegex>,
}

impl Matcher {
    /// A matcher; the regular expression, where `op` takes one, is compiled now.
    ///
    /// # Errors
    /// When the regular expression is not one.
    pub fn new(
        name: impl Into<Arc<str>>,
        op: MatchOp,
        value: impl Into<Arc<str>>,
    ) -> Result<Self, RegexError> {
        let value = value.into();
        let regex = match op {
            MatchOp::Regex | MatchOp::NotRegex => Some(AnchoredRegex::new(&value)?),
            MatchOp::Equal | MatchOp::NotEqual => None,
        };
        Ok(Self { name: name.into(), op, value, regex })
    }

    /// A matcher `name="value"`.
    pub fn equal(name: impl Into<Arc<str>>, value: impl Into<Arc<str>>) -> Self {
        Self { name: name.into(), op: MatchOp::Equal, value: value.into(), regex: None }
    }

    /// Whether a label with this value (empty for a missing label) matches.
    #[must_use]
    pub fn matches(&self, value: &str) -> bool {
        let regex_matches = || self.regex.as_ref().is_some_and(|regex| regex.is_match(value));
        match self.op {
            MatchOp::Equal => *self.value == *value,
            MatchOp::NotEqual => *self.value != *value,
            MatchOp::Regex => regex_matches(),
            MatchOp::NotRegex => !regex_matches(),
        }
    }

    /// Whether a series with these labels matches.
    #[must_use]
    pub fn matches_labels(&self, labels: &Labels) -> bool {
        self.matches(labels.get(&self.name).unwrap_or(""))
    }

    /// Whether the matcher accepts a series without the label.
    #[must_use]
    pub fn matches_empty(&self) -> bool {
        self.matches("")
    }

    /// The compiled regular expression of `=~` and `!~`.
    #[must_use]
    pub fn regex(&self) -> Option<&AnchoredRegex> {
        self.regex.as_ref()
    }
}

/// Two matchers are equal when they are written the same.
impl PartialEq for Matcher {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.op == other.op && self.value == other.value
    }
}

impl Eq for Matcher {}

impl fmt::Display for Matcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if is_plain_label_name(&self.name) {
            write!(f, "{}{}{}", self.name, self.op.symbol(), quote(&self.value))
        } else {
            write!(f, "{}{}{}", quote(&self.name), self.op.symbol(), quote(&self.value))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_label_is_empty() {
        let labels = Labels::from_pairs([("a", "1")]);
        let matches = |op, value| Matcher::new("b", op, value).unwrap().matches_labels(&labels);
        assert!(matches(MatchOp::Equal, "") && !matches(MatchOp::NotEqual, ""));
        assert!(matches(MatchOp::Regex, "x*") && !matches(MatchOp::Regex, "x+"));
        assert!(matches(MatchOp::NotRegex, "x"));
    }
}
