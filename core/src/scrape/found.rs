//! What the answers to discoveries' questions bring: label sets, or the errors that Prometheus's log would tell.
//! Keeps nothing.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::compatibility::Compatibility;
use super::config::{DiscoveryConfig, DnsConfig, HttpConfig, MAX_TARGETS, StaticGroup};
use super::discovery::static_labels;
use super::docker;
use super::need::RecordType;
use super::outcome::{FetchFailure, LookupOutcome, Response};
use super::relabel::MAX_LABELS;
use super::response::{failure_text, status_text};
use super::target::ADDRESS;
use crate::base::number::quote;
use crate::model::labels::Labels;

/// The most that the files of one discovery, or the answer of an address, may be long together.
const MAX_BYTES: usize = 1 << 20;

/// The label sets of one file, or of all that has no files; `None` where it could not be read.
type Group = (String, Option<Vec<Labels>>);

/// What an answer brought.
#[derive(Debug, Default)]
pub struct Found {
    /// All there is now; `None` where everything stays as it was.
    pub groups: Option<Vec<Group>>,
    /// What went wrong: where, and why.
    pub errors: Vec<(Arc<str>, String)>,
}

impl Found {
    fn all(labels: Vec<Labels>) -> Self {
        Self { groups: Some(vec![(String::new(), Some(labels))]), errors: Vec::new() }
    }

    fn failed(what: &Arc<str>, error: String) -> Self {
        Self { groups: None, errors: vec![(what.clone(), error)] }
    }
}

/// Reads the answer to what a discovery asked. An answer of another kind brings nothing.
pub fn read(
    config: &DiscoveryConfig,
    what: &Arc<str>,
    outcome: &LookupOutcome,
    compatibility: Compatibility,
) -> Found {
    match (config, outcome) {
        (_, LookupOutcome::Failed(reason)) => Found::failed(what, reason.clone()),
        (DiscoveryConfig::Dns(_), LookupOutcome::NoSuchName) => Found::all(Vec::new()),
        (DiscoveryConfig::Dns(dns), LookupOutcome::Records(records)) => {
            Found::all(records.iter().map(|record| record_labels(dns, what, record)).collect())
        }
        (DiscoveryConfig::Dns(_), LookupOutcome::Services(services)) => {
            Found::all(services.iter().map(|(host, port)| service_labels(what, host, *port)).collect())
        }
        (DiscoveryConfig::File(_), LookupOutcome::Files(files)) => read_files(files),
        (DiscoveryConfig::Http(http), LookupOutcome::Page(result)) => {
            match read_page(http, result, compatibility) {
                Ok(labels) => Found::all(labels),
                Err(error) => Found::failed(what, error),
            }
        }
        (DiscoveryConfig::Docker(config), LookupOutcome::Containers(containers)) => {
            let wanted = containers.iter().filter(|container| docker::is_wanted(container, &config.filters));
            Found::all(wanted.flat_map(|container| docker::labels_of(container, config)).collect())
        }
        _ => Found::default(),
    }
}

fn record_labels(config: &DnsConfig, name: &Arc<str>, record: &str) -> Labels {
    // A host name may come with the dot of the root.
    let host = record.trim_end_matches('.');
    let mut pairs =
        BTreeMap::from([(ADDRESS, join(host, config.port)), ("__meta_dns_name", name.to_string())]);
    match config.record {
        RecordType::Mx => pairs.insert("__meta_dns_mx_record_target", record.to_owned()),
        RecordType::Ns => pairs.insert("__meta_dns_ns_record_target", record.to_owned()),
        RecordType::A | RecordType::Aaaa | RecordType::Srv => None,
    };
    Labels::from_pairs(pairs)
}

fn service_labels(name: &Arc<str>, host: &str, port: u16) -> Labels {
    Labels::from_pairs([
        (ADDRESS, join(host.trim_end_matches('.'), port)),
        ("__meta_dns_name", name.to_string()),
        ("__meta_dns_srv_record_target", host.to_owned()),
        ("__meta_dns_srv_record_port", port.to_string()),
    ])
}

fn join(host: &str, port: u16) -> String {
    if host.contains(':') { format!("[{host}]:{port}") } else { format!("{host}:{port}") }
}

/// Each file by its path. One that cannot be read keeps what it held before.
fn read_files(files: &[(String, String)]) -> Found {
    let mut found = Found { groups: Some(Vec::new()), errors: Vec::new() };
    let mut bytes = 0;
    for (path, text) in files {
        bytes += text.len();
        let labels = match groups_of(text, bytes) {
            Ok(groups) => Some(labels_with(&groups, "__meta_filepath", path)),
            Err(error) => {
                found.errors.push((path.as_str().into(), error));
                None
            }
        };
        found.groups.get_or_insert_default().push((path.clone(), labels));
    }
    found
}

/// The groups that a text holds, where it and those before it are `bytes` long together.
///
/// Differs: Prometheus takes any number of targets.
fn groups_of(text: &str, bytes: usize) -> Result<Vec<StaticGroup>, String> {
    if bytes > MAX_BYTES {
        return Err(format!("a lab reads no more than {MAX_BYTES} bytes of targets at once"));
    }
    let groups = StaticGroup::read_all(text).map_err(|error| error.to_string())?;
    let targets: usize = groups.iter().map(|group| group.targets.len()).sum();
    if targets > MAX_TARGETS {
        return Err(format!("a lab has no room for more than {MAX_TARGETS} targets"));
    }
    if groups.iter().any(|group| group.labels.len() > MAX_LABELS) {
        return Err(format!("a lab has no room for more than {MAX_LABELS} labels of a target"));
    }
    Ok(groups)
}

/// The label sets of groups, each with a label that says where it comes from.
fn labels_with(groups: &[StaticGroup], name: &str, value: &str) -> Vec<Labels> {
    let with = |labels: Labels| {
        let mut builder = labels.to_builder();
        builder.set(name, value);
        builder.build()
    };
    groups.iter().flat_map(static_labels).map(with).collect()
}

/// Differs: a redirect is not followed, and counts as the status that it is.
fn read_page(
    config: &HttpConfig,
    result: &Result<Response, FetchFailure>,
    compatibility: Compatibility,
) -> Result<Vec<Labels>, String> {
    let response = result.as_ref().map_err(|failure| failure_text(&config.url, failure, compatibility))?;
    if response.status != 200 {
        return Err(status_text(response.status));
    }
    let content_type = response.content_type.as_deref().unwrap_or("").trim();
    if !is_json(content_type) {
        return Err(format!("unsupported content type {}", quote(content_type)));
    }
    if response.body.trim_start().starts_with('{') {
        return Err("json: cannot unmarshal object into Go value of type []*targetgroup.Group".to_owned());
    }
    let groups = groups_of(&response.body, response.body.len())?;
    Ok(labels_with(&groups, "__meta_url", &config.url))
}

/// `application/json`, with or without `charset=utf-8`.
fn is_json(content_type: &str) -> bool {
    let lower = content_type.to_ascii_lowercase();
    match lower.split_once(';') {
        None => lower == "application/json",
        Some((media_type, charset)) => {
            media_type == "application/json"
                && matches!(charset.trim_start(), "charset=utf-8" | "charset=\"utf-8\"")
        }
    }
}
