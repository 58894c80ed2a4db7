//! Sets of characters: `[a-z]`, `\d`, `[[:alpha:]]`, `\p{Greek}`.

use super::unicode;

/// A set of characters as rising ranges that do not touch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Class(Vec<(char, char)>);

impl Class {
    /// No character.
    pub const fn none() -> Self {
        Self(Vec::new())
    }

    /// All characters.
    pub fn any() -> Self {
        Self::of(&[('\0', char::MAX)])
    }

    /// Adds the characters from `low` to `high`.
    pub fn add(&mut self, low: char, high: char) {
        self.0.push((low, high));
        self.join();
    }

    /// Adds the characters of `other`.
    pub fn union(&mut self, other: &Self) {
        self.0.extend_from_slice(&other.0);
        self.join();
    }

    /// Adds every other case of its characters.
    pub fn fold(&mut self) {
        let mut others = Vec::new();
        unicode::each_fold(|character, other| {
            if self.has(character) {
                others.push((other, other));
            }
        });
        self.0.append(&mut others);
        self.join();
    }

    /// Turns it into the set of all other characters.
    pub fn negate(&mut self) {
        let mut others = Vec::with_capacity(self.0.len() + 1);
        let mut next = Some('\0');
        for (low, high) in &self.0 {
            if let (Some(from), Some(to)) = (next, before(*low))
                && from <= to
            {
                others.push((from, to));
            }
            next = after(*high);
        }
        others.extend(next.map(|from| (from, char::MAX)));
        self.0 = others;
    }

    /// Its ranges, rising.
    pub fn ranges(&self) -> impl Iterator<Item = (char, char)> + '_ {
        self.0.iter().copied()
    }

    /// Its characters, where there are at most `limit`.
    pub fn characters(&self, limit: usize) -> Option<Vec<char>> {
        let count: u64 = self.ranges().map(|(low, high)| u64::from(high as u32 - low as u32) + 1).sum();
        (count <= limit as u64).then(|| self.ranges().flat_map(|(low, high)| low..=high).collect())
    }

    fn has(&self, character: char) -> bool {
        let next = self.0.partition_point(|(low, _)| *low <= character);
        next > 0 && self.0[next - 1].1 >= character
    }

    /// Puts the ranges in order and joins those that touch.
    fn join(&mut self) {
        self.0.sort();
        let mut joined: Vec<(char, char)> = Vec::with_capacity(self.0.len());
        for (low, high) in self.0.drain(..) {
            match joined.last_mut() {
                Some(last) if after(last.1).is_none_or(|next| low <= next) => last.1 = last.1.max(high),
                _ => joined.push((low, high)),
            }
        }
        self.0 = joined;
    }

    /// The class of ranges that rise and do not touch.
    fn of(ranges: &[(char, char)]) -> Self {
        Self(ranges.to_vec())
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
        let mut class = Self(unicode::class(name)?);
        class.join();
        Some(class)
    }
}

/// The character that follows; there is none between U+D7FF and U+E000.
fn after(character: char) -> Option<char> {
    (character..=char::MAX).nth(1)
}

fn before(character: char) -> Option<char> {
    ('\0'..=character).nth_back(1)
}

/// All cases of a character.
pub fn folded(character: char) -> Class {
    let mut class = Class::of(&[(character, character)]);
    class.fold();
    class
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use regex_syntax::hir::{ClassUnicode, ClassUnicodeRange};

    use super::*;

    proptest! {
        #[test]
        fn classes_are_those_of_the_tables_they_were_packed_from(
            ranges in proptest::collection::vec((any::<char>(), any::<char>()), 0..6),
            small in proptest::collection::vec(0_u32..0x600, 0..6),
        ) {
            let ends = |(one, other): (char, char)| (one.min(other), one.max(other));
            let small = small.into_iter().filter_map(char::from_u32).map(|one| (one, one));
            let (mut class, mut expected) = (Class::none(), ClassUnicode::empty());
            for (low, high) in ranges.into_iter().map(ends).chain(small) {
                class.add(low, high);
                expected.push(ClassUnicodeRange::new(low, high));
            }
            let same = |class: &Class, expected: &ClassUnicode| {
                class.ranges().eq(expected.ranges().iter().map(|range| (range.start(), range.end())))
            };
            prop_assert!(same(&class, &expected));
            class.fold();
            expected.case_fold_simple();
            prop_assert!(same(&class, &expected));
            class.negate();
            expected.negate();
            prop_assert!(same(&class, &expected));
        }
    }
}
