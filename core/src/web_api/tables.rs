//! Which path is answered by what. The one list of endpoints.

use super::form::decoded;
use super::reply::ApiError;
use super::server::Source;
use super::{
    Begun, Form, Reply, administration, discovery, exemplars, expression, metadata, query, relabel_steps,
    rules, selection, status,
};

/// A request at the endpoint that it asked for.
pub struct Asked<'a> {
    /// The parameters.
    pub form: &'a Form,
    /// What stands in the path where the table has a `:`; empty elsewhere.
    pub parameter: &'a str,
    /// What there is to tell.
    pub source: &'a Source,
}

/// What an endpoint says.
pub type Answer = Result<Begun, ApiError>;

/// An endpoint.
pub struct Route {
    /// The path behind `/api/v1`; a part that begins with `:` stands for anything.
    path: &'static str,
    /// The methods that it takes, in order.
    pub methods: &'static str,
    /// Whether it looks at the scraper.
    pub scraping: bool,
    /// Answers.
    pub answer: fn(&Asked<'_>) -> Answer,
}

const GET: &str = "GET, OPTIONS";
const FORM: &str = "GET, OPTIONS, POST";
const ADMIN: &str = "OPTIONS, POST, PUT";

const fn route(path: &'static str, methods: &'static str, answer: fn(&Asked<'_>) -> Answer) -> Route {
    Route { path, methods, scraping: false, answer }
}

const fn scraping(path: &'static str, answer: fn(&Asked<'_>) -> Answer) -> Route {
    Route { path, methods: GET, scraping: true, answer }
}

/// All endpoints.
///
/// Differs: there is no remote read or write, and no OTLP; those paths are not found.
const ROUTES: &[Route] = &[
    route("/query", FORM, query::instant),
    route("/query_range", FORM, query::range),
    route("/query_exemplars", FORM, exemplars::exemplars),
    route("/format_query", FORM, expression::format),
    route("/parse_query", FORM, expression::parse),
    route("/labels", FORM, selection::label_names),
    route("/label/:name/values", GET, selection::label_values),
    route("/series", FORM, selection::series),
    scraping("/scrape_pools", discovery::scrape_pools),
    scraping("/targets", discovery::targets),
    scraping("/targets/metadata", metadata::by_target),
    scraping("/targets/relabel_steps", relabel_steps::steps),
    scraping("/metadata", metadata::by_metric),
    route("/alertmanagers", GET, rules::alertmanagers),
    route("/alerts", GET, rules::alerts),
    route("/rules", GET, rules::rules),
    route("/notifications", GET, rules::notifications),
    scraping("/status/config", status::configuration),
    scraping("/status/runtimeinfo", status::runtime),
    route("/status/buildinfo", GET, status::build),
    route("/status/flags", GET, status::flags),
    route("/status/tsdb", GET, status::tsdb),
    route("/status/walreplay", GET, status::wal_replay),
    route("/admin/tsdb/delete_series", ADMIN, administration::delete_series),
    route("/admin/tsdb/clean_tombstones", ADMIN, administration::clean_tombstones),
    route("/admin/tsdb/snapshot", ADMIN, administration::snapshot),
];

/// The endpoint of a path, and what stands at its open place.
pub fn find(path: &str) -> Option<(&'static Route, String)> {
    ROUTES.iter().find_map(|route| {
        let (mut wanted, mut given) = (route.path.split('/'), path.split('/'));
        let mut parameter = String::new();
        loop {
            match (wanted.next(), given.next()) {
                (None, None) => return Some((route, parameter)),
                (Some(open), Some(part)) if open.starts_with(':') && !part.is_empty() => {
                    parameter = decoded(part, false).ok()?;
                }
                (Some(wanted), Some(part)) if wanted == part => {}
                _ => return None,
            }
        }
    })
}

/// A reply with what `write_data` adds.
pub fn told(write_data: &mut dyn FnMut(&mut String)) -> Answer {
    Ok(Begun::Answered(Reply::success(write_data, &[], &[])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_find_their_endpoint_and_open_place() {
        let found = |path: &str| find(path).map(|(route, parameter)| (route.path, parameter));
        assert_eq!(
            found("/label/a%2Fb%ff/values"),
            Some(("/label/:name/values", "a/b\u{10ffff}".to_owned()))
        );
        assert_eq!(found("/targets/metadata"), Some(("/targets/metadata", String::new())));
        for path in ["", "/", "/label//values", "/label/a", "/label/a%zz/values", "/queries", "/query/"] {
            assert_eq!(found(path), None, "{path}");
        }
    }
}
