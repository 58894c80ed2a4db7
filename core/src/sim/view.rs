//! What can be seen of the yard from outside. Plain values; changes nothing.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::ActorId;
use super::actor::Phase;
use super::address::Ip;
use super::core::Service;
use super::description::{Placement, ServiceDescription};
use super::notice::Party;
use super::program::{Program, Usage};
use super::yard::Yard;
use crate::base::time::Timestamp;

/// The state of a container, as `docker ps` tells it; starting is told apart from running.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum State {
    /// Made, but not started yet (or it could not be).
    Created,
    /// Docker starts it, or its process runs but has no port open yet: connections are refused.
    Starting,
    /// Its process runs.
    Running,
    /// Its process is frozen: connections are taken, nothing is answered.
    Paused,
    /// Its process ended by itself and will be started again.
    Restarting,
    /// Its process ended.
    Exited,
}

impl State {
    /// The word.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Starting => "starting",
            Self::Running => "running",
            Self::Paused => "paused",
            Self::Restarting => "restarting",
            Self::Exited => "exited",
        }
    }
}

/// A container (or a process of the machine, or an outside service) at this instant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ContainerView {
    /// Names it within the yard, for good.
    pub actor: ActorId,
    /// The container's id of 12 hexadecimal digits, which is also its host name.
    pub id: Arc<str>,
    /// The name, `ch09-accesslog-1`.
    pub name: Arc<str>,
    /// The service's name.
    pub service: Arc<str>,
    /// Its number within the service, from 1.
    pub number: u32,
    /// The image.
    pub image: Arc<str>,
    /// Where it runs.
    pub placement: Placement,
    /// Its state.
    pub state: State,
    /// Whether it was told to end and has not yet.
    pub stopping: bool,
    /// Its address, while it has one.
    pub ip: Option<Ip>,
    /// Published ports: the machine's and the container's.
    pub ports: Vec<(u16, u16)>,
    /// The exit code of the last run, where there was one.
    pub exit_code: Option<i32>,
    /// Whether it was stopped or killed by a command, and not started since.
    pub by_hand: bool,
    /// Why the last start was refused; `None` where it was not.
    pub start_refused: Option<super::Refusal>,
    /// How often Docker started it again by itself.
    pub restarts: u32,
    /// When it was made.
    pub created_at: Timestamp,
    /// When its process last started.
    pub started_at: Option<Timestamp>,
    /// When its process last ended.
    pub finished_at: Option<Timestamp>,
    /// Seconds of CPU since the process started; 0 where none runs.
    pub cpu_seconds: f64,
    /// Resident memory in bytes; 0 where no process runs.
    pub memory_bytes: f64,
}

/// A service at this instant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ServiceView {
    /// The name.
    pub name: Arc<str>,
    /// The image.
    pub image: Arc<str>,
    /// How many containers are wanted.
    pub replicas: u32,
    /// Where it runs.
    pub placement: Placement,
    /// Its containers, in order of their numbers.
    pub containers: Vec<ContainerView>,
}

/// How often one party called another since the yard began. Only ever grows while both are there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Flow {
    /// Who called.
    pub from: Party,
    /// Who was called.
    pub to: Party,
    /// Calls answered, with a status below 500.
    pub succeeded: u64,
    /// Calls answered with 500 or more, or not at all.
    pub failed: u64,
    /// When the last of them ended.
    pub last_at: Timestamp,
}

/// What a scaling did.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ScaleReport {
    /// Containers made.
    pub created: Vec<ActorId>,
    /// Containers that are being stopped and then removed.
    pub removed: Vec<ActorId>,
    /// Containers that were made but cannot be started, with the reason.
    pub failed: Vec<(ActorId, super::Refusal)>,
    /// What Compose warns of beforehand.
    pub warning: Option<String>,
}

/// How far a run came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reached {
    /// The yard's present.
    pub at: Timestamp,
    /// Whether everything up to the wanted instant is done; otherwise the budget ran out.
    pub complete: bool,
}

impl<P: Program> Yard<P> {
    /// The services, in the order of the description, with their containers.
    #[must_use]
    pub fn services(&self) -> Vec<ServiceView> {
        let view = |(service, members): (&ServiceDescription, &Service)| ServiceView {
            name: service.name.clone(),
            image: service.image.clone(),
            replicas: service.replicas,
            placement: service.placement,
            containers: members.members.iter().filter_map(|member| self.container(*member)).collect(),
        };
        self.core.description.services.iter().zip(&self.core.services).map(view).collect()
    }

    /// A container as it is now; `None` where it was removed.
    #[must_use]
    pub fn container(&self, id: ActorId) -> Option<ContainerView> {
        let actor = self.core.actors.get(id.0 as usize).filter(|actor| actor.phase != Phase::Removed)?;
        let description = self.core.description_of(id);
        let usage = self.usage(id).unwrap_or_default();
        Some(ContainerView {
            actor: id,
            id: actor.id.clone(),
            name: actor.name.clone(),
            service: description.name.clone(),
            number: actor.number,
            image: description.image.clone(),
            placement: actor.placement,
            state: actor.state(),
            stopping: actor.ending.is_some(),
            ip: actor.ip,
            ports: actor.ports.clone(),
            exit_code: actor.exit_code,
            by_hand: actor.by_hand,
            start_refused: actor.start_refused.clone(),
            restarts: actor.restarts,
            created_at: actor.created_at,
            started_at: actor.started_at,
            finished_at: actor.finished_at,
            cpu_seconds: usage.cpu_seconds,
            memory_bytes: usage.memory_bytes,
        })
    }

    /// What the process that runs now uses of the machine; `None` where none runs. Cheap, for observers that look often.
    #[must_use]
    pub fn usage(&self, id: ActorId) -> Option<Usage> {
        self.process_started(id)?;
        Some(self.program(id)?.usage(&self.core.surroundings(id)))
    }
}
