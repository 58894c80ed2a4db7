//! The section `alerting`: where alerts would be sent. Read and set aside.

use super::discovery;
use super::http_client::HttpClient;
use super::remote::SIGV4;
use super::rule::{Rule, Section};
use super::schema::{self, Kind, Schema};
use crate::yaml::{Content, Node, Problem, Read, Reader};

static ALERTMANAGER: Schema =
    Schema::bare("config.AlertmanagerConfig", "text: scheme path_prefix; duration: timeout").with(&[
        ("sigv4", Kind::One(&SIGV4)),
        ("api_version", Kind::Word("v2", "expected Alertmanager api version to be one of [v2] but got %s")),
        ("relabel_configs", Kind::Rules("empty or null Alertmanager target relabeling rule")),
        ("alert_relabel_configs", Kind::Rules("empty or null Alertmanager alert relabeling rule")),
    ]);

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
                    if let Some(null) = value.items().iter().find(|item| item.is_null()) {
                        // Differs: Prometheus 3.5 crashes here.
                        return Err(Problem::at(null.place, "empty or null Alertmanager section"));
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
        Ok(ALERTMANAGER.field(reader, name, value)?
            || discovery::field(reader, name, value, &mut sources)?
            || client.field(reader, name, value)?)
    })?;
    if !clean {
        return Ok(());
    }
    Section::new(node).hold(&[
        Rule::Client,
        Rule::Excludes(
            "sigv4",
            "basic_auth authorization oauth2 bearer_token bearer_token_file",
            "at most one of basic_auth, authorization, oauth2, & sigv4 must be configured",
        ),
    ])?;
    if node.get("relabel_configs").is_none_or(|rules| rules.items().is_empty()) {
        discovery::check_static_addresses(node)?;
    }
    Ok(())
}
