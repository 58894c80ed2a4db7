//! Sections that are checked field by field and then set aside: tables of what Prometheus knows, so that an unknown
//! field is refused by name although the lab does nothing with the section. Holds no values.

use super::http_client::CLIENT;
use super::rule::{Rule, Section, fill};
use super::size::Size;
use super::web_address;
use crate::base::time::Millis;
use crate::scrape::relabel::read_rules;
use crate::yaml::{Content, FromNode, Node, Problem, Read, Reader};

/// What a field holds, where one word does not say it.
pub(super) enum Kind {
    /// One of the words, which are parted by spaces; another is refused with the text, where `%q` or `%s` stands for
    /// it.
    Word(&'static str, &'static str),
    /// A structure.
    One(&'static Schema),
    /// A list of structures.
    Many(&'static Schema),
    /// Structures by name; the text is the map's type in Go.
    MapOf(&'static str, &'static Schema),
    /// Lists of texts by name; the text is the map's type in Go.
    Lists(&'static str),
    /// Relabeling rules; the text is for an empty one.
    Rules(&'static str),
}

/// The fields of a structure.
pub(super) struct Schema {
    /// The structure's type in Go.
    go_type: &'static str,
    /// Whether errors call it `plain`, as those do that fill in defaults before they read.
    is_plain: bool,
    /// Whether a list of them holds pointers, which shows in the list's type.
    is_pointer: bool,
    /// The simple fields, packed to keep the tables small: `kind: names; kind: names`.
    fields: &'static str,
    /// The other fields.
    parts: &'static [(&'static str, Kind)],
    /// Whether the settings of an HTTP client stand inline.
    has_client: bool,
    /// What the fields may not be together, once their types are right.
    rules: &'static [Rule],
}

impl Schema {
    /// A structure that fills in defaults before it is read.
    pub const fn new(go_type: &'static str, fields: &'static str) -> Self {
        Self { go_type, is_plain: true, is_pointer: true, fields, parts: &[], has_client: false, rules: &[] }
    }

    /// A structure that is read as it is.
    pub const fn bare(go_type: &'static str, fields: &'static str) -> Self {
        Self { is_plain: false, ..Self::new(go_type, fields) }
    }

    /// Lists hold the structures themselves.
    pub const fn by_value(self) -> Self {
        Self { is_pointer: false, ..self }
    }

    /// With fields that hold more than a word says.
    pub const fn with(self, parts: &'static [(&'static str, Kind)]) -> Self {
        Self { parts, ..self }
    }

    /// With the settings of an HTTP client inline. They are checked where the rules say [`Rule::Client`].
    pub const fn with_client(self) -> Self {
        Self { has_client: true, ..self }
    }

    /// With rules for the whole, in the order of checking.
    pub const fn ruled(self, rules: &'static [Rule]) -> Self {
        Self { rules, ..self }
    }

    /// Reads a field; says whether there is one of this name.
    pub fn field(&self, reader: &mut Reader, name: &str, value: &Node) -> Read<bool> {
        if let Some((_, kind)) = self.parts.iter().find(|(known, _)| *known == name) {
            check(reader, value, kind)?;
            return Ok(true);
        }
        for group in self.fields.split(';') {
            let (kind, names) = group.split_once(':').unwrap_or_default();
            if names.split_ascii_whitespace().any(|known| known == name) {
                check_simple(reader, value, kind.trim())?;
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The structure's type as errors name it.
    fn name(&self) -> String {
        match self.go_type.split_once('.') {
            Some((package, _)) if self.is_plain => format!("{package}.plain"),
            _ => self.go_type.to_owned(),
        }
    }
}

/// Checks a value; notes and refuses as reading it would.
pub(super) fn check(reader: &mut Reader, node: &Node, kind: &Kind) -> Read<()> {
    let is_list = matches!(node.content, Content::Sequence(_));
    let is_map = matches!(node.content, Content::Mapping(_));
    match kind {
        Kind::Word(words, refusal) => match String::from_node(reader, node)? {
            Some(word) if !words.split(' ').any(|known| known == word) => {
                Err(Problem::at(node.place, fill(refusal, &word)))
            }
            _ => Ok(()),
        },
        Kind::One(schema) => check_structure(reader, node, schema),
        Kind::Many(schema) => {
            if !node.is_null() && !is_list {
                let pointer = if schema.is_pointer { "*" } else { "" };
                reader.mismatch(node, &format!("[]{pointer}{}", schema.go_type));
            }
            node.items().iter().try_for_each(|item| check_structure(reader, item, schema))
        }
        Kind::MapOf(go_type, schema) => {
            if !node.is_null() && !is_map {
                reader.mismatch(node, go_type);
            }
            node.pairs().iter().try_for_each(|(_, value)| check_structure(reader, value, schema))
        }
        Kind::Lists(go_type) => {
            if !node.is_null() && !is_map {
                reader.mismatch(node, go_type);
            }
            for (_, value) in node.pairs() {
                if !value.is_null() && !matches!(value.content, Content::Sequence(_)) {
                    reader.mismatch(value, "[]config.Secret");
                }
            }
            Ok(())
        }
        Kind::Rules(empty) => read_rules(reader, node, empty).map(drop),
    }
}

/// Checks a value of a kind that has a word in the packed lists.
fn check_simple(reader: &mut Reader, node: &Node, kind: &str) -> Read<()> {
    match kind {
        "text" => expect::<String>(reader, node),
        "flag" => expect::<bool>(reader, node),
        "int" => expect::<i64>(reader, node),
        "uint" => expect::<u64>(reader, node),
        "float" => expect::<f64>(reader, node),
        "duration" => expect::<Millis>(reader, node),
        "size" => expect::<Size>(reader, node),
        "texts" => expect::<Vec<String>>(reader, node),
        "map" => expect::<std::collections::BTreeMap<String, String>>(reader, node),
        "url" => match String::from_node(reader, node)? {
            Some(text) => match web_address::parse(&text) {
                Ok(_) => Ok(()),
                Err(error) => Err(Problem::at(node.place, error)),
            },
            None => Ok(()),
        },
        _ => Ok(()),
    }
}

fn expect<T: FromNode>(reader: &mut Reader, node: &Node) -> Read<()> {
    T::from_node(reader, node).map(drop)
}

fn check_structure(reader: &mut Reader, node: &Node, schema: &Schema) -> Read<()> {
    let clean = reader.structure(node, &schema.name(), |reader, name, value| {
        let known = schema.field(reader, name, value)?;
        Ok(known || (schema.has_client && CLIENT.field(reader, name, value)?))
    })?;
    if !clean || node.is_null() {
        return Ok(());
    }
    Section::new(node).hold(schema.rules)
}
