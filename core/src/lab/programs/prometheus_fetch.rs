//! Between the scraper's fetches and the yard's network: a fetch becomes a call, what comes back an outcome.

use crate::base::time::Millis;
use crate::scrape::{Fetch, FetchFailure, Outcome, Response, Scheme};
use crate::sim::{self, Call, Endpoint, Failure, Method, NAME_SERVER, PoolId, PoolPolicy};

/// How Prometheus keeps connections to the targets of a job.
pub const POOL: PoolPolicy =
    PoolPolicy { idle_max: 20_000, idle_max_per_endpoint: 1000, idle_timeout: Millis::from_minutes(5) };

/// The port on which servers of the world outside speak TLS; the yard's own speak it nowhere.
const TLS_PORT: u16 = 443;

/// Whether a server would answer the fetch in plain HTTP although TLS was asked for.
pub fn misses_tls(scheme: Scheme, port: u16) -> bool {
    scheme == Scheme::Https && port != TLS_PORT
}

/// What the client says then.
pub fn without_tls(took_seconds: f64) -> Outcome {
    let said = "http: server gave HTTP response to HTTPS client";
    Outcome { result: Err(FetchFailure::Other(said.to_owned())), took_seconds }
}

/// The call that fetches a page over the connections of its job.
pub fn call_for(fetch: &Fetch, pool: PoolId) -> Call {
    Call {
        endpoint: Endpoint::new(fetch.host.clone(), fetch.port),
        pool: Some(pool),
        method: Method::Get,
        path: fetch.path.clone(),
        subject: None,
        timeout: Some(fetch.timeout),
        token: fetch.id.0,
        announced: true,
    }
}

/// A page that came.
pub fn page(response: sim::Response, took_seconds: f64) -> Outcome {
    let status = response.status;
    let response = match response.page {
        Some(page) => {
            let sim::Page { content_type, location, body, histograms } = *page;
            Response { status, content_type, location, body, histograms }
        }
        None => Response { status, ..Response::default() },
    };
    Outcome { result: Ok(response), took_seconds }
}

/// Why no page came.
pub fn failure(failure: Failure, took_seconds: f64) -> Outcome {
    let failure = match failure {
        Failure::ConnectionRefused(to) => FetchFailure::ConnectionRefused { address: to.to_string() },
        Failure::NoRouteToHost(to) => FetchFailure::NoRouteToHost { address: to.to_string() },
        Failure::NoSuchHost(host) => {
            FetchFailure::NoSuchHost { host: host.to_string(), server: NAME_SERVER.to_owned() }
        }
        Failure::DeadlineExceeded => FetchFailure::DeadlineExceeded,
        Failure::Closed => FetchFailure::Closed,
        Failure::ConnectionReset { local, remote } => {
            FetchFailure::ConnectionReset { local: local.to_string(), remote: remote.to_string() }
        }
        other @ Failure::ConnectionTimedOut(_) => FetchFailure::Other(other.to_string()),
    };
    Outcome { result: Err(failure), took_seconds }
}
