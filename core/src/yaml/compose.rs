//! From a text to a tree, within a budget: events of the YAML scanner are put together, aliases and merge keys
//! resolved. Knows no types.

use std::collections::BTreeMap;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError, Tag};

use super::error::{Error, Problem};
use super::node::{Content, Node};
use crate::base::span::Place;

/// How much of a text is read before it is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Length of the text in bytes.
    pub bytes: u32,
    /// Nodes of the tree, after aliases are replaced.
    pub nodes: u32,
    /// Levels of nesting, after aliases are replaced.
    pub depth: u32,
}

impl Default for Budget {
    /// Enough for any file that a person writes.
    fn default() -> Self {
        Self { bytes: 1 << 20, nodes: 100_000, depth: 100 }
    }
}

/// The tree of the first document of `text`; a null where there is none. Further documents are not looked at, as
/// Go's `Unmarshal` does not.
///
/// # Errors
/// When the text is not YAML, or exceeds the budget.
pub fn compose(text: &str, budget: Budget) -> Result<Node, Error> {
    if text.len() > budget.bytes as usize {
        return Err(refused(format!("input is longer than {} bytes", budget.bytes)));
    }
    check_characters(text)?;
    let mut composer = Composer { text, lines: line_starts(text), budget, ..Composer::default() };
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        let (event, span) = event.map_err(|error| composer.syntax(&error))?;
        let place = composer.place(&span.start);
        if let Some(root) = composer.take(event, place)? {
            // The end of the document is where the scanner finds what cannot follow.
            return match parser.next_event() {
                Some(Err(error)) => Err(composer.syntax(&error)),
                _ => Ok(root),
            };
        }
    }
    Ok(Node {
        place: Place { line: 1, column: 1 },
        tag: None,
        content: Content::Scalar { text: String::new(), plain: true },
    })
}

/// What Go's reader refuses before it looks at the grammar: control characters, and another version of YAML.
fn check_characters(text: &str) -> Result<(), Error> {
    let is_control = |c: char| match c {
        '\t' | '\n' | '\r' | '\u{85}' => false,
        '\u{feff}' | '\u{fffe}' | '\u{ffff}' => true,
        _ => c.is_control(),
    };
    let rest = text.strip_prefix('\u{feff}').unwrap_or(text);
    if let Some(at) = rest.find(is_control) {
        let before = &rest[..at];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = before.bytes().filter(|byte| *byte == b'\n').count() as u32 + 1;
        let place = Place { line, column: (at - line_start) as u32 + 1 };
        return Err(Error::Syntax(Problem::at(place, "control characters are not allowed")));
    }
    for (line, content) in rest.lines().enumerate() {
        match content.strip_prefix("%YAML ") {
            Some(version) if version.split('#').next().is_some_and(|version| version.trim() != "1.1") => {
                let place = Place { line: line as u32 + 1, column: 1 };
                return Err(Error::Syntax(Problem::at(place, "found incompatible YAML document")));
            }
            Some(_) => {}
            None if content.starts_with('%') || content.starts_with('#') || content.is_empty() => {}
            None => break,
        }
    }
    Ok(())
}

fn refused(text: String) -> Error {
    Error::Syntax(Problem::anywhere(text))
}

/// The byte offset at which each line begins. A line ends as YAML has it: by `\n`, `\r\n` or a lone `\r`.
fn line_starts(text: &str) -> Vec<u32> {
    let bytes = text.as_bytes();
    let ends = |at: &usize| bytes[*at] == b'\n' || (bytes[*at] == b'\r' && bytes.get(at + 1) != Some(&b'\n'));
    std::iter::once(0).chain((0..bytes.len()).filter(ends).map(|at| at as u32 + 1)).collect()
}

/// A collection whose end has not come yet.
struct Open {
    node: Node,
    anchor: usize,
    key: Option<Node>,
}

/// What an anchor stands for, measured once.
struct Anchored {
    node: Node,
    nodes: u32,
    depth: u32,
}

#[derive(Default)]
struct Composer<'text> {
    text: &'text str,
    lines: Vec<u32>,
    budget: Budget,
    open: Vec<Open>,
    anchors: BTreeMap<usize, Anchored>,
    nodes: u32,
}

impl Composer<'_> {
    /// Takes an event; gives the root once it is complete.
    fn take(&mut self, event: Event<'_>, place: Place) -> Result<Option<Node>, Error> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let plain = style == ScalarStyle::Plain;
                let content = Content::Scalar { text: text.into_owned(), plain };
                self.count(1, 1, place, false)?;
                self.complete(Node { place, tag: short(tag.as_deref()), content }, anchor)
            }
            Event::SequenceStart(anchor, tag) => {
                self.begin(Content::Sequence(Vec::new()), anchor, tag.as_deref(), place)
            }
            Event::MappingStart(anchor, tag) => {
                self.begin(Content::Mapping(Vec::new()), anchor, tag.as_deref(), place)
            }
            Event::SequenceEnd | Event::MappingEnd => match self.open.pop() {
                Some(mut open) => {
                    if let Content::Mapping(pairs) = &mut open.node.content {
                        *pairs = merged(std::mem::take(pairs))?;
                    }
                    self.complete(open.node, open.anchor)
                }
                None => Ok(None),
            },
            Event::Alias(anchor) => {
                let name = self.name_at(place);
                let Some(anchored) = self.anchors.get(&anchor) else {
                    return Err(refused(format!("anchor '{name}' value contains itself")));
                };
                let (nodes, depth) = (anchored.nodes, anchored.depth);
                self.count(nodes, depth, place, true)?;
                let node = self.anchors[&anchor].node.clone();
                self.complete(node, 0)
            }
            _ => Ok(None),
        }
    }

    fn begin(
        &mut self,
        content: Content,
        anchor: usize,
        tag: Option<&Tag>,
        place: Place,
    ) -> Result<Option<Node>, Error> {
        self.count(1, 1, place, false)?;
        self.open.push(Open { node: Node { place, tag: short(tag), content }, anchor, key: None });
        Ok(None)
    }

    /// Charges nodes and depth to the budget.
    fn count(&mut self, nodes: u32, depth: u32, place: Place, aliased: bool) -> Result<(), Error> {
        self.nodes = self.nodes.saturating_add(nodes);
        if self.nodes > self.budget.nodes {
            return Err(refused(if aliased {
                "document contains excessive aliasing".to_owned()
            } else {
                format!("document has more than {} nodes", self.budget.nodes)
            }));
        }
        if self.open.len() as u32 + depth > self.budget.depth {
            let text = format!("exceeded max depth of {}", self.budget.depth);
            return Err(Error::Syntax(Problem::at(place, text)));
        }
        Ok(())
    }

    /// Puts a complete node where it belongs; gives it back where it is the root.
    fn complete(&mut self, node: Node, anchor: usize) -> Result<Option<Node>, Error> {
        if anchor > 0 {
            let (nodes, depth) = (node.count(), node.depth());
            // The copy kept for aliases counts too: nested anchors would otherwise cost their square.
            self.count(nodes, 0, node.place, true)?;
            self.anchors.insert(anchor, Anchored { node: node.clone(), nodes, depth });
        }
        let Some(parent) = self.open.last_mut() else {
            return Ok(Some(node));
        };
        match &mut parent.node.content {
            Content::Sequence(items) => items.push(node),
            Content::Mapping(pairs) => match parent.key.take() {
                Some(key) => pairs.push((key, node)),
                None => parent.key = Some(node),
            },
            Content::Scalar { .. } => {}
        }
        Ok(None)
    }

    /// The name of the alias or anchor that stands at `place`, without its sign.
    fn name_at(&self, place: Place) -> &str {
        let at = self.lines[place.line as usize - 1] as usize + place.column as usize - 1;
        let rest = self.text.get(at..).unwrap_or("").trim_start_matches(['*', '&']);
        let is_end = |c: char| c.is_whitespace() || matches!(c, ',' | '[' | ']' | '{' | '}');
        &rest[..rest.find(is_end).unwrap_or(rest.len())]
    }

    /// The scanner counts columns in characters from 0, a [`Place`] in bytes from 1.
    fn place(&self, marker: &Marker) -> Place {
        let line = marker.line().clamp(1, self.lines.len());
        let start = self.lines[line - 1] as usize;
        let rest = self.text.get(start..).unwrap_or("");
        let column: usize = rest.chars().take(marker.col()).map(char::len_utf8).sum();
        Place { line: line as u32, column: column as u32 + 1 }
    }

    fn syntax(&self, error: &ScanError) -> Error {
        let place = self.place(error.marker());
        if error.info().ends_with("found unknown anchor") {
            return refused(format!("unknown anchor '{}' referenced", self.name_at(place)));
        }
        Error::Syntax(Problem::at(place, in_go_words(error.info())))
    }
}

/// Go's words for what the scanner found.
fn in_go_words(found: &str) -> &str {
    let problem = match found.split_once(", ") {
        Some((context, problem)) if context.starts_with("while ") => problem,
        _ => found,
    };
    match problem {
        "simple key expect ':'" | "simple key expected" => "could not find expected ':'",
        "expected ',' or ']'" => "did not find expected ',' or ']'",
        "tabs disallowed in this context" | "tabs disallowed within this context (block indentation)" => {
            "found character that cannot start any token"
        }
        "recursion limit exceeded" => "exceeded max depth",
        "found a tab" => "found a tab character that violates indentation",
        "found unprintable character" => "control characters are not allowed",
        "invalid trailing content after double-quoted scalar" | "invalid indentation" => {
            "did not find expected key"
        }
        _ if problem.starts_with("unexpected character") => "found character that cannot start any token",
        _ => problem,
    }
}

fn short(tag: Option<&Tag>) -> Option<Box<str>> {
    let tag = tag?;
    Some(if tag.is_yaml_core_schema() { format!("!!{}", tag.suffix) } else { tag.to_string() }.into())
}

/// Replaces merge keys by the pairs that they bring in. A key that is written out wins, then the merge first named.
fn merged(pairs: Vec<(Node, Node)>) -> Result<Vec<(Node, Node)>, Error> {
    let is_merge = |key: &Node| {
        matches!(&key.content, Content::Scalar { text, plain: true } if text == "<<")
            && key.tag.as_deref().is_none_or(|tag| tag == "!!merge")
    };
    if !pairs.iter().any(|(key, _)| is_merge(key)) {
        return Ok(pairs);
    }
    let (merges, mut result): (Vec<_>, Vec<_>) = pairs.into_iter().partition(|(key, _)| is_merge(key));
    for (key, value) in merges {
        let sources = match value.content {
            Content::Mapping(_) => vec![value],
            Content::Sequence(items) => items,
            Content::Scalar { .. } => vec![value],
        };
        for source in sources {
            let Content::Mapping(pairs) = source.content else {
                let text = "map merge requires map or sequence of maps as the value";
                return Err(Error::Syntax(Problem::at(key.place, text)));
            };
            for (key, value) in pairs {
                if !result.iter().any(|(known, _)| known.content == key.content) {
                    result.push((key, value));
                }
            }
        }
    }
    Ok(result)
}
