//! The functions that ran until the first chart stood, as short marks of their names, and the pieces of them that did
//! not run.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use anyhow::{Context, Result};
use sha2::{Digest as _, Sha256};

/// Stands between the two kinds of marks.
const COLD: &str = "cold:";

/// What ran and what did not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// Marks of the names of functions that ran.
    functions: BTreeSet<u32>,
    /// Marks of pieces of these that did not.
    cold: BTreeSet<u64>,
}

impl Profile {
    /// A profile of functions with these names, and of cold pieces with these marks.
    pub fn of<'a>(names: impl IntoIterator<Item = &'a str>, cold: BTreeSet<u64>) -> Self {
        Self { functions: names.into_iter().map(mark).collect(), cold }
    }

    /// Reads what [`Profile::text`] wrote.
    ///
    /// # Errors
    /// When a line is no mark.
    pub fn parse(text: &str) -> Result<Self> {
        let (functions, cold) = text.split_once(COLD).context("a profile says which pieces are cold")?;
        let functions =
            marks(functions)?.into_iter().map(|mark| Ok(u32::try_from(mark)?)).collect::<Result<_>>()?;
        Ok(Self { functions, cold: marks(cold)? })
    }

    /// The profile as a file keeps it.
    pub fn text(&self) -> String {
        let mut text = "# Functions that run until the first chart stands, by marks of their names, and pieces of them that do not;\n\
                        # the rest of the module comes later. `cargo xtask profile` writes this file."
            .to_owned();
        write(&mut text, self.functions.iter().map(|mark| u64::from(*mark)));
        let _ = write!(text, "\n{COLD}");
        write(&mut text, self.cold.iter().copied());
        text.push('\n');
        text
    }

    /// Whether the function of this name is in it.
    pub fn holds(&self, name: &str) -> bool {
        self.functions.contains(&mark(name))
    }

    /// Whether the piece with this mark did not run.
    pub fn is_cold(&self, piece: u64) -> bool {
        self.cold.contains(&piece)
    }

    /// How many functions it knows.
    pub fn len(&self) -> usize {
        self.functions.len()
    }
}

fn marks(text: &str) -> Result<BTreeSet<u64>> {
    let words = text.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace);
    words.map(|word| u64::from_str_radix(word, 36).with_context(|| format!("no mark: {word}"))).collect()
}

fn write(text: &mut String, marks: impl Iterator<Item = u64>) {
    for (place, mark) in marks.enumerate() {
        let gap = if place % 16 == 0 { '\n' } else { ' ' };
        let _ = write!(text, "{gap}{}", base36(mark));
    }
}

/// A mark of a name that does not change with the compiler's run: the numbers of crates (`[1a2b…]`) left out.
pub fn mark(name: &str) -> u32 {
    let mut lasting = String::with_capacity(name.len());
    let mut rest = name;
    while let Some((before, after)) = rest.split_once('[') {
        lasting.push_str(before);
        let digits = after.bytes().take_while(u8::is_ascii_hexdigit).count();
        let is_number = digits >= 8 && after.as_bytes().get(digits) == Some(&b']');
        rest = if is_number { &after[digits + 1..] } else { after };
        if !is_number {
            lasting.push('[');
        }
    }
    lasting.push_str(rest);
    let digest = Sha256::digest(lasting.as_bytes());
    u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]])
}

fn base36(mut number: u64) -> String {
    let mut digits = Vec::new();
    while number > 0 || digits.is_empty() {
        digits.push(char::from_digit((number % 36) as u32, 36).unwrap_or('0'));
        number /= 36;
    }
    digits.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_comes_back_from_its_text() {
        let names: Vec<String> = (0..100).map(|number| format!("crate::function_{number}")).collect();
        let profile = Profile::of(names.iter().map(String::as_str), BTreeSet::from([7, u64::MAX >> 20]));
        let read = Profile::parse(&profile.text()).expect("it was just written");
        assert_eq!(read, profile);
        assert!(read.holds("crate::function_7") && !read.holds("crate::function_100"));
        assert!(read.is_cold(7) && !read.is_cold(8));
        assert!(Profile::parse("# fine\nnot a mark!\ncold:").is_err());
    }

    #[test]
    fn the_number_of_a_crate_does_not_count() {
        assert_eq!(mark("<a[0123456789abcdef]::B as c::D>::e"), mark("<a[fedcba9876543210]::B as c::D>::e"));
        assert_ne!(mark("<[u8] as c::D>::e"), mark("<[u16] as c::D>::e"));
    }
}
