//! The tree of a YAML document: scalars, sequences and mappings with their places. Says nothing about types yet.

use crate::base::span::Place;

/// A value of a document. Aliases are already replaced by what they stand for, merge keys by what they bring in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Where it begins. What came through an alias keeps the place where it was written.
    pub place: Place,
    /// The tag as written, in short form (`!!binary`, `!include`); `None` where there was none.
    pub tag: Option<Box<str>>,
    /// What it holds.
    pub content: Content,
}

/// What a node holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// A text. `plain` where it was written without quotes and not as a block, so that it may be a number or null.
    Scalar {
        /// The text, unescaped.
        text: String,
        /// Whether it was written without quotes.
        plain: bool,
    },
    /// Values in order.
    Sequence(Vec<Node>),
    /// Keys with values in the order written. Keys may be of any kind and may be doubled.
    Mapping(Vec<(Node, Node)>),
}

impl Node {
    /// The text of a scalar.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match &self.content {
            Content::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// The first value under a key, where this is a mapping.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.pairs().iter().find(|(name, _)| name.text() == Some(key)).map(|(_, value)| value)
    }

    /// The pairs of a mapping; none for anything else.
    #[must_use]
    pub fn pairs(&self) -> &[(Node, Node)] {
        match &self.content {
            Content::Mapping(pairs) => pairs,
            _ => &[],
        }
    }

    /// The items of a sequence; none for anything else.
    #[must_use]
    pub fn items(&self) -> &[Node] {
        match &self.content {
            Content::Sequence(items) => items,
            _ => &[],
        }
    }

    /// Whether it is null: nothing, `~` or `null`, unquoted.
    #[must_use]
    pub fn is_null(&self) -> bool {
        super::resolve(self) == Some(super::Resolved::Null)
    }

    /// How many nodes there are, this one counted, keys too.
    #[must_use]
    pub fn count(&self) -> u32 {
        match &self.content {
            Content::Scalar { .. } => 1,
            Content::Sequence(items) => 1 + items.iter().map(Self::count).sum::<u32>(),
            Content::Mapping(pairs) => {
                1 + pairs.iter().map(|(key, value)| key.count() + value.count()).sum::<u32>()
            }
        }
    }

    /// How many levels there are; 1 for a scalar.
    #[must_use]
    pub fn depth(&self) -> u32 {
        let below = match &self.content {
            Content::Scalar { .. } => 0,
            Content::Sequence(items) => items.iter().map(Self::depth).max().unwrap_or(0),
            Content::Mapping(pairs) => {
                pairs.iter().map(|(key, value)| key.depth().max(value.depth())).max().unwrap_or(0)
            }
        };
        below + 1
    }
}
