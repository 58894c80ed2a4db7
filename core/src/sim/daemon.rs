//! The Docker engine's books: how many containers are in which state, how long its actions took.
//! Keeps count only; the actions themselves are the yard's.

use serde::{Deserialize, Serialize};

use super::instruments::{Histogram, Scale};
use crate::base::time::Timestamp;

/// An action on a container of which the engine keeps the durations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ContainerAction {
    /// Shows what changed in its files.
    Changes,
    /// Makes an image of it.
    Commit,
    /// Makes it.
    Create,
    /// Removes it.
    Delete,
    /// Starts its process.
    Start,
}

impl ContainerAction {
    /// All of them, in the order of the engine's page.
    pub const ALL: [Self; 5] = [Self::Changes, Self::Commit, Self::Create, Self::Delete, Self::Start];

    /// The value of the label `action`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Changes => "changes",
            Self::Commit => "commit",
            Self::Create => "create",
            Self::Delete => "delete",
            Self::Start => "start",
        }
    }
}

/// An action on the network of which the engine keeps the durations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum NetworkAction {
    /// Finds an address.
    Allocate,
    /// Connects a container.
    Connect,
    /// Gives an address back.
    Release,
}

impl NetworkAction {
    /// All of them, in the order of the engine's page.
    pub const ALL: [Self; 3] = [Self::Allocate, Self::Connect, Self::Release];

    /// The value of the label `action`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Allocate => "allocate",
            Self::Connect => "connect",
            Self::Release => "release",
        }
    }
}

/// How many containers are in which state; those never started count as stopped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContainerStates {
    /// With a process.
    pub running: u32,
    /// With a frozen process.
    pub paused: u32,
    /// Without a process.
    pub stopped: u32,
}

/// What the engine has counted since the yard began.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Daemon {
    /// When it began to count.
    pub started: Timestamp,
    /// Containers by state.
    pub states: ContainerStates,
    container_actions: [Histogram; 5],
    network_actions: [Histogram; 3],
    /// Events told to whoever watches (`docker events`).
    pub events: u64,
}

impl Daemon {
    /// Books of an engine that has done nothing yet. Each container action is there with one observation of 0, as
    /// the engine itself begins.
    #[must_use]
    pub fn new(started: Timestamp) -> Self {
        let mut container_actions = std::array::from_fn(|_| Histogram::new(Scale::GoDefault));
        for histogram in &mut container_actions {
            histogram.observe(0.0);
        }
        let network_actions = std::array::from_fn(|_| Histogram::new(Scale::GoDefault));
        Self { started, states: ContainerStates::default(), container_actions, network_actions, events: 0 }
    }

    /// Books an action on a container.
    pub fn observe_container(&mut self, action: ContainerAction, seconds: f64) {
        self.container_actions[action as usize].observe(seconds);
        self.events += 1;
    }

    /// Books an action on the network.
    pub fn observe_network(&mut self, action: NetworkAction, seconds: f64) {
        self.network_actions[action as usize].observe(seconds);
    }

    /// The durations of an action on containers.
    #[must_use]
    pub fn container_action(&self, action: ContainerAction) -> &Histogram {
        &self.container_actions[action as usize]
    }

    /// The durations of an action on the network; not shown before the first.
    #[must_use]
    pub fn network_action(&self, action: NetworkAction) -> &Histogram {
        &self.network_actions[action as usize]
    }
}
