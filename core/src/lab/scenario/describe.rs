//! From a scenario's files to the description of its yard. Starts nothing.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::compose::{ComposeService, Restart};
use super::{COMPOSE_FILE, MANIFEST_FILE, Scenario};
use crate::lab::problem::Problem;
use crate::lab::programs::{COMPATIBILITY_VARIABLE, compatibility_name, is_prometheus_image};
use crate::sim::images::world;
use crate::sim::{
    Description, Ip, NetworkDescription, Placement, PublishedPort, RestartPolicy, ServiceDescription,
    TrafficDescription,
};

impl Scenario {
    /// The yard that the files describe.
    ///
    /// # Errors
    /// When an address is none, or the traffic goes to a service that publishes no port of its own.
    pub fn describe(&self) -> Result<Description, Problem> {
        let refuse = |file: &str, text: String| Problem::new("scenario-invalid", format!("{file}: {text}"));
        let address = &self.manifest.machine_address;
        let host_ip: Ip = address
            .parse()
            .map_err(|_| refuse(MANIFEST_FILE, format!("not an IPv4 address: {address:?}")))?;
        let mut services = Vec::new();
        for service in &self.compose.services {
            services
                .push(self.describe_service(service, host_ip).map_err(|text| refuse(COMPOSE_FILE, text))?);
        }
        for (name, on_machine) in &self.manifest.machine_services {
            let mut service = ServiceDescription::new(name.as_str(), on_machine.image.as_str());
            service.placement = Placement::Host;
            services.push(service);
        }
        services.extend(world());
        let network = match self.compose.networks.first() {
            Some(name) => NetworkDescription { name: name.as_str().into(), ..NetworkDescription::default() },
            None => NetworkDescription::default(),
        };
        let traffic = self.describe_traffic().map_err(|text| refuse(MANIFEST_FILE, text))?;
        Ok(Description { project: self.compose.project.as_str().into(), network, host_ip, services, traffic })
    }

    fn describe_service(&self, service: &ComposeService, host_ip: Ip) -> Result<ServiceDescription, String> {
        let mut description = ServiceDescription::new(service.name.as_str(), service.image.as_str());
        description.replicas = service.replicas;
        description.ports = service
            .ports
            .iter()
            .map(|port| PublishedPort { host: port.host, container: port.container })
            .collect();
        description.restart = match service.restart {
            Restart::No => RestartPolicy::No,
            Restart::Always => RestartPolicy::Always,
            Restart::UnlessStopped => RestartPolicy::UnlessStopped,
            Restart::OnFailure => RestartPolicy::OnFailure,
        };
        description.environment = shared(&service.environment);
        description.labels = shared(&service.labels);
        if is_prometheus_image(&service.image) {
            let version = compatibility_name(self.manifest.compatibility);
            description.environment.entry(COMPATIBILITY_VARIABLE.into()).or_insert_with(|| version.into());
        }
        for mount in &service.mounts {
            let text = self.files.get(&mount.source).map(String::as_str).unwrap_or_default();
            description.files.insert(mount.target.as_str().into(), text.into());
        }
        for (name, address) in &service.extra_hosts {
            let ip = match address.as_str() {
                "host-gateway" => host_ip,
                text => text.parse().map_err(|_| format!("invalid IP address in extra_hosts: {text:?}"))?,
            };
            description.extra_hosts.push((name.as_str().into(), ip));
        }
        description.depends_on = service.depends_on.iter().map(|name| name.as_str().into()).collect();
        Ok(description)
    }

    fn describe_traffic(&self) -> Result<TrafficDescription, String> {
        let Some(traffic) = &self.manifest.traffic else {
            return Ok(TrafficDescription { port: 80, path: "/".into(), rate: 0.0 });
        };
        let service = self.compose.services.iter().find(|service| service.name == traffic.service);
        let port = service.and_then(|service| service.ports.iter().find_map(|port| port.host));
        let Some(port) = port else {
            return Err(format!("traffic goes to {:?}, which publishes no port of its own", traffic.service));
        };
        Ok(TrafficDescription { port, path: traffic.path.as_str().into(), rate: traffic.per_second })
    }
}

fn shared(pairs: &BTreeMap<String, String>) -> BTreeMap<Arc<str>, Arc<str>> {
    pairs.iter().map(|(name, value)| (name.as_str().into(), value.as_str().into())).collect()
}
