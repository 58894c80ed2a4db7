//! What the fields of a section may not be together, as rows of a table. Reads no types: they are right by then.

use super::http_client::CLIENT_RULES;
use crate::base::number::quote;
use crate::yaml::{Content, Node, Problem, Read, Resolved, resolve};

/// A rule of a section. Names are dotted paths from the section on, lists of names are parted by spaces; the last text
/// is what is said where the rule is broken.
#[derive(Clone, Copy)]
pub(super) enum Rule {
    /// The field must be there and hold something.
    Filled(&'static str, &'static str),
    /// The field has a default that holds something: it may be left out, not emptied.
    NotEmptied(&'static str, &'static str),
    /// The field must be there, be it empty.
    Given(&'static str, &'static str),
    /// Where the first is given, the second must hold something.
    Needs(&'static str, &'static str, &'static str),
    /// At most one of these may hold something.
    AtMostOne(&'static str, &'static str),
    /// Where one of the first holds something, none of the second may.
    Excludes(&'static str, &'static str, &'static str),
    /// What the settings of the HTTP client demand.
    Client,
    /// Whatever else there is; the name is the field to point at.
    Check(&'static str, fn(&Section<'_>) -> Result<(), String>),
}

/// A section whose fields are of the right types.
#[derive(Clone, Copy)]
pub(super) struct Section<'n> {
    node: &'n Node,
}

impl<'n> Section<'n> {
    pub fn new(node: &'n Node) -> Self {
        Self { node }
    }

    /// The value at a path.
    pub fn at(&self, path: &str) -> Option<&'n Node> {
        path.split('.').try_fold(self.node, |node, name| node.get(name))
    }

    /// The text at a path; empty where there is none.
    pub fn text(&self, path: &str) -> &'n str {
        self.at(path).filter(|node| !node.is_null()).and_then(Node::text).unwrap_or("")
    }

    /// The items of the list at a path.
    pub fn items(&self, path: &str) -> &'n [Node] {
        self.at(path).map_or(&[][..], Node::items)
    }

    /// Whether the flag at a path is set.
    pub fn is_set(&self, path: &str) -> bool {
        self.at(path).and_then(resolve) == Some(Resolved::Bool(true))
    }

    /// Whether something stands at a path.
    pub fn has(&self, path: &str) -> bool {
        self.at(path).is_some_and(|node| !node.is_null())
    }

    /// Whether what stands at a path holds something: a structure does, be it empty.
    pub fn is_filled(&self, path: &str) -> bool {
        self.at(path).is_some_and(|node| match &node.content {
            Content::Scalar { text, .. } => !text.is_empty() && !node.is_null(),
            Content::Sequence(items) => !items.is_empty(),
            Content::Mapping(_) => true,
        })
    }

    /// Holds the section against rules, in their order.
    pub fn hold(&self, rules: &[Rule]) -> Read<()> {
        for rule in rules {
            let (at, broken): (&str, Option<String>) = match rule {
                Rule::Client => {
                    self.hold(CLIENT_RULES)?;
                    continue;
                }
                Rule::Check(at, check) => (at, check(self).err()),
                Rule::Filled(at, text) => (at, (!self.is_filled(at)).then(|| (*text).to_owned())),
                Rule::NotEmptied(at, text) => {
                    let emptied = self.at(at).is_some() && !self.is_filled(at);
                    (at, emptied.then(|| (*text).to_owned()))
                }
                Rule::Given(at, text) => (at, (!self.has(at)).then(|| (*text).to_owned())),
                Rule::Needs(given, needed, text) => {
                    let lacks = self.has(given) && !self.is_filled(needed);
                    (given, lacks.then(|| (*text).to_owned()))
                }
                Rule::AtMostOne(paths, text) => {
                    (paths, (self.filled(paths).count() > 1).then(|| (*text).to_owned()))
                }
                Rule::Excludes(these, those, text) => {
                    let both = self.filled(these).next().is_some() && self.filled(those).next().is_some();
                    (these, both.then(|| (*text).to_owned()))
                }
            };
            if let Some(text) = broken {
                let place = at.split(' ').find_map(|path| self.at(path)).unwrap_or(self.node).place;
                return Err(Problem::at(place, text));
            }
        }
        Ok(())
    }

    /// Which of the paths hold something.
    fn filled(&self, paths: &str) -> impl Iterator<Item = &'n Node> {
        let section = *self;
        paths.split(' ').filter(move |path| section.is_filled(path)).filter_map(move |path| section.at(path))
    }
}

/// A text in which `%q` stands for a quoted word, or `%s` for the word itself.
pub(super) fn fill(text: &str, word: &str) -> String {
    text.replace("%q", &quote(word)).replace("%s", word)
}
