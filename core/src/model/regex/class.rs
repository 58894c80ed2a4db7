//! Sets of characters: `[a-z]`, `\d`, `[[:alpha:]]`, `\p{Greek}`.

use regex_syntax::ast;
use regex_syntax::hir::translate::Translator;
use regex_syntax::hir::{self, ClassUnicode, ClassUnicodeRange, HirKind};

/// A set of characters as rising ranges.
#[derive(Clone, Debug)]
pub struct Class(ClassUnicode);

impl Class {
    /// No character.
    pub fn none() -> Self {
        Self(ClassUnicode::empty())
    }

    /// All characters.
    pub fn any() -> Self {
        let mut class = Self::none();
        class.add('\0', char::MAX);
        class
    }

    /// Adds the characters from `low` to `high`.
    pub fn add(&mut self, low: char, high: char) {
        self.0.push(ClassUnicodeRange::new(low, high));
    }

    /// Adds the characters of `other`.
    pub fn union(&mut self, other: &Self) {
        self.0.union(&other.0);
    }

    /// Adds every other case of its characters.
    pub fn fold(&mut self) {
        // The tables are compiled in.
        let _ = self.0.try_case_fold_simple();
    }

    /// Turns it into the set of all other characters.
    pub fn negate(&mut self) {
        self.0.negate();
    }

    /// Its ranges, rising.
    pub fn ranges(&self) -> impl Iterator<Item = (char, char)> + '_ {
        self.0.ranges().iter().map(|range| (range.start(), range.end()))
    }

    /// Its characters, where there are at most `limit`.
    pub fn characters(&self, limit: usize) -> Option<Vec<char>> {
        let count: u64 = self.ranges().map(|(low, high)| u64::from(high as u32 - low as u32) + 1).sum();
        (count <= limit as u64).then(|| self.ranges().flat_map(|(low, high)| low..=high).collect())
    }

    fn of(ranges: &[(char, char)]) -> Self {
        let mut class = Self::none();
        for (low, high) in ranges {
            class.add(*low, *high);
        }
        class
    }

    /// The class of an escape: `\d`, `\s`, `\w` and their opposites; ASCII only.
    pub fn of_escape(letter: char) -> Option<(Self, bool)> {
        let ranges: &[(char, char)] = match letter.to_ascii_lowercase() {
            'd' => &[('0', '9')],
            's' => &[('\t', '\n'), ('\u{c}', '\r'), (' ', ' ')],
            'w' => &[('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')],
            _ => return None,
        };
        Some((Self::of(ranges), letter.is_ascii_uppercase()))
    }

    /// The class that POSIX calls so (`alpha`).
    pub fn of_posix(name: &str) -> Option<Self> {
        let ranges: &[(char, char)] = match name {
            "alnum" => &[('0', '9'), ('A', 'Z'), ('a', 'z')],
            "alpha" => &[('A', 'Z'), ('a', 'z')],
            "ascii" => &[('\0', '\x7f')],
            "blank" => &[('\t', '\t'), (' ', ' ')],
            "cntrl" => &[('\0', '\x1f'), ('\x7f', '\x7f')],
            "digit" => &[('0', '9')],
            "graph" => &[('!', '~')],
            "lower" => &[('a', 'z')],
            "print" => &[(' ', '~')],
            "punct" => &[('!', '/'), (':', '@'), ('[', '`'), ('{', '~')],
            "space" => &[('\t', '\r'), (' ', ' ')],
            "upper" => &[('A', 'Z')],
            "word" => &[('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')],
            "xdigit" => &[('0', '9'), ('A', 'F'), ('a', 'f')],
            _ => return None,
        };
        Some(Self::of(ranges))
    }

    /// The general category or the script that Unicode calls so (`L`, `Lu`, `Greek`), written as Go writes it.
    pub fn of_unicode(name: &str) -> Option<Self> {
        if name == "Any" {
            return Some(Self::any());
        }
        let plain = name.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'_');
        if !plain || !name.starts_with(|first: char| first.is_ascii_uppercase()) {
            return None;
        }
        let position = ast::Position::new(0, 1, 1);
        let named = ast::Ast::class_unicode(ast::ClassUnicode {
            span: ast::Span::splat(position),
            negated: false,
            kind: ast::ClassUnicodeKind::Named(name.to_owned()),
        });
        match Translator::new().translate("", &named).ok()?.into_kind() {
            HirKind::Class(hir::Class::Unicode(class)) => Some(Self(class)),
            // A class of one character comes back as that character.
            HirKind::Literal(literal) => {
                let character = std::str::from_utf8(&literal.0).ok()?.chars().next()?;
                Some(Self::of(&[(character, character)]))
            }
            _ => None,
        }
    }
}

/// All cases of a character.
pub fn folded(character: char) -> Class {
    let mut class = Class::of(&[(character, character)]);
    class.fold();
    class
}
