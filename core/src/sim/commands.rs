//! What can be commanded: scale, stop, start, restart, kill, pause, unpause. A refused command has changed nothing.

use std::sync::Arc;

use super::ActorId;
use super::actor::{Afterwards, Phase};
use super::core::Core;
use super::description::Placement;
use super::lifecycle::KILLED;
use super::notice::LifeChange;
use super::refusal::Refusal;
use super::view::ScaleReport;
use crate::base::time::Timestamp;

/// The most containers that the lab carries, all services together.
pub const CONTAINERS_MAX: u32 = 100;

impl Core {
    /// A container by its name or by the beginning of its id.
    pub(super) fn find(&self, reference: &str) -> Result<ActorId, Refusal> {
        let there = |id: &ActorId| self.actor(*id).phase != Phase::Removed;
        let all = || (0..self.actors.len() as u32).map(ActorId).filter(there);
        if let Some(id) = all().find(|id| *self.actor(*id).name == *reference) {
            return Ok(id);
        }
        let mut matching =
            all().filter(|id| !reference.is_empty() && self.actor(*id).id.starts_with(reference));
        match (matching.next(), matching.next()) {
            (Some(id), None) => Ok(id),
            (Some(_), Some(_)) => Err(Refusal::AmbiguousContainer(reference.into())),
            _ => Err(Refusal::NoSuchContainer(reference.into())),
        }
    }

    fn find_container(&self, reference: &str) -> Result<ActorId, Refusal> {
        let id = self.find(reference)?;
        if self.actor(id).placement != Placement::Container {
            return Err(Refusal::NoSuchContainer(reference.into()));
        }
        Ok(id)
    }

    pub(super) fn scale(&mut self, service: &str, replicas: u32) -> Result<ScaleReport, Refusal> {
        let index = self.service_index(service).ok_or_else(|| Refusal::NoSuchService(service.into()))?;
        let description = &self.description.services[index];
        if description.placement != Placement::Container {
            return Err(Refusal::NotAContainer(service.into()));
        }
        let others: u32 = self.services.iter().map(|service| service.members.len() as u32).sum::<u32>()
            - self.services[index].members.len() as u32;
        if others.saturating_add(replicas) > CONTAINERS_MAX {
            return Err(Refusal::TooMany { what: "containers".into(), limit: f64::from(CONTAINERS_MAX) });
        }
        let mut report = ScaleReport::default();
        if replicas > 1 && description.ports.iter().any(|port| port.host.is_some()) {
            report.warning = Some(format!(
                "The \"{service}\" service specifies a port on the host. If multiple containers for this service \
                 are created on a single host, the port will clash."
            ));
        }
        self.description.services[index].replicas = replicas;
        self.converge(index, &mut report);
        Ok(report)
    }

    /// Makes the containers of a service as many as are wanted, all of them started.
    fn converge(&mut self, service: usize, report: &mut ScaleReport) {
        let wanted = self.description.services[service].replicas as usize;
        let members = self.services[service].members.iter();
        let mut kept: Vec<ActorId> = members.copied().filter(|id| self.actor(*id).is_kept()).collect();
        for surplus in kept.split_off(kept.len().min(wanted)) {
            self.dispose(surplus);
            report.removed.push(surplus);
        }
        while kept.len() < wanted {
            let made = self.create(service);
            kept.push(made);
            report.created.push(made);
        }
        let now = self.now();
        for id in kept {
            let idle = matches!(self.actor(id).phase, Phase::Created | Phase::Exited);
            if idle && let Err(refusal) = self.launch(id, now) {
                report.failed.push((id, refusal));
            }
        }
    }

    fn dispose(&mut self, id: ActorId) {
        if self.actor(id).is_alive() {
            self.end_gracefully(id, Afterwards::Remove);
        } else {
            self.remove_soon(id);
        }
    }

    /// Starts everything once, at the beginning; a service waits for those it depends on.
    pub(super) fn start_all(&mut self) {
        let now = self.now();
        let mut started: Vec<Option<Timestamp>> = vec![None; self.services.len()];
        // As many rounds as services: enough for the longest chain, and a circle ends it as well.
        for round in 0..=self.services.len() {
            for service in 0..self.services.len() {
                if started[service].is_some() {
                    continue;
                }
                let names = &self.description.services[service].depends_on;
                let needed: Vec<usize> = names.iter().filter_map(|name| self.service_index(name)).collect();
                let ready = needed.iter().map(|needed| started[*needed]).collect::<Option<Vec<_>>>();
                let last_round = round == self.services.len();
                let Some(ready) = ready.or_else(|| last_round.then(Vec::new)) else { continue };
                let not_before = ready.into_iter().max().unwrap_or(now);
                started[service] = Some(self.start_service(service, not_before));
            }
        }
    }

    fn start_service(&mut self, service: usize, not_before: Timestamp) -> Timestamp {
        let mut last = not_before;
        for _ in 0..self.description.services[service].replicas {
            let id = self.create(service);
            // A port that is taken leaves the container behind, as Compose does.
            if let Ok(at) = self.launch(id, not_before) {
                last = last.max(at);
            }
        }
        last
    }

    pub(super) fn stop(&mut self, reference: &str) -> Result<(), Refusal> {
        let id = self.find_container(reference)?;
        self.stop_actor(id, Afterwards::Stay);
        Ok(())
    }

    fn stop_actor(&mut self, id: ActorId, afterwards: Afterwards) {
        match self.actor(id).phase {
            Phase::Alive => self.end_gracefully(id, afterwards),
            Phase::Launching | Phase::Restarting => self.give_up_start(id),
            Phase::Created | Phase::Exited | Phase::Removed => {}
        }
    }

    fn give_up_start(&mut self, id: ActorId) {
        self.release_ports(id);
        let actor = self.actor_mut(id);
        actor.run = actor.run.wrapping_add(1);
        actor.by_hand = true;
        actor.phase = if actor.started_at.is_some() { Phase::Exited } else { Phase::Created };
    }

    pub(super) fn start(&mut self, reference: &str) -> Result<(), Refusal> {
        let id = self.find_container(reference)?;
        if self.actor(id).paused {
            return Err(Refusal::PausedCannotStart);
        }
        let startable = matches!(self.actor(id).phase, Phase::Created | Phase::Exited | Phase::Restarting);
        if startable && self.actor(id).is_kept() {
            self.launch(id, self.now())?;
        }
        Ok(())
    }

    pub(super) fn restart(&mut self, reference: &str) -> Result<(), Refusal> {
        let id = self.find_container(reference)?;
        if self.actor(id).is_alive() {
            self.end_gracefully(id, Afterwards::Start);
            return Ok(());
        }
        self.start(reference)
    }

    pub(super) fn kill(&mut self, reference: &str) -> Result<(), Refusal> {
        let id = self.find_container(reference)?;
        self.require_alive(id)?;
        self.thaw(id);
        self.actor_mut(id).by_hand = true;
        self.end(id, KILLED);
        Ok(())
    }

    pub(super) fn pause(&mut self, reference: &str) -> Result<(), Refusal> {
        let id = self.find_container(reference)?;
        self.require_alive(id)?;
        if self.actor(id).paused {
            return Err(Refusal::AlreadyPaused { id: self.actor(id).id.clone() });
        }
        self.actor_mut(id).paused = true;
        self.life(id, LifeChange::Paused);
        Ok(())
    }

    pub(super) fn unpause(&mut self, reference: &str) -> Result<(), Refusal> {
        let id = self.find_container(reference)?;
        if !self.actor(id).paused {
            return Err(Refusal::NotPaused { id: self.actor(id).id.clone() });
        }
        self.thaw(id);
        Ok(())
    }

    fn require_alive(&self, id: ActorId) -> Result<(), Refusal> {
        let actor = self.actor(id);
        if actor.is_alive() { Ok(()) } else { Err(Refusal::NotRunning { id: actor.id.clone() }) }
    }

    pub(super) fn write_file(&mut self, service: &str, path: &str, text: &str) -> Result<(), Refusal> {
        let index = self.service_index(service).ok_or_else(|| Refusal::NoSuchService(service.into()))?;
        let files = &mut self.description.services[index].files;
        files.insert(Arc::from(path), Arc::from(text));
        Ok(())
    }
}
