//! Sizes in bytes as Go's `alecthomas/units` reads them (`15MB`, `1KiB`): all units are powers of 1024.

use crate::yaml::{FromNode, Node, Problem, Read, Reader};

/// A size in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Size(pub u64);

impl FromNode for Size {
    fn go_type() -> String {
        "units.Base2Bytes".to_owned()
    }

    fn from_node(reader: &mut Reader, node: &Node) -> Read<Option<Self>> {
        let Some(text) = String::from_node(reader, node)? else {
            return Ok(None);
        };
        parse(&text).map(Some).map_err(|error| Problem::at(node.place, error))
    }
}

/// A sum of numbers with units. A bare number is refused, except 0.
fn parse(text: &str) -> Result<Size, String> {
    if text == "0" {
        return Ok(Size(0));
    }
    let invalid = || format!("units: invalid {text}");
    // A negative size counts as none; who cares about it looks at the text.
    let mut rest = text.strip_prefix(['-', '+']).unwrap_or(text);
    let mut total = 0.0;
    if rest.is_empty() {
        return Err(invalid());
    }
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let amount: f64 = rest[..digits].parse().map_err(|_| invalid())?;
        rest = &rest[digits..];
        let letters = rest.find(|c: char| c.is_ascii_digit() || c == '.').unwrap_or(rest.len());
        let unit = &rest[..letters];
        let exponent = unit_exponent(unit).ok_or_else(|| format!("units: unknown unit {unit} in {text}"))?;
        total += amount * (1_u64 << (10 * exponent)) as f64;
        rest = &rest[letters..];
    }
    Ok(Size(if text.starts_with('-') { 0 } else { total as u64 }))
}

fn unit_exponent(unit: &str) -> Option<u32> {
    const PREFIXES: &str = "KMGTPE";
    let prefix = match unit {
        "B" => return Some(0),
        _ => unit.strip_suffix("iB").or_else(|| unit.strip_suffix('B'))?,
    };
    PREFIXES.find(prefix).filter(|_| prefix.len() == 1).map(|at| at as u32 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_powers_of_1024() {
        assert_eq!(parse("15MB"), Ok(Size(15 << 20)));
        assert_eq!(parse("1KiB"), Ok(Size(1024)));
        assert_eq!(parse("1.5KB512B"), Ok(Size(2048)));
        assert_eq!((parse("-1GB"), parse("+1KB")), (Ok(Size(0)), Ok(Size(1024))));
        assert_eq!(parse("-"), Err("units: invalid -".to_owned()));
        assert_eq!(parse("100"), Err("units: unknown unit  in 100".to_owned()));
        assert_eq!(parse("5XB"), Err("units: unknown unit XB in 5XB".to_owned()));
        assert_eq!(parse("MB"), Err("units: invalid MB".to_owned()));
    }
}
