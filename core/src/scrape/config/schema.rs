//! Sections that are checked field by field and then set aside: tables of what Prometheus knows, so that an unknown
//! field is refused by name although the lab does nothing with the section.

use super::http_client::HttpClient;
use super::size::Size;
use crate::base::time::Millis;
use crate::scrape::relabel::read_rules;
use crate::yaml::{Content, FromNode, Node, Problem, Read, Reader};

/// What a field holds.
pub(super) enum Kind {
    Text,
    Flag,
    Integer,
    Count,
    Float,
    Duration,
    Size,
    Texts,
    TextMap,
    /// One of some words; refused with the text in front of the word.
    OneOf(&'static str, &'static [&'static str]),
    /// A structure.
    One(&'static Schema),
    /// A list of structures.
    Many(&'static Schema),
    /// Structures by name.
    MapOf(&'static Schema),
    /// Relabeling rules; the text is for an empty one.
    Rules(&'static str),
    /// Whatever.
    Any,
}

/// The fields of a structure.
pub(super) struct Schema {
    /// The structure as Go's error texts name it.
    go_type: &'static str,
    fields: &'static [(&'static str, Kind)],
    /// Whether the settings of an HTTP client stand inline.
    http: bool,
    /// A check of the whole, once the types are right.
    check: Option<Check>,
}

/// Says what is wrong with a structure whose fields are of the right types.
type Check = fn(&Node, &HttpClient) -> Result<(), String>;

impl Schema {
    pub const fn new(go_type: &'static str, fields: &'static [(&'static str, Kind)]) -> Self {
        Self { go_type, fields, http: false, check: None }
    }

    /// With the settings of an HTTP client inline.
    pub const fn with_http(self) -> Self {
        Self { http: true, ..self }
    }

    /// With a check of the whole.
    pub const fn checked(self, check: Check) -> Self {
        Self { check: Some(check), ..self }
    }
}

/// Checks a value; notes and refuses as reading it would.
pub(super) fn check(reader: &mut Reader, node: &Node, kind: &Kind) -> Read<()> {
    match kind {
        Kind::Text => expect::<String>(reader, node),
        Kind::Flag => expect::<bool>(reader, node),
        Kind::Integer => expect::<i64>(reader, node),
        Kind::Count => expect::<u64>(reader, node),
        Kind::Float => expect::<f64>(reader, node),
        Kind::Duration => expect::<Millis>(reader, node),
        Kind::Size => expect::<Size>(reader, node),
        Kind::Texts => expect::<Vec<String>>(reader, node),
        Kind::TextMap => expect::<std::collections::BTreeMap<String, String>>(reader, node),
        Kind::OneOf(text, words) => match String::from_node(reader, node)? {
            Some(word) if !words.contains(&word.as_str()) => {
                Err(Problem::at(node.place, format!("{text}{word}")))
            }
            _ => Ok(()),
        },
        Kind::One(schema) => check_structure(reader, node, schema),
        Kind::Many(schema) => {
            if !node.is_null() && !matches!(node.content, Content::Sequence(_)) {
                reader.mismatch(node, &format!("[]*{}", schema.go_type));
            }
            node.items().iter().try_for_each(|item| check_structure(reader, item, schema))
        }
        Kind::MapOf(schema) => {
            if !node.is_null() && !matches!(node.content, Content::Mapping(_)) {
                reader.mismatch(node, &format!("map[string]{}", schema.go_type));
            }
            node.pairs().iter().try_for_each(|(_, value)| check_structure(reader, value, schema))
        }
        Kind::Rules(empty) => read_rules(reader, node, empty).map(drop),
        Kind::Any => Ok(()),
    }
}

fn expect<T: FromNode>(reader: &mut Reader, node: &Node) -> Read<()> {
    T::from_node(reader, node).map(drop)
}

fn check_structure(reader: &mut Reader, node: &Node, schema: &Schema) -> Read<()> {
    let mut client = HttpClient::default();
    let clean = reader.structure(node, schema.go_type, |reader, name, value| {
        if let Some((_, kind)) = schema.fields.iter().find(|(known, _)| *known == name) {
            check(reader, value, kind)?;
            return Ok(true);
        }
        if !schema.http {
            return Ok(false);
        }
        // What a discovery that is not simulated connects with needs no remark of its own.
        let remarks = reader.take_remarks();
        let known = client.field(reader, name, value);
        reader.take_remarks();
        remarks.into_iter().for_each(|remark| reader.remark(remark));
        known
    })?;
    if !clean || node.is_null() {
        return Ok(());
    }
    client.validate().map_err(|text| Problem::at(node.place, text))?;
    match schema.check {
        Some(check) => check(node, &client).map_err(|text| Problem::at(node.place, text)),
        None => Ok(()),
    }
}
