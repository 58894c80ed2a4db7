//! What a program says to make a call: where to, what for, over which connections. Making the call is the
//! transport's task.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::address::Address;
use super::message::Method;
use crate::base::time::Millis;

/// A host by name or address, with a port.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Endpoint {
    /// A name to be looked up, or an address in dotted form.
    pub host: Arc<str>,
    /// The TCP port.
    pub port: u16,
}

impl Endpoint {
    /// The endpoint `host:port`.
    pub fn new(host: impl Into<Arc<str>>, port: u16) -> Self {
        Self { host: host.into(), port }
    }
}

/// A set of kept-alive connections within one process; given out by [`super::Context::pool`] and good until the
/// process ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PoolId(pub(super) u32);

/// How a client keeps its connections, as Go's `http.Transport` says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PoolPolicy {
    /// How many idle connections are kept altogether; the one idle the longest goes first.
    pub idle_max: u32,
    /// How many idle connections are kept to one endpoint.
    pub idle_max_per_endpoint: u32,
    /// How long an idle connection is kept.
    pub idle_timeout: Millis,
}

/// How a server keeps its connections.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeepAlive {
    /// How long an idle connection is kept; `None`: until the client closes it.
    pub idle_timeout: Option<Millis>,
    /// After how many requests the server closes a connection; `None`: never.
    pub requests_max: Option<u32>,
}

impl KeepAlive {
    /// Connections are kept until the client closes them (Go's server by default).
    pub const FOREVER: Self = Self { idle_timeout: None, requests_max: None };
}

/// A port on which a server takes connections.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listener {
    /// The TCP port.
    pub port: u16,
    /// Takes connections from its own machine only (`127.0.0.1`).
    pub loopback_only: bool,
    /// How many connections the kernel takes for a process that does not.
    pub backlog: u32,
    /// How connections are kept.
    pub keep_alive: KeepAlive,
}

/// A call to make.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    /// Where to.
    pub endpoint: Endpoint,
    /// The connections to use; `None`: a connection for this call alone.
    pub pool: Option<PoolId>,
    /// The method; a `GET` on a kept connection that breaks is tried once more on a new one, as Go does.
    pub method: Method,
    /// Path with query string, from the leading `/` on.
    pub path: Arc<str>,
    /// What the body speaks of.
    pub subject: Option<Address>,
    /// How long the caller waits; `None`: for ever.
    pub timeout: Option<Millis>,
    /// Comes back with the answer.
    pub token: u64,
    /// Whether the end of the call is told one by one in the yard's notices (scrapes are), and not only counted.
    pub announced: bool,
}

impl Call {
    /// A `GET` over a connection of its own, waited for without limit.
    pub fn get(endpoint: Endpoint, path: impl Into<Arc<str>>, token: u64) -> Self {
        Self {
            endpoint,
            pool: None,
            method: Method::Get,
            path: path.into(),
            subject: None,
            timeout: None,
            token,
            announced: false,
        }
    }
}
