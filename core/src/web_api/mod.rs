//! Layer 5: Prometheus's HTTP API (`/api/v1`) as a function: a request and what there is to tell in, a reply out. Opens
//! no socket, reads no clock; whoever serves it brings both.
//!
//! Paths are those behind `/api/v1`. What takes long is a [`Running`] query, to be advanced in slices and to be dropped
//! where nobody waits any more; everything else is replied at once.

mod discovery;
mod expression;
mod form;
mod global_url;
mod length;
mod metadata;
mod negotiation;
mod query;
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
