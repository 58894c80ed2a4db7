//! What a yard consists of, as a Compose file says it. Plain values: reading the file is another's task.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::address::Ip;

/// A whole yard.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Description {
    /// The Compose project; containers are called `<project>-<service>-<number>`.
    pub project: Arc<str>,
    /// The network all containers share.
    pub network: NetworkDescription,
    /// The address of the machine itself, as containers reach it.
    pub host_ip: Ip,
    /// The services, in the order of the file.
    pub services: Vec<ServiceDescription>,
    /// Who asks for pages, and how often.
    pub traffic: TrafficDescription,
}

/// A user-defined bridge network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NetworkDescription {
    /// The network's name.
    pub name: Arc<str>,
    /// The first address of its /16 subnet; `.0.1` is the gateway, containers begin at `.0.2`.
    pub subnet: Ip,
}

impl Default for NetworkDescription {
    fn default() -> Self {
        Self { name: "nat".into(), subnet: Ip::new(172, 18, 0, 0) }
    }
}

/// A service: one image, as many containers as wanted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceDescription {
    /// The name; also the DNS name of all its containers together.
    pub name: Arc<str>,
    /// The image, with or without tag.
    pub image: Arc<str>,
    /// How many containers to start with.
    pub replicas: u32,
    /// Which ports of its containers the machine publishes.
    pub ports: Vec<PublishedPort>,
    /// What happens when the process ends by itself.
    pub restart: RestartPolicy,
    /// Environment variables.
    pub environment: BTreeMap<Arc<str>, Arc<str>>,
    /// Labels of its containers.
    pub labels: BTreeMap<Arc<str>, Arc<str>>,
    /// Files put into each container, by path.
    pub files: BTreeMap<Arc<str>, Arc<str>>,
    /// Lines of `/etc/hosts` besides Docker's own.
    pub extra_hosts: Vec<(Arc<str>, Ip)>,
    /// Services that are started before this one.
    pub depends_on: Vec<Arc<str>>,
    /// Where it runs.
    pub placement: Placement,
}

impl ServiceDescription {
    /// A service of one container with nothing published.
    pub fn new(name: impl Into<Arc<str>>, image: impl Into<Arc<str>>) -> Self {
        Self {
            name: name.into(),
            image: image.into(),
            replicas: 1,
            ports: Vec::new(),
            restart: RestartPolicy::No,
            environment: BTreeMap::new(),
            labels: BTreeMap::new(),
            files: BTreeMap::new(),
            extra_hosts: Vec::new(),
            depends_on: Vec::new(),
            placement: Placement::Container,
        }
    }

    /// The same with a published port; `host` is `None` where Docker is to choose one.
    #[must_use]
    pub fn publishing(mut self, host: Option<u16>, container: u16) -> Self {
        self.ports.push(PublishedPort { host, container });
        self
    }
}

/// A port of a container that can be reached through the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedPort {
    /// The machine's port; `None`: Docker chooses a free one for each container.
    pub host: Option<u16>,
    /// The container's port.
    pub container: u16,
}

/// What Docker does when a container's process ends by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum RestartPolicy {
    /// Nothing.
    #[default]
    No,
    /// Starts it again, whatever the exit code.
    Always,
    /// The same, unless it was stopped by hand.
    UnlessStopped,
    /// Starts it again when the exit code is not 0.
    OnFailure,
}

/// Where a service runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Placement {
    /// In containers on the network.
    #[default]
    Container,
    /// On the machine itself (the Docker engine).
    Host,
    /// Somewhere in the world (an API of others), under its name.
    Outside,
}

/// Visitors who come at random, independently of each other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrafficDescription {
    /// The port of the machine they go to.
    pub port: u16,
    /// The path they ask for.
    pub path: Arc<str>,
    /// Visitors a second on average.
    pub rate: f64,
}
