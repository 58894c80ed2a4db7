//! Reads JSON, as far as `meta.json` needs it: whole numbers are kept exactly.

use super::cursor::{BlockError, Read};

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Json {
    /// A number without fraction, as written.
    Whole(i64),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Json>),
    /// Fields in the order of the text; of a doubled one the last counts.
    Object(Vec<(String, Json)>),
    /// `true`, `false`, `null`, or a number of another kind: nothing that is asked for.
    Other,
}

impl Json {
    /// A field; `None` where there is none, or where this is no object.
    pub(super) fn get(&self, name: &str) -> Option<&Self> {
        let Self::Object(fields) = self else { return None };
        fields.iter().rev().find(|(field, _)| field == name).map(|(_, value)| value)
    }
}

/// How deep values may lie in each other.
const MOST_DEPTH: u32 = 32;

/// Reads the text of `file`.
pub(super) fn read(file: &str, text: &str) -> Read<Json> {
    let mut reader = Reader { file, text, at: 0 };
    let value = reader.value(0)?;
    reader.blank();
    if reader.at < text.len() { Err(reader.error("more than one value")) } else { Ok(value) }
}

struct Reader<'a> {
    file: &'a str,
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn error(&self, reason: &str) -> BlockError {
        BlockError { file: self.file.to_owned(), offset: Some(self.at as u64), reason: reason.to_owned() }
    }

    fn blank(&mut self) {
        let rest = &self.text[self.at..];
        self.at = self.text.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
    }

    fn takes(&mut self, word: &str) -> bool {
        let is_there = self.text[self.at..].starts_with(word);
        self.at += if is_there { word.len() } else { 0 };
        is_there
    }

    fn value(&mut self, depth: u32) -> Read<Json> {
        if depth > MOST_DEPTH {
            return Err(self.error("nested too deep"));
        }
        self.blank();
        if self.takes("{") {
            return self.object(depth);
        }
        if self.takes("[") {
            return self.list(depth);
        }
        if self.text[self.at..].starts_with('"') {
            return self.string().map(Json::Text);
        }
        if ["true", "false", "null"].iter().any(|word| self.takes(word)) {
            return Ok(Json::Other);
        }
        self.number()
    }

    fn object(&mut self, depth: u32) -> Read<Json> {
        let mut fields = Vec::new();
        self.blank();
        if self.takes("}") {
            return Ok(Json::Object(fields));
        }
        loop {
            self.blank();
            let name = self.string()?;
            self.blank();
            if !self.takes(":") {
                return Err(self.error("expected ':'"));
            }
            fields.push((name, self.value(depth + 1)?));
            self.blank();
            if self.takes("}") {
                return Ok(Json::Object(fields));
            }
            if !self.takes(",") {
                return Err(self.error("expected ',' or '}'"));
            }
        }
    }

    fn list(&mut self, depth: u32) -> Read<Json> {
        let mut items = Vec::new();
        self.blank();
        if self.takes("]") {
            return Ok(Json::List(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            self.blank();
            if self.takes("]") {
                return Ok(Json::List(items));
            }
            if !self.takes(",") {
                return Err(self.error("expected ',' or ']'"));
            }
        }
    }

    fn string(&mut self) -> Read<String> {
        if !self.takes("\"") {
            return Err(self.error("expected a text"));
        }
        let mut text = String::new();
        let mut characters = self.text[self.at..].char_indices();
        while let Some((place, character)) = characters.next() {
            match character {
                '"' => {
                    self.at += place + 1;
                    return Ok(text);
                }
                '\\' => {
                    let Some((_, escaped)) = characters.next() else { break };
                    text.push(match escaped {
                        '"' | '\\' | '/' => escaped,
                        'n' => '\n',
                        't' => '\t',
                        'r' => '\r',
                        'b' => '\u{8}',
                        'f' => '\u{c}',
                        // A name that is written in code points is none that is asked for.
                        'u' => char::REPLACEMENT_CHARACTER,
                        _ => return Err(self.error("an escape that JSON does not know")),
                    });
                }
                '\0'..='\u{1f}' => return Err(self.error("a control character in a text")),
                plain => text.push(plain),
            }
        }
        Err(self.error("a text without end"))
    }

    fn number(&mut self) -> Read<Json> {
        let rest = &self.text[self.at..];
        let is_part = |byte: &u8| byte.is_ascii_digit() || b"+-.eE".contains(byte);
        let length = rest.bytes().take_while(|byte| is_part(byte)).count();
        let number = &rest[..length];
        let value = match (number.parse::<i64>(), number.parse::<f64>()) {
            (Ok(whole), _) if !number.starts_with('+') => Json::Whole(whole),
            (_, Ok(_)) if !number.starts_with('+') => Json::Other,
            _ => return Err(self.error("expected a value")),
        };
        self.at += length;
        Ok(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_and_faults_have_a_place() {
        let text =
            "{\"a\": [1, -9223372036854775808, 1.5, true, {}, []],\n\t\"b\\n\\\"\": \"x\", \"a\" : null}\n";
        let value = read("meta.json", text).unwrap();
        assert_eq!(value.get("b\n\""), Some(&Json::Text("x".to_owned())));
        assert_eq!(value.get("a"), Some(&Json::Other), "the last counts");
        let Json::Object(fields) = &value else { panic!("{value:?}") };
        let Json::List(items) = &fields[0].1 else { panic!("{fields:?}") };
        assert_eq!(items[..2], [Json::Whole(1), Json::Whole(i64::MIN)]);
        for (text, said) in [
            ("", "byte 0: expected a value"),
            ("{\"a\" 1}", "byte 5: expected ':'"),
            ("{\"a\": 1 2}", "byte 8: expected ',' or '}'"),
            ("[1", "byte 2: expected ',' or ']'"),
            ("\"a", "byte 1: a text without end"),
            ("\"a\\x\"", "byte 1: an escape that JSON does not know"),
            ("1 1", "byte 2: more than one value"),
            ("{a: 1}", "byte 1: expected a text"),
            (&"[".repeat(99), "byte 33: nested too deep"),
        ] {
            assert_eq!(read("m", text).unwrap_err().to_string(), format!("m: {said}"));
        }
    }
}
