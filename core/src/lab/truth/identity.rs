//! Under which labels the observer files a process: those that the first Prometheus's target gives, or plain ones.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::lab::programs::{COMPATIBILITY_VARIABLE, LabProgram, compatibility_named};
use crate::model::labels::Labels;
use crate::scrape::relabel::Work;
use crate::scrape::{Compatibility, TargetReport};
use crate::sim::{ActorId, ContainerView, Ip, Placement, Yard};

/// The labels of one process.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// The job whose metric relabeling applies; `None` where nobody discovers the process.
    pub job: Option<Arc<str>>,
    /// What every series gets.
    pub labels: Labels,
}

impl Identity {
    /// The labels of a series from those on the page; `None` where metric relabeling drops it, or comes to no end with
    /// what is left of `work`.
    #[must_use]
    pub fn sample_labels(&self, yard: &Yard<LabProgram>, page: &Labels, work: &mut Work) -> Option<Labels> {
        let engine = first_prometheus(yard).and_then(|(_, program)| program.as_prometheus()?.engine());
        if let (Some(job), Some(engine)) = (&self.job, engine) {
            return engine.sample_labels(job, &self.labels, page, work);
        }
        let mut builder = page.to_builder();
        for label in &self.labels {
            builder.set(label.name.clone(), label.value.clone());
        }
        Some(builder.build())
    }
}

/// The labels of all processes, as far as they were looked up.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Directory {
    identities: BTreeMap<ActorId, Identity>,
    /// Whether targets or containers have changed since.
    pub is_outdated: bool,
}

impl Default for Directory {
    fn default() -> Self {
        Self { identities: BTreeMap::new(), is_outdated: true }
    }
}

/// The first Prometheus of the yard, in the order of the services and of the containers' numbers.
#[must_use]
pub fn first_prometheus(yard: &Yard<LabProgram>) -> Option<(ActorId, &LabProgram)> {
    yard.actors().find_map(|actor| {
        yard.program(actor)
            .filter(|program| program.as_prometheus().is_some())
            .map(|program| (actor, program))
    })
}

/// Whether the first Prometheus reads bounds of buckets and quantiles as floats, running or not: what an ideal scraper
/// in its place would do.
#[must_use]
pub fn normalizes_bounds(yard: &Yard<LabProgram>) -> bool {
    let Some(service) = first_prometheus(yard).and_then(|(actor, _)| yard.container(actor)) else {
        return false;
    };
    let services = &yard.description().services;
    let described = services.iter().find(|known| known.name == service.service);
    let version = described.and_then(|known| known.environment.get(COMPATIBILITY_VARIABLE));
    compatibility_named(version.map_or("", |version| version)) == Compatibility::V3
}

impl Directory {
    /// The labels of a process.
    #[must_use]
    pub fn identity(&self, actor: ActorId) -> Option<&Identity> {
        self.identities.get(&actor)
    }

    /// Looks all labels up again. While the first Prometheus does not run, what was known stays.
    pub fn read(&mut self, yard: &Yard<LabProgram>) {
        self.is_outdated = false;
        let containers: Vec<ContainerView> =
            yard.actors().filter_map(|actor| yard.container(actor)).collect();
        let prometheus = first_prometheus(yard);
        let engine = prometheus.and_then(|(_, program)| program.as_prometheus()?.engine());
        let targets: Option<Vec<TargetReport>> =
            engine.map(|engine| engine.pools().into_iter().flat_map(|pool| pool.targets).collect());
        let mut identities = BTreeMap::new();
        for container in &containers {
            let known = self.identities.get(&container.actor);
            let identity = match (&targets, known) {
                (None, Some(known)) => known.clone(),
                _ => identify(yard, &containers, container, targets.as_deref().unwrap_or_default()),
            };
            identities.insert(container.actor, identity);
        }
        self.identities = identities;
    }
}

/// Host and port of a target's URL.
fn host_and_port(url: &str) -> Option<(&str, &str)> {
    let (_scheme, rest) = url.split_once("://")?;
    let authority = rest.split('/').next()?;
    authority.rsplit_once(':').or(Some((authority, "80")))
}

fn identify(
    yard: &Yard<LabProgram>,
    containers: &[ContainerView],
    container: &ContainerView,
    targets: &[TargetReport],
) -> Identity {
    let plain = || Identity {
        job: None,
        labels: Labels::from_pairs([
            ("instance", container.name.clone()),
            ("job", container.service.clone()),
        ]),
    };
    let Some(ip) = container.ip else { return plain() };
    for target in targets {
        let Some((host, port)) = host_and_port(&target.url) else { continue };
        if !leads_to(yard, host, container) {
            continue;
        }
        let is_shared = host.parse::<Ip>().is_err()
            && containers.iter().filter(|other| other.ip.is_some() && leads_to(yard, host, other)).count()
                > 1;
        return of_target(target, is_shared.then(|| format!("{ip}:{port}")));
    }
    // A replica that discovery has not found yet gets the labels it is going to have.
    for sibling in containers.iter().filter(|other| other.service == container.service) {
        let Some(sibling_ip) = sibling.ip else { continue };
        for target in targets {
            let Some((host, port)) = host_and_port(&target.url) else { continue };
            let instance = target.labels.get("instance").unwrap_or_default();
            if host == sibling_ip.to_string() && instance == format!("{sibling_ip}:{port}") {
                return of_target(target, Some(format!("{ip}:{port}")));
            }
        }
    }
    plain()
}

fn of_target(target: &TargetReport, instance: Option<String>) -> Identity {
    let mut labels = target.labels.to_builder();
    if let Some(instance) = instance {
        labels.set("instance", instance);
    }
    Identity { job: Some(target.job.clone()), labels: labels.build() }
}

/// Whether a target's host is, or stands for, the container.
fn leads_to(yard: &Yard<LabProgram>, host: &str, container: &ContainerView) -> bool {
    if let Ok(ip) = host.parse::<Ip>() {
        return container.ip == Some(ip);
    }
    if [&container.service, &container.name, &container.id].iter().any(|name| ***name == *host) {
        return true;
    }
    let machine = yard.description().host_ip;
    let means_machine = yard.description().services.iter().flat_map(|service| &service.extra_hosts);
    let is_alias = means_machine.into_iter().any(|(name, ip)| **name == *host && *ip == machine);
    is_alias && container.placement == Placement::Host
}
