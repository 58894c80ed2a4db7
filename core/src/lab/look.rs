//! Views of the yard and of its Prometheus, made from a state. Changes nothing.

use std::collections::BTreeSet;

use super::act::{config_problem, unsimulated};
use super::problem::Problem;
use super::programs::CONFIG_FILE;
use super::state::State;
use super::store::StoreId;
use super::view::{
    ConfigView, ContainerState, ContainerView, DiscoveryView, JobView, LaneKind, LaneView, LogLineView,
    LogView, PageView, Placement, ServiceView, TargetsView, YardView,
};
use crate::exposition::{Family, Format, write_page};
use crate::scrape::PoolReport;
use crate::scrape::config::{Config, ConfigError, DiscoveryConfig, ScrapeConfig};
use crate::sim::{self, FamilyList, Party, PublishedPort};

/// The yard with its services and lanes.
pub fn yard(state: &State) -> YardView {
    let services = state.yard.services();
    let descriptions = &state.yard.description().services;
    let flows = lanes(state);
    let services = services.iter().map(|service| {
        let described = descriptions.iter().find(|described| described.name == service.name);
        let is_visited = state.visited_service.as_deref() == Some(&*service.name);
        ServiceView {
            name: service.name.to_string(),
            image: service.image.to_string(),
            replicas: service.replicas,
            ports: described.map(|described| described.ports.iter().map(port).collect()).unwrap_or_default(),
            traffic_per_second: is_visited.then(|| state.yard.description().traffic.rate),
            placement: match service.placement {
                sim::Placement::Container => Placement::Container,
                sim::Placement::Host => Placement::Machine,
                sim::Placement::Outside => Placement::Outside,
            },
            is_prometheus: service
                .containers
                .iter()
                .any(|container| state.prometheuses.contains(&container.actor)),
            containers: service.containers.iter().map(|seen| container(state, seen, &flows)).collect(),
        }
    });
    let services = services.collect();
    let network = state.yard.description().network.name.to_string();
    YardView { now: state.now, network, services, lanes: flows, machine_names: machine_names(state) }
}

fn machine_names(state: &State) -> Vec<String> {
    let description = state.yard.description();
    let hosts = description.services.iter().flat_map(|service| &service.extra_hosts);
    let of_machine = hosts.filter(|(_, ip)| *ip == description.host_ip).map(|(name, _)| name.to_string());
    of_machine.collect::<BTreeSet<_>>().into_iter().collect()
}

fn port(port: &PublishedPort) -> String {
    match port.host {
        Some(host) => format!("{host}:{}", port.container),
        None => port.container.to_string(),
    }
}

fn container(state: &State, seen: &sim::ContainerView, lanes: &[LaneView]) -> ContainerView {
    let inbound = lanes.iter().filter(|lane| lane.to == *seen.name && lane.kind == LaneKind::Requests);
    let (requests, failures) = inbound.fold((0.0, 0.0), |(requests, failures), lane| {
        (requests + lane.per_second, failures + lane.failures_per_second)
    });
    let cpu_cores = seen
        .started_at
        .filter(|_| has_process(seen.state))
        .map_or(0.0, |started| state.rates.cpu_cores(seen.actor, state.now, started, seen.cpu_seconds));
    ContainerView {
        name: seen.name.to_string(),
        id: seen.id.to_string(),
        state: container_state(seen),
        ip: seen.ip.map(|ip| ip.to_string()),
        restarts: seen.restarts,
        started_at: seen.started_at,
        requests_per_second: requests,
        failures_per_second: failures,
        cpu_cores,
        memory_bytes: seen.memory_bytes,
        has_metrics: has_process(seen.state) && shows_metrics(state, seen.actor),
        start_refused: seen.start_refused.as_ref().map(ToString::to_string),
    }
}

const fn has_process(state: sim::State) -> bool {
    matches!(state, sim::State::Starting | sim::State::Running | sim::State::Paused)
}

fn shows_metrics(state: &State, actor: sim::ActorId) -> bool {
    let mut families = FamilyList::default();
    state.yard.gather(actor, &mut families)
        && families.families.iter().any(|family| !family.points.is_empty())
}

fn container_state(seen: &sim::ContainerView) -> ContainerState {
    match seen.state {
        _ if seen.stopping => ContainerState::Stopping,
        sim::State::Created => ContainerState::Created,
        sim::State::Starting => ContainerState::Starting,
        sim::State::Running => ContainerState::Running,
        sim::State::Paused => ContainerState::Paused,
        sim::State::Restarting => ContainerState::Restarting,
        sim::State::Exited => {
            ContainerState::Exited { code: seen.exit_code.unwrap_or_default(), by_hand: seen.by_hand }
        }
    }
}

fn lanes(state: &State) -> Vec<LaneView> {
    let flows = state.yard.flows();
    let lane = |flow: &sim::Flow| {
        let rate = state.rates.calls(flow.from, flow.to, state.now, flow.succeeded, flow.failed);
        let is_scrape = matches!(flow.from, Party::Actor(actor) if state.prometheuses.contains(&actor));
        LaneView {
            from: party(state, flow.from),
            to: party(state, flow.to),
            kind: if is_scrape { LaneKind::Scrapes } else { LaneKind::Requests },
            per_second: rate.all,
            failures_per_second: rate.failed,
        }
    };
    // Nobody pulls along the ways of a Prometheus that has ended, however lately it did.
    let goes_on = |flow: &&sim::Flow| match flow.from {
        Party::Actor(actor) if state.prometheuses.contains(&actor) => state.engine(actor).is_some(),
        _ => true,
    };
    flows.iter().filter(goes_on).map(lane).filter(|lane| !lane.to.is_empty()).collect()
}

fn party(state: &State, party: Party) -> String {
    match party {
        Party::Visitors | Party::Nobody => String::new(),
        Party::Actor(actor) => state.container_name(actor),
        Party::Service(index) => {
            let service = state.yard.description().services.get(index as usize);
            service.map(|service| service.name.to_string()).unwrap_or_default()
        }
    }
}

/// The container of the Prometheus that fills a store.
pub fn prometheus(state: &State, store: &StoreId) -> Result<sim::ActorId, Problem> {
    let found = state.prometheus(store).map(|(actor, _)| actor);
    found.ok_or_else(|| Problem::new("no-such-store", format!("no Prometheus stands behind {store}")))
}

/// The targets of a Prometheus; none while it does not run.
pub fn targets(state: &State, store: &StoreId) -> Result<TargetsView, Problem> {
    let actor = prometheus(state, store)?;
    let engine = state.engine(actor);
    let jobs = engine.map(|engine| {
        let configs = &engine.config().scrape_configs;
        engine.pools().into_iter().zip(configs).map(|(pool, config)| job(pool, config)).collect()
    });
    Ok(TargetsView {
        prometheus: state.container_name(actor),
        is_running: engine.is_some(),
        jobs: jobs.unwrap_or_default(),
    })
}

fn job(pool: PoolReport, config: &ScrapeConfig) -> JobView {
    let mut discovery = Vec::new();
    for way in &config.discovery {
        let way = match way {
            DiscoveryConfig::Static(_) => DiscoveryView::Static,
            DiscoveryConfig::Dns(_) => DiscoveryView::Dns,
            DiscoveryConfig::File(_) => DiscoveryView::File,
            DiscoveryConfig::Http(_) => DiscoveryView::Http,
            DiscoveryConfig::Docker(_) => DiscoveryView::Docker,
            DiscoveryConfig::Unsimulated(_) => DiscoveryView::Unsimulated,
        };
        if !discovery.contains(&way) {
            discovery.push(way);
        }
    }
    JobView {
        job: pool.job.to_string(),
        interval: config.scrape_interval,
        discovery,
        targets: pool.targets,
        dropped: pool.dropped.into_iter().map(|dropped| dropped.discovered).collect(),
        dropped_count: pool.dropped_count,
        failures: pool.failures,
    }
}

/// The configuration in force; that of the file, read as a start would, while the Prometheus does not run.
pub fn config(state: &State, store: &StoreId) -> Result<ConfigView, Problem> {
    let actor = prometheus(state, store)?;
    let view = |is_running, text: &str, error: Option<&ConfigError>, remarks| ConfigView {
        prometheus: state.container_name(actor),
        is_running,
        text: text.to_owned(),
        reload_problem: error.map(config_problem),
        remarks,
    };
    if let Some(engine) = state.engine(actor) {
        return Ok(view(true, engine.config_text(), engine.reload_error(), unsimulated(engine.config())));
    }
    let service = state.yard.container(actor).map(|container| container.service);
    let file = service.and_then(|service| state.yard.file(&service, CONFIG_FILE));
    let text = file.map(|file| &**file).unwrap_or_default();
    Ok(match Config::parse_within_room(text) {
        Ok(config) => view(false, text, None, unsimulated(&config)),
        Err(error) => view(false, text, Some(&error), Vec::new()),
    })
}

fn find(state: &State, container: &str) -> Result<sim::ActorId, Problem> {
    state.yard.find(container).map_err(|refusal| Problem::new("no-such-container", refusal.to_string()))
}

/// The lines that a container wrote from number `since` on.
pub fn logs(state: &State, container: &str, since: u64) -> Result<LogView, Problem> {
    let (lines, next) = state.yard.logs(find(state, container)?, since);
    let lines = lines.map(|line| LogLineView { at: line.at, text: line.to_string() }).collect();
    Ok(LogView { lines, next })
}

/// The metrics page of a container, beside the one that was scraped last.
pub fn page(state: &State, container: &str) -> Result<PageView, Problem> {
    let mut text = String::new();
    write_page(Format::Text, &families(state, container)?, &mut text);
    let served = state.served.get(&find(state, container)?);
    let changes = served.map(|served| served.changes(&text));
    Ok(PageView { text, changes })
}

/// The metric families that a container shows.
pub fn families(state: &State, container: &str) -> Result<Vec<Family>, Problem> {
    let actor = find(state, container)?;
    let mut list = FamilyList::default();
    if !state.yard.gather(actor, &mut list) {
        return Err(Problem::new("not-running", format!("container {container} is not running")));
    }
    Ok(list.families)
}
