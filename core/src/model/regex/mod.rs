//! Regular expressions in Go's dialect (RE2), as label matchers and relabeling use them: always over the whole text,
//! and a dot matches line ends too (`^(?s:…)$`).

mod class;
mod error;
mod escape;
mod expand;
mod machine;
mod parse;
mod program;
mod shortcut;
mod steps;
mod tree;
mod unicode;

use std::sync::Arc;

pub use error::{RegexError, RegexErrorKind};
pub use expand::Unexpanded;
use program::Instruction;
use shortcut::Piece;
pub use steps::{Exhausted, Steps};
pub use tree::Required;

/// A regular expression that must match the whole text.
#[derive(Clone, Debug)]
pub struct AnchoredRegex(Arc<Compiled>);

#[derive(Debug)]
struct Compiled {
    plan: Plan,
    required: Required,
    /// Empty where neither matching nor groups need it.
    program: Vec<Instruction>,
    /// The names of the groups; the first one is the whole match and has none.
    groups: Vec<Option<String>>,
}

/// How a text is held against the expression.
#[derive(Debug)]
enum Plan {
    /// One of these texts, in the order of the pattern and sorted.
    Alternatives { written: Vec<String>, sorted: Vec<String> },
    /// Literals and gaps.
    Pieces(Vec<Piece>),
    /// The machine, once the literals that must occur do.
    Program,
}

/// The most alternatives that are worth looking up one by one, as Prometheus has it.
const MAX_LOOKED_UP: usize = 256;

impl AnchoredRegex {
    /// Compiles `pattern`, written in Go's dialect.
    ///
    /// # Errors
    /// When it is not a regular expression of Go's, or too large.
    pub fn new(pattern: &str) -> Result<Self, RegexError> {
        let parse::Pattern { node, groups } = parse::parse(pattern)?;
        let sequence = node.sequence();
        let plan = match (shortcut::alternatives(&node), shortcut::pieces(&sequence)) {
            (Some(written), _) => {
                let mut sorted = written.clone();
                sorted.sort();
                Plan::Alternatives { written, sorted }
            }
            (None, Some(pieces)) => Plan::Pieces(pieces),
            (None, None) => Plan::Program,
        };
        let needs_program = matches!(plan, Plan::Program) || groups.len() > 1;
        let program = if needs_program { program::compile(&node, pattern)? } else { Vec::new() };
        let required = sequence.required();
        Ok(Self(Arc::new(Compiled { plan, required, program, groups })))
    }

    /// Whether the whole text matches.
    #[must_use]
    pub fn is_match(&self, text: &str) -> bool {
        self.is_match_within(text, &mut Steps::endless()).is_ok_and(|matches| matches)
    }

    /// As [`AnchoredRegex::is_match`], in so many steps at most; the text's own length counts too.
    ///
    /// # Errors
    /// When more steps are needed.
    pub fn is_match_within(&self, text: &str, steps: &mut Steps) -> Result<bool, Exhausted> {
        steps.take(text.len() as u64)?;
        Ok(match &self.0.plan {
            Plan::Alternatives { sorted, .. } => {
                sorted.binary_search_by(|one| one.as_str().cmp(text)).is_ok()
            }
            Plan::Pieces(pieces) => shortcut::fits(pieces, text),
            Plan::Program => self.has_required(text) && machine::is_match(&self.0.program, text, steps)?,
        })
    }

    /// Whether a whole text matches that may hold bytes which are no UTF-8: each of them is a character of its own,
    /// U+FFFD, as in Go.
    #[must_use]
    pub fn is_match_bytes(&self, text: &[u8]) -> bool {
        if let Ok(text) = std::str::from_utf8(text) {
            return self.is_match(text);
        }
        let mut readable = String::with_capacity(text.len());
        for chunk in text.utf8_chunks() {
            readable.push_str(chunk.valid());
            readable.extend(chunk.invalid().iter().map(|_| char::REPLACEMENT_CHARACTER));
        }
        self.is_match(&readable)
    }

    fn has_required(&self, text: &str) -> bool {
        let required = &self.0.required;
        if !text.starts_with(&required.prefix) || !text.ends_with(&required.suffix) {
            return false;
        }
        let mut rest = text;
        required.contains.iter().all(|literal| match rest.find(literal.as_str()) {
            Some(at) => {
                rest = &rest[at + literal.len()..];
                true
            }
            None => false,
        })
    }

    /// The only texts that match, in the order of the pattern, where they are few (`a|b|c`): a store looks them up
    /// instead of trying every value.
    #[must_use]
    pub fn alternatives(&self) -> Option<&[String]> {
        match &self.0.plan {
            Plan::Alternatives { written, .. } if written.len() <= MAX_LOOKED_UP => Some(written),
            _ => None,
        }
    }

    /// What every match begins with; may be empty.
    #[must_use]
    pub fn prefix(&self) -> &str {
        &self.0.required.prefix
    }

    /// The literal texts that every match must hold, where the expression is a sequence.
    #[must_use]
    pub fn required(&self) -> &Required {
        &self.0.required
    }
}

#[cfg(test)]
mod tests;
