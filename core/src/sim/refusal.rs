//! Why a command to the yard is refused. Displays in Docker's and Compose's words, where they have some.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// A refused command has changed nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Refusal {
    /// No container has that name or id.
    NoSuchContainer(Arc<str>),
    /// Several containers have an id that begins so.
    AmbiguousContainer(Arc<str>),
    /// No service has that name.
    NoSuchService(Arc<str>),
    /// No image has that name.
    UnknownImage(Arc<str>),
    /// The container does not run.
    NotRunning {
        /// The container's id.
        id: Arc<str>,
    },
    /// The container is paused already.
    AlreadyPaused {
        /// The container's id.
        id: Arc<str>,
    },
    /// The container is not paused.
    NotPaused {
        /// The container's id.
        id: Arc<str>,
    },
    /// A paused container must go on before it can be started again.
    PausedCannotStart,
    /// The machine's port belongs to another container.
    PortAllocated {
        /// The machine's port.
        port: u16,
    },
    /// The service does not run in containers: it can be neither scaled nor stopped.
    NotAContainer(Arc<str>),
    /// More than the lab can carry.
    TooMany {
        /// Of what: `containers`, `requests`, `visitors a second`.
        what: Arc<str>,
        /// The most there can be.
        limit: f64,
    },
    /// Not a rate: negative, or not a number.
    InvalidRate(f64),
    /// Two services of a description have the same name.
    DuplicateService(Arc<str>),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSuchContainer(name) => write!(f, "No such container: {name}"),
            Self::AmbiguousContainer(id) => write!(f, "Multiple IDs found with provided prefix: {id}"),
            Self::NoSuchService(name) => write!(f, "no such service: {name}"),
            Self::UnknownImage(image) => super::program::UnknownImage(image.clone()).fmt(f),
            Self::NotRunning { id } => write!(f, "Container {id} is not running"),
            Self::AlreadyPaused { id } => write!(f, "Container {id} is already paused"),
            Self::NotPaused { id } => write!(f, "Container {id} is not paused"),
            Self::PausedCannotStart => f.write_str("cannot start a paused container, try unpause instead"),
            Self::PortAllocated { port } => {
                write!(f, "Bind for 0.0.0.0:{port} failed: port is already allocated")
            }
            Self::NotAContainer(name) => write!(f, "{name} does not run in a container"),
            Self::TooMany { what, limit } => write!(f, "too many {what}: the lab carries at most {limit}"),
            Self::InvalidRate(rate) => write!(f, "invalid rate {rate}: it must be a number of at least 0"),
            Self::DuplicateService(name) => write!(f, "services.{name}: duplicate name"),
        }
    }
}

impl std::error::Error for Refusal {}
