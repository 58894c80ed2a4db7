//! Where a job's targets come from: static lists, DNS, files, an HTTP address and the Docker engine work, the others are
//! read and set aside.

use std::sync::Arc;

use super::error::ConfigError;
use super::polled_discovery::{DockerConfig, FileConfig, HttpConfig};
use super::unsimulated_discovery;
use crate::base::number::quote;
use crate::base::time::Millis;
use crate::scrape::need::RecordType;
use crate::yaml::{Budget, Content, Dialect, FromNode, Node, Problem, Read, Reader};

/// One source of targets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DiscoveryConfig {
    /// The groups of `static_configs`, all of them one source.
    Static(Vec<StaticGroup>),
    /// An entry of `dns_sd_configs`.
    Dns(DnsConfig),
    /// An entry of `file_sd_configs`.
    File(FileConfig),
    /// An entry of `http_sd_configs`.
    Http(HttpConfig),
    /// An entry of `docker_sd_configs`.
    Docker(DockerConfig),
    /// A source that a lab cannot have; holds the field's name. It finds nothing.
    Unsimulated(String),
}

/// A group of `static_configs`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StaticGroup {
    /// Addresses, with or without a port.
    pub targets: Vec<Arc<str>>,
    /// Labels of all of them.
    pub labels: Vec<(Arc<str>, Arc<str>)>,
}

/// An entry of `dns_sd_configs`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DnsConfig {
    /// The names to look up.
    pub names: Vec<Arc<str>>,
    /// What to look up.
    pub record: RecordType,
    /// The port of the targets, for every record type but SRV.
    pub port: u16,
    /// The time between two look-ups.
    pub refresh_interval: Millis,
}

/// As Go's error texts name the structure without a name that a static group is read into.
const STATIC_GROUP: &str =
    "struct { Targets []string \"yaml:\\\"targets\\\"\"; Labels model.LabelSet \"yaml:\\\"labels\\\"\" }";

/// Reads a field of a job, where the name is one of a discovery.
pub(super) fn field(
    reader: &mut Reader,
    name: &str,
    value: &Node,
    into: &mut Vec<DiscoveryConfig>,
) -> Read<bool> {
    match name {
        "static_configs" => {
            let groups = read_list(reader, value, "targetgroup.Group", |reader, item| {
                if item.is_null() {
                    return Err(Problem::at(item.place, "empty or null section in static_configs"));
                }
                StaticGroup::from_node(reader, item)
            })?;
            if !groups.is_empty() {
                into.push(DiscoveryConfig::Static(groups));
            }
        }
        "dns_sd_configs" => {
            let configs = read_list(reader, value, "dns.SDConfig", |reader, item| {
                if item.is_null() {
                    return Err(Problem::at(item.place, "empty or null section in dns_sd_configs"));
                }
                DnsConfig::from_node(reader, item)
            })?;
            into.extend(configs.into_iter().map(DiscoveryConfig::Dns));
        }
        "file_sd_configs" | "http_sd_configs" | "docker_sd_configs" => {
            unsimulated_discovery::check(reader, name, value)?;
            into.extend(value.items().iter().map(|item| match name {
                "file_sd_configs" => DiscoveryConfig::File(FileConfig::of(item)),
                "http_sd_configs" => DiscoveryConfig::Http(HttpConfig::of(item)),
                _ => DiscoveryConfig::Docker(DockerConfig::of(item)),
            }));
        }
        _ => {
            if !unsimulated_discovery::field(reader, name, value)? {
                return Ok(false);
            }
            into.push(DiscoveryConfig::Unsimulated(name.to_owned()));
        }
    }
    Ok(true)
}

impl StaticGroup {
    /// Reads a list of groups as files and HTTP addresses hold it, YAML or JSON.
    ///
    /// Differs: JSON is read as the YAML that it is, so its errors are in the words of the YAML reader.
    ///
    /// # Errors
    /// When it is none, with the line.
    pub fn read_all(text: &str) -> Result<Vec<Self>, ConfigError> {
        let groups = |reader: &mut Reader, node: &Node| {
            read_list(reader, node, "targetgroup.Group", |reader, item| match item.is_null() {
                true => Err(Problem::at(item.place, "nil target group item found")),
                false => Self::from_node(reader, item),
            })
        };
        crate::yaml::read(text, Budget::default(), Dialect::V2, groups).map_err(ConfigError::from)
    }
}

fn read_list<T>(
    reader: &mut Reader,
    node: &Node,
    go_type: &str,
    mut item: impl FnMut(&mut Reader, &Node) -> Read<Option<T>>,
) -> Read<Vec<T>> {
    if !node.is_null() && !matches!(node.content, Content::Sequence(_)) {
        reader.mismatch(node, &format!("[]*{go_type}"));
    }
    let mut values = Vec::new();
    for node in node.items() {
        values.extend(item(reader, node)?);
    }
    Ok(values)
}

impl FromNode for StaticGroup {
    fn go_type() -> String {
        STATIC_GROUP.to_owned()
    }

    fn from_node(reader: &mut Reader, node: &Node) -> Read<Option<Self>> {
        let mut targets: Vec<String> = Vec::new();
        let mut labels = std::collections::BTreeMap::<String, String>::new();
        reader.structure(node, STATIC_GROUP, |reader, name, value| {
            match name {
                "targets" => reader.put(&mut targets, value)?,
                "labels" if !value.is_null() && !matches!(value.content, Content::Mapping(_)) => {
                    reader.mismatch(value, "model.LabelSet");
                }
                "labels" => {
                    reader.put(&mut labels, value)?;
                    if let Some((key, _)) = value.pairs().iter().find(|(key, _)| key.text() == Some("")) {
                        return Err(Problem::at(key.place, "\"\" is not a valid label name"));
                    }
                }
                _ => return Ok(false),
            }
            Ok(true)
        })?;
        Ok(Some(Self {
            targets: targets.into_iter().map(Arc::from).collect(),
            labels: labels.into_iter().map(|(name, value)| (name.into(), value.into())).collect(),
        }))
    }
}

impl FromNode for DnsConfig {
    fn go_type() -> String {
        "dns.plain".to_owned()
    }

    fn from_node(reader: &mut Reader, node: &Node) -> Read<Option<Self>> {
        let mut names: Vec<String> = Vec::new();
        let mut refresh_interval = Millis::from_secs(30);
        let mut record = "SRV".to_owned();
        let mut port = 0_i64;
        let clean = reader.structure(node, "dns.plain", |reader, name, value| {
            match name {
                "names" => reader.put(&mut names, value)?,
                "refresh_interval" => reader.put(&mut refresh_interval, value)?,
                "type" => reader.put(&mut record, value)?,
                "port" => reader.put(&mut port, value)?,
                _ => return Ok(false),
            }
            Ok(true)
        })?;
        if !clean {
            return Ok(None);
        }
        let refused = |text: String| Err(Problem::at(node.place, text));
        if names.is_empty() {
            return refused("DNS-SD config must contain at least one SRV record name".to_owned());
        }
        let record = match record.to_ascii_uppercase().as_str() {
            "SRV" => RecordType::Srv,
            "A" => RecordType::A,
            "AAAA" => RecordType::Aaaa,
            "MX" => RecordType::Mx,
            "NS" => RecordType::Ns,
            _ => return refused(format!("invalid DNS-SD records type {record}")),
        };
        if record != RecordType::Srv && port == 0 {
            return refused(
                "a port is required in DNS-SD configs for all record types except SRV".to_owned(),
            );
        }
        let Ok(port) = u16::try_from(port) else {
            return refused(format!("invalid port {port} in DNS-SD config"));
        };
        if refresh_interval <= Millis::ZERO {
            return refused("refresh_interval must be greater than 0 in DNS-SD config".to_owned());
        }
        Ok(Some(Self { names: names.into_iter().map(Arc::from).collect(), record, port, refresh_interval }))
    }
}

/// Without relabeling, an address with a slash is a URL put where a host belongs.
pub(super) fn check_static_addresses(job: &Node) -> Read<()> {
    for group in job.get("static_configs").map_or(&[][..], Node::items) {
        for target in group.get("targets").map_or(&[][..], Node::items) {
            let address = target.text().unwrap_or("");
            if address.contains('/') {
                return Err(Problem::at(target.place, format!("{} is not a valid hostname", quote(address))));
            }
        }
    }
    Ok(())
}
