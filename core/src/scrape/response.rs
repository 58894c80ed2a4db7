//! Judges how a fetch ended: a page to be read, a redirect to be followed, or the text that the Targets page shows.

use super::compatibility::Compatibility;
use super::config::ScrapeConfig;
use super::outcome::{FetchFailure, Response};
use crate::base::number::quote;

/// What to do with the end of a fetch.
#[derive(Debug, PartialEq)]
pub enum Verdict {
    /// Read the page.
    Page(Response),
    /// Ask again there.
    Redirect(String),
    /// The scrape failed.
    Failed {
        /// The error text.
        error: String,
        /// Whether the page was too long.
        too_long: bool,
    },
}

/// Judges a response.
pub fn judge(
    result: Result<Response, FetchFailure>,
    url: &str,
    config: &ScrapeConfig,
    compatibility: Compatibility,
) -> Verdict {
    let failed = |error| Verdict::Failed { error, too_long: false };
    let response = match result {
        Ok(response) => response,
        Err(failure) => return failed(failure_text(url, &failure, compatibility)),
    };
    if config.http_client.follow_redirects
        && matches!(response.status, 301 | 302 | 303 | 307 | 308)
        && let Some(location) = &response.location
    {
        return Verdict::Redirect(location.clone());
    }
    if response.status != 200 {
        return failed(status_text(response.status));
    }
    let limit = config.limits.body_size_bytes;
    if limit > 0 && response.body.len() as u64 >= limit {
        return Verdict::Failed { error: "body size limit exceeded".to_owned(), too_long: true };
    }
    Verdict::Page(response)
}

/// The error for a status that is not 200.
pub fn status_text(status: u16) -> String {
    format!("server returned HTTP status {status} {}", reason(status))
}

/// The error of Go's HTTP client. Until Go 1.14, which Prometheus 2.13 is older than, it did not quote the URL.
pub fn failure_text(url: &str, failure: &FetchFailure, compatibility: Compatibility) -> String {
    match compatibility {
        Compatibility::V2_13 => format!("Get {url}: {failure}"),
        Compatibility::V3 => format!("Get {}: {failure}", quote(url)),
    }
}

/// The reason phrase that servers send with a status.
const fn reason(status: u16) -> &'static str {
    match status {
        201 => "Created",
        202 => "Accepted",
        204 => "No Content",
        206 => "Partial Content",
        301 => "Moved Permanently",
        302 => "Found",
        303 => "See Other",
        304 => "Not Modified",
        307 => "Temporary Redirect",
        308 => "Permanent Redirect",
        400 => "Bad Request",
        401 => "Unauthorized",
        402 => "Payment Required",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        406 => "Not Acceptable",
        408 => "Request Timeout",
        409 => "Conflict",
        410 => "Gone",
        413 => "Request Entity Too Large",
        414 => "Request URI Too Long",
        415 => "Unsupported Media Type",
        418 => "I'm a teapot",
        422 => "Unprocessable Entity",
        429 => "Too Many Requests",
        431 => "Request Header Fields Too Large",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        505 => "HTTP Version Not Supported",
        507 => "Insufficient Storage",
        511 => "Network Authentication Required",
        _ => "",
    }
}
