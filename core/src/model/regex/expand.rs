//! Templates filled with the groups of a match, as Go's `Regexp.Expand` fills them.

use std::sync::Arc;

use super::steps::{Exhausted, Steps};
use super::{AnchoredRegex, machine};

/// Why a template was not filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unexpanded {
    /// Matching takes too many steps.
    Exhausted,
    /// What came of it would be too long.
    TooLong,
}

impl From<Exhausted> for Unexpanded {
    fn from(_: Exhausted) -> Self {
        Self::Exhausted
    }
}

impl AnchoredRegex {
    /// Go's `Regexp.Expand`: `template` with `$1`, `${1}`, `$name` and `$$` replaced by the groups of the match;
    /// `None` where the text does not match. A group that is not there is empty.
    #[must_use]
    pub fn expand(&self, text: &str, template: &str) -> Option<String> {
        self.expand_within(text, template, usize::MAX, &mut Steps::endless()).ok().flatten()
    }

    /// As [`AnchoredRegex::expand`], up to `most` bytes and in so many steps at most.
    ///
    /// # Errors
    /// When the text would be longer, or more steps are needed.
    pub fn expand_within(
        &self,
        text: &str,
        template: &str,
        most: usize,
        steps: &mut Steps,
    ) -> Result<Option<String>, Unexpanded> {
        if !self.is_match_within(text, steps)? {
            return Ok(None);
        }
        let references = template.bytes().filter(|byte| *byte == b'$').count();
        steps.take((template.len() + references * self.0.groups.len()) as u64)?;
        let places = match self.0.groups.len() {
            1 => Arc::from([]), // only the whole match
            _ if !template.contains('$') => Arc::from([]),
            groups => match machine::captures(&self.0.program, text, groups, steps)? {
                Some(places) => places,
                None => return Ok(None),
            },
        };
        let group = |number: usize| match number {
            0 => Some(text),
            _ => match (places.get(2 * number), places.get(2 * number + 1)) {
                (Some(Some(start)), Some(Some(end))) => text.get(*start..*end),
                _ => None,
            },
        };
        let mut filled = String::new();
        let fits = self.fill(template, group, |piece| {
            let fits = piece.len() <= most - filled.len();
            if fits {
                filled.push_str(piece);
            }
            fits
        });
        if fits { Ok(Some(filled)) } else { Err(Unexpanded::TooLong) }
    }

    /// Hands on the pieces of a template, one after the other, for as long as they are wanted; gives whether all were.
    fn fill<'t>(
        &self,
        template: &str,
        group: impl Fn(usize) -> Option<&'t str>,
        mut push: impl FnMut(&str) -> bool,
    ) -> bool {
        let mut rest = template;
        while let Some(at) = rest.find('$') {
            if !push(&rest[..at]) {
                return false;
            }
            rest = &rest[at + 1..];
            let piece = if let Some(behind) = rest.strip_prefix('$') {
                rest = behind;
                "$"
            } else if let Some((name, behind)) = reference(rest) {
                rest = behind;
                self.named_group(name, &group).unwrap_or("")
            } else {
                "$" // a dollar that begins nothing is one
            };
            if !push(piece) {
                return false;
            }
        }
        push(rest)
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
