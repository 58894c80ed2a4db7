//! What labs and deeds are called.

use crate::texts::Texts;

/// The longest line that stands in a sentence, in characters.
const MOST_CHARACTERS: usize = 60;

/// The name of a lab: its own, or its number.
pub fn lab_name(texts: &Texts, name: &str, number: u32) -> String {
    match (name, number) {
        ("", 0) => texts.say("lab-new"),
        ("", number) => texts.with("lab-number", &[("number", number.into())]),
        (name, _) => name.to_owned(),
    }
}

/// A deed's line, cut where it holds a whole file.
pub fn cut(line: &str) -> String {
    let mut shown: String = line.chars().take(MOST_CHARACTERS).collect();
    if shown.len() < line.len() {
        shown.push('…');
    }
    shown
}

/// The name of a file for a lab: what every system takes.
pub fn file_name(lab: &str) -> String {
    let plain: String =
        lab.chars().map(|c| if c.is_alphanumeric() || matches!(c, '-' | '_') { c } else { '-' }).collect();
    let plain: String = plain.trim_matches('-').chars().take(40).collect();
    format!("{}.lab", if plain.is_empty() { "scrapeyard" } else { &plain })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_line_is_cut_and_a_short_one_is_not() {
        assert_eq!(cut("scale accesslog 3"), "scale accesslog 3");
        assert_eq!(cut(&"가".repeat(61)), format!("{}…", "가".repeat(60)));
    }

    #[test]
    fn a_lab_gives_its_file_a_name_that_every_system_takes() {
        assert_eq!(file_name("실습 1"), "실습-1.lab");
        assert_eq!(file_name("../..\u{202e}"), "scrapeyard.lab");
        assert_eq!(file_name(&"a".repeat(90)).len(), 44);
    }
}
