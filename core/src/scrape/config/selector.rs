//! The selectors of Kubernetes, by field (`metadata.name=x`) and by label (`app in (a, b)`): checked in the words of
//! its own reader. Selects nothing.

/// Checks a selector by field: comparisons parted by commas.
///
/// # Errors
/// When a part is no comparison.
pub(super) fn check_fields(text: &str) -> Result<(), String> {
    for term in terms(text) {
        let value = match term.find("!=").filter(|at| term.find('=').is_none_or(|equal| *at < equal)) {
            Some(at) => &term[at + 2..],
            None => match term.split_once('=') {
                Some((_, value)) => value.strip_prefix('=').unwrap_or(value),
                None if term.is_empty() => continue,
                None => return Err(format!("invalid selector: '{text}'; can't understand '{term}'")),
            },
        };
        let mut characters = value.chars();
        while let Some(character) = characters.next() {
            match (character, character == '\\') {
                (_, true) => match characters.next() {
                    Some('\\' | ',' | '=') => {}
                    other => {
                        let escaped = other.map(String::from).unwrap_or_default();
                        return Err(format!("invalid field selector: invalid escape sequence: \\{escaped}"));
                    }
                },
                (',' | '=', _) => {
                    return Err(format!("invalid field selector: unescaped character: {character}"));
                }
                _ => {}
            }
        }
    }
    Ok(())
}

/// The parts between commas that no backslash stands before.
fn terms(text: &str) -> Vec<&str> {
    let (mut terms, mut start, mut is_escaped) = (Vec::new(), 0, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b',' => {
                terms.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    terms.push(&text[start..]);
    terms
}

/// Checks a selector by label: requirements parted by commas.
///
/// # Errors
/// When a requirement is none.
pub(super) fn check_labels(text: &str) -> Result<(), String> {
    let tokens = tokens(text);
    let mut rest = Tokens { tokens: &tokens };
    loop {
        match rest.peek() {
            "" => return Ok(()),
            token if token != "!" && !is_name(token) => {
                return Err(format!("found '{token}', expected: !, identifier, or 'end of string'"));
            }
            _ => requirement(&mut rest).map_err(|error| format!("unable to parse requirement: {error}"))?,
        }
        match rest.next() {
            "" => return Ok(()),
            "," => {
                let next = rest.peek();
                if next != "!" && !is_name(next) {
                    return Err(format!("found '{next}', expected: identifier after ','"));
                }
            }
            other => return Err(format!("found '{other}', expected: ',' or 'end of string'")),
        }
    }
}

struct Tokens<'t, 's> {
    tokens: &'t [&'s str],
}

impl<'s> Tokens<'_, 's> {
    /// The next token; empty at the end.
    fn peek(&self) -> &'s str {
        self.tokens.first().copied().unwrap_or("")
    }

    fn next(&mut self) -> &'s str {
        let token = self.peek();
        self.tokens = self.tokens.get(1..).unwrap_or_default();
        token
    }
}

fn is_special(byte: u8) -> bool {
    b"=!(),><".contains(&byte)
}

fn is_name(token: &str) -> bool {
    token.bytes().next().is_some_and(|byte| !is_special(byte))
}

fn tokens(text: &str) -> Vec<&str> {
    let is_blank = |byte: u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n');
    let bytes = text.as_bytes();
    let (mut tokens, mut at) = (Vec::new(), 0);
    while let Some(byte) = bytes.get(at) {
        let start = at;
        if is_blank(*byte) {
            at += 1;
            continue;
        }
        if is_special(*byte) {
            let is_pair = matches!(&bytes[at..], [b'=' | b'!', b'=', ..]);
            at += if is_pair { 2 } else { 1 };
        } else {
            while bytes.get(at).is_some_and(|byte| !is_blank(*byte) && !is_special(*byte)) {
                at += 1;
            }
        }
        tokens.push(&text[start..at]);
    }
    tokens
}

fn requirement(rest: &mut Tokens<'_, '_>) -> Result<(), String> {
    let negated = rest.peek() == "!";
    if negated {
        rest.next();
    }
    let key = rest.next();
    if !is_name(key) {
        return Err(format!("found '{key}', expected: identifier"));
    }
    check_key(key)?;
    if negated || matches!(rest.peek(), "" | ",") {
        return Ok(());
    }
    match rest.next() {
        "in" | "notin" => values(rest, key),
        operator @ ("=" | "==" | "!=" | ">" | "<") => {
            if matches!(rest.peek(), "" | ",") {
                return Ok(());
            }
            let value = rest.next();
            if !is_name(value) {
                return Err(format!("found '{value}', expected: identifier"));
            }
            if matches!(operator, ">" | "<") && value.parse::<i64>().is_err() {
                return Err(format!(
                    "values[0][{key}]: Invalid value: {value:?}: for 'Gt', 'Lt' operators, the value must be an integer"
                ));
            }
            check_value(key, value)
        }
        other => Err(format!("found '{other}', expected: in, notin, =, ==, !=, gt, lt")),
    }
}

/// The values between brackets.
fn values(rest: &mut Tokens<'_, '_>, key: &str) -> Result<(), String> {
    let open = rest.next();
    if open != "(" {
        return Err(format!("found '{open}' expected: '('"));
    }
    loop {
        match rest.next() {
            ")" => return Ok(()),
            "," => {}
            value if is_name(value) => {
                check_value(key, value)?;
                if !matches!(rest.peek(), "," | ")") {
                    return Err(format!("found '{}', expected: ',' or ')'", rest.peek()));
                }
            }
            other => return Err(format!("found '{other}', expected: ',', or identifier")),
        }
    }
}

/// Whether a text is letters, digits, `-`, `_` and `.`, with a letter or digit at both ends.
fn is_word(text: &str) -> bool {
    let ends = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    ends(text.as_bytes().first())
        && ends(text.as_bytes().last())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
}

const FORM: &str = "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an \
                    alphanumeric character";

fn check_key(key: &str) -> Result<(), String> {
    let name = key.split_once('/').map_or(key, |(_, name)| name);
    if is_word(name) && key.matches('/').count() < 2 && name.len() <= 63 && !key.starts_with('/') {
        return Ok(());
    }
    let what = if key.contains('/') { "a valid label key" } else { "name part" };
    Err(format!("<nil>: Invalid value: {key:?}: {what} {FORM}"))
}

fn check_value(key: &str, value: &str) -> Result<(), String> {
    if is_word(value) && value.len() <= 63 {
        return Ok(());
    }
    let form = FORM.replacen("must", "a valid label must be an empty string or", 1);
    Err(format!("values[0][{key}]: Invalid value: {value:?}: {form}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn selectors_are_read_as_kubernetes_reads_them() {
        for good in
            ["", "a", "!a", "a=b", "a==b,c!=d", "a in (b, c),d notin ()", "a>5", "x.y/z = q", "in in (in)"]
        {
            assert_eq!(check_labels(good), Ok(()), "{good}");
        }
        for (bad, error) in [
            ("a b", "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt"),
            ("a in b", "unable to parse requirement: found 'b' expected: '('"),
            ("a=b,", "found '', expected: identifier after ','"),
            ("a in (b", "unable to parse requirement: found '', expected: ',' or ')'"),
            ("=a", "found '=', expected: !, identifier, or 'end of string'"),
            ("a=b c", "found 'c', expected: ',' or 'end of string'"),
        ] {
            assert_eq!(check_labels(bad), Err(error.to_owned()), "{bad}");
        }
        assert!(
            check_labels("-a=b").is_err() && check_labels("a=-b").is_err() && check_labels("a/b/c").is_err()
        );
        for good in ["", "a=b", "a!=b,c==d", r"a=b\,c", ","] {
            assert_eq!(check_fields(good), Ok(()), "{good}");
        }
        assert_eq!(check_fields("a=b,c"), Err("invalid selector: 'a=b,c'; can't understand 'c'".to_owned()));
        assert_eq!(
            check_fields(r"a=b\x"),
            Err(r"invalid field selector: invalid escape sequence: \x".to_owned())
        );
    }
}
