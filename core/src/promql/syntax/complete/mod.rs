//! What may stand at the cursor of an unfinished expression, and the signature of the call around it: from the same
//! tables as reading and evaluation, and from the names of a store. Works on wrong texts; draws nothing.

mod candidates;
mod place;
mod rank;
mod signature;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use signature::Signature;

use super::options::{MAX_BYTES, Options};
use crate::base::span::Span;
use crate::model::matcher::Matcher;
use candidates::candidates;
use place::place;

/// Items that are offered at once.
const MAX_ITEMS: usize = 60;

/// The names that a store knows.
pub trait Vocabulary {
    /// All metric names, in order.
    fn metrics(&self) -> Vec<Arc<str>>;
    /// Type and help of a metric, each empty where nobody said.
    fn describe(&self, metric: &str) -> (String, String);
    /// The label names of the series that match.
    fn label_names(&self, matchers: &[Matcher]) -> Vec<Arc<str>>;
    /// The values of a label among the series that match.
    fn label_values(&self, label: &str, matchers: &[Matcher]) -> Vec<Arc<str>>;
}

/// What may stand at the cursor.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Completion {
    /// The bytes that an item takes the place of.
    pub replaced: Span,
    /// The items, the likeliest first.
    pub items: Vec<Item>,
    /// Whether it is worth showing them unasked: something has been begun, or only names can follow.
    pub opens_unasked: bool,
    /// The call around the cursor.
    pub signature: Option<Signature>,
}

/// Something that may stand at the cursor.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// What it is.
    pub kind: ItemKind,
    /// How it is shown.
    pub label: String,
    /// What is written.
    pub insert: String,
    /// Where the cursor stands then, in bytes of `insert`.
    pub caret: u32,
    /// The bytes of `label` that were typed already.
    pub matched: Span,
    /// A metric's type, a function's signature; may be empty.
    pub detail: String,
    /// A metric's help; empty for everything else.
    pub help: String,
}

/// The kinds of item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ItemKind {
    /// The name of a metric.
    Metric,
    /// `sum`
    Aggregation,
    /// `rate`
    Function,
    /// The name of a label.
    Label,
    /// The value of a label.
    Value,
    /// `5m`
    Duration,
    /// `offset`, `and`, `=~`
    Keyword,
    /// A whole pattern with a gap.
    Pattern,
}

impl ItemKind {
    /// The kind's name, as texts and style sheets use it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Metric => "metric",
            Self::Aggregation => "aggregation",
            Self::Function => "function",
            Self::Label => "label",
            Self::Value => "value",
            Self::Duration => "duration",
            Self::Keyword => "keyword",
            Self::Pattern => "pattern",
        }
    }
}

/// What may stand at byte `cursor` of `text`. A cursor inside a character, or a text that is too long to be read, gets
/// nothing.
#[must_use]
pub fn complete(text: &str, cursor: u32, options: &Options, vocabulary: &dyn Vocabulary) -> Completion {
    let Some(before) = text.get(..cursor as usize) else { return Completion::default() };
    if text.len() > MAX_BYTES as usize {
        return Completion::default();
    }
    let here = place(text, before);
    let mut items = candidates(&here, text, options, vocabulary);
    rank::order(&mut items, &here.typed);
    // What is finished already need not be offered.
    let behind = here.replaced.of(text);
    if items.len() == 1 && items[0].insert == behind {
        items.clear();
    }
    items.truncate(MAX_ITEMS);
    for item in items.iter_mut().filter(|item| item.kind == ItemKind::Metric) {
        (item.detail, item.help) = vocabulary.describe(&item.insert);
    }
    Completion {
        replaced: here.replaced,
        items,
        opens_unasked: here.kind.opens_unasked() || !here.typed.is_empty(),
        signature: signature::of(&here.calls),
    }
}
