//! Regular expressions in Go's dialect (RE2), as label matchers and relabeling use them: always over the whole text,
//! and a dot matches line ends too (`^(?s:…)$`).

mod class;
mod error;
mod escape;
mod machine;
mod parse;
mod program;
mod shortcut;
mod tree;
mod unicode;

use std::sync::Arc;

pub use error::{RegexError, RegexErrorKind};
use program::Instruction;
use shortcut::Piece;
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
        match &self.0.plan {
            Plan::Alternatives { sorted, .. } => {
                sorted.binary_search_by(|one| one.as_str().cmp(text)).is_ok()
            }
            Plan::Pieces(pieces) => shortcut::fits(pieces, text),
            Plan::Program => self.has_required(text) && machine::is_match(&self.0.program, text),
        }
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

    /// Go's `Regexp.Expand`: `template` with `$1`, `${1}`, `$name` and `$$` replaced by the groups of the match;
    /// `None` where the text does not match. A group that is not there is empty.
    #[must_use]
    pub fn expand(&self, text: &str, template: &str) -> Option<String> {
        if !self.is_match(text) {
            return None;
        }
        if !template.contains('$') {
            return Some(template.to_owned());
        }
        let places = match self.0.groups.len() {
            1 => Arc::from([]), // only the whole match
            groups => machine::captures(&self.0.program, text, groups)?,
        };
        let group = |number: usize| match number {
            0 => Some(text),
            _ => match (places.get(2 * number), places.get(2 * number + 1)) {
                (Some(Some(start)), Some(Some(end))) => text.get(*start..*end),
                _ => None,
            },
        };
        Some(self.filled(template, group))
    }

    fn filled<'t>(&self, template: &str, group: impl Fn(usize) -> Option<&'t str>) -> String {
        let mut filled = String::new();
        let mut rest = template;
        while let Some(at) = rest.find('$') {
            filled.push_str(&rest[..at]);
            rest = &rest[at + 1..];
            if let Some(behind) = rest.strip_prefix('$') {
                filled.push('$');
                rest = behind;
            } else if let Some((name, behind)) = reference(rest) {
                rest = behind;
                filled.push_str(self.named_group(name, &group).unwrap_or(""));
            } else {
                filled.push('$'); // a dollar that begins nothing is one
            }
        }
        filled.push_str(rest);
        filled
    }

    /// What the group that a template calls so has matched. Of several of one name the first that took part counts.
    fn named_group<'t>(&self, name: &str, group: impl Fn(usize) -> Option<&'t str>) -> Option<&'t str> {
        if name.bytes().all(|byte| byte.is_ascii_digit()) {
            let plain = name.len() == 1 || !name.starts_with('0');
            return if plain { name.parse().ok().and_then(group) } else { None };
        }
        let groups = self.0.groups.iter().enumerate();
        groups.filter(|(_, of)| of.as_deref() == Some(name)).find_map(|(number, _)| group(number))
    }
}

/// The name at the start of a template behind its `$`, in braces or as long as it goes.
fn reference(text: &str) -> Option<(&str, &str)> {
    let braced = text.strip_prefix('{');
    let name = braced.unwrap_or(text);
    let length = name.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(name.len());
    if length == 0 {
        return None;
    }
    let behind = &name[length..];
    match braced {
        Some(_) => behind.strip_prefix('}').map(|behind| (&name[..length], behind)),
        None => Some((&name[..length], behind)),
    }
}

#[cfg(test)]
mod tests;
