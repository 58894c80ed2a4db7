//! How a wrong expression may be mended: edits that a learner takes with one press. Every mend was tried before it is
//! offered: it leaves no fault, or fewer, or the first one further on. Guesses no meaning beyond the text.

mod brackets;
mod characters;
mod durations;
mod modifiers;
mod windows;
mod words;

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use super::error::ParseError;
use super::options::Options;
use super::parser::{Reading, read};
use crate::base::span::Span;

/// Mends that are offered at once.
const OFFERED: usize = 3;
/// Longer texts are not mended: each try reads the whole text.
const MAX_BYTES: usize = 4096;
/// Readings that one question may cost.
const TRIES: usize = 80;

/// A change of a stretch of text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    /// The bytes that are replaced; empty where something is put in.
    pub span: Span,
    /// What stands there then.
    pub text: String,
}

/// What a mend does, for the word on its button.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MendKind {
    /// Puts something in.
    Add,
    /// Writes something else.
    Write,
    /// Takes something away.
    Remove,
}

impl MendKind {
    /// The kind's name, as texts use it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Write => "write",
            Self::Remove => "remove",
        }
    }
}

/// A way to mend a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mend {
    /// What it does.
    pub kind: MendKind,
    /// What is added, written or removed.
    pub shown: String,
    /// The changes, in the order of the text, none over another.
    pub edits: Vec<Edit>,
}

impl Edit {
    /// Puts `text` in at byte `at`.
    pub(crate) fn insert(at: u32, text: impl Into<String>) -> Self {
        Self { span: Span::new(at, at), text: text.into() }
    }

    /// Writes `text` in place of `span`.
    pub(crate) fn replace(span: Span, text: impl Into<String>) -> Self {
        Self { span, text: text.into() }
    }

    /// Takes `span` away.
    pub(crate) fn delete(span: Span) -> Self {
        Self { span, text: String::new() }
    }
}

impl Mend {
    pub(crate) fn new(kind: MendKind, shown: impl Into<String>, edits: Vec<Edit>) -> Self {
        Self { kind, shown: shown.into(), edits }
    }

    pub(crate) fn add(at: u32, text: &str) -> Self {
        Self::new(MendKind::Add, text.trim(), vec![Edit::insert(at, text)])
    }

    pub(crate) fn write(span: Span, text: &str) -> Self {
        Self::new(MendKind::Write, text, vec![Edit::replace(span, text)])
    }

    /// Takes `span` away; its text is what is shown.
    pub(crate) fn remove(text: &str, span: Span) -> Self {
        Self::new(MendKind::Remove, span.of(text).trim(), vec![Edit::delete(span)])
    }

    /// The text with the changes made; `None` where they do not fit it.
    #[must_use]
    pub fn applied(&self, text: &str) -> Option<String> {
        let mut mended = String::with_capacity(text.len() + 16);
        let mut at = 0;
        for edit in &self.edits {
            mended.push_str(text.get(at..edit.span.start as usize)?);
            text.get(edit.span.start as usize..edit.span.end as usize)?;
            mended.push_str(&edit.text);
            at = edit.span.end as usize;
        }
        mended.push_str(text.get(at..)?);
        Some(mended)
    }

    /// Where the last change ends, in bytes of the mended text: a good place for the caret.
    #[must_use]
    pub fn caret(&self) -> u32 {
        let (mut grown, mut caret) = (0_i64, 0);
        for edit in &self.edits {
            caret = i64::from(edit.span.start) + grown + edit.text.len() as i64;
            grown += edit.text.len() as i64 - i64::from(edit.span.end - edit.span.start);
        }
        caret.max(0) as u32
    }
}

/// The ways to mend `text`, the likeliest first; none where it has no fault or nobody knows how. A window alone is no
/// fault; what is offered for it serves a query that wants one value an instant.
#[must_use]
pub fn mends(text: &str, options: &Options) -> Vec<Mend> {
    if text.len() > MAX_BYTES {
        return Vec::new();
    }
    let reading = read(text, options);
    if reading.errors.is_empty() {
        // No fault, but nothing that a graph could draw.
        return reading.expr.as_ref().map(|expr| windows::too_many_windows(text, expr)).unwrap_or_default();
    }
    let mut found: Vec<(bool, Mend)> = Vec::new();
    for mend in candidates(text, &reading, options).into_iter().take(TRIES) {
        let Some(mended) = mend.applied(text) else { continue };
        let is_known = found.iter().any(|(_, known)| known.applied(text).as_ref() == Some(&mended));
        let left = read(&mended, options).errors;
        if !is_known && is_better(&reading.errors, &left, &mend) {
            found.push((left.is_empty(), mend));
        }
    }
    // What mends everything stands before what mends a part.
    found.sort_by_key(|(whole, _)| !whole);
    found.into_iter().map(|(_, mend)| mend).take(OFFERED).collect()
}

fn candidates(text: &str, reading: &Reading, options: &Options) -> Vec<Mend> {
    let mut found = characters::candidates(text);
    found.extend(words::candidates(text, &reading.errors, options));
    found.extend(windows::candidates(text, reading));
    found.extend(modifiers::candidates(text, &reading.errors));
    found.extend(durations::candidates(text));
    found.extend(brackets::candidates(text));
    found
}

/// Whether `after` is less wrong than `before`: fewer faults, or the first one behind all that was changed.
fn is_better(before: &[ParseError], after: &[ParseError], mend: &Mend) -> bool {
    let first = |errors: &[ParseError]| errors.iter().map(|error| error.span.start).min();
    match (first(before), first(after)) {
        (_, None) => true,
        (Some(before_at), Some(after_at)) => {
            after.len() < before.len() || (after_at > before_at && after_at > mend.caret())
        }
        (None, Some(_)) => false,
    }
}
