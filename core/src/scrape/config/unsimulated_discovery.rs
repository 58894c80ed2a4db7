//! Discoveries that a lab in a page cannot have (clouds, orchestrators) or does not have yet. Their fields are
//! checked, so that a typing error is told; they find no targets.

use super::clouds::CLOUDS;
use super::registries::REGISTRIES;
use super::rule::{Rule, Section, fill};
use super::schema::{self, Kind, Schema};
use crate::base::time::Millis;
use crate::yaml::{Node, Problem, Read, Reader};

/// Reads a field of a job or an Alertmanager, where the name is one of these discoveries.
pub(super) fn field(reader: &mut Reader, name: &str, value: &Node) -> Read<bool> {
    let is_known = check(reader, name, value)?;
    if is_known {
        reader.remark(Problem::at(value.place, name));
    }
    Ok(is_known)
}

/// Checks the fields of a discovery that is known; gives whether it is.
pub(super) fn check(reader: &mut Reader, name: &str, value: &Node) -> Read<bool> {
    let known = name.strip_suffix("_sd_configs");
    let all = CLOUDS.iter().chain(REGISTRIES);
    let Some((_, schema)) = all.into_iter().find(|(discovery, _)| Some(*discovery) == known) else {
        return Ok(false);
    };
    if let Some(null) = value.items().iter().find(|item| item.is_null()) {
        return Err(Problem::at(null.place, fill("empty or null section in %s", name)));
    }
    schema::check(reader, value, &Kind::Many(schema))?;
    Ok(true)
}

/// A discovery that fetches by HTTP, whose client's settings are all there is to check.
pub(super) const fn client(go_type: &'static str, fields: &'static str) -> Schema {
    Schema::new(go_type, fields).with_client().ruled(&[Rule::Client])
}

/// Whether a duration is written and is none.
pub(super) fn is_zero(section: &Section<'_>, path: &str) -> bool {
    section.at(path).is_some()
        && crate::base::duration::parse(section.text(path)).is_ok_and(|length| length == Millis::ZERO)
}
