//! How much relabeling may make and cost. A rule can double what it finds (`replacement: $1$1`, a label named twice, a
//! `labelmap`), and a configuration has room for thousands of rules.
//!
//! Differs: Prometheus has no such limits, and comes to an end with its memory.

use std::fmt;

use crate::model::labels::Label;
use crate::model::regex::{Steps, Unexpanded};

/// The longest text that a rule matches or writes, in bytes: as much as a line of a page may hold.
pub const MAX_TEXT_BYTES: usize = 64 << 10;
/// The most labels that a set may have.
pub const MAX_LABELS: usize = 512;
/// The most bytes of names and values that rules write for what is relabeled together.
pub const MAX_WRITTEN_BYTES: usize = 8 << 20;
/// The most steps of matching for what is relabeled together: about a fifth of a second.
const MAX_STEPS: u64 = 20_000_000;
/// What a label costs besides its name and its value, in bytes.
const LABEL_BYTES: usize = 64;

/// What may still be done for label sets that are relabeled together: those of a page, or those of a job's targets.
#[derive(Clone, Debug)]
pub struct Work {
    /// Steps of matching.
    pub(super) steps: Steps,
    bytes: usize,
}

/// Why relabeling came to no end. Displays as the error that a target shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Excess {
    /// A text is longer than [`MAX_TEXT_BYTES`].
    Text,
    /// A set has more than [`MAX_LABELS`].
    Labels,
    /// The sets that are relabeled together have more bytes than [`MAX_WRITTEN_BYTES`].
    Bytes,
    /// Matching takes too many steps.
    Steps,
}

impl Default for Work {
    fn default() -> Self {
        Self { steps: Steps::new(MAX_STEPS), bytes: MAX_WRITTEN_BYTES }
    }
}

impl Work {
    /// Counts a label that is written.
    pub(super) fn write(&mut self, label: &Label) -> Result<(), Excess> {
        let bytes = label.name.len() + label.value.len() + LABEL_BYTES;
        self.bytes = self.bytes.checked_sub(bytes).ok_or(Excess::Bytes)?;
        Ok(())
    }
}

impl From<Unexpanded> for Excess {
    fn from(unexpanded: Unexpanded) -> Self {
        match unexpanded {
            Unexpanded::Exhausted => Self::Steps,
            Unexpanded::TooLong => Self::Text,
        }
    }
}

impl fmt::Display for Excess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text => write!(f, "relabeling limit exceeded: a text longer than {MAX_TEXT_BYTES} bytes"),
            Self::Labels => write!(f, "relabeling limit exceeded: more than {MAX_LABELS} labels"),
            Self::Bytes => {
                write!(f, "relabeling limit exceeded: more than {MAX_WRITTEN_BYTES} bytes of labels")
            }
            Self::Steps => f.write_str("relabeling limit exceeded: the rules take too long"),
        }
    }
}

impl std::error::Error for Excess {}
