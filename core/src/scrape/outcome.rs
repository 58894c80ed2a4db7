//! What came back from the world: an answered or failed look-up, a page or the reason why there is none.
//! Failures print in the words of Go's `net/http`, which learners meet on the Targets page.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::docker::DockerContainer;
use crate::exposition::NativeHistogram;

/// The answer to a question of service discovery, of the kind that was asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum LookupOutcome {
    /// The addresses of A and AAAA records, or the host names of MX and NS records, in the order of the answer.
    Records(Vec<String>),
    /// Host name and port of each SRV record.
    Services(Vec<(String, u16)>),
    /// The files that the patterns name, each with its text, in order of their paths.
    Files(Vec<(String, String)>),
    /// The containers that run.
    Containers(Vec<DockerContainer>),
    /// The response with whatever status, or why there was none.
    Page(Result<Response, FetchFailure>),
    /// The name does not exist (NXDOMAIN): a valid, empty answer, so the targets go.
    NoSuchName,
    /// Nobody could answer (SERVFAIL, time-out, no engine); holds the reason. The targets stay as they were.
    Failed(String),
}

/// How a [`super::Fetch`] ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// The response with whatever status, or why there was none.
    pub result: Result<Response, FetchFailure>,
    /// Seconds from the request to its end; what `scrape_duration_seconds` shows.
    pub took_seconds: f64,
}

/// A response as it came over the wire, uncompressed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// The `Content-Type` header; `None` where the target sent none.
    pub content_type: Option<String>,
    /// The `Location` header of a redirect.
    pub location: Option<String>,
    /// The body.
    pub body: String,
    /// The native histograms that came beside it, in place of a page in protobuf.
    pub histograms: Vec<NativeHistogram>,
}

/// Why there is no response. Addresses are `ip:port`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FetchFailure {
    /// Nothing listens there.
    ConnectionRefused {
        /// Where it was tried.
        address: String,
    },
    /// The address belongs to no one any more.
    NoRouteToHost {
        /// Where it was tried.
        address: String,
    },
    /// The name to be dialled does not exist.
    NoSuchHost {
        /// The name.
        host: String,
        /// The name server that was asked, `ip:port`.
        server: String,
    },
    /// The name server did not answer, or with a failure.
    ServerMisbehaving {
        /// The name.
        host: String,
        /// The name server that was asked, `ip:port`.
        server: String,
    },
    /// The time-out passed before the page was complete.
    DeadlineExceeded,
    /// The other side closed the connection without an answer.
    Closed,
    /// The other side broke the connection.
    ConnectionReset {
        /// Our end, `ip:port`.
        local: String,
        /// Their end, `ip:port`.
        remote: String,
    },
    /// Anything else, in its own words.
    Other(String),
}

impl fmt::Display for FetchFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ConnectionRefused { address } => {
                write!(f, "dial tcp {address}: connect: connection refused")
            }
            Self::NoRouteToHost { address } => write!(f, "dial tcp {address}: connect: no route to host"),
            Self::NoSuchHost { host, server } => {
                write!(f, "dial tcp: lookup {host} on {server}: no such host")
            }
            Self::ServerMisbehaving { host, server } => {
                write!(f, "dial tcp: lookup {host} on {server}: server misbehaving")
            }
            Self::DeadlineExceeded => f.write_str("context deadline exceeded"),
            Self::Closed => f.write_str("EOF"),
            Self::ConnectionReset { local, remote } => {
                write!(f, "read tcp {local}->{remote}: read: connection reset by peer")
            }
            Self::Other(reason) => f.write_str(reason),
        }
    }
}

impl std::error::Error for FetchFailure {}
