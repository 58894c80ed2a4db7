//! From a tree to a typed value: structures with known fields, lists, maps. Collects type errors, as Go's yaml does,
//! and stops at the first value that makes no sense.

use std::collections::BTreeMap;

use super::compose::{Budget, compose};
use super::error::{Error, Problem};
use super::node::{Content, Node};
use super::resolve::resolve;

/// Whose words are used where the versions of Go's yaml differ.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dialect {
    /// Version 2: Prometheus's and Alertmanager's own files.
    #[default]
    V2,
    /// Version 3: rule files, promtool's unit tests.
    V3,
}

/// The result of reading a part: the value, or why reading stops.
pub type Read<T> = Result<T, Problem>;

/// A type that can be read from a node.
pub trait FromNode: Sized {
    /// The type as Go's error texts name it.
    fn go_type() -> String;

    /// The value; `None` where the node is null or of another type (which the reader has noted), so that a default
    /// stays.
    ///
    /// # Errors
    /// When the value is of the right type but makes no sense.
    fn from_node(reader: &mut Reader, node: &Node) -> Read<Option<Self>>;

    /// What a written null leaves in a field by version 2's rules; `None` where the default stays.
    fn when_null() -> Option<Self> {
        None
    }
}

/// Reads a typed value from a text.
///
/// # Errors
/// When the text is not YAML, exceeds the budget, has values of other types, unknown or doubled fields, or when
/// `part` refuses it.
pub fn read<T>(
    text: &str,
    budget: Budget,
    dialect: Dialect,
    part: impl FnOnce(&mut Reader, &Node) -> Read<T>,
) -> Result<T, Error> {
    let root = compose(text, budget)?;
    let mut reader = Reader { problems: Vec::new(), remarks: Vec::new(), dialect };
    let value = part(&mut reader, &root).map_err(Error::Invalid)?;
    if reader.problems.is_empty() {
        return Ok(value);
    }
    let mut problems = reader.problems;
    problems.sort_by_key(|problem| problem.place.map(|place| place.line));
    Err(Error::Types(problems))
}

/// Collects what is wrong with the types of a document while its parts are read.
#[derive(Clone, Debug)]
pub struct Reader {
    problems: Vec<Problem>,
    remarks: Vec<Problem>,
    dialect: Dialect,
}

impl Reader {
    /// Notes that something is wrong; reading goes on.
    pub fn note(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    /// Keeps something that is worth saying and no error.
    pub fn remark(&mut self, remark: Problem) {
        self.remarks.push(remark);
    }

    /// The remarks so far, in the order made.
    pub fn take_remarks(&mut self) -> Vec<Problem> {
        std::mem::take(&mut self.remarks)
    }

    /// Notes that a node is not of the type that Go calls `go_type`.
    pub fn mismatch(&mut self, node: &Node, go_type: &str) {
        let what = match &node.content {
            Content::Sequence(_) => node.tag.as_deref().unwrap_or("!!seq").to_owned(),
            Content::Mapping(_) => node.tag.as_deref().unwrap_or("!!map").to_owned(),
            Content::Scalar { text, .. } => {
                let tag = resolve(node).map_or("!!str", |resolved| resolved.tag());
                if text.len() > 10 {
                    let end = (0..=7).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
                    format!("{tag} `{}...`", &text[..end])
                } else {
                    format!("{tag} `{text}`")
                }
            }
        };
        self.note(Problem::at(node.place, format!("cannot unmarshal {what} into {go_type}")));
    }

    /// Reads a value into `field`, which keeps what it holds where the node is of another type. A null empties texts,
    /// numbers and the like in version 2 (`metrics_path:` with nothing behind it is an empty path), and leaves the
    /// default in version 3.
    ///
    /// # Errors
    /// When the value makes no sense.
    pub fn put<T: FromNode>(&mut self, field: &mut T, node: &Node) -> Read<()> {
        let value = match node.is_null() && self.dialect == Dialect::V2 {
            true => T::when_null(),
            false => T::from_node(self, node)?,
        };
        if let Some(value) = value {
            *field = value;
        }
        Ok(())
    }

    /// Reads the fields of a structure in the order written. `field` takes a name and a value and says whether it
    /// knows the name; what it does not know is noted, so are doubled fields. Gives whether all of it was of the
    /// right type: checks of the whole make sense only then. A null has no fields.
    ///
    /// # Errors
    /// What `field` refuses.
    pub fn structure(
        &mut self,
        node: &Node,
        go_type: &str,
        mut field: impl FnMut(&mut Self, &str, &Node) -> Read<bool>,
    ) -> Read<bool> {
        let before = self.problems.len();
        if node.is_null() {
            return Ok(true);
        }
        let Content::Mapping(pairs) = &node.content else {
            self.mismatch(node, go_type);
            return Ok(false);
        };
        let mut seen: BTreeMap<&str, u32> = BTreeMap::new();
        for (key, value) in pairs {
            let Some(name) = key.text() else {
                self.mismatch(key, "string");
                continue;
            };
            if let Some(line) = seen.insert(name, key.place.line) {
                self.doubled(key, name, line, &format!("field {name} already set in type {go_type}"));
                continue;
            }
            if !field(self, name, value)? {
                self.note(Problem::at(key.place, format!("field {name} not found in type {go_type}")));
            }
        }
        Ok(self.problems.len() == before)
    }

    /// Notes a doubled key in the words of the dialect.
    fn doubled(&mut self, key: &Node, name: &str, first_line: u32, in_v2: &str) {
        let text = match self.dialect {
            Dialect::V2 => in_v2.to_owned(),
            Dialect::V3 => {
                format!(
                    "mapping key {} already defined at line {first_line}",
                    crate::base::number::quote(name)
                )
            }
        };
        self.note(Problem::at(key.place, text));
    }
}

impl<T: FromNode> FromNode for Option<T> {
    fn go_type() -> String {
        format!("*{}", T::go_type())
    }

    /// A null is `None`, so that a list can hold one.
    fn from_node(reader: &mut Reader, node: &Node) -> Read<Option<Self>> {
        if node.is_null() {
            return Ok(Some(None));
        }
        Ok(T::from_node(reader, node)?.map(Some))
    }
}

impl<T: FromNode> FromNode for Vec<T> {
    fn go_type() -> String {
        format!("[]{}", T::go_type())
    }

    fn from_node(reader: &mut Reader, node: &Node) -> Read<Option<Self>> {
        if node.is_null() {
            return Ok(None);
        }
        let Content::Sequence(items) = &node.content else {
            reader.mismatch(node, &Self::go_type());
            return Ok(None);
        };
        let mut values = Vec::with_capacity(items.len());
        for item in items {
            values.extend(T::from_node(reader, item)?);
        }
        Ok(Some(values))
    }
}

impl<T: FromNode> FromNode for BTreeMap<String, T> {
    fn go_type() -> String {
        format!("map[string]{}", T::go_type())
    }

    fn from_node(reader: &mut Reader, node: &Node) -> Read<Option<Self>> {
        if node.is_null() {
            return Ok(None);
        }
        let Content::Mapping(pairs) = &node.content else {
            reader.mismatch(node, &Self::go_type());
            return Ok(None);
        };
        let mut values = Self::new();
        let mut lines: BTreeMap<String, u32> = BTreeMap::new();
        for (key, value) in pairs {
            let Some(name) = String::from_node(reader, key)? else {
                continue;
            };
            if let Some(line) = lines.insert(name.clone(), key.place.line) {
                let quoted = crate::base::number::quote(&name);
                reader.doubled(key, &name, line, &format!("key {quoted} already set in map"));
            }
            if let Some(value) = T::from_node(reader, value)? {
                values.insert(name, value);
            }
        }
        Ok(Some(values))
    }
}
