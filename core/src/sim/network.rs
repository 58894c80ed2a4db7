//! The network `nat`, the machine's ports, and Docker's name server. Opens no connection.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::ActorId;
use super::address::Ip;
use super::core::Core;
use super::description::{NetworkDescription, Placement};
use super::message::Failure;

/// Where Docker begins to look for a free port of the machine.
const FIRST_EPHEMERAL_PORT: u16 = 32_768;

/// Who has which address and which port of the machine.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Network {
    subnet: Ip,
    owners: BTreeMap<Ip, ActorId>,
    /// The machine's ports: whose they are, and which port of the container is behind them.
    published: BTreeMap<u16, (ActorId, u16)>,
}

impl Network {
    pub fn new(description: &NetworkDescription) -> Self {
        // Whatever host part was written, the subnet is a /16.
        let subnet = Ip(description.subnet.0 & 0xffff_0000);
        Self { subnet, owners: BTreeMap::new(), published: BTreeMap::new() }
    }

    /// The machine's address on the network.
    pub fn gateway(&self) -> Ip {
        Ip(self.subnet.0 + 1)
    }

    /// The lowest free address, as Docker gives it: a new container may inherit the one of a container that went.
    pub fn take_address(&mut self, actor: ActorId) -> Option<Ip> {
        let free =
            (2..0xfffe).map(|host| Ip(self.subnet.0 + host)).find(|ip| !self.owners.contains_key(ip))?;
        self.owners.insert(free, actor);
        Some(free)
    }

    /// Gives an address outside the network.
    pub fn set_owner(&mut self, ip: Ip, actor: ActorId) {
        self.owners.insert(ip, actor);
    }

    pub fn free_address(&mut self, ip: Ip) {
        self.owners.remove(&ip);
    }

    pub fn owner(&self, ip: Ip) -> Option<ActorId> {
        self.owners.get(&ip).copied()
    }

    pub fn published(&self, port: u16) -> Option<(ActorId, u16)> {
        self.published.get(&port).copied()
    }

    pub fn publish(&mut self, port: u16, actor: ActorId, container_port: u16) {
        self.published.insert(port, (actor, container_port));
    }

    pub fn withdraw(&mut self, port: u16) {
        self.published.remove(&port);
    }

    /// A port of the machine that is free, for a container that does not ask for a certain one.
    pub fn free_port(&self) -> Option<u16> {
        (FIRST_EPHEMERAL_PORT..=u16::MAX).find(|port| !self.published.contains_key(port))
    }
}

impl Core {
    /// The addresses of a name as `actor` sees it, in random order.
    pub(super) fn resolve(&mut self, actor: ActorId, name: &str) -> Result<Vec<Ip>, Failure> {
        let mut addresses = Vec::new();
        self.look_up(actor, name, &mut addresses);
        if addresses.is_empty() {
            return Err(Failure::NoSuchHost(name.into()));
        }
        Ok(addresses)
    }

    /// As [`Core::resolve`], into a list that is used again for each connection.
    pub(super) fn look_up(&mut self, actor: ActorId, name: &str, addresses: &mut Vec<Ip>) {
        addresses.clear();
        if let Ok(ip) = name.parse() {
            addresses.push(ip);
            return;
        }
        self.records(actor, name, addresses);
        // Docker's server mixes the records anew for each question; it is no round robin.
        self.actor_mut(actor).wire.shuffle(addresses);
    }

    fn records(&self, actor: ActorId, name: &str, addresses: &mut Vec<Ip>) {
        let asking = self.actor(actor);
        if name == "localhost" {
            addresses.push(Ip::LOCALHOST);
            return;
        }
        if let Some((_, ip)) = asking.hosts.iter().find(|(host, _)| **host == *name) {
            addresses.push(*ip);
            return;
        }
        if let Some(service) = self.service_index(name) {
            let placement = self.description.services[service].placement;
            if placement != Placement::Host {
                let members = self.services[service].members.iter();
                addresses.extend(members.filter_map(|member| self.actor(*member).ip));
            }
            return;
        }
        let container = self.actors.iter().find(|actor| *actor.name == *name || *actor.id == *name);
        addresses.extend(container.and_then(|container| container.ip));
    }

    /// The place of the service called `name` in the description.
    pub(super) fn service_index(&self, name: &str) -> Option<usize> {
        self.description.services.iter().position(|service| *service.name == *name)
    }

    pub(super) fn add_host(&mut self, actor: ActorId, name: Arc<str>, ip: Ip) {
        self.actor_mut(actor).hosts.push((name, ip));
    }
}
