//! Layer 3: the yard: services, containers, images, network, traffic and faults as a discrete-event simulation.
//! Knows neither Prometheus nor PromQL.

mod actor;
mod address;
mod agenda;
mod call;
mod collect;
mod commands;
mod connection;
mod context;
mod core;
mod daemon;
mod description;
mod dial;
mod dials;
mod exchange;
mod flow;
pub mod images;
pub mod instruments;
mod lifecycle;
mod listing;
mod message;
mod network;
mod notice;
mod program;
mod refusal;
pub mod runtimes;
#[cfg(test)]
mod tests;
mod transport;
mod view;
mod visitors;
mod yard;

use serde::{Deserialize, Serialize};

pub use address::{Address, Ip, NotAnIp};
pub use call::{Call, Endpoint, KeepAlive, Listener, PoolId, PoolPolicy};
pub use collect::{Collect, FamilyList, ValueList};
pub use commands::CONTAINERS_MAX;
pub use context::{Context, Surroundings};
pub use daemon::{ContainerAction, ContainerStates, Daemon, NetworkAction};
pub use description::{
    Description, NetworkDescription, Placement, PublishedPort, RestartPolicy, ServiceDescription,
    TrafficDescription,
};
pub use dials::Dials;
pub use listing::ListedContainer;
pub use message::{Failure, Message, Method, NAME_SERVER, Page, Request, RequestId, Response, Signal};
pub use notice::{Called, LifeChange, LogLine, NOTICES_MAX, Notice, NoticeEvent, Party};
pub use program::{Program, UnknownImage, Usage};
pub use refusal::Refusal;
pub use view::{ContainerView, Flow, Reached, ScaleReport, ServiceView, State};
pub use visitors::{BATCH_MAX, BATCHES_MAX, TRAFFIC_RATE_MAX, Tally};
pub use yard::Yard;

/// Names a container, a process of the machine or an outside service within its yard; never used again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ActorId(pub(crate) u32);
