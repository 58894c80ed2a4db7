//! Layer 5: Prometheus's HTTP API (`/api/v1`) as a function: a request and what there is to tell in, a reply out. Opens
//! no socket, reads no clock; whoever serves it brings both.
//!
//! Paths are those behind `/api/v1`. What takes long is a [`Running`] query, to be advanced in slices and to be dropped
//! where nobody waits any more; everything else is replied at once.

mod administration;
mod discovery;
mod exemplars;
mod expression;
mod form;
mod global_url;
mod length;
mod metadata;
mod negotiation;
mod query;
mod relabel_steps;
mod reply;
mod rules;
mod sample_counts;
mod scraping;
mod selection;
mod server;
mod status;
mod tables;
mod time;
mod tree;

pub use administration::{Deed, Undone};
pub use exemplars::SeriesExemplars;
pub use form::{Form, MAX_FORM_BYTES};
pub use global_url::{GlobalUrl, global_url};
pub use length::parse as parse_length;
pub use negotiation::negotiate;
pub use query::{Running, Timings};
pub use reply::{ApiError, ErrorType, Reply};
pub use scraping::{Scraping, TargetFamilies};
pub use server::{Server, Source};
pub use time::parse as parse_time;

use tables::Route;

/// What came of a request.
#[derive(Debug)]
pub enum Begun {
    /// The reply.
    Answered(Reply),
    /// A query that is to be evaluated.
    Running(Box<Running>),
    /// Something that is to be done, and then replied to with [`Deed::reply`].
    Deed(Deed),
}

/// A request to the API.
#[derive(Clone, Debug)]
pub struct Request {
    /// `GET`, `POST`, …
    pub method: String,
    /// The path behind `/api/v1`, not decoded: `/label/job/values`.
    pub path: String,
    /// The parameters.
    pub form: Form,
}

/// Whether a request to this path (behind `/api/v1`) looks at the scraper: then the source must have it.
#[must_use]
pub fn looks_at_scraping(path: &str) -> bool {
    tables::find(path).is_some_and(|(route, _)| route.scraping)
}

/// Answers a request, or begins to.
#[must_use]
pub fn begin(request: &Request, source: &Source) -> Begun {
    if request.method == "OPTIONS" {
        return Begun::Answered(Reply::empty(204));
    }
    let Some((route, parameter)) = tables::find(&request.path) else {
        return Begun::Answered(Reply::text(404, "404 page not found\n"));
    };
    let Route { methods, answer, .. } = route;
    if !methods.split(", ").any(|method| method == request.method) {
        return Begun::Answered(Reply::not_allowed(methods));
    }
    answer(&tables::Asked { form: &request.form, parameter: &parameter, source })
        .unwrap_or_else(|error| Begun::Answered(error.reply()))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;
    use crate::base::time::Timestamp;
    use crate::model::labels::Labels;
    use crate::promql::eval::Options;
    use crate::promql::syntax;
    use crate::tsdb::Head;

    const PATHS: [&str; 14] = [
        "/query",
        "/query",
        "/query_range",
        "/query_range",
        "/query_exemplars",
        "/parse_query",
        "/series",
        "/labels",
        "/label/job/values",
        "/targets",
        "/targets/metadata",
        "/metadata",
        "/rules",
        "/status/tsdb",
    ];
    const NAMES: [&str; 14] = [
        "query",
        "query",
        "time",
        "start",
        "end",
        "step",
        "limit",
        "timeout",
        "lookback_delta",
        "stats",
        "match[]",
        "metric",
        "match_target",
        "state",
    ];
    const VALUES: [&str; 24] = [
        "m",
        "rate(m[5m])",
        "max_over_time(rate(m[1h])[1d:1h])",
        "max_over_time(m[1h:10m] offset -1y)",
        "m @ end() offset 100y",
        "sum(m) + m",
        "1",
        "0",
        "-1",
        "1e-9",
        "1e9",
        "9e9",
        "-9e15",
        "9e15",
        "1e300",
        "Inf",
        "-Inf",
        "NaN",
        "-292273086-05-16T16:47:06Z",
        "292277025-08-18T07:12:54.999999999Z",
        "2024-02-29T00:00:00Z",
        "1h",
        "all",
        "{",
    ];

    fn source() -> Source {
        let mut head = Head::new();
        let id = head.series_id(&Labels::from_pairs([("__name__", "m"), ("job", "a")]));
        (0..50).for_each(|at| head.append(id, Timestamp(at * 60_000), at as f64).unwrap());
        Source {
            head: Arc::new(head),
            now: Timestamp(1_000_000),
            options: Options { max_work: 1_000_000, max_samples: 100_000, ..Options::default() },
            language: syntax::Options::default(),
            server: Arc::default(),
            scraping: Some(Scraping::default()),
            exemplars: Arc::default(),
        }
    }

    proptest! {
        #[test]
        fn no_request_brings_it_down(
            path in prop_oneof![9 => select(&PATHS[..]).prop_map(str::to_owned), 1 => any::<String>()],
            pairs in proptest::collection::vec(
                (
                    select(&NAMES[..]).prop_map(str::to_owned),
                    prop_oneof![9 => select(&VALUES[..]).prop_map(str::to_owned), 1 => any::<String>()],
                ),
                0..8,
            ),
        ) {
            let request = Request { method: "GET".to_owned(), path, form: Form::of(pairs) };
            let reply = match begin(&request, &source()) {
                Begun::Answered(reply) => reply,
                Begun::Deed(deed) => deed.reply(Ok(String::new())),
                Begun::Running(mut running) => {
                    while !running.advance(100_000) {}
                    running.reply(&Timings::default())
                }
            };
            prop_assert!([200, 400, 404, 422, 503].contains(&reply.status), "{} {}", reply.status, reply.body);
            prop_assert_eq!(reply.content_type == "application/json", reply.status != 404);
        }
    }
}
