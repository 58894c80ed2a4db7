//! Reads a pattern in Go's dialect (RE2) as Prometheus has it: the dot matches line ends too.
//!
//! Source: the behaviour of Go's `regexp/syntax` with its Perl flags.

use super::class::Class;
use super::error::{RegexError, RegexErrorKind as Kind};
use super::tree::{Assertion, Node, Repeat};

/// How deep groups may nest. Go allows a thousand; what walks the tree here is recursive.
const MAX_DEPTH: usize = 200;
/// How often something may be repeated, repetitions within repetitions multiplied.
const MAX_REPEAT: u32 = 1000;

/// A pattern read.
pub struct Pattern {
    pub node: Node,
    /// The names of the groups; the first one is the whole match and has none.
    pub groups: Vec<Option<String>>,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Flags {
    pub fold: bool,
    multiline: bool,
    dot_matches_newline: bool,
    ungreedy: bool,
}

/// A group that is still open.
struct Open {
    /// Its number, where it captures.
    number: Option<usize>,
    /// The flags to go back to.
    flags: Flags,
    /// The alternatives read so far, and the one being read.
    alternatives: Vec<Node>,
    sequence: Vec<Node>,
}

pub(super) struct Parser<'p> {
    pub whole: &'p str,
    pub rest: &'p str,
    pub flags: Flags,
    open: Vec<Open>,
    groups: Vec<Option<String>>,
}

/// Reads `pattern`.
///
/// # Errors
/// Its first fault.
pub fn parse(pattern: &str) -> Result<Pattern, RegexError> {
    let flags = Flags { fold: false, multiline: false, dot_matches_newline: true, ungreedy: false };
    let outermost = Open { number: None, flags, alternatives: Vec::new(), sequence: Vec::new() };
    let mut parser =
        Parser { whole: pattern, rest: pattern, flags, open: vec![outermost], groups: vec![None] };
    let mut repeated: Option<&str> = None;
    while let Some(first) = parser.rest.chars().next() {
        let before = parser.rest;
        let is_repeat = parser.step(first, repeated)?;
        repeated = is_repeat.then_some(before);
    }
    let last = parser.open.pop();
    if !parser.open.is_empty() {
        return Err(Kind::MissingParen.at(pattern));
    }
    Ok(Pattern { node: last.map_or(Node::Empty, closed), groups: parser.groups })
}

fn closed(mut open: Open) -> Node {
    let sequence = concat(open.sequence);
    if open.alternatives.is_empty() {
        return sequence;
    }
    open.alternatives.push(sequence);
    Node::Alternate(open.alternatives)
}

fn concat(mut nodes: Vec<Node>) -> Node {
    match nodes.len() {
        0 => Node::Empty,
        1 => nodes.remove(0),
        _ => Node::Concat(nodes),
    }
}

impl<'p> Parser<'p> {
    /// Reads one piece; whether it was a repetition.
    fn step(&mut self, first: char, repeated: Option<&'p str>) -> Result<bool, RegexError> {
        match first {
            '(' => self.open_group()?,
            '|' => {
                self.rest = &self.rest[1..];
                let open = self.innermost();
                let sequence = concat(std::mem::take(&mut open.sequence));
                open.alternatives.push(sequence);
            }
            ')' => self.close_group()?,
            '^' if self.flags.multiline => self.single(Node::Assertion(Assertion::LineStart)),
            '^' => self.single(Node::Assertion(Assertion::TextStart)),
            '$' if self.flags.multiline => self.single(Node::Assertion(Assertion::LineEnd)),
            '$' => self.single(Node::Assertion(Assertion::TextEnd)),
            '.' if self.flags.dot_matches_newline => self.single(Node::Any),
            '.' => {
                let mut class = Class::none();
                class.add('\n', '\n');
                class.negate();
                self.single(Node::Class(class));
            }
            '[' => {
                let class = self.bracketed()?;
                self.push(Node::Class(class));
            }
            '*' => return self.repeat((0, None), 1, repeated),
            '+' => return self.repeat((1, None), 1, repeated),
            '?' => return self.repeat((0, Some(1)), 1, repeated),
            '{' => match counts(self.rest) {
                Some((least, most, length)) => {
                    let invalid = least > i64::from(MAX_REPEAT)
                        || least < 0
                        || most.is_some_and(|most| most > i64::from(MAX_REPEAT) || most < least);
                    if invalid {
                        return Err(Kind::RepeatCount.at(&self.rest[..length]));
                    }
                    return self.repeat((least as u32, most.map(|most| most as u32)), length, repeated);
                }
                None => self.literal_here(),
            },
            '\\' => self.escape()?,
            _ => self.literal_here(),
        }
        Ok(false)
    }

    fn innermost(&mut self) -> &mut Open {
        let last = self.open.len() - 1; // the outermost is never closed before the end
        &mut self.open[last]
    }

    pub fn push(&mut self, node: Node) {
        self.innermost().sequence.push(node);
    }

    fn single(&mut self, node: Node) {
        self.rest = &self.rest[1..];
        self.push(node);
    }

    fn literal_here(&mut self) {
        let mut characters = self.rest.chars();
        if let Some(character) = characters.next() {
            self.rest = characters.as_str();
            self.push_literal(character);
        }
    }

    pub fn push_literal(&mut self, character: char) {
        // A character without another case is the same either way.
        let folded = self.flags.fold && super::class::folded(character).characters(1).is_none();
        self.push(Node::Character { character, folded });
    }

    fn open_group(&mut self) -> Result<(), RegexError> {
        if self.open.len() > MAX_DEPTH {
            return Err(Kind::TooDeep.at(self.whole));
        }
        if self.rest.starts_with("(?") {
            return self.perl_group();
        }
        self.rest = &self.rest[1..];
        self.groups.push(None);
        self.enter(Some(self.groups.len() - 1));
        Ok(())
    }

    fn enter(&mut self, number: Option<usize>) {
        let flags = self.flags;
        self.open.push(Open { number, flags, alternatives: Vec::new(), sequence: Vec::new() });
    }

    fn close_group(&mut self) -> Result<(), RegexError> {
        if self.open.len() < 2 {
            return Err(Kind::UnexpectedParen.at(self.whole));
        }
        self.rest = &self.rest[1..];
        if let Some(open) = self.open.pop() {
            self.flags = open.flags;
            let number = open.number;
            let inner = closed(open);
            self.push(match number {
                Some(number) => Node::Group(number, Box::new(inner)),
                // Kept as one piece, so that a repetition behind it takes all of it.
                None => Node::Concat(vec![inner]),
            });
        }
        Ok(())
    }

    /// `(?P<name>`, `(?<name>`, `(?flags:` and `(?flags)`.
    fn perl_group(&mut self) -> Result<(), RegexError> {
        let group = self.rest;
        for start in ["(?P<", "(?<"] {
            if let Some(named) = group.strip_prefix(start) {
                let end = named.find('>').ok_or_else(|| Kind::InvalidGroupName.at(group))?;
                let name = &named[..end];
                let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
                if name.is_empty() || !plain {
                    return Err(Kind::InvalidGroupName.at(&group[..start.len() + end + 1]));
                }
                self.rest = &named[end + 1..];
                self.groups.push(Some(name.to_owned()));
                self.enter(Some(self.groups.len() - 1));
                return Ok(());
            }
        }
        let (mut flags, mut on, mut seen) = (self.flags, true, false);
        let mut rest = group[2..].chars();
        while let Some(character) = rest.next() {
            match character {
                'i' => flags.fold = on,
                'm' => flags.multiline = on,
                's' => flags.dot_matches_newline = on,
                'U' => flags.ungreedy = on,
                '-' if on => {
                    (on, seen) = (false, false);
                    continue;
                }
                ':' | ')' if on || seen => {
                    self.rest = rest.as_str();
                    if character == ':' {
                        self.enter(None);
                    }
                    self.flags = flags;
                    return Ok(());
                }
                _ => break,
            }
            seen = true;
        }
        Err(Kind::InvalidPerlSyntax.at(&group[..group.len() - rest.as_str().len()]))
    }

    /// A repetition operator of `length` bytes behind the last piece.
    fn repeat(
        &mut self,
        (least, most): (u32, Option<u32>),
        length: usize,
        repeated: Option<&'p str>,
    ) -> Result<bool, RegexError> {
        let operator = self.rest;
        let mut rest = &operator[length..];
        let mut greedy = !self.flags.ungreedy;
        if let Some(behind) = rest.strip_prefix('?') {
            rest = behind;
            greedy = !greedy;
        }
        let written = &operator[..operator.len() - rest.len()];
        if let Some(before) = repeated {
            return Err(Kind::NestedRepetition.at(&before[..before.len() - rest.len()]));
        }
        let open = self.innermost();
        let Some(node) = open.sequence.pop() else {
            return Err(Kind::MissingRepeatArgument.at(written));
        };
        let repeat = Repeat { node, least, most, greedy };
        let node = Node::Repeat(Box::new(repeat));
        let counted = least >= 2 || most.is_some_and(|most| most >= 2);
        if counted && !fits(&node, MAX_REPEAT) {
            return Err(Kind::RepeatCount.at(written));
        }
        open.sequence.push(node);
        self.rest = rest;
        Ok(true)
    }
}

/// Whether the repetitions in `node`, multiplied, are at most `limit`.
fn fits(node: &Node, limit: u32) -> bool {
    match node {
        Node::Repeat(repeat) => {
            let times = repeat.most.unwrap_or(repeat.least);
            repeat.most == Some(0)
                || (times <= limit && fits(&repeat.node, limit.checked_div(times).unwrap_or(limit)))
        }
        Node::Group(_, inner) => fits(inner, limit),
        Node::Concat(nodes) | Node::Alternate(nodes) => nodes.iter().all(|node| fits(node, limit)),
        _ => true,
    }
}

/// `{2}`, `{2,}`, `{2,5}` at the start of `text`, with its length; anything else is no repetition but a brace. A
/// number far too large is -1.
fn counts(text: &str) -> Option<(i64, Option<i64>, usize)> {
    let (least, rest) = count(&text[1..])?;
    let (least, most, rest) = match rest.strip_prefix(',') {
        None => (least, Some(least), rest),
        Some(rest) if rest.starts_with('}') => (least, None, rest),
        Some(rest) => {
            let (most, rest) = count(rest)?;
            (if most < 0 { -1 } else { least }, Some(most), rest)
        }
    };
    let rest = rest.strip_prefix('}')?;
    Some((least, most, text.len() - rest.len()))
}

fn count(text: &str) -> Option<(i64, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 || (digits > 1 && text.starts_with('0')) {
        return None;
    }
    let value = if digits > 8 { -1 } else { text[..digits].parse().unwrap_or(-1) };
    Some((value, &text[digits..]))
}
