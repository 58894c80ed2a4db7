//! The Docker engine's books: how many containers are in which state, how long its actions took.
//! Keeps count only; the actions themselves are the yard's.

use serde::{Deserialize, Serialize};

/// What the engine has counted since it started.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Daemon {}
