//! What the scraper asks of the world: a name to be looked up, files, containers, a page to be fetched. Opens no
//! connection itself.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::report::TargetId;
use crate::base::time::{Millis, Timestamp};

/// Names one look-up; numbers rise and are never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct LookupId(pub u64);

/// Names one fetch; numbers rise and are never reused. An answer to a fetch that was given up is ignored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FetchId(pub u64);

/// Something the scraper waits for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Need {
    /// Answer with [`super::Engine::resolved`].
    Lookup(NameLookup),
    /// Answer with [`super::Engine::resolved`] and [`super::LookupOutcome::Files`].
    Files(FileLookup),
    /// Answer with [`super::Engine::resolved`] and [`super::LookupOutcome::Containers`].
    Containers(ContainerLookup),
    /// Answer with [`super::Engine::resolved`] and [`super::LookupOutcome::Page`].
    Page(PageLookup),
    /// Answer with [`super::Engine::fetched`], or not at all: after its timeout the fetch counts as failed.
    Fetch(Fetch),
}

/// The record types that service discovery asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum RecordType {
    /// IPv4 addresses.
    A,
    /// IPv6 addresses.
    Aaaa,
    /// Host names with ports.
    Srv,
    /// Mail exchangers.
    Mx,
    /// Name servers.
    Ns,
}

/// A DNS question of service discovery (not the dialling of a target: that is part of its fetch).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NameLookup {
    /// The number to answer with.
    pub id: LookupId,
    /// The name as configured.
    pub name: Arc<str>,
    /// What is asked for.
    pub record: RecordType,
}

/// Files with lists of targets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileLookup {
    /// The number to answer with.
    pub id: LookupId,
    /// Paths; the last part may hold a star.
    pub patterns: Vec<String>,
}

/// The running containers of a Docker engine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContainerLookup {
    /// The number to answer with.
    pub id: LookupId,
    /// The engine's address: `unix:///var/run/docker.sock`.
    pub host: Arc<str>,
}

/// A list of targets at an HTTP address. Connections are kept for it alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageLookup {
    /// The number to answer with.
    pub id: LookupId,
    /// The whole URL.
    pub url: Arc<str>,
    /// The URL's scheme.
    pub scheme: Scheme,
    /// The URL's host, without brackets.
    pub host: Arc<str>,
    /// The URL's port, or the scheme's own.
    pub port: u16,
    /// Path with query string, from the leading `/` on.
    pub path: Arc<str>,
    /// How long the answer may take.
    pub timeout: Millis,
}

/// How a page is fetched.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Scheme {
    /// Plain HTTP.
    #[default]
    Http,
    /// HTTP over TLS.
    Https,
}

/// One GET of a metrics page.
///
/// Connections are kept alive as Prometheus keeps them: per job and `host:port`, idle for at most 5 minutes. Whoever
/// answers decides from that whether the name must be looked up anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fetch {
    /// The number to answer with.
    pub id: FetchId,
    /// The target that is scraped.
    pub target: TargetId,
    /// The job of the target: connections are shared within a job only.
    pub job: Arc<str>,
    /// The whole URL, as error texts show it.
    pub url: Arc<str>,
    /// The URL's scheme.
    pub scheme: Scheme,
    /// The URL's host: a name or an address, without brackets.
    pub host: Arc<str>,
    /// The URL's port, or the scheme's own where none was written.
    pub port: u16,
    /// Path with query string, from the leading `/` on.
    pub path: Arc<str>,
    /// Request headers in sending order.
    pub headers: Arc<[(String, String)]>,
    /// When the fetch was asked for.
    pub sent: Timestamp,
    /// How long Prometheus waits for the whole page.
    pub timeout: Millis,
}
