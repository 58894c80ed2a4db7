//! What Unicode says of characters, unpacked from the bytes that `build.rs` packs and describes.

/// Categories by their two letters, then scripts, then folds.
static PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/unicode.bin"));

/// Reads numbers from the front. At its end it gives zeros, which end every loop.
struct Reader(&'static [u8]);

impl Reader {
    fn byte(&mut self) -> u8 {
        let (first, rest) = self.0.split_first().map_or((0, [].as_slice()), |(first, rest)| (*first, rest));
        self.0 = rest;
        first
    }

    /// A number in LEB128.
    fn number(&mut self) -> u32 {
        let (mut value, mut shift) = (0, 0);
        loop {
            let byte = self.byte();
            value |= u32::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return value;
            }
            shift += 7;
        }
    }

    /// The name of the next table; empty before the folds.
    fn name(&mut self) -> &'static [u8] {
        let length = usize::from(self.byte()).min(self.0.len());
        let (name, rest) = self.0.split_at(length);
        self.0 = rest;
        name
    }

    /// The ranges of a table, each handed on.
    fn ranges(&mut self, mut take: impl FnMut(char, char)) {
        let mut at = 0;
        for _ in 0..self.number() {
            let low = at + self.number();
            at = low + self.number();
            if let (Some(low), Some(high)) = (char::from_u32(low), char::from_u32(at)) {
                take(low, high);
            }
        }
    }
}

/// The rising ranges of a general category (`Lu`, or `L` for all that begin so) or a script, written as Go writes it.
pub fn class(name: &str) -> Option<Vec<(char, char)>> {
    let mut reader = Reader(PACKED);
    let mut ranges = Vec::new();
    let mut is_known = false;
    loop {
        let next = reader.name();
        if next.is_empty() {
            break;
        }
        let is_part = name.len() == 1 && next.len() == 2 && next.starts_with(name.as_bytes());
        let is_wanted = next == name.as_bytes() || is_part;
        is_known |= is_wanted;
        reader.ranges(|low, high| {
            if is_wanted {
                ranges.push((low, high));
            }
        });
    }
    ranges.sort();
    is_known.then_some(ranges)
}

/// Hands on each character that has other cases, with each of them.
pub fn each_fold(mut take: impl FnMut(char, char)) {
    let mut reader = Reader(PACKED);
    while !reader.name().is_empty() {
        reader.ranges(|_, _| ());
    }
    let mut at = 0;
    while !reader.0.is_empty() {
        at += reader.number();
        for _ in 0..reader.number() {
            let zigzag = reader.number();
            let distance = (zigzag >> 1) as i32 ^ -((zigzag & 1) as i32);
            if let (Some(character), Some(other)) =
                (char::from_u32(at), char::from_u32(at.wrapping_add_signed(distance)))
            {
                take(character, other);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use regex_syntax::hir::{Class, HirKind};

    use super::*;

    #[test]
    fn every_class_is_that_of_the_table_it_was_packed_from() {
        let scripts = include_str!("scripts.list").split_whitespace();
        let letters = ["L", "M", "N", "P", "S", "Z", "Lu", "Nd", "Zl"];
        for name in scripts.chain(letters) {
            let tree = regex_syntax::parse(&format!(r"[\p{{{name}}}\x00]")).unwrap();
            let HirKind::Class(Class::Unicode(expected)) = tree.kind() else { panic!("{name}") };
            let mut class = super::super::class::Class::of_unicode(name).unwrap();
            class.add('\0', '\0');
            let expected = expected.ranges().iter().map(|range| (range.start(), range.end()));
            assert!(class.ranges().eq(expected), "{name}");
        }
    }

    #[test]
    fn names_are_written_as_go_writes_them() {
        for name in ["greek", "Letter", "Script=Greek", "", "Ll ", "X"] {
            assert_eq!(class(name), None, "{name}");
        }
    }
}
