//! Which service and container a target leads to, by its host: a name, or an address that somebody has or had.

use std::collections::BTreeMap;

use scrapeyard_core::lab::view::{ServiceView, TargetView, YardView};

use super::order::{Kind, kind};

/// Which container had an address last: a target of an address that nobody has any more still leads somewhere.
pub type Addresses = BTreeMap<String, String>;

/// Where a target leads.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reach<'y> {
    /// The service.
    pub service: &'y ServiceView,
    /// The container, where an address tells which.
    pub container: Option<&'y str>,
}

/// At a container where the target's address is or was one's, else at the service that its name is. What is none of the
/// yard's leads nowhere.
pub fn reach<'y>(yard: &'y YardView, addresses: &Addresses, target: &TargetView) -> Option<Reach<'y>> {
    let host = host_of(&target.url);
    let holder = addresses.get(host).and_then(|name| {
        let find = |service: &'y ServiceView| Some((service, container(service, name)?));
        yard.services.iter().find_map(find)
    });
    if let Some((service, name)) = holder {
        return Some(Reach { service, container: Some(name) });
    }
    let named =
        yard.services.iter().find(|service| service.name == host || container(service, host).is_some());
    let is_machine = yard.machine_names.iter().any(|name| name == host);
    let engine = || yard.services.iter().find(|service| is_machine && kind(service) == Kind::Engine);
    named.or_else(engine).map(|service| Reach { service, container: None })
}

/// The container whose page a target is: the one that its address tells, else the first of its service that has a page.
pub fn container_of<'y>(yard: &'y YardView, addresses: &Addresses, target: &TargetView) -> Option<&'y str> {
    let Reach { service, container } = reach(yard, addresses, target)?;
    let first = || service.containers.iter().find(|one| one.has_metrics).or(service.containers.first());
    container.or_else(|| first().map(|one| one.name.as_str()))
}

fn container<'y>(service: &'y ServiceView, name: &str) -> Option<&'y str> {
    service.containers.iter().map(|container| container.name.as_str()).find(|known| *known == name)
}

/// Notes who has which address now.
pub fn note_addresses(yard: &YardView, addresses: &mut Addresses) {
    /// A yard that has given out more addresses than this has moved on.
    const MOST: usize = 400;
    if addresses.len() > MOST {
        addresses.clear();
    }
    for container in yard.services.iter().flat_map(|service| &service.containers) {
        if let Some(ip) = &container.ip {
            addresses.insert(ip.clone(), container.name.clone());
        }
    }
}

/// The host of a URL: `http://172.18.0.5:80/metrics` has `172.18.0.5`.
fn host_of(url: &str) -> &str {
    let authority = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = authority.split('/').next().unwrap_or(authority);
    authority.rsplit_once(':').map_or(authority, |(host, _)| host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_found_by_the_host_of_its_url() {
        assert_eq!(host_of("http://172.18.0.5:80/metrics"), "172.18.0.5");
        assert_eq!(host_of("http://iotd:80/actuator/prometheus"), "iotd");
        assert_eq!(host_of("DOCKER_HOST:9323"), "DOCKER_HOST");
    }
}
