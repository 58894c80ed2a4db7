//! Where a service stands on the floor: the callers left of the called, Prometheus and the machine below.

use std::collections::BTreeMap;

use scrapeyard_core::lab::view::{LaneKind, ServiceView, YardView};

/// The image of the Docker engine, which is no container but a process of the machine.
const ENGINE_IMAGE: &str = "docker-engine";

/// What a service is on the floor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Part of the application.
    Application,
    /// Pulls metrics.
    Prometheus,
    /// The machine's own.
    Engine,
}

/// What a service is.
pub fn kind(service: &ServiceView) -> Kind {
    if service.is_prometheus {
        Kind::Prometheus
    } else if service.image == ENGINE_IMAGE {
        Kind::Engine
    } else {
        Kind::Application
    }
}

/// The application's services, the callers before the called, otherwise in the order of the Compose file.
pub fn application(yard: &YardView) -> Vec<&ServiceView> {
    let mut services: Vec<&ServiceView> =
        yard.services.iter().filter(|service| kind(service) == Kind::Application).collect();
    let depths = depths(yard);
    services.sort_by_key(|service| depths.get(service.name.as_str()).copied().unwrap_or(usize::MAX));
    services
}

/// The parties that are asked for work and are no service: the outside world.
pub fn outside(yard: &YardView) -> Vec<&str> {
    let known = |name: &str| yard.services.iter().any(|service| service.name == name);
    let mut parties: Vec<&str> = Vec::new();
    for lane in &yard.lanes {
        if lane.kind == LaneKind::Requests && !known(&lane.to) && !parties.contains(&lane.to.as_str()) {
            parties.push(&lane.to);
        }
    }
    parties
}

/// Whether visitors ask anything here.
pub fn has_visitors(yard: &YardView) -> bool {
    yard.lanes.iter().any(|lane| lane.from.is_empty())
        || yard.services.iter().any(|service| service.traffic_per_second.is_some())
}

/// How many calls lie between a visitor and a service, at most. Calls in a circle count once.
fn depths(yard: &YardView) -> BTreeMap<&str, usize> {
    let mut depths: BTreeMap<&str, usize> = BTreeMap::new();
    for service in yard.services.iter().filter(|service| service.traffic_per_second.is_some()) {
        depths.insert(&service.name, 1);
    }
    for _ in 0..yard.services.len() {
        for lane in yard.lanes.iter().filter(|lane| lane.kind == LaneKind::Requests) {
            let from = if lane.from.is_empty() { Some(0) } else { depths.get(lane.from.as_str()).copied() };
            let Some(from) = from else { continue };
            let depth = depths.entry(&lane.to).or_insert(from + 1);
            *depth = (*depth).max(from + 1).min(yard.services.len());
        }
    }
    depths
}

#[cfg(test)]
mod tests {
    use super::*;
    use scrapeyard_core::base::time::Timestamp;
    use scrapeyard_core::lab::view::LaneView;

    fn yard() -> YardView {
        let service = |name: &str, traffic: Option<f64>| ServiceView {
            name: name.to_owned(),
            image: if name == "docker" { ENGINE_IMAGE.to_owned() } else { String::new() },
            replicas: 1,
            ports: Vec::new(),
            traffic_per_second: traffic,
            is_prometheus: name == "prometheus",
            containers: Vec::new(),
        };
        let lane = |from: &str, to: &str| LaneView {
            from: from.to_owned(),
            to: to.to_owned(),
            kind: LaneKind::Requests,
            per_second: 1.0,
            failures_per_second: 0.0,
        };
        YardView {
            now: Timestamp(0),
            services: vec![
                service("accesslog", None),
                service("iotd", None),
                service("image-gallery", Some(6.0)),
                service("prometheus", None),
                service("docker", None),
            ],
            lanes: vec![
                lane("", "image-gallery"),
                lane("image-gallery", "accesslog"),
                lane("image-gallery", "iotd"),
                lane("iotd", "api.nasa.gov"),
            ],
        }
    }

    #[test]
    fn callers_stand_before_the_called_and_only_services_have_cards() {
        let yard = yard();
        let names: Vec<&str> = application(&yard).iter().map(|service| service.name.as_str()).collect();
        assert_eq!(names, ["image-gallery", "accesslog", "iotd"]);
        assert_eq!(outside(&yard), ["api.nasa.gov"]);
        assert!(has_visitors(&yard));
    }
}
