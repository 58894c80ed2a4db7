//! The yard as the Yard page shows it: services, containers, and who asks whom.

use serde::{Deserialize, Serialize};

use crate::base::time::Timestamp;

/// The yard at an instant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct YardView {
    /// When.
    pub now: Timestamp,
    /// The name of the network that its containers are on.
    pub network: String,
    /// The services, in the order of the Compose file.
    pub services: Vec<ServiceView>,
    /// Who asks whom, callers in the order of the services.
    pub lanes: Vec<LaneView>,
    /// The names by which containers know the machine itself (`extra_hosts`), sorted.
    pub machine_names: Vec<String>,
}

/// A service with its containers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ServiceView {
    /// Its name.
    pub name: String,
    /// The image its containers run.
    pub image: String,
    /// How many containers it shall have.
    pub replicas: u32,
    /// Published ports as written in the Compose file: `8010:80`, `80`.
    pub ports: Vec<String>,
    /// Visitors' requests a second that it is sent, where visitors ask it.
    pub traffic_per_second: Option<f64>,
    /// Where it runs; only what runs in containers can be scaled and stopped.
    pub placement: Placement,
    /// Whether it has a Prometheus inside: then a configuration can be reloaded.
    pub is_prometheus: bool,
    /// Its containers, in order of their numbers.
    pub containers: Vec<ContainerView>,
}

/// A container.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ContainerView {
    /// Its name: `gallery-accesslog-1`.
    pub name: String,
    /// The twelve hex digits of its id, which are its host name.
    pub id: String,
    /// What it does.
    pub state: ContainerState,
    /// Its address in the network; `None` while it does not run.
    pub ip: Option<String>,
    /// How often its process was started anew.
    pub restarts: u32,
    /// When its process was started last; `None` where it never was.
    pub started_at: Option<Timestamp>,
    /// Requests it finished within the last virtual minute, a second.
    pub requests_per_second: f64,
    /// Requests it failed within the last virtual minute, a second.
    pub failures_per_second: f64,
    /// Cores it keeps busy.
    pub cpu_cores: f64,
    /// Resident memory.
    pub memory_bytes: f64,
    /// Whether it shows metrics now.
    pub has_metrics: bool,
    /// Why it could not be started, in Docker's words; `None` where its last start was not refused.
    pub start_refused: Option<String>,
}

/// Where a service runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Placement {
    /// In containers on the network.
    Container,
    /// On the machine itself.
    Machine,
    /// Somewhere in the world.
    Outside,
}

/// What a container does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ContainerState {
    /// It was never started.
    Created,
    /// Its process starts up; nothing listens yet.
    Starting,
    /// Its process ended by itself and is started again soon.
    Restarting,
    /// It serves.
    Running,
    /// Its processes are frozen.
    Paused,
    /// It was asked to end and does so.
    Stopping,
    /// Its process has ended.
    Exited {
        /// The exit code.
        code: i32,
        /// Whether a command ended it; else it ended by itself.
        by_hand: bool,
    },
}

impl ContainerState {
    /// Whether the process ended by itself and not well.
    #[must_use]
    pub const fn is_crashed(self) -> bool {
        matches!(self, Self::Exited { code, by_hand: false } if code != 0)
    }
}

/// A way along which requests go.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LaneView {
    /// Who asks: the name of a container, or empty for visitors.
    pub from: String,
    /// Who is asked: the name of a container; a service's where none of its containers could be reached.
    pub to: String,
    /// What for.
    pub kind: LaneKind,
    /// Requests within the last virtual minute, a second.
    pub per_second: f64,
    /// Those of them that failed, a second.
    pub failures_per_second: f64,
}

/// What the requests of a lane are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum LaneKind {
    /// The work itself.
    Requests,
    /// A Prometheus pulls metrics.
    Scrapes,
}

/// A stretch of a container's log.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogView {
    /// The lines, the oldest first.
    pub lines: Vec<LogLineView>,
    /// The number to ask for next.
    pub next: u64,
}

/// A line that a container wrote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogLineView {
    /// When.
    pub at: Timestamp,
    /// The line, without its end.
    pub text: String,
}
