//! What needs no machine: finite sets of texts, and sequences of literals with gaps.

use super::tree::{Node, Part, Sequence};

/// The most texts that are listed; a pattern with more is matched as a pattern.
const MAX_ALTERNATIVES: usize = 4096;

/// The most bytes that the listed texts may have together.
const MAX_BYTES: usize = 1 << 20;

/// The texts that `node` matches, in the order of its alternatives, where they are few and their case counts.
pub fn alternatives(node: &Node) -> Option<Vec<String>> {
    let mut found = vec![String::new()];
    for part in node.sequence().parts() {
        let endings = match part {
            Part::Literal { text, folded: false } => vec![text.clone()],
            Part::Literal { .. } => return None,
            Part::Other(node) => endings(node)?,
        };
        found = joined(&found, &endings)?;
    }
    Some(found)
}

/// Every start with every ending, where that is not too much.
fn joined(starts: &[String], endings: &[String]) -> Option<Vec<String>> {
    let bytes = |texts: &[String]| texts.iter().map(String::len).sum::<usize>();
    let total = bytes(starts) * endings.len() + bytes(endings) * starts.len();
    if starts.len() * endings.len() > MAX_ALTERNATIVES || total > MAX_BYTES {
        return None;
    }
    let joined = |start| endings.iter().map(move |ending| format!("{start}{ending}"));
    Some(starts.iter().flat_map(joined).collect())
}

/// As [`alternatives`], within a text: anchors end nothing here.
fn endings(node: &Node) -> Option<Vec<String>> {
    match node.ungrouped() {
        Node::Empty => Some(vec![String::new()]),
        Node::Character { character, folded: false } => Some(vec![character.to_string()]),
        Node::Class(class) => {
            let characters = class.characters(MAX_ALTERNATIVES)?;
            Some(characters.into_iter().map(String::from).collect())
        }
        Node::Concat(nodes) => {
            nodes.iter().try_fold(vec![String::new()], |found, node| joined(&found, &endings(node)?))
        }
        Node::Alternate(nodes) => {
            let mut found = Vec::new();
            for node in nodes {
                found.extend(endings(node)?);
            }
            (found.len() <= MAX_ALTERNATIVES).then_some(found)
        }
        _ => None,
    }
}

/// A piece of a sequence with gaps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// This text.
    Literal(String),
    /// Any one character.
    One,
    /// Anything.
    Gap,
}

/// The sequence as literals and gaps (`foo.*bar`, `5..`, `.+x`), where it is one.
pub fn pieces(sequence: &Sequence<'_>) -> Option<Vec<Piece>> {
    let mut pieces = Vec::new();
    for part in sequence.parts() {
        match part {
            Part::Literal { text, folded: false } => pieces.push(Piece::Literal(text.clone())),
            Part::Literal { .. } => return None,
            Part::Other(Node::Any) => pieces.push(Piece::One),
            Part::Other(node) => pieces.extend(gap(node)?),
        }
    }
    Some(pieces)
}

fn gap(node: &Node) -> Option<Vec<Piece>> {
    let Node::Repeat(repeat) = node else { return None };
    // A few characters at least, and no end: `.*`, `.+`.
    if repeat.most.is_some() || repeat.least > 8 || !matches!(repeat.node.ungrouped(), Node::Any) {
        return None;
    }
    let mut pieces = vec![Piece::One; repeat.least as usize];
    pieces.push(Piece::Gap);
    Some(pieces)
}

/// Whether the whole `text` is such a sequence. A gap takes as little as it can: what matches at all, matches so.
pub fn fits(pieces: &[Piece], text: &str) -> bool {
    let (mut at, mut rest) = (0, text);
    // Where the last gap ended, to let it take one character more.
    let mut gap: Option<(usize, &str)> = None;
    loop {
        let taken = match pieces.get(at) {
            None if rest.is_empty() => return true,
            None => None,
            Some(Piece::Gap) if at + 1 == pieces.len() => return true,
            Some(Piece::Gap) => {
                gap = Some((at + 1, rest));
                Some(rest)
            }
            Some(Piece::One) => skip_one(rest),
            Some(Piece::Literal(literal)) => rest.strip_prefix(literal.as_str()),
        };
        if let Some(behind) = taken {
            (at, rest) = (at + 1, behind);
            continue;
        }
        let Some((after, start)) = gap else { return false };
        let Some(start) = next_start(pieces, after, start) else { return false };
        gap = Some((after, start));
        (at, rest) = (after, start);
    }
}

fn skip_one(text: &str) -> Option<&str> {
    let mut characters = text.chars();
    characters.next().map(|_| characters.as_str())
}

/// The next place behind `start` where the piece behind the gap may stand.
fn next_start<'t>(pieces: &[Piece], after: usize, start: &'t str) -> Option<&'t str> {
    let behind = skip_one(start)?;
    match pieces.get(after) {
        // The last literal can only stand at the end.
        Some(Piece::Literal(literal)) if after + 1 == pieces.len() => {
            let at = behind.len().checked_sub(literal.len())?;
            behind.ends_with(literal.as_str()).then(|| &behind[at..])
        }
        Some(Piece::Literal(literal)) => behind.find(literal.as_str()).map(|at| &behind[at..]),
        _ => Some(behind),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn literal(text: &str) -> Piece {
        Piece::Literal(text.to_owned())
    }

    #[test]
    fn sequences_with_gaps() {
        let pieces = [literal("a"), Piece::Gap, literal("ab"), Piece::One, Piece::Gap, literal("z")];
        for text in ["aabxz", "axxabxz", "aabaabxxz", "aabzz", "a\nab\n\nz"] {
            assert!(fits(&pieces, text), "{text}");
        }
        for text in ["aabz", "abxz", "aabxzy", "", "a"] {
            assert!(!fits(&pieces, text), "{text}");
        }
    }
}
