//! What can be told of a regular expression without running it: the few texts it accepts, or how they all begin.
//! Only what is certain in Go's dialect counts; anything else is left to the engine.

/// What is known of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// It accepts exactly these texts: `a|b|c`.
    Alternatives(Vec<String>),
    /// Whatever it accepts begins with this text, which may be empty.
    Prefix(String),
}

/// A bound on the texts of `a|b|…`, beyond which the engine is as good.
const MOST_ALTERNATIVES: usize = 256;

/// Looks at a pattern in Go's dialect.
pub(super) fn shape(pattern: &str) -> Shape {
    let mut alternatives = vec![String::new()];
    let mut characters = pattern.chars().peekable();
    while let Some(character) = characters.next() {
        let literal = match character {
            '|' if alternatives.len() < MOST_ALTERNATIVES => {
                alternatives.push(String::new());
                continue;
            }
            '\\' => match characters.next() {
                // An escaped punctuation mark is that mark; letters and digits have meanings.
                Some(escaped) if escaped.is_ascii_punctuation() => escaped,
                _ => return prefix(&alternatives, pattern, None),
            },
            '.' | '*' | '+' | '?' | '(' | ')' | '[' | ']' | '{' | '}' | '^' | '$' | '|' => {
                return prefix(&alternatives, pattern, None);
            }
            plain => plain,
        };
        if matches!(characters.peek(), Some('*' | '+' | '?' | '{')) {
            return prefix(
                &alternatives,
                pattern,
                characters.peek().copied().filter(|next| *next == '+').map(|_| literal),
            );
        }
        if let Some(last) = alternatives.last_mut() {
            last.push(literal);
        }
    }
    Shape::Alternatives(alternatives)
}

/// The common beginning: what was literal so far, and one more character where it must come at least once. With an
/// alternative anywhere nothing is certain.
fn prefix(alternatives: &[String], pattern: &str, more: Option<char>) -> Shape {
    match alternatives {
        [only] if !pattern.contains('|') => Shape::Prefix(only.chars().chain(more).collect()),
        _ => Shape::Prefix(String::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alternatives_and_prefixes_are_seen() {
        let alternatives =
            |texts: &[&str]| Shape::Alternatives(texts.iter().map(|text| (*text).to_owned()).collect());
        let prefix = |text: &str| Shape::Prefix(text.to_owned());
        for (pattern, expected) in [
            ("a|b|", alternatives(&["a", "b", ""])),
            ("", alternatives(&[""])),
            (r"10\.0\.0\.1:9090|x\-y", alternatives(&["10.0.0.1:9090", "x-y"])),
            ("api-.*", prefix("api-")),
            ("api+x", prefix("api")),
            ("api?x", prefix("ap")),
            ("ab{2}", prefix("a")),
            ("api|web.*", prefix("")),
            ("ab(c|d)", prefix("")),
            ("(?i)abc", prefix("")),
            (r"a\d", prefix("a")),
            ("a[bc]", prefix("a")),
            ("^a$", prefix("")),
        ] {
            assert_eq!(shape(pattern), expected, "{pattern}");
        }
    }
}
