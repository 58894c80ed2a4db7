//! Discoveries that ask again and again and that a lab carries out besides DNS: files, an HTTP address, the Docker
//! engine. Their fields are checked by [`super::unsimulated_discovery`], which knows the same names; here they become
//! values.

use crate::base::duration;
use crate::base::time::Millis;
use crate::yaml::Node;

/// Where nothing is said, files are read again so often, whether they changed or not.
const FILE_REFRESH: Millis = Millis::from_minutes(5);
/// Where nothing is said, the others are asked so often.
const REFRESH: Millis = Millis::from_minutes(1);
/// Differs: nothing is asked more than once a second, whatever the configuration says; a lab is one tab.
const SHORTEST: Millis = Millis::from_secs(1);

/// An entry of `file_sd_configs`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileConfig {
    /// Paths; the last part may hold a star.
    pub files: Vec<String>,
    /// How often they are read, besides whenever one changes.
    pub refresh_interval: Millis,
}

/// An entry of `http_sd_configs`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HttpConfig {
    /// The address of the list.
    pub url: String,
    /// How often it is fetched.
    pub refresh_interval: Millis,
}

/// An entry of `docker_sd_configs`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DockerConfig {
    /// The engine's address: `unix:///var/run/docker.sock`.
    pub host: String,
    /// The port of containers that have none open.
    pub port: u16,
    /// The host of containers that share the machine's network.
    pub host_networking_host: String,
    /// Whether only the first of a container's networks counts.
    pub match_first_network: bool,
    /// What the engine is asked to list: filters with their values.
    pub filters: Vec<(String, Vec<String>)>,
    /// How often it is asked.
    pub refresh_interval: Millis,
}

fn text<'n>(node: &'n Node, field: &str) -> Option<&'n str> {
    node.get(field).and_then(Node::text)
}

fn texts(node: &Node, field: &str) -> Vec<String> {
    let items = node.get(field).map_or(&[][..], Node::items);
    items.iter().filter_map(Node::text).map(str::to_owned).collect()
}

fn refresh_interval(node: &Node, default: Millis) -> Millis {
    let written = text(node, "refresh_interval").and_then(|text| duration::parse(text).ok());
    written.unwrap_or(default).max(SHORTEST)
}

impl FileConfig {
    pub(super) fn of(node: &Node) -> Self {
        Self { files: texts(node, "files"), refresh_interval: refresh_interval(node, FILE_REFRESH) }
    }
}

impl HttpConfig {
    pub(super) fn of(node: &Node) -> Self {
        Self {
            url: text(node, "url").unwrap_or_default().to_owned(),
            refresh_interval: refresh_interval(node, REFRESH),
        }
    }
}

impl DockerConfig {
    pub(super) fn of(node: &Node) -> Self {
        let filter =
            |filter: &Node| (text(filter, "name").unwrap_or_default().to_owned(), texts(filter, "values"));
        Self {
            host: text(node, "host").unwrap_or_default().to_owned(),
            port: text(node, "port").and_then(|port| port.parse().ok()).unwrap_or(80),
            host_networking_host: text(node, "host_networking_host").unwrap_or("localhost").to_owned(),
            match_first_network: text(node, "match_first_network") != Some("false"),
            filters: node.get("filters").map_or(&[][..], Node::items).iter().map(filter).collect(),
            refresh_interval: refresh_interval(node, REFRESH),
        }
    }
}
