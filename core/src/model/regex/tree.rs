//! The tree of a regular expression, and what it says about the texts it matches.

use super::class::Class;

/// A node of the tree.
#[derive(Clone, Debug)]
pub enum Node {
    /// The empty text.
    Empty,
    /// One character, in either case where `folded`.
    Character {
        character: char,
        folded: bool,
    },
    /// One character of a set.
    Class(Class),
    /// Any character: the dot of Prometheus's matchers.
    Any,
    /// A place, no character.
    Assertion(Assertion),
    /// A numbered group; its name is kept apart.
    Group(usize, Box<Node>),
    /// A repetition; without `most` there is no end.
    Repeat(Box<Repeat>),
    Concat(Vec<Node>),
    Alternate(Vec<Node>),
}

/// How often something is repeated.
#[derive(Clone, Debug)]
pub struct Repeat {
    pub node: Node,
    pub least: u32,
    pub most: Option<u32>,
    pub greedy: bool,
}

/// What a place must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assertion {
    TextStart,
    TextEnd,
    LineStart,
    LineEnd,
    WordBoundary,
    NoWordBoundary,
}

/// The literal texts that every match must hold, where the expression is a sequence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Required {
    /// The match begins with it.
    pub prefix: String,
    /// The match ends with it.
    pub suffix: String,
    /// The match holds these between, in their order.
    pub contains: Vec<String>,
}

/// A sequence without groups and with the anchors at its ends taken off, as the whole text is matched anyway.
pub struct Sequence<'n>(Vec<Part<'n>>);

/// A part of a sequence.
pub enum Part<'n> {
    /// Characters side by side.
    Literal { text: String, folded: bool },
    /// Anything else.
    Other(&'n Node),
}

impl Node {
    /// The node as a sequence.
    pub fn sequence(&self) -> Sequence<'_> {
        let mut flat = Vec::new();
        flatten(self, &mut flat);
        let starts = flat.iter().take_while(|node| is_assertion(node, Assertion::TextStart)).count().min(1);
        let mut parts = Vec::new();
        let mut rest = &flat[starts..];
        if let Some((last, before)) = rest.split_last()
            && is_assertion(last, Assertion::TextEnd)
        {
            rest = before;
        }
        for node in rest {
            push_part(node, &mut parts);
        }
        Sequence(parts)
    }

    /// The node inside any groups around it.
    pub fn ungrouped(&self) -> &Self {
        match self {
            Self::Group(_, inner) => inner.ungrouped(),
            Self::Concat(nodes) | Self::Alternate(nodes) if nodes.len() == 1 => nodes[0].ungrouped(),
            other => other,
        }
    }
}

fn is_assertion(node: &Node, wanted: Assertion) -> bool {
    matches!(node, Node::Assertion(assertion) if *assertion == wanted)
}

fn flatten<'n>(node: &'n Node, flat: &mut Vec<&'n Node>) {
    match node.ungrouped() {
        Node::Concat(nodes) => nodes.iter().for_each(|node| flatten(node, flat)),
        Node::Empty => {}
        node => flat.push(node),
    }
}

fn push_part<'n>(node: &'n Node, parts: &mut Vec<Part<'n>>) {
    let Node::Character { character, folded } = node else {
        parts.push(Part::Other(node));
        return;
    };
    if let Some(Part::Literal { text, folded: same }) = parts.last_mut()
        && same == folded
    {
        text.push(*character);
    } else {
        parts.push(Part::Literal { text: character.to_string(), folded: *folded });
    }
}

impl Sequence<'_> {
    /// The parts.
    pub fn parts(&self) -> &[Part<'_>] {
        &self.0
    }

    /// The literals that every match must hold. Only case-sensitive ones count.
    pub fn required(&self) -> Required {
        let literal = |part: &Part<'_>| match part {
            Part::Literal { text, folded: false } => Some(text.clone()),
            _ => None,
        };
        let parts = &self.0;
        if parts.len() < 2 {
            let prefix = parts.first().and_then(literal).unwrap_or_default();
            return Required { suffix: prefix.clone(), prefix, contains: Vec::new() };
        }
        Required {
            prefix: parts.first().and_then(literal).unwrap_or_default(),
            suffix: parts.last().and_then(literal).unwrap_or_default(),
            contains: parts[1..parts.len() - 1].iter().filter_map(literal).collect(),
        }
    }
}
