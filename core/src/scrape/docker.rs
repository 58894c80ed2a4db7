//! Targets out of what a Docker engine lists: addresses and `__meta_docker_` labels. Asks no engine.
//!
//! Source: Prometheus `discovery/moby`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::config::DockerConfig;
use super::target::ADDRESS;
use crate::model::labels::Labels;

/// A container as the engine lists it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DockerContainer {
    /// The id, 64 hexadecimal digits.
    pub id: String,
    /// The name, with a leading `/`.
    pub name: String,
    /// The network mode: a network's name, or `host`.
    pub network_mode: String,
    /// Its labels.
    pub labels: Vec<(String, String)>,
    /// The networks it is connected to.
    pub networks: Vec<DockerNetwork>,
    /// Its open and published TCP ports.
    pub ports: Vec<DockerPort>,
}

/// A network with a container's place in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DockerNetwork {
    /// The network's id, 64 hexadecimal digits.
    pub id: String,
    /// The network's name.
    pub name: String,
    /// The container's address.
    pub ip: String,
}

/// A port of a container.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DockerPort {
    /// The container's port.
    pub private: u16,
    /// The machine's address and port, where it is published.
    pub public: Option<(String, u16)>,
}

/// The label sets of a container: one for each network and port.
pub fn labels_of(container: &DockerContainer, config: &DockerConfig) -> Vec<Labels> {
    let mut networks: Vec<&DockerNetwork> = container.networks.iter().collect();
    networks.sort_by(|left, right| left.name.cmp(&right.name));
    if config.match_first_network {
        networks.truncate(1);
    }
    let mut found = Vec::new();
    for network in networks {
        let common = common_labels(container, network);
        for port in &container.ports {
            let mut labels = common.clone();
            labels.insert("__meta_docker_port_private".to_owned(), port.private.to_string());
            if let Some((ip, public)) = &port.public {
                labels.insert("__meta_docker_port_public".to_owned(), public.to_string());
                labels.insert("__meta_docker_port_public_ip".to_owned(), ip.clone());
            }
            labels.insert(ADDRESS.to_owned(), format!("{}:{}", network.ip, port.private));
            found.push(Labels::from_pairs(labels));
        }
        if container.ports.is_empty() {
            let address = match container.network_mode.as_str() {
                "host" => config.host_networking_host.clone(),
                _ => format!("{}:{}", network.ip, config.port),
            };
            let mut labels = common;
            labels.insert(ADDRESS.to_owned(), address);
            found.push(Labels::from_pairs(labels));
        }
    }
    found
}

fn common_labels(container: &DockerContainer, network: &DockerNetwork) -> BTreeMap<String, String> {
    let named = [
        ("container_id", container.id.as_str()),
        ("container_name", &container.name),
        ("container_network_mode", &container.network_mode),
        ("network_id", &network.id),
        ("network_name", &network.name),
        ("network_scope", "local"),
        ("network_internal", "false"),
        ("network_ingress", "false"),
        ("network_ip", &network.ip),
    ];
    let named = named.into_iter().map(|(name, value)| (format!("__meta_docker_{name}"), value.to_owned()));
    let own = container
        .labels
        .iter()
        .map(|(name, value)| (format!("__meta_docker_container_label_{}", sanitized(name)), value.clone()));
    named.chain(own).collect()
}

/// A name as part of a label name: what does not belong into one is replaced by `_`.
fn sanitized(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect()
}

/// Whether a container is asked for. Filters of one name are alternatives, those of different names all hold. Known
/// are `label`, `name`, `network` and `id`.
pub fn is_wanted(container: &DockerContainer, filters: &[(String, Vec<String>)]) -> bool {
    let fits = |name: &str, value: &str| match name {
        "label" => {
            let (label, wanted) = value.split_once('=').map_or((value, None), |(label, v)| (label, Some(v)));
            container
                .labels
                .iter()
                .any(|(known, value)| known == label && wanted.is_none_or(|wanted| wanted == value))
        }
        "name" => container.name.contains(value.trim_start_matches(['^', '/']).trim_end_matches('$')),
        "network" => container.networks.iter().any(|network| network.name == value || network.id == value),
        "id" => container.id.starts_with(value),
        "status" => value == "running",
        _ => false,
    };
    filters.iter().all(|(name, values)| {
        // Every label asked for must be there; of other filters one value is enough.
        let mut values = values.iter();
        match name.as_str() {
            "label" => values.all(|value| fits(name, value)),
            _ => values.any(|value| fits(name, value)),
        }
    })
}
