//! What is sent back: status, content type and body, in the API's shapes.

use crate::promql::api;

/// A reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The header `Content-Type`; empty where there is no body.
    pub content_type: &'static str,
    /// The header `Allow`; empty where it is not to be sent.
    pub allow: &'static str,
    /// The body.
    pub body: String,
}

const JSON: &str = "application/json";
const TEXT: &str = "text/plain; charset=utf-8";

impl Reply {
    /// A status alone.
    #[must_use]
    pub const fn empty(status: u16) -> Self {
        Self { status, content_type: "", allow: "", body: String::new() }
    }

    /// A plain text.
    #[must_use]
    pub fn text(status: u16, body: impl Into<String>) -> Self {
        Self { status, content_type: TEXT, allow: "", body: body.into() }
    }

    /// The method is not among `methods`.
    #[must_use]
    pub fn not_allowed(methods: &'static str) -> Self {
        Self { allow: methods, ..Self::text(405, "Method Not Allowed\n") }
    }

    /// The API's success with the data that `write_data` adds.
    #[must_use]
    pub fn success(write_data: &mut dyn FnMut(&mut String), warnings: &[String], infos: &[String]) -> Self {
        Self { status: 200, content_type: JSON, allow: "", body: api::answer(write_data, warnings, infos) }
    }
}

/// The API's kinds of failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorType {
    /// The request makes no sense.
    BadData,
    /// The query failed while it ran.
    Execution,
    /// The query took too long.
    Timeout,
    /// The query was given up.
    Canceled,
    /// What was asked for is not switched on.
    Unavailable,
    /// The store failed.
    Internal,
}

impl ErrorType {
    /// The API's word and its status.
    const fn word(self) -> (&'static str, u16) {
        match self {
            Self::BadData => ("bad_data", 400),
            Self::Execution => ("execution", 422),
            Self::Timeout => ("timeout", 503),
            Self::Canceled => ("canceled", 499),
            Self::Unavailable => ("unavailable", 500),
            Self::Internal => ("internal", 500),
        }
    }

    /// The kind that an evaluation's failure names.
    pub(super) fn of_evaluation(word: &str) -> Self {
        match word {
            "bad_data" => Self::BadData,
            "timeout" => Self::Timeout,
            _ => Self::Execution,
        }
    }
}

/// Why a request is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiError {
    /// Of which kind.
    pub error_type: ErrorType,
    /// In Prometheus's words.
    pub text: String,
}

impl ApiError {
    /// The request makes no sense.
    pub fn bad_data(text: impl Into<String>) -> Self {
        Self { error_type: ErrorType::BadData, text: text.into() }
    }

    /// A parameter makes no sense.
    #[must_use]
    pub fn parameter(name: &str, reason: &str) -> Self {
        Self::bad_data(format!("invalid parameter \"{name}\": {reason}"))
    }

    /// The API's error.
    #[must_use]
    pub fn reply(&self) -> Reply {
        let (word, status) = self.error_type.word();
        Reply { status, content_type: JSON, allow: "", body: api::error(word, &self.text) }
    }
}
