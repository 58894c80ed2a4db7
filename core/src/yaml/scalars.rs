//! Texts, numbers, booleans and durations read from a node, as Go's yaml reads them into fields of those types.

use super::error::Problem;
use super::node::{Content, Node};
use super::read::{FromNode, Read, Reader};
use super::resolve::{Resolved, decode_base64, resolve};
use crate::base::duration;
use crate::base::time::Millis;

impl FromNode for String {
    fn go_type() -> String {
        "string".to_owned()
    }

    /// Any scalar is a text; of a null, nothing is taken.
    fn from_node(reader: &mut Reader, node: &Node) -> Read<Option<Self>> {
        let Some(bytes) = reader.bytes(node)? else {
            return Ok(None);
        };
        match Self::from_utf8(bytes) {
            Ok(text) => Ok(Some(text)),
            Err(_) => Err(Problem::at(node.place, "!!binary value is not UTF-8")),
        }
    }

    fn when_null() -> Option<Self> {
        Some(Self::new())
    }
}

impl Reader {
    /// The bytes of a scalar, `!!binary` decoded (which may be no text); `None` for null and, noted, for collections.
    ///
    /// # Errors
    /// When a `!!binary` is not base64.
    pub fn bytes(&mut self, node: &Node) -> Read<Option<Vec<u8>>> {
        let Content::Scalar { text, .. } = &node.content else {
            self.mismatch(node, "string");
            return Ok(None);
        };
        match resolve(node) {
            Some(Resolved::Null) | None => Ok(None),
            Some(Resolved::Binary) => match decode_base64(text) {
                Some(bytes) => Ok(Some(bytes)),
                None => Err(Problem::at(node.place, "yaml: !!binary value contains invalid base64 data")),
            },
            Some(_) => Ok(Some(text.as_bytes().to_vec())),
        }
    }
}

impl FromNode for bool {
    fn go_type() -> String {
        "bool".to_owned()
    }

    fn from_node(reader: &mut Reader, node: &Node) -> Read<Option<Self>> {
        Ok(match resolve(node) {
            Some(Resolved::Bool(value)) => Some(value),
            Some(Resolved::Null) => None,
            _ => mismatch::<Self>(reader, node),
        })
    }

    fn when_null() -> Option<Self> {
        Some(false)
    }
}

impl FromNode for i64 {
    fn go_type() -> String {
        "int".to_owned()
    }

    /// A float is cut off, as Go's yaml does.
    fn from_node(reader: &mut Reader, node: &Node) -> Read<Option<Self>> {
        Ok(match resolve(node) {
            Some(Resolved::Int(value)) => Some(value),
            Some(Resolved::Float(value)) if value.abs() < 9.2e18 => Some(value as Self),
            Some(Resolved::Null) => None,
            _ => mismatch::<Self>(reader, node),
        })
    }

    fn when_null() -> Option<Self> {
        Some(0)
    }
}

impl FromNode for u64 {
    fn go_type() -> String {
        "uint".to_owned()
    }

    /// A float is cut off, as Go's yaml does.
    fn from_node(reader: &mut Reader, node: &Node) -> Read<Option<Self>> {
        Ok(match resolve(node) {
            Some(Resolved::Int(value)) if value >= 0 => Some(value.unsigned_abs()),
            Some(Resolved::Uint(value)) => Some(value),
            Some(Resolved::Float(value)) if (0.0..1.8e19).contains(&value) => Some(value as Self),
            Some(Resolved::Null) => None,
            _ => mismatch::<Self>(reader, node),
        })
    }

    fn when_null() -> Option<Self> {
        Some(0)
    }
}

impl FromNode for f64 {
    fn go_type() -> String {
        "float64".to_owned()
    }

    fn from_node(reader: &mut Reader, node: &Node) -> Read<Option<Self>> {
        Ok(match resolve(node) {
            Some(Resolved::Int(value)) => Some(value as Self),
            Some(Resolved::Uint(value)) => Some(value as Self),
            Some(Resolved::Float(value)) => Some(value),
            Some(Resolved::Null) => None,
            _ => mismatch::<Self>(reader, node),
        })
    }

    fn when_null() -> Option<Self> {
        Some(0.0)
    }
}

impl FromNode for Millis {
    fn go_type() -> String {
        "string".to_owned()
    }

    /// A duration in Prometheus's form: `1h30m`, `15s`, `0`.
    fn from_node(reader: &mut Reader, node: &Node) -> Read<Option<Self>> {
        let Some(text) = String::from_node(reader, node)? else {
            return Ok(None);
        };
        match duration::parse(&text) {
            Ok(length) => Ok(Some(length)),
            Err(error) => Err(Problem::at(node.place, error.to_string())),
        }
    }

    fn when_null() -> Option<Self> {
        Some(Self::ZERO)
    }
}

fn mismatch<T: FromNode>(reader: &mut Reader, node: &Node) -> Option<T> {
    reader.mismatch(node, &T::go_type());
    None
}
