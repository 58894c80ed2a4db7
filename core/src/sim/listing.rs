//! What the Docker engine answers when it is asked for its running containers. Starts and stops none.

use std::sync::Arc;

use super::ActorId;
use super::address::Ip;
use super::context::Context;
use super::core::Core;
use super::description::Placement;
use crate::base::random::Seed;

/// A running container as the engine lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedContainer {
    /// The whole id: 64 hexadecimal digits, the first 12 of which are the host name.
    pub id: String,
    /// The name, `ch09-accesslog-1`.
    pub name: Arc<str>,
    /// The network's name and id.
    pub network: (Arc<str>, String),
    /// Its address.
    pub ip: Ip,
    /// The labels of its service, and those that Compose adds.
    pub labels: Vec<(String, String)>,
    /// Open and published ports, by the container's number; the machine's where it is published.
    pub ports: Vec<(u16, Option<u16>)>,
}

impl Context<'_> {
    /// The running containers, in order of their creation.
    #[must_use]
    pub fn list_containers(&self) -> Vec<ListedContainer> {
        let count = self.core.actors.len() as u32;
        (0..count).filter_map(|actor| self.core.listed(ActorId(actor))).collect()
    }
}

impl Core {
    fn listed(&self, id: ActorId) -> Option<ListedContainer> {
        let actor = self.actor(id);
        let ip = actor.ip.filter(|_| actor.is_alive() && actor.placement == Placement::Container)?;
        let service = self.description_of(id);
        let project = &self.description.project;
        let compose = |name: &str, value: String| (format!("com.docker.compose.{name}"), value);
        let mut labels = vec![
            compose("container-number", actor.number.to_string()),
            compose("oneoff", "False".to_owned()),
            compose("project", project.to_string()),
            compose("service", service.name.to_string()),
        ];
        labels.extend(service.labels.iter().map(|(name, value)| (name.to_string(), value.to_string())));
        // Differs: an image's EXPOSE is not known before its process listens.
        let mut ports: Vec<(u16, Option<u16>)> =
            actor.ports.iter().map(|(machine, own)| (*own, Some(*machine))).collect();
        for listener in actor.listeners.iter().filter(|listener| !listener.loopback_only) {
            if !ports.iter().any(|(own, _)| *own == listener.port) {
                ports.push((listener.port, None));
            }
        }
        ports.sort();
        let network = &self.description.network.name;
        Some(ListedContainer {
            id: self.whole_id(&actor.id),
            name: actor.name.clone(),
            network: (network.clone(), self.whole_id(network)),
            ip,
            labels,
            ports,
        })
    }

    /// An id of 64 digits: that of a container begins with the 12 that `docker ps` shows.
    fn whole_id(&self, begin: &str) -> String {
        let digits = |part: u64| format!("{:016x}", Seed(self.seed.0 ^ part).derive(begin));
        let rest: String = (1..=4).map(digits).collect();
        let known =
            if begin.len() == 12 && begin.bytes().all(|b| b.is_ascii_hexdigit()) { begin } else { "" };
        format!("{known}{}", &rest[known.len()..])
    }
}
