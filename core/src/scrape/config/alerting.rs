//! The section `alerting`: where alerts would be sent. Read and set aside.

use super::discovery;
use super::http_client::HttpClient;
use super::schema::{self, Kind};
use super::unsimulated_discovery;
use crate::yaml::{Content, Node, Problem, Read, Reader};

const ALERTMANAGER_FIELDS: &[(&str, Kind)] = &[
    ("scheme", Kind::Text),
    ("path_prefix", Kind::Text),
    ("timeout", Kind::Duration),
    ("sigv4", Kind::Any),
    ("api_version", Kind::OneOf("expected Alertmanager api version to be one of [v2] but got ", &["v2"])),
    ("relabel_configs", Kind::Rules("empty or null Alertmanager target relabeling rule")),
    ("alert_relabel_configs", Kind::Rules("empty or null Alertmanager alert relabeling rule")),
];

/// Reads the section `alerting`.
pub(super) fn read_alerting(reader: &mut Reader, node: &Node) -> Read<()> {
    reader
        .structure(node, "config.plain", |reader, name, value| {
            match name {
                "alert_relabel_configs" => {
                    schema::check(reader, value, &Kind::Rules("empty or null alert relabeling rule"))?;
                }
                "alertmanagers" => {
                    if !value.is_null() && !matches!(value.content, Content::Sequence(_)) {
                        reader.mismatch(value, "config.AlertmanagerConfigs");
                    }
                    value.items().iter().try_for_each(|item| read_alertmanager(reader, item))?;
                }
                _ => return Ok(false),
            }
            Ok(true)
        })
        .map(drop)
}

fn read_alertmanager(reader: &mut Reader, node: &Node) -> Read<()> {
    let mut client = HttpClient::default();
    let mut sources = Vec::new();
    let clean = reader.structure(node, "config.AlertmanagerConfig", |reader, name, value| {
        if let Some((_, kind)) = ALERTMANAGER_FIELDS.iter().find(|(known, _)| *known == name) {
            schema::check(reader, value, kind)?;
            return Ok(true);
        }
        Ok(discovery::field(reader, name, value, &mut sources)?
            || unsimulated_discovery::field(reader, name, value)?
            || client.field(reader, name, value)?)
    })?;
    if !clean {
        return Ok(());
    }
    client.validate().map_err(|text| Problem::at(node.place, text))?;
    if client.has_authorization() && node.get("sigv4").is_some() {
        let text = "at most one of basic_auth, authorization, oauth2, & sigv4 must be configured";
        return Err(Problem::at(node.place, text));
    }
    if node.get("relabel_configs").is_none_or(|rules| rules.items().is_empty()) {
        discovery::check_static_addresses(node)?;
    }
    Ok(())
}
