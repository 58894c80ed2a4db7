//! Where a service stands on the floor: the callers left of the called, Prometheus and the machine below.

use std::collections::BTreeMap;

use scrapeyard_core::lab::view::{LaneKind, Placement, ServiceView, YardView};

/// What a service is on the floor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Part of the application.
    Application,
    /// Pulls metrics.
    Prometheus,
    /// The machine's own.
    Engine,
    /// Somebody in the world.
    Outside,
}

/// What a service is.
pub fn kind(service: &ServiceView) -> Kind {
    match service.placement {
        Placement::Machine => Kind::Engine,
        Placement::Outside => Kind::Outside,
        Placement::Container if service.is_prometheus => Kind::Prometheus,
        Placement::Container => Kind::Application,
    }
}

/// The application's services, the callers before the called, otherwise in the order of the Compose file.
pub fn application(yard: &YardView) -> Vec<&ServiceView> {
    let mut services: Vec<&ServiceView> =
        yard.services.iter().filter(|service| kind(service) == Kind::Application).collect();
    let depths = depths(yard);
    services.sort_by_key(|service| depths.get(&service.name).copied().unwrap_or(usize::MAX));
    services
}

/// What one service asks of another, all their containers together.
#[derive(Clone, Debug, PartialEq)]
pub struct Calls {
    /// Who asks; empty for visitors.
    pub from: String,
    /// Who is asked.
    pub to: String,
    /// Requests a second.
    pub per_second: f64,
    /// Those of them that fail.
    pub failures_per_second: f64,
}

/// Who asks whom for work, by service.
pub fn calls(yard: &YardView) -> Vec<Calls> {
    let mut all: Vec<Calls> = Vec::new();
    for lane in yard.lanes.iter().filter(|lane| lane.kind == LaneKind::Requests) {
        let (from, to) = (service_of(yard, &lane.from), service_of(yard, &lane.to));
        match all.iter_mut().find(|calls| calls.from == from && calls.to == to) {
            Some(calls) => {
                calls.per_second += lane.per_second;
                calls.failures_per_second += lane.failures_per_second;
            }
            None => all.push(Calls {
                from: from.to_owned(),
                to: to.to_owned(),
                per_second: lane.per_second,
                failures_per_second: lane.failures_per_second,
            }),
        }
    }
    all
}

/// The service of a party: of the container of that name, or of that name itself.
fn service_of<'a>(yard: &'a YardView, party: &'a str) -> &'a str {
    let has = |service: &&ServiceView| service.containers.iter().any(|container| container.name == party);
    yard.services.iter().find(has).map_or(party, |service| &service.name)
}

/// Whether visitors ask anything here.
pub fn has_visitors(yard: &YardView) -> bool {
    yard.lanes.iter().any(|lane| lane.from.is_empty())
        || yard.services.iter().any(|service| service.traffic_per_second.is_some())
}

/// How many calls lie between a visitor and a service, at most. Calls in a circle count once.
fn depths(yard: &YardView) -> BTreeMap<String, usize> {
    let mut depths: BTreeMap<String, usize> = BTreeMap::new();
    for service in yard.services.iter().filter(|service| service.traffic_per_second.is_some()) {
        depths.insert(service.name.clone(), 1);
    }
    let calls = calls(yard);
    for _ in 0..yard.services.len() {
        for call in &calls {
            let from = if call.from.is_empty() { Some(0) } else { depths.get(&call.from).copied() };
            let Some(from) = from else { continue };
            let depth = depths.entry(call.to.clone()).or_insert(from + 1);
            *depth = (*depth).max(from + 1).min(yard.services.len());
        }
    }
    depths
}

#[cfg(test)]
mod tests {
    use super::*;
    use scrapeyard_core::base::time::Timestamp;
    use scrapeyard_core::lab::view::{ContainerState, ContainerView, LaneView};

    fn service(name: &str, placement: Placement, replicas: u32) -> ServiceView {
        let container = |number: u32| ContainerView {
            name: format!("gallery-{name}-{number}"),
            id: String::new(),
            state: ContainerState::Running,
            ip: None,
            restarts: 0,
            started_at: None,
            requests_per_second: 0.0,
            failures_per_second: 0.0,
            cpu_cores: 0.0,
            memory_bytes: 0.0,
            has_metrics: false,
            start_refused: None,
        };
        ServiceView {
            name: name.to_owned(),
            image: String::new(),
            replicas,
            ports: Vec::new(),
            traffic_per_second: (name == "image-gallery").then_some(6.0),
            placement,
            is_prometheus: name == "prometheus",
            containers: (1..=replicas).map(container).collect(),
        }
    }

    fn yard() -> YardView {
        let lane = |from: &str, to: &str| LaneView {
            from: from.to_owned(),
            to: to.to_owned(),
            kind: LaneKind::Requests,
            per_second: 1.0,
            failures_per_second: 0.0,
        };
        YardView {
            now: Timestamp(0),
            network: "nat".to_owned(),
            services: vec![
                service("accesslog", Placement::Container, 2),
                service("iotd", Placement::Container, 1),
                service("image-gallery", Placement::Container, 1),
                service("prometheus", Placement::Container, 1),
                service("docker", Placement::Machine, 1),
                service("nasa", Placement::Outside, 1),
            ],
            lanes: vec![
                lane("", "gallery-image-gallery-1"),
                lane("gallery-image-gallery-1", "gallery-accesslog-1"),
                lane("gallery-image-gallery-1", "gallery-accesslog-2"),
                lane("gallery-image-gallery-1", "gallery-iotd-1"),
                lane("gallery-iotd-1", "gallery-nasa-1"),
            ],
            machine_names: vec!["DOCKER_HOST".to_owned()],
        }
    }

    #[test]
    fn callers_stand_before_the_called_and_only_containers_count() {
        let yard = yard();
        let names: Vec<&str> = application(&yard).iter().map(|service| service.name.as_str()).collect();
        assert_eq!(names, ["image-gallery", "accesslog", "iotd"]);
        assert!(has_visitors(&yard));
    }

    #[test]
    fn the_containers_of_a_service_are_called_as_one() {
        let calls = calls(&yard());
        let to_log = calls
            .iter()
            .find(|call| call.to == "accesslog")
            .map(|call| (call.from.as_str(), call.per_second));
        assert_eq!(to_log, Some(("image-gallery", 2.0)));
        assert_eq!(calls.len(), 4);
    }
}
