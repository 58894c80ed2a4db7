//! JSON as Go's encoder writes it, in the order in which it is said. Reads none.

use std::fmt::{Display, Write as _};

use super::bytes::byte_of;

/// An object being written.
#[must_use]
pub struct Object<'a> {
    json: &'a mut String,
    is_empty: bool,
}

impl<'a> Object<'a> {
    /// Begins an object at the end of `json`.
    pub fn begin(json: &'a mut String) -> Self {
        json.push('{');
        Self { json, is_empty: true }
    }

    /// Writes a field's name; its value is to be added to what this gives.
    pub fn field(&mut self, name: &str) -> &mut String {
        if !std::mem::take(&mut self.is_empty) {
            self.json.push(',');
        }
        write_text(self.json, name);
        self.json.push(':');
        self.json
    }

    /// A field with a text.
    pub fn text(&mut self, name: &str, value: &str) -> &mut Self {
        write_text(self.field(name), value);
        self
    }

    /// A field with a whole number, a truth value, or JSON that is written already.
    pub fn plain(&mut self, name: &str, value: impl Display) -> &mut Self {
        let _ = write!(self.field(name), "{value}");
        self
    }

    /// A field with a list of texts.
    pub fn texts<T: AsRef<str>>(&mut self, name: &str, values: &[T]) -> &mut Self {
        write_list(self.field(name), values, |json, value| write_text(json, value.as_ref()));
        self
    }

    /// Ends the object.
    pub fn end(self) {
        self.json.push('}');
    }
}

/// A list.
pub fn write_list<T>(json: &mut String, list: &[T], mut write_item: impl FnMut(&mut String, &T)) {
    json.push('[');
    for (index, item) in list.iter().enumerate() {
        if index > 0 {
            json.push(',');
        }
        write_item(json, item);
    }
    json.push(']');
}

/// A text. What would mean something to a browser that takes the answer for HTML is escaped too.
pub fn write_text(json: &mut String, text: &str) {
    json.push('"');
    for character in text.chars() {
        match character {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                let _ = write!(json, "\\u{:04x}", character as u32);
            }
            other => push_escaped(json, other),
        }
    }
    json.push('"');
}

/// A text as it stands in label sets: only what must be is escaped.
pub fn write_label_text(json: &mut String, text: &str) {
    json.push('"');
    text.chars().for_each(|character| push_escaped(json, character));
    json.push('"');
}

fn push_escaped(json: &mut String, character: char) {
    match character {
        '"' => json.push_str("\\\""),
        '\\' => json.push_str("\\\\"),
        '\n' => json.push_str("\\n"),
        '\r' => json.push_str("\\r"),
        '\t' => json.push_str("\\t"),
        control if (control as u32) < 0x20 => {
            let _ = write!(json, "\\u{:04x}", control as u32);
        }
        // As Go writes bytes that are no UTF-8.
        other if byte_of(other).is_some() => json.push(char::REPLACEMENT_CHARACTER),
        other => json.push(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_escaped_as_go_escapes_them() {
        let (mut text, mut label) = (String::new(), String::new());
        write_text(&mut text, "a\"\\\n\u{1}<&>\u{2028}é");
        write_label_text(&mut label, "a\"\\\n\u{1}<&>é");
        assert_eq!(text, r#""a\"\\\n\u0001\u003c\u0026\u003e\u2028é""#);
        assert_eq!(label, r#""a\"\\\n\u0001<&>é""#);
    }

    #[test]
    fn fields_stand_in_the_order_in_which_they_are_said() {
        let mut json = String::new();
        let mut object = Object::begin(&mut json);
        object.text("b", "x").plain("a", 1).texts("c", &["y", "z"]);
        Object::begin(object.field("d")).end();
        object.end();
        assert_eq!(json, r#"{"b":"x","a":1,"c":["y","z"],"d":{}}"#);
    }
}
